"""Reading one patient's chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.diagnosis import on_paper
from cocm_desktop.domain.ids import ContactId, StaffId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart, ContactWithMinutes
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.wording import minutes_of
from cocm_desktop.storage import contact as contacts
from cocm_desktop.storage import diagnosis as diagnoses
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import medication as medications
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import registry, safety
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries


def read_chart(workspace: Workspace, patient_id: str) -> Chart:
    """Give everything recorded of a patient's latest episode, up to today."""
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read() as session:
        patients.get(session, patient_id)
        [row] = registry.registry_rows(
            session,
            read_instruments(workspace),
            today=workspace.today(),
            g2214_first_minute=practices.get(session).g2214_first_minute,
            patient_id=patient_id,
        )
        return chart_of(workspace, row, _members(workspace))


def charts_of(workspace: Workspace, rows: tuple[RegistryRow, ...]) -> tuple[Chart, ...]:
    """Give the charts of some rows of the registry, in their order."""
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read():
        members = _members(workspace)
        return tuple(chart_of(workspace, row, members) for row in rows)


def chart_of(
    workspace: Workspace, row: RegistryRow, members: Mapping[StaffId, StaffMember]
) -> Chart:
    today = workspace.today()
    with workspace.database.read() as session:
        patient = patients.get(session, row.patient_id)
        if row.episode_id is None:
            return Chart.without_episode(row, patient)
        episode = episodes.get(session, row.episode_id)
        treating = episode.treating_practitioner_id
        return Chart(
            row=row,
            patient=patient,
            episode=episode,
            consent=episodes.consent_of(session, episode.id),
            care_manager=members[episode.care_manager_id],
            treating_practitioner=members[treating] if treating else None,
            diagnoses=on_paper(diagnoses.of_episode(session, episode.id), since=today),
            measures=measures.of_episode(session, episode.id, until=today),
            contacts=_contacts(workspace, row, members),
            safety_tasks=safety.of_patient(session, row.patient_id),
            reviews=reviews.of_episode(session, episode.id, until=today),
            phases=episodes.phases_of(session, episode.id),
            medications=medications.of_patient(session, row.patient_id, until=today),
        )


def _contacts(
    workspace: Workspace, row: RegistryRow, members: Mapping[StaffId, StaffMember]
) -> tuple[ContactWithMinutes, ...]:
    today, episode_id = workspace.today(), row.episode_id or ""
    seconds: defaultdict[ContactId | None, int] = defaultdict(int)
    with workspace.database.read() as session:
        for entry in time_entries.of_episode(session, episode_id, until=today):
            seconds[entry.contact_id] += entry.seconds
        return tuple(
            ContactWithMinutes(
                contact, minutes_of(seconds[contact.id]), members[contact.staff_id].name
            )
            for contact in contacts.of_episode(session, episode_id, until=today)
        )


def _members(workspace: Workspace) -> dict[StaffId, StaffMember]:
    with workspace.database.read() as session:
        return {member.id: member for member in staff_members.everyone(session)}
