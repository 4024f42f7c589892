"""The weekly caseload review: its agenda and its printed packet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.caseload_statistics import statistics_for
from cocm_desktop.actions.chart import charts_of
from cocm_desktop.actions.looking import look
from cocm_desktop.actions.meeting_agenda import meeting_agenda_of, read_meeting_agenda
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.printed_packet import press
from cocm_desktop.actions.registry import Registry, read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId, ReviewMeetingId, StaffId
from cocm_desktop.domain.packet_options import NAMED, PacketOptions
from cocm_desktop.domain.registry import Chip, RegistryRow, shown
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_packet import CaseloadCounts, CaseSheet, ReviewPacket
from cocm_desktop.domain.review_priority import (
    MEETING_MINUTES,
    AgendaEntry,
    agenda,
    agenda_of,
)
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.errors import Problem, Refused


@dataclass(frozen=True, slots=True)
class PacketChoice:
    """Whose caseload to review, when, and for how long. No care manager means all of them."""

    care_manager_id: StaffId | None = None
    review_on: date | None = None
    meeting_minutes: int = MEETING_MINUTES
    patient_ids: tuple[PatientId, ...] = ()
    """Only these patients, whether or not a rule names them; all who are due without any."""
    options: PacketOptions = NAMED
    meeting_id: ReviewMeetingId | None = None
    """A planned meeting: its agenda, day, length and people come before what is chosen here."""


@dataclass(frozen=True, slots=True)
class NextReview:
    """The agenda as it stands today, and whose caseloads it can be about."""

    agenda: Agenda
    open_episodes: int
    care_managers: tuple[StaffMember, ...]
    today: date


def read_next_review(workspace: Workspace, choice: PacketChoice) -> NextReview:
    """Give the agenda with what a person needs to choose another one."""
    workspace.require(Permission.PRINT_PACKET)
    registry = read_registry(workspace)
    everyone = shown(registry.rows, chip=Chip.EVERYONE, of=choice.care_manager_id)
    return NextReview(
        agenda=Agenda(agenda(everyone), choice.meeting_minutes),
        open_episodes=sum(row.is_open for row in everyone),
        care_managers=registry.care_managers,
        today=registry.today,
    )


def read_agenda(workspace: Workspace, choice: PacketChoice) -> tuple[AgendaEntry, ...]:
    """Give the patients who are due, in order, each with the reasons; or a meeting's agenda."""
    workspace.require(Permission.PRINT_PACKET)
    look(workspace, "agenda.viewed")
    if choice.meeting_id is not None:
        return read_meeting_agenda(workspace, choice.meeting_id).agenda.entries
    return read_next_review(workspace, choice).agenda.entries


def read_packet(workspace: Workspace, choice: PacketChoice) -> ReviewPacket:
    """Gather what the packet prints, all from one moment."""
    workspace.require(Permission.PRINT_PACKET)
    look(workspace, "packet.viewed")
    with workspace.database.read():
        registry = read_registry(workspace)
        held = _occasion(workspace, choice, registry)
        entries = _chosen(registry.rows, choice) or held.agenda.entries
        charts = charts_of(workspace, tuple(entry.row for entry in entries))
        sheets = tuple(map(CaseSheet, entries, charts))
        caseload, about = held.caseload, held.care_managers
        statistics = None if choice.patient_ids else statistics_for(workspace, caseload, about)
    return ReviewPacket(
        practice=registry.practice,
        as_of=workspace.now(),
        prepared_by=workspace.staff,
        care_manager=about[0] if len(about) == 1 and held.is_about_some else None,
        review_on=held.review_on,
        counts=CaseloadCounts.of(caseload),
        sheets=sheets,
        caseload=tuple(caseload),
        meeting_minutes=held.agenda.meeting_minutes,
        options=choice.options,
        consultant=held.consultant,
        tenths_a_case=held.agenda.tenths_a_case,
        left_out=() if choice.patient_ids else held.agenda.left_out,
        statistics=statistics,
        care_managers=about if held.is_about_some else (),
    )


@dataclass(frozen=True, slots=True)
class _Occasion:
    """What a packet is printed for: a planned meeting, or whoever is due."""

    agenda: Agenda
    caseload: Sequence[RegistryRow]
    care_managers: tuple[StaffMember, ...]
    is_about_some: bool
    review_on: date
    consultant: StaffMember | None = None


def _occasion(workspace: Workspace, choice: PacketChoice, registry: Registry) -> _Occasion:
    if choice.meeting_id is not None:
        found = meeting_agenda_of(workspace, choice.meeting_id, registry)
        return _Occasion(
            agenda=found.agenda,
            caseload=found.caseload,
            care_managers=found.care_managers,
            is_about_some=bool(found.meeting.care_manager_ids),
            review_on=found.meeting.meets_on,
            consultant=found.consultant,
        )
    everyone = shown(registry.rows, chip=Chip.EVERYONE, of=choice.care_manager_id)
    of = choice.care_manager_id
    return _Occasion(
        agenda=Agenda(agenda(everyone), choice.meeting_minutes),
        caseload=[row for row in everyone if row.is_open],
        care_managers=tuple(m for m in registry.care_managers if of in {None, m.id}),
        is_about_some=of is not None,
        review_on=choice.review_on or registry.today,
    )


def _chosen(rows: Sequence[RegistryRow], choice: PacketChoice) -> tuple[AgendaEntry, ...]:
    """Put the patients who were chosen on the agenda; nobody where nobody was."""
    wanted = set(choice.patient_ids)
    found = [row for row in rows if row.patient_id in wanted]
    if len(found) < len(wanted) or not all(row.episode_id for row in found):
        words = "Somebody chosen has no episode of care. Nothing was printed: leave them out."
        raise Refused(Problem("patients", words))
    return agenda_of(found)


def print_packet(workspace: Workspace, choice: PacketChoice) -> Paper:
    """Make the packet's PDF; keep in records and audit that it was made, and from what."""
    return press(workspace, read_packet(workspace, choice), choice.meeting_id)
