"""Planning the weekly meetings, and changing, holding and ending them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.meeting_agenda import hold_agenda
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.review_time import share_meeting_time, withdraw_meeting_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import EpisodeId, StaffId
from cocm_desktop.domain.review_meeting import (
    CaseTime,
    ReviewMeeting,
    ReviewMeetingDraft,
    next_about,
    usual_minutes,
)
from cocm_desktop.domain.review_priority import LONGEST_MEETING_MINUTES
from cocm_desktop.domain.review_time import ReviewTimeDraft
from cocm_desktop.domain.staff import Permission, Role, StaffMember
from cocm_desktop.domain.wording import SECONDS_A_MINUTE, clock_time, long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import review_meeting as meetings
from cocm_desktop.storage import staff as staff_members

TOUCHES = Topic.REVIEW
LAST_ENDED = 6
REOPENED = "The caseload review was reopened"
ENDED = "This meeting has ended. Reopen it the same day, or plan another one."


@dataclass(frozen=True, slots=True)
class ReviewMeetings:
    """Every meeting that stands, the earliest first, and who may take part in one."""

    meetings: tuple[ReviewMeeting, ...]
    care_managers: tuple[StaffMember, ...]
    consultants: tuple[StaffMember, ...]
    staff: tuple[StaffMember, ...]
    today: date

    @property
    def next_one(self) -> ReviewMeeting | None:
        """The meeting to show first: the earliest of today or later that has not ended."""
        ahead = (each for each in self.meetings if not each.is_ended)
        return next((each for each in ahead if each.meets_on >= self.today), None)

    @property
    def to_choose(self) -> tuple[ReviewMeeting, ...]:
        """Those not ended, the earliest first; then those that ended last, the latest first."""
        going_on = [each for each in self.meetings if not each.is_ended]
        ended = [each for each in reversed(self.meetings) if each.is_ended]
        return (*going_on, *ended[:LAST_ENDED])

    def next_for(self, member: StaffMember) -> ReviewMeeting | None:
        """Give the next meeting about a care manager's own caseload; for others the next of all."""
        ahead = (m for m in self.meetings if not m.is_ended and m.meets_on >= self.today)
        return next_about(ahead, member.id if member.is_a(Role.CARE_MANAGER) else None)

    @property
    def attendees(self) -> tuple[StaffMember, ...]:
        """Who may have taken part in a meeting, each once."""
        both = (*self.care_managers, *self.consultants)
        return tuple({member.id: member for member in both}.values())

    def of(self, meeting_id: str | None) -> ReviewMeeting | None:
        """Give a meeting; None for one that does not stand."""
        return next((each for each in self.meetings if each.id == meeting_id), None)

    def minutes_for(self, care_manager_ids: Iterable[StaffId]) -> int:
        """Give how long a meeting about these caseloads usually lasts; about all without any."""
        wanted = set(care_manager_ids)
        return usual_minutes(m for m in self.care_managers if not wanted or m.id in wanted)

    def whose_words(self, meeting: ReviewMeeting) -> str:
        """Name the care managers, or say that it is about every caseload."""
        names = {member.id: member.name for member in self.staff}
        return ", ".join(names[each] for each in meeting.care_manager_ids) or "All caseloads"

    def title_words(self, meeting: ReviewMeeting) -> str:
        """Say it in one line: Nov 20, 2026 12:30 PM · Maya Bell · planned."""
        state = meeting.state.value.lower()
        starts = f" {clock_time(meeting.starts_at)}" if meeting.starts_at else ""
        return f"{long_date(meeting.meets_on)}{starts} · {self.whose_words(meeting)} · {state}"


def read_meetings(workspace: Workspace) -> ReviewMeetings:
    workspace.require(Permission.PRINT_PACKET)
    with workspace.database.read() as session:
        everyone = staff_members.everyone(session)
        return ReviewMeetings(
            meetings=tuple(meetings.everyone(session)),
            care_managers=tuple(staff_members.with_role(session, Role.CARE_MANAGER)),
            consultants=tuple(staff_members.with_role(session, Role.PSYCHIATRIC_CONSULTANT)),
            staff=tuple(everyone),
            today=workspace.today(),
        )


def plan_meeting(workspace: Workspace, draft: ReviewMeetingDraft) -> Change:
    """Plan a meeting, or write down one that was held."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.write() as session:
        if meetings.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        meeting = _accepted(workspace, draft)
        meetings.add(session, meeting, workspace.stamp())
        audit.write(session, workspace.stamp(), audit.created("review_meeting.planned", meeting.id))
    return Change(TOUCHES, draft.id)


def change_meeting(workspace: Workspace, draft: ReviewMeetingDraft, *, version: int) -> Change:
    """Change day, length or people of a meeting that has not ended."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.write() as session:
        _going_on(workspace, draft.id)
        _require_no_review_before(workspace, draft)
        changes = meetings.update(session, _accepted(workspace, draft), version=version)
        note = audit.changed("review_meeting.changed", draft.id, changes)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def cancel_meeting(workspace: Workspace, meeting_id: str, *, reason: str) -> Change:
    """Take a meeting off that will not be held, keeping it on file."""
    workspace.require(Permission.RECORD_REVIEW)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        _going_on(workspace, meeting_id)
        if meetings.discussed(session, [meeting_id]):
            words = "Patients were reviewed at this meeting. End it, or void their reviews first."
            raise Refused(Problem("meeting_id", words))
        meetings.cancel(session, meeting_id, workspace.stamp(), reason=reason)
        note = audit.voided("review_meeting.canceled", meeting_id, reason=reason)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, meeting_id)


