"""Keying the replies of a signed packet: whose pages there are, and keeping one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cocm_desktop.actions.meeting_agenda import meeting_agenda_of
from cocm_desktop.actions.registry import Registry, read_registry
from cocm_desktop.actions.review_record import record_review
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId, StaffId
from cocm_desktop.domain.printed_packet import PrintedPacket
from cocm_desktop.domain.reply_keying import ReplyDraft, ReplyPage, page_of
from cocm_desktop.domain.review_meeting import ReviewMeeting
from cocm_desktop.domain.staff import Permission, Role, StaffMember
from cocm_desktop.domain.wording import count_of, long_date, long_moment
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import printed_packet
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import review_meeting as meetings
from cocm_desktop.storage import staff as staff_members

KEYED_WITHIN = timedelta(weeks=8)
"""How long after a review its paper is still looked for."""
MOST_PACKETS = 40


@dataclass(frozen=True, slots=True)
class ReplyStack:
    """The pages of one packet, or of one meeting for which none was printed."""

    id: str
    words: str
    reviewed_on: date
    meeting_id: ReviewMeetingId | None
    consultant_id: StaffId | None
    pages: tuple[ReplyPage, ...]

    @property
    def recorded(self) -> int:
        return sum(page.recorded_on is not None for page in self.pages)

    def with_recorded(self, number: int, day: date) -> ReplyStack:
        """Give the same pages after one of them was kept."""
        pages = (replace(p, recorded_on=day) if p.number == number else p for p in self.pages)
        return replace(self, pages=tuple(pages))

    def page_of(self, episode_id: EpisodeId) -> ReplyPage | None:
        return next((page for page in self.pages if page.episode_id == episode_id), None)


@dataclass(frozen=True, slots=True)
class ReplyStacks:
    """Everything to key from, the latest first, and who may have signed it."""

    stacks: tuple[ReplyStack, ...]
    consultants: tuple[StaffMember, ...]

    def with_stack(self, changed: ReplyStack) -> ReplyStacks:
        stacks = (changed if each.id == changed.id else each for each in self.stacks)
        return replace(self, stacks=tuple(stacks))

    def stack(self, wanted: str) -> ReplyStack | None:
        """Give the stack of a packet or of a meeting."""
        return next((each for each in self.stacks if wanted in {each.id, each.meeting_id}), None)

    def stack_with(self, episode_id: EpisodeId) -> ReplyStack | None:
        """Give the latest stack with a page of a patient that waits for its reply."""
        found = [each for each in self.stacks if each.page_of(episode_id)]
        waiting = (s for s in found if (p := s.page_of(episode_id)) and p.recorded_on is None)
        return next(waiting, next(iter(found), None))


@dataclass(frozen=True, slots=True)
class _Stack:
    """A stack before its patients are read."""

    id: str
    words: str
    reviewed_on: date
    meeting_id: ReviewMeetingId | None
    consultant_id: StaffId | None
    episode_ids: tuple[EpisodeId, ...]


def read_reply_stacks(workspace: Workspace) -> ReplyStacks:
    """Give the packets printed for reviews of the last weeks, and the meetings without one."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.read() as session:
        return ReplyStacks(
            stacks=_stacks(workspace),
            consultants=tuple(staff_members.with_role(session, Role.PSYCHIATRIC_CONSULTANT)),
        )


