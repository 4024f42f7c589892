"""Gathering what one patient's month needs to be evaluated."""

from __future__ import annotations

from cocm_desktop.actions.codes import load_codes
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.month import EpisodeSpan, MonthFacts
from cocm_desktop.domain.diagnosis import Diagnosis, on_paper
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import billing_settings
from cocm_desktop.storage import diagnosis as diagnoses
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries


def month_facts(workspace: Workspace, patient_id: PatientId, month: ServiceMonth) -> MonthFacts:
    """Gather a month's facts; the episode billed for is the last one on which time was spent."""
    with workspace.database.read() as session:
        patient = patients.get(session, patient_id)
        entries = time_entries.of_month(session, patient_id, month, until=workspace.today())
        if not entries:
            raise Refused(Problem("minutes", f"No time was recorded for this patient in {month}."))
        episode = episodes.get(session, entries[-1].episode_id)
        consent = episodes.consent_of(session, episode.id)
        others = {entry.episode_id for entry in entries} - {episode.id}
        members = {member.id: member for member in staff_members.everyone(session)}
        listed = diagnoses.of_episode(session, episode.id)
        named = on_paper(listed, since=month.first_day)
        return MonthFacts(
            practice=practices.get(session),
            patient=patient,
            episode=episode,
            consented_on=consent.given_on if consent else None,
            treating_practitioner=_member(members, episode.treating_practitioner_id),
            care_manager=members[episode.care_manager_id],
            diagnoses=named,
            code_problems=_code_problems(named, month),
            settings=billing_settings.on_day(session, month.last_day),
            month=month,
            time=tuple(entries),
            earlier_service=time_entries.earlier_service(session, patient_id, month),
            other_spans=tuple(_span(workspace, episode_id) for episode_id in others),
        )


def _code_problems(named: tuple[Diagnosis, ...], month: ServiceMonth) -> tuple[str, ...]:
    """Say which codes cannot be billed for the month, by its last day."""
    problems = (load_codes().problem(each.code, month.last_day) for each in named)
    return tuple(words for words in problems if words)


def _span(workspace: Workspace, episode_id: EpisodeId) -> EpisodeSpan:
    with workspace.database.read() as session:
        consent = episodes.consent_of(session, episode_id)
        closed_on = episodes.get(session, episode_id).closed_on
    return EpisodeSpan(episode_id, consent.given_on if consent else None, closed_on)


def _member(members: dict[StaffId, StaffMember], staff_id: StaffId | None) -> StaffMember | None:
    return members.get(staff_id) if staff_id else None