def start_meeting(workspace: Workspace, meeting_id: str) -> Change:
    """Hold the agenda as it stands, so that whoever is discussed stays on it."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.write():
        _require_its_day(workspace, _going_on(workspace, meeting_id))
        hold_agenda(workspace, meeting_id)
    return Change(TOUCHES, meeting_id)


def keep_case_time(
    workspace: Workspace, meeting_id: str, episode_id: EpisodeId, *, seconds: int
) -> Change:
    """Keep how long a case was talked about so far; it replaces the number kept before."""
    workspace.require(Permission.RECORD_REVIEW)
    if not 0 <= seconds <= LONGEST_MEETING_MINUTES * SECONDS_A_MINUTE:
        words = f"A case takes 0 to {LONGEST_MEETING_MINUTES} minutes."
        raise Refused(Problem("minutes", words))
    with workspace.database.write() as session:
        _going_on(workspace, meeting_id)
        episodes.get(session, episode_id)
        spent = CaseTime(episode_id, seconds)
        meetings.set_case_time(session, meeting_id, workspace.stamp(), spent=spent)
    return Change(TOUCHES, meeting_id)


def end_meeting(
    workspace: Workspace, meeting_id: str, *, time: ReviewTimeDraft | None = None
) -> Change:
    """End a meeting: whoever was not discussed is carried over to the next one.

    With `time`, its minutes are shared among the patients who were discussed; without, nobody's
    time is recorded.
    """
    workspace.require(Permission.RECORD_REVIEW)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        meeting = _going_on(workspace, meeting_id)
        _require_its_day(workspace, meeting)
        hold_agenda(workspace, meeting_id)
        meetings.set_ended(session, meeting_id, stamp)
        audit.write(session, stamp, audit.changed("review_meeting.ended", meeting_id, ()))
        shared = share_meeting_time(workspace, time) if time else Change(TOUCHES, meeting_id)
    return Change(TOUCHES | shared.topics, meeting_id)


def reopen_meeting(workspace: Workspace, meeting_id: str) -> Change:
    """Go on with a meeting that was ended by mistake, on the day on which it was ended.

    The time that was shared is withdrawn: it is shared anew when the meeting ends.
    """
    workspace.require(Permission.RECORD_REVIEW)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        meeting = meetings.get(session, meeting_id)
        if meeting.ended_at is None:
            raise Refused(Problem("meeting_id", "This meeting has not ended."))
        if not meeting.may_be_reopened(workspace.now()):
            words = "A meeting is reopened only on the day on which it ended. Plan another one."
            raise Refused(Problem("meeting_id", words))
        time = withdraw_meeting_time(workspace, meeting_id, reason=REOPENED)
        meetings.set_ended(session, meeting_id, None)
        audit.write(session, stamp, audit.changed("review_meeting.reopened", meeting_id, ()))
    return Change(TOUCHES | time.topics, meeting_id)


def _going_on(workspace: Workspace, meeting_id: str) -> ReviewMeeting:
    """Give a meeting that has not ended, or refuse."""
    with workspace.database.read() as session:
        meeting = meetings.without_agenda(session, meeting_id)
    if meeting.is_ended:
        raise Refused(Problem("meeting_id", ENDED))
    return meeting


def _require_no_review_before(workspace: Workspace, draft: ReviewMeetingDraft) -> None:
    with workspace.database.read() as session:
        days = [each.reviewed_on for each in reviews.of_meeting(session, draft.id)]
    if days and draft.meets_on and draft.meets_on > min(days):
        words = f"A patient was reviewed at this meeting on {long_date(min(days))} already."
        raise Refused(Problem("meets_on", words))


def _require_its_day(workspace: Workspace, meeting: ReviewMeeting) -> None:
    if meeting.meets_on > workspace.today():
        words = f"The meeting is planned for {long_date(meeting.meets_on)}. Change its day."
        raise Refused(Problem("meets_on", words))


def _accepted(workspace: Workspace, draft: ReviewMeetingDraft) -> ReviewMeeting:
    """Accept a draft whose people have the roles that they are named in."""
    with workspace.database.read() as session:
        managers = {m.id: m for m in staff_members.with_role(session, Role.CARE_MANAGER)}
        consultants = {m.id for m in staff_members.with_role(session, Role.PSYCHIATRIC_CONSULTANT)}
    problems = list(draft.problems(today=workspace.today()))
    if not managers.keys() >= set(draft.care_manager_ids):
        problems.append(Problem("care_manager_ids", "Choose active care managers."))
    if draft.consultant_id is not None and draft.consultant_id not in consultants:
        problems.append(Problem("consultant_id", "Choose an active psychiatric consultant."))
    if problems:
        raise Refused(*problems)
    about = [managers[each] for each in draft.care_manager_ids] or list(managers.values())
    return draft.accept(today=workspace.today(), usual_minutes=usual_minutes(about))