def record_reply(
    workspace: Workspace, draft: ReplyDraft, *, stack_id: str, number: int | None, identity: str
) -> Change:
    """Keep one page's reply, if number and patient of the page fit; refuse a page keyed twice."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.write() as session:
        if reviews.exists(session, draft.id):
            return Change(Topic.REVIEW, draft.id)
        stack = _stack(workspace, stack_id)
        page = page_of(stack.pages, number, identity)
        if page.episode_id != draft.episode_id:
            words = f"Case {page.number} is another patient than the one shown. Look again."
            raise Refused(Problem("number", words))
        if page.recorded_on is not None:
            words = (
                f"The review of {page.name} on {long_date(page.recorded_on)} is recorded already. "
                "Void it in the chart to key the page anew."
            )
            raise Refused(Problem("number", words))
        return record_review(workspace, draft.review(meeting_id=stack.meeting_id))


def _stack(workspace: Workspace, stack_id: str) -> ReplyStack:
    for each in _stacks(workspace, only=stack_id):
        return each
    words = "This packet is not on file, or is older than eight weeks."
    raise Refused(Problem("stack", words))


def _stacks(workspace: Workspace, *, only: str = "") -> tuple[ReplyStack, ...]:
    """Give what was printed and the meetings without a packet; `only` one of them, if named."""
    today = workspace.today()
    first = today - KEYED_WITHIN
    with workspace.database.read() as session:
        held = {each.id: each for each in meetings.everyone(session)}
        printed = [
            each
            for each in printed_packet.latest(session, most=MOST_PACKETS)
            if first <= each.review_on <= today and only in {"", each.id}
        ]
    found = [_of_print(workspace, each, held) for each in printed]
    has_packet = {each.meeting_id for each in found}
    without = [
        each
        for each in reversed(held.values())
        if first <= each.meets_on <= today and each.id not in has_packet and only in {"", each.id}
    ]
    registry = read_registry(workspace) if without else None
    if registry is not None:
        found += [_of_meeting(workspace, each, registry) for each in without]
    return _with_patients(workspace, found, first)


def _of_print(
    workspace: Workspace,
    printed: PrintedPacket,
    held: Mapping[ReviewMeetingId, ReviewMeeting],
) -> _Stack:
    as_of = printed.as_of.astimezone(workspace.now().tzinfo)
    meeting = held.get(printed.meeting_id) if printed.meeting_id else None
    return _Stack(
        printed.id,
        f"Packet for {long_date(printed.review_on)}, printed {long_moment(as_of)}",
        meeting.meets_on if meeting else printed.review_on,
        meeting.id if meeting else None,
        meeting.consultant_id if meeting else None,
        tuple(page.episode_id for page in printed.cases),
    )


def _of_meeting(workspace: Workspace, meeting: ReviewMeeting, registry: Registry) -> _Stack:
    entries = meeting_agenda_of(workspace, meeting.id, registry).agenda.entries
    return _Stack(
        meeting.id,
        f"Meeting of {long_date(meeting.meets_on)}, in the order of its agenda",
        meeting.meets_on,
        meeting.id,
        meeting.consultant_id,
        tuple(entry.row.episode_id for entry in entries if entry.row.episode_id),
    )


def _with_patients(
    workspace: Workspace, stacks: Sequence[_Stack], first: date
) -> tuple[ReplyStack, ...]:
    with workspace.database.read() as session:
        reviewed = reviews.discussed_since(session, first)
        of = episodes.by_id(session, list({each for stack in stacks for each in stack.episode_ids}))
        people = patients.by_id(session, [episode.patient_id for episode in of.values()])
    return tuple(
        ReplyStack(
            stack.id,
            f"{stack.words} · {count_of(len(stack.episode_ids), 'patient')}",
            stack.reviewed_on,
            stack.meeting_id,
            stack.consultant_id,
            tuple(
                ReplyPage(
                    number=number,
                    episode_id=episode_id,
                    patient_id=(patient := people[of[episode_id].patient_id]).id,
                    name=patient.name,
                    mrn=patient.mrn,
                    born_on=patient.born_on,
                    age=patient.age_on(workspace.today()),
                    recorded_on=_recorded_on(stack, episode_id, reviewed),
                )
                for number, episode_id in enumerate(stack.episode_ids, start=1)
            ),
        )
        for stack in stacks
    )


def _recorded_on(
    stack: _Stack,
    episode_id: EpisodeId,
    reviewed: Iterable[tuple[EpisodeId, ReviewMeetingId | None, date]],
) -> date | None:
    """Give the day of the review that the page led to: of its meeting, or else of its day."""
    for whose, meeting_id, day in reviewed:
        is_same = meeting_id == stack.meeting_id if stack.meeting_id else day == stack.reviewed_on
        if whose == episode_id and is_same:
            return day
    return None
