"""The agenda of a meeting: reading it, changing it, holding it while the meeting goes on."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from cocm_desktop.actions.contact import flag_for_review
from cocm_desktop.actions.looking import look
from cocm_desktop.actions.registry import Registry, read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.earlier_episode import row_of_earlier
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.meeting_agenda import (
    Beside,
    agenda_of_meeting,
    carried_over,
    choice_problems,
    held_cases,
)
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_meeting import AgendaChoice, AgendaChoiceKind, ReviewMeeting
from cocm_desktop.domain.review_priority import AgendaEntry
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import review_meeting as meetings
from cocm_desktop.storage import staff as staff_members

TOUCHES = Topic.REVIEW
CARRIED_FOR = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class MeetingAgenda:
    """A meeting with its agenda as of now. `may_add` are the open cases that are not on it."""

    meeting: ReviewMeeting
    agenda: Agenda
    care_managers: tuple[StaffMember, ...]
    consultant: StaffMember | None
    caseload: tuple[RegistryRow, ...]
    may_add: tuple[RegistryRow, ...]
    today: date

    @property
    def discussed(self) -> tuple[AgendaEntry, ...]:
        return tuple(entry for entry in self.agenda.entries if entry.is_discussed)

    @property
    def not_reached(self) -> tuple[AgendaEntry, ...]:
        """Who has not been discussed: at the end of the meeting they are carried over."""
        return tuple(entry for entry in self.agenda.entries if not entry.is_discussed)


def read_meeting_agenda(workspace: Workspace, meeting_id: str) -> MeetingAgenda:
    """Give the agenda: by the rules, by what was carried over, and by what people chose."""
    workspace.require(Permission.PRINT_PACKET)
    look(workspace, "agenda.viewed")
    with workspace.database.read():
        return meeting_agenda_of(workspace, meeting_id, read_registry(workspace))


def meeting_agenda_of(workspace: Workspace, meeting_id: str, registry: Registry) -> MeetingAgenda:
    """Give the same of a registry that has been read."""
    with workspace.database.read() as session:
        meeting = meetings.get(session, meeting_id)
        beside = _beside(workspace, meeting)
        members = {member.id: member for member in staff_members.everyone(session)}
    held = {case.episode_id for case in meeting.cases}.union(beside.discussed)
    earlier = _earlier(workspace, registry, held)
    agenda = agenda_of_meeting((*registry.rows, *earlier), meeting, beside)
    named = {entry.row.episode_id for entry in agenda.entries}
    named |= {each.entry.row.episode_id for each in agenda.left_out}
    in_care = [row for row in registry.rows if row.is_open]
    about = meeting.care_manager_ids or tuple(m.id for m in registry.care_managers)
    return MeetingAgenda(
        meeting=meeting,
        agenda=agenda,
        care_managers=tuple(members[each] for each in about),
        consultant=members[meeting.consultant_id] if meeting.consultant_id else None,
        caseload=tuple(row for row in in_care if meeting.is_about(row.care_manager_id)),
        may_add=tuple(row for row in in_care if row.episode_id not in named),
        today=registry.today,
    )


def change_agenda(workspace: Workspace, meeting_id: str, choice: AgendaChoice) -> Change:
    """Add a patient, leave one out, put one back, or move one to another place."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.write() as session:
        found = read_meeting_agenda(workspace, meeting_id)
        if found.meeting.is_ended:
            words = "This meeting has ended, and its agenda with it."
            raise Refused(Problem("meeting_id", words))
        problems = tuple(choice_problems(found.agenda, choice))
        is_add = choice.kind is AgendaChoiceKind.ADD
        if not problems and is_add and choice.episode_id not in _ids(found.may_add):
            problems = (Problem("episode_id", "Only a patient with an open episode is added."),)
        if problems:
            raise Refused(*problems)
        meetings.add_choice(session, meeting_id, workspace.stamp(), choice=choice)
        patient_id = episodes.get(session, choice.episode_id).patient_id
        code = f"agenda.{choice.kind.name.lower()}"
        audit.write(session, workspace.stamp(), audit.created(code, meeting_id, patient_id))
    return Change(TOUCHES, meeting_id)


def add_to_agenda(
    workspace: Workspace, meeting_id: str, episode_id: EpisodeId, *, question: str = ""
) -> Change:
    """Add a patient whom no rule names, with the question to the consultant if there is one."""
    with workspace.database.write():
        choice = AgendaChoice(episode_id, AgendaChoiceKind.ADD)
        changed = change_agenda(workspace, meeting_id, choice)
        if question.strip():
            flag_for_review(workspace, episode_id, question)
    return changed


def hold_agenda(workspace: Workspace, meeting_id: str) -> None:
    """Keep the agenda with its reasons, inside the caller's transaction: a review ends them.

    Whoever came onto it since it was first held is kept besides.
    """
    with workspace.database.write() as session:
        found = read_meeting_agenda(workspace, meeting_id)
        cases = held_cases(found.agenda)
        if meetings.hold(session, meeting_id, workspace.stamp(), cases=cases):
            note = audit.changed("review_meeting.held", meeting_id, ())
            audit.write(session, workspace.stamp(), note)


def hold_before_review(workspace: Workspace, meeting_id: str, episode_id: EpisodeId) -> None:
    """Hold the agenda before a review of the meeting, unless the patient is held on it already."""
    with workspace.database.read() as session:
        meeting = meetings.get(session, meeting_id)
    is_held = any(case.episode_id == episode_id for case in meeting.cases)
    if not is_held and not meeting.is_ended:
        hold_agenda(workspace, meeting_id)


def _beside(workspace: Workspace, meeting: ReviewMeeting) -> Beside:
    """Read who was discussed at the meeting, and whom the ones before did not reach."""
    with workspace.database.read() as session:
        today, since = workspace.today(), meetings.since(session, meeting.meets_on - CARRIED_FOR)
        before = [each for each in since if each.turn < meeting.turn and each.is_over(today)]
        discussed = meetings.discussed(session, [meeting.id, *(each.id for each in before)])
    return Beside(frozenset(discussed.get(meeting.id, ())), carried_over(before, discussed))


def _earlier(
    workspace: Workspace, registry: Registry, named: AbstractSet[EpisodeId]
) -> Iterator[RegistryRow]:
    """Give the cases whose patient has a later episode by now: a meeting keeps whom it named."""
    missing = named - _ids(registry.rows)
    if not missing:
        return
    latest = {row.patient_id: row for row in registry.rows}
    with workspace.database.read() as session:
        found = episodes.by_id(session, missing)
    for episode in found.values():
        if row := latest.get(episode.patient_id):
            yield row_of_earlier(row, episode)


def _ids(rows: tuple[RegistryRow, ...]) -> set[EpisodeId | None]:
    return {row.episode_id for row in rows}
