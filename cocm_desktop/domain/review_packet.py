"""The printed agenda of a caseload review, with one case sheet for each patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cocm_desktop.domain.allergies import NOT_RECORDED
from cocm_desktop.domain.case_facts import CaseFacts
from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.caseload_statistics import CaseloadStatistics
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.episode import Episode, EpisodeStatus
from cocm_desktop.domain.episode_phase import Phase
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.medication import Medication
from cocm_desktop.domain.packet_options import NAMED, PacketOptions
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_priority import (
    TENTHS_OF_MINUTES_A_CASE,
    AgendaEntry,
    LeftOut,
)
from cocm_desktop.domain.safety import SafetyTask
from cocm_desktop.domain.staff import StaffMember

RATED_HIGH_FROM = 2
NO_FACTS = CaseFacts()


@dataclass(frozen=True, slots=True)
class ContactWithMinutes:
    contact: Contact
    minutes: int
    staff_name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything recorded of one patient's latest episode, as a screen or a sheet shows it.

    Lists are oldest first. `episode` is None for a patient who is not enrolled. `death_on` is the
    day of death where it was recorded by itself, not by closing the episode.
    """

    row: RegistryRow
    patient: Patient
    episode: Episode | None
    consent: Consent | None
    care_manager: StaffMember | None
    treating_practitioner: StaffMember | None
    diagnoses: tuple[Diagnosis, ...]
    measures: tuple[Measure, ...]
    contacts: tuple[ContactWithMinutes, ...]
    safety_tasks: tuple[SafetyTask, ...]
    reviews: tuple[CaseReview, ...] = ()
    phases: tuple[Phase, ...] = ()
    medications: tuple[Medication, ...] = ()
    facts: CaseFacts = NO_FACTS
    death_on: date | None = None
    restriction: str = ""
    """What the patient asked not to be given out, for the banner; empty where nothing holds."""
    staff_names: Mapping[StaffId, str] = field(default_factory=dict)

    @classmethod
    def without_episode(cls, row: RegistryRow, patient: Patient) -> Chart:
        """Give the chart of a patient who is not enrolled."""
        return cls(
            row=row,
            patient=patient,
            episode=None,
            consent=None,
            care_manager=None,
            treating_practitioner=None,
            diagnoses=(),
            measures=(),
            contacts=(),
            safety_tasks=(),
        )

    @property
    def died_on(self) -> date | None:
        return self.death_on or (self.episode.died_on if self.episode else None)

    @property
    def has_patient_facts(self) -> bool:
        """Whether something is on file that belongs to the patient, not to an episode."""
        known = self.facts.allergies != NOT_RECORDED
        kept = self.facts.past_trials or self.facts.history or self.facts.part2
        return bool(self.medications or kept or known)

    @property
    def open_safety_tasks(self) -> tuple[SafetyTask, ...]:
        return tuple(task for task in self.safety_tasks if task.is_open)

    @property
    def current_medications(self) -> tuple[Medication, ...]:
        """What is taken now: first what the consultant titrates, then the rest, each by name."""
        taken = (each for each in self.medications if each.is_current)
        return tuple(sorted(taken, key=lambda each: not each.is_psychotropic))

    @property
    def stopped_medications(self) -> tuple[Medication, ...]:
        return tuple(each for each in self.medications if not each.is_current)

    @property
    def practitioner_words(self) -> str:
        """The treating practitioner of the episode, or the one named by the patient list."""
        if self.treating_practitioner:
            return self.treating_practitioner.title
        return self.patient.treating_practitioner

    def measures_of(self, instrument: Instrument) -> tuple[Measure, ...]:
        return tuple(m for m in self.measures if m.instrument_id == instrument.id)

    def rated_high(self, instrument: Instrument) -> tuple[str, ...]:
        """Short names of the items that the latest form rates 2 or 3."""
        measures = self.measures_of(instrument)
        if not measures:
            return ()
        return tuple(
            item.short
            for item, answer in zip(instrument.items, measures[-1].answers, strict=True)
            if answer is not None and answer >= RATED_HIGH_FROM
        )


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """One patient's page of the packet."""

    entry: AgendaEntry
    chart: Chart


@dataclass(frozen=True, slots=True)
class CaseloadCounts:
    active: int
    relapse_prevention: int
    on_hold: int
    consented: int

    @classmethod
    def of(cls, rows: Iterable[RegistryRow]) -> CaseloadCounts:
        of_status = Counter(row.status for row in rows)
        return cls(
            active=of_status[EpisodeStatus.ACTIVE],
            relapse_prevention=of_status[EpisodeStatus.RELAPSE_PREVENTION],
            on_hold=of_status[EpisodeStatus.ON_HOLD],
            consented=of_status[EpisodeStatus.CONSENTED],
        )


@dataclass(frozen=True, slots=True)
class ReviewPacket:
    """What is printed for a caseload review, from the records as of a moment.

    Without `statistics` it is about chosen patients, and has no pages about the whole caseload.
    `care_managers` names whose caseloads it is about; none means everybody's.
    """

    practice: Practice
    as_of: datetime
    prepared_by: StaffMember
    care_manager: StaffMember | None
    review_on: date
    counts: CaseloadCounts
    sheets: tuple[CaseSheet, ...]
    caseload: tuple[RegistryRow, ...]
    meeting_minutes: int
    options: PacketOptions = NAMED
    consultant: StaffMember | None = None
    tenths_a_case: int = TENTHS_OF_MINUTES_A_CASE
    left_out: tuple[LeftOut, ...] = ()
    statistics: CaseloadStatistics | None = None
    care_managers: tuple[StaffMember, ...] = ()
    restricted: int = 0
    """Patients who are not listed because the practice agreed not to give their records out."""

    @property
    def agenda(self) -> Agenda:
        entries = tuple(sheet.entry for sheet in self.sheets)
        return Agenda(entries, self.meeting_minutes, self.tenths_a_case, self.left_out)
