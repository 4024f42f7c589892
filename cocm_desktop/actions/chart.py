"""Reading one patient's chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.allergies import NOT_RECORDED
from cocm_desktop.domain.case_facts import CaseFacts
from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.diagnosis import on_paper
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.episode_phase import Phase
from cocm_desktop.domain.ids import ContactId, EpisodeId, PatientId, StaffId
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.medication import Medication
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.privacy import restriction_mark
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart, ContactWithMinutes
from cocm_desktop.domain.safety import SafetyTask
from cocm_desktop.domain.screen_result import screen_results, screener_words
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.wording import minutes_of
from cocm_desktop.storage import (
    allergies,
    background,
    billing_settings,
    outside_care,
    privacy_request,
    registry,
    safety,
    treatment,
)
from cocm_desktop.storage import contact as contacts
from cocm_desktop.storage import diagnosis as diagnoses
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import medication as medications
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import plan as plans
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries


def read_chart(workspace: Workspace, patient_id: str) -> Chart:
    """Give everything recorded of a patient's latest episode, up to today."""
    workspace.require(Permission.SEE_CHART)
    look_at_chart(
        workspace,
        patient_id,
        ChartPart.DEMOGRAPHICS,
        ChartPart.SCORES,
        ChartPart.NOTES,
        ChartPart.MEDICATIONS,
    )
    with workspace.database.read() as session:
        patients.get(session, patient_id)
        [row] = registry.registry_rows(
            session,
            read_instruments(workspace),
            today=workspace.today(),
            g2214_first_minute=billing_settings.on_day(
                session, workspace.today()
            ).g2214_first_minute,
            patient_id=patient_id,
        )
        [chart] = charts_of(workspace, (row,))
        today = workspace.today()
        held = privacy_request.holding_on(session, today, [patient_id]).get(row.patient_id, ())
        return replace(chart, restriction=restriction_mark(held, today))


def charts_of(workspace: Workspace, rows: tuple[RegistryRow, ...]) -> tuple[Chart, ...]:
    """Give the charts of some rows of the registry, in their order."""
    workspace.require(Permission.SEE_CHART)
    read = _read(workspace, rows)
    return tuple(_chart(row, read) for row in rows)


@dataclass(frozen=True, slots=True)
class Read:
    """What is read at once for all the charts, by patient or by episode."""

    staff: Mapping[StaffId, StaffMember]
    instruments: Catalogue
    patients: Mapping[PatientId, Patient]
    episodes: Mapping[EpisodeId, Episode]
    consents: Mapping[EpisodeId, Consent]
    phases: Mapping[EpisodeId, tuple[Phase, ...]]
    measures: Mapping[EpisodeId, tuple[Measure, ...]]
    contacts: Mapping[EpisodeId, tuple[Contact, ...]]
    seconds: Mapping[ContactId, int]
    safety_tasks: Mapping[PatientId, tuple[SafetyTask, ...]]
    reviews: Mapping[EpisodeId, tuple[CaseReview, ...]]
    medications: Mapping[str, tuple[Medication, ...]]
    facts: Mapping[PatientId, CaseFacts]
    deaths: Mapping[PatientId, date]


def _read(workspace: Workspace, rows: Sequence[RegistryRow]) -> Read:
    """Read in a fixed number of statements, however many rows there are."""
    today = workspace.today()
    patient_ids = [row.patient_id for row in rows]
    episode_ids = [row.episode_id for row in rows if row.episode_id]
    with workspace.database.read() as session:
        return Read(
            staff={member.id: member for member in staff_members.everyone(session)},
            instruments=read_instruments(workspace),
            patients=patients.by_id(session, patient_ids),
            episodes=episodes.by_id(session, episode_ids),
            consents=episodes.consents_of(session, episode_ids),
            phases=episodes.phases_of_episodes(session, episode_ids),
            measures=measures.of_episodes(session, episode_ids, until=today),
            contacts=contacts.of_episodes(session, episode_ids, until=today),
            seconds=time_entries.seconds_of_contacts(session, episode_ids, until=today),
            safety_tasks=safety.of_patients(session, patient_ids),
            reviews=reviews.of_episodes(session, episode_ids, until=today),
            medications=medications.of_patients(session, patient_ids, until=today),
            facts=_facts(workspace, rows),
            deaths=outside_care.deaths_of(session, patient_ids),
        )


def _facts(workspace: Workspace, rows: Sequence[RegistryRow]) -> dict[PatientId, CaseFacts]:
    patient_ids = [row.patient_id for row in rows]
    episode_ids = [row.episode_id for row in rows if row.episode_id]
    with workspace.database.read() as session:
        listed = diagnoses.of_episodes(session, episode_ids)
        trials = medications.trials_of_patients(session, patient_ids)
        known = allergies.of_patients(session, patient_ids)
        sessions = treatment.interventions_of_episodes(
            session, episode_ids, until=workspace.today()
        )
        goals = treatment.goals_of_episodes(session, episode_ids)
        until = workspace.today()
        history = background.history_of_patients(session, patient_ids, until=until)
        records = background.records_of_patients(session, patient_ids, today=until)
        planned = plans.last_days(session, episode_ids, PlanKind.SAFETY_PLAN, until=until)
    return {
        row.patient_id: CaseFacts(
            diagnoses=listed.get(row.episode_id or "", ()),
            past_trials=trials.get(row.patient_id, ()),
            allergies=known.get(row.patient_id, NOT_RECORDED),
            interventions=sessions.get(row.episode_id or "", ()),
            goals=goals.get(row.episode_id or "", ()),
            history=history.get(row.patient_id, ()),
            part2=records.get(row.patient_id, ()),
            safety_plan_on=planned.get(row.episode_id or ""),
        )
        for row in rows
    }


def _chart(row: RegistryRow, read: Read) -> Chart:
    patient, episode_id = read.patients[row.patient_id], row.episode_id
    facts, taken = read.facts[row.patient_id], read.medications.get(row.patient_id, ())
    if episode_id is None:
        bare = Chart.without_episode(row, patient)
        return replace(
            bare, medications=taken, facts=facts, death_on=read.deaths.get(row.patient_id)
        )
    episode, answered = read.episodes[episode_id], read.measures.get(episode_id, ())
    treating = episode.treating_practitioner_id
    return Chart(
        row=row,
        patient=patient,
        episode=episode,
        consent=read.consents.get(episode_id),
        care_manager=read.staff[episode.care_manager_id],
        treating_practitioner=read.staff[treating] if treating else None,
        diagnoses=on_paper(facts.diagnoses, since=row.today),
        measures=answered,
        contacts=tuple(_contact(each, read) for each in read.contacts.get(episode_id, ())),
        safety_tasks=read.safety_tasks.get(row.patient_id, ()),
        reviews=read.reviews.get(episode_id, ()),
        phases=read.phases.get(episode_id, ()),
        medications=taken,
        facts=replace(
            facts,
            screens=screen_results(answered, read.instruments, patient.sex),
            screener=screener_words(answered, read.instruments),
        ),
        death_on=read.deaths.get(row.patient_id),
        staff_names={member.id: member.name for member in read.staff.values()},
    )


def _contact(contact: Contact, read: Read) -> ContactWithMinutes:
    minutes = minutes_of(read.seconds.get(contact.id, 0))
    return ContactWithMinutes(contact, minutes, read.staff[contact.staff_id].name)
