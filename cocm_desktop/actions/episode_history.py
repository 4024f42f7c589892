"""Reading every episode of a patient, the earlier ones too, as they were recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.clinical_settings import ClinicalSettings
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.episode_phase import Phase
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.measure import Measure, Score
from cocm_desktop.domain.outcome import Course, course_of
from cocm_desktop.domain.outcome_sets import Verdict, criteria_of, verdicts
from cocm_desktop.domain.staff import Permission
from cocm_desktop.storage import contact as contacts
from cocm_desktop.storage import diagnosis as diagnoses
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import settings as stored_settings
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries


@dataclass(frozen=True, slots=True)
class EpisodeRecord:
    """One episode with everything dated in it; lists are oldest first."""

    episode: Episode
    consent: Consent | None
    phases: tuple[Phase, ...]
    diagnoses: tuple[Diagnosis, ...]
    measures: tuple[Measure, ...]
    contacts: tuple[Contact, ...]
    reviews: tuple[CaseReview, ...]
    seconds: int
    course: Course

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return verdicts(self.course, self.episode.primary_instrument_id)

    def target_words(self, settings: ClinicalSettings) -> str:
        """Write the target: the patient's own, the practice's as it is now, or Bao/NYS."""
        own = self.episode.target_below
        if not (own or settings.target_below):
            criteria = self.course.criteria
            return criteria.named if criteria else "None defined for this scale"
        whose = "the patient's own" if own else "the practice's"
        return f"Below {own or settings.target_below}, {whose}"


@dataclass(frozen=True, slots=True)
class EpisodeHistory:
    """The episodes of one patient, the latest first."""

    records: tuple[EpisodeRecord, ...]
    staff_names: Mapping[StaffId, str]
    settings: ClinicalSettings


def read_episodes(workspace: Workspace, patient_id: str) -> EpisodeHistory:
    workspace.require(Permission.SEE_CHART)
    look_at_chart(workspace, patient_id, ChartPart.NOTES)
    with workspace.database.read() as session:
        patients.get(session, patient_id)
        found = episodes.of_patient(session, patient_id)
        return EpisodeHistory(
            records=tuple(_record(workspace, episode) for episode in found),
            staff_names={m.id: m.title for m in staff_members.everyone(session)},
            settings=stored_settings.on_day(session, workspace.today()),
        )


def _record(workspace: Workspace, episode: Episode) -> EpisodeRecord:
    today = workspace.today()
    with workspace.database.read() as session:
        taken = measures.of_episode(session, episode.id, until=today)
        spent = time_entries.of_episode(session, episode.id, until=today)
        return EpisodeRecord(
            episode=episode,
            consent=episodes.consent_of(session, episode.id),
            phases=episodes.phases_of(session, episode.id),
            diagnoses=tuple(d.diagnosis for d in diagnoses.of_episode(session, episode.id)),
            measures=taken,
            contacts=tuple(contacts.of_episode(session, episode.id, until=today)),
            reviews=reviews.of_episode(session, episode.id, until=today),
            seconds=sum(entry.seconds for entry in spent),
            course=_course(workspace, episode, taken),
        )


def _course(workspace: Workspace, episode: Episode, taken: tuple[Measure, ...]) -> Course:
    """Give the scores of the episode's primary scale, as the registry judges them."""
    name = episode.primary_instrument_id
    scores = [
        Score(each.taken_on, each.total, is_total_alone=each.total_only)
        for each in taken
        if each.instrument_id == name and each.total is not None
    ]
    return course_of(
        scores,
        enrolled_on=episode.enrolled_on,
        remission_below=read_instruments(workspace).known(name).remission_below or None,
        criteria=criteria_of(name),
    )
