"""Reading one patient's chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.allergies import NOT_RECORDED
from cocm_desktop.domain.case_facts import CaseFacts
from cocm_desktop.domain.diagnosis import on_paper
from cocm_desktop.domain.ids import ContactId, StaffId
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.medication import Medication
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart, ContactWithMinutes
from cocm_desktop.domain.screen_result import screen_results
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.wording import minutes_of
from cocm_desktop.storage import allergies, registry, safety, treatment
from cocm_desktop.storage import contact as contacts
from cocm_desktop.storage import diagnosis as diagnoses
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import medication as medications
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
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
        [chart] = charts_of(workspace, (row,))
        return chart


def charts_of(workspace: Workspace, rows: tuple[RegistryRow, ...]) -> tuple[Chart, ...]:
    """Give the charts of some rows of the registry, in their order."""
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read():
        shared = _shared(workspace, rows)
        return tuple(_chart(workspace, row, shared) for row in rows)


@dataclass(frozen=True, slots=True)
class Shared:
    """What is read once for all the charts: the staff, the instruments, and facts by patient."""

    members: Mapping[StaffId, StaffMember]
    instruments: Catalogue
    facts: Mapping[str, CaseFacts]
    medications: Mapping[str, tuple[Medication, ...]]


def _shared(workspace: Workspace, rows: tuple[RegistryRow, ...]) -> Shared:
    """Read in a few statements, however many rows there are."""
    today = workspace.today()
    patient_ids = [row.patient_id for row in rows]
    episode_ids = [row.episode_id for row in rows if row.episode_id]
    with workspace.database.read() as session:
        listed = diagnoses.of_episodes(session, episode_ids)
        trials = medications.trials_of_patients(session, patient_ids)
        known = allergies.of_patients(session, patient_ids)
        sessions = treatment.interventions_of_episodes(session, episode_ids, until=today)
        goals = treatment.goals_of_episodes(session, episode_ids)
        facts = {
            row.patient_id: CaseFacts(
                diagnoses=listed.get(row.episode_id or "", ()),
                past_trials=trials.get(row.patient_id, ()),
                allergies=known.get(row.patient_id, NOT_RECORDED),
                interventions=sessions.get(row.episode_id or "", ()),
                goals=goals.get(row.episode_id or "", ()),
            )
            for row in rows
        }
        taken = medications.of_patients(session, patient_ids, until=today)
        return Shared(_members(workspace), read_instruments(workspace), facts, taken)


def _chart(workspace: Workspace, row: RegistryRow, shared: Shared) -> Chart:
    today, members = workspace.today(), shared.members
    with workspace.database.read() as session:
        patient = patients.get(session, row.patient_id)
        if row.episode_id is None:
            return Chart.without_episode(row, patient)
        episode = episodes.get(session, row.episode_id)
        treating = episode.treating_practitioner_id
        facts = shared.facts[row.patient_id]
        taken = measures.of_episode(session, episode.id, until=today)
        return Chart(
            row=row,
            patient=patient,
            episode=episode,
            consent=episodes.consent_of(session, episode.id),
            care_manager=members[episode.care_manager_id],
            treating_practitioner=members[treating] if treating else None,
            diagnoses=on_paper(facts.diagnoses, since=today),
            measures=taken,
            contacts=_contacts(workspace, row, members),
            safety_tasks=safety.of_patient(session, row.patient_id),
            reviews=reviews.of_episode(session, episode.id, until=today),
            phases=episodes.phases_of(session, episode.id),
            medications=shared.medications.get(row.patient_id, ()),
            facts=replace(facts, screens=screen_results(taken, shared.instruments, patient.sex)),
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
