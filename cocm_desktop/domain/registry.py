"""A row of the registry: one patient as the team sees them, and the filters over rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind, NextCode, line_codes, line_next
from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS, ClinicalSettings
from cocm_desktop.domain.due import due_now, worked_out
from cocm_desktop.domain.due_item import SAID_FIRST, DueItem
from cocm_desktop.domain.due_review import review_items
from cocm_desktop.domain.episode import CloseReason, EpisodeStatus, weeks_between
from cocm_desktop.domain.follow_up import (
    NO_CONTACT_DAYS,
    FollowUpFacts,
    NextDue,
    measure_due_on,
    next_due,
)
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.instrument import GAD7, PHQ9, Band, Instrument, InstrumentId
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.outcome import Course, Trajectory
from cocm_desktop.domain.patient import age_on, banner_name
from cocm_desktop.domain.review_priority import Reason, worked_out_reasons
from cocm_desktop.domain.safety_age import answer_words, open_words
from cocm_desktop.domain.search_text import search_text
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import minutes_of

NOT_ENROLLED = "Not enrolled"
NOT_YET = (None, EpisodeStatus.REFERRED, EpisodeStatus.WAIT_LISTED)


@dataclass(frozen=True)
class RegistryRow:
    """What the registry shows of a patient and their latest episode, as of `today`.

    Derived facts are worked out once, when first asked for. `last_review_on` is the last review
    with a recommendation: none counts without. `next_review_on` is what it asked for;
    `recheck_on` the first day of a recheck that no review has come to.
    """

    patient_id: PatientId
    last_name: str
    first_name: str
    preferred_name: str
    mrn: str
    born_on: date
    phone: str
    today: date
    g2214_first_minute: int
    phq9_instrument: Instrument
    gad7_instrument: Instrument
    phq9: Course
    gad7: Course
    episode_id: EpisodeId | None = None
    status: EpisodeStatus | None = None
    care_manager_id: StaffId | None = None
    care_manager: str = ""
    referred_on: date | None = None
    consented_on: date | None = None
    enrolled_on: date | None = None
    closed_on: date | None = None
    last_contact_on: date | None = None
    last_attempt_on: date | None = None
    planned_on: date | None = None
    seconds_this_month: int = 0
    month_kind: MonthKind = MonthKind.INITIAL
    line: Line = Line.COCM
    safety_answer: int | None = None
    safety_instrument: str = ""
    safety_item: int = 9
    safety_since: date | None = None
    safety_answered_on: date | None = None
    safety_closed_on: date | None = None
    question: str = ""
    settings: ClinicalSettings = DEFAULT_SETTINGS
    primary_instrument_id: InstrumentId = PHQ9
    other_instrument: Instrument | None = None
    other: Course | None = None
    target_below: int | None = None
    interval_weeks: int | None = None
    last_review_on: date | None = None
    next_review_on: date | None = None
    recheck_on: date | None = None
    open_recommendations: tuple[OpenRecommendation, ...] = ()
    plan_changed_on: date | None = None
    flags: tuple[str, ...] = ()
    open_tasks: int = 0
    treating_practitioner: str = ""
    treating_practitioner_id: StaffId | None = None
    close_reason: CloseReason | None = None
    former_mrns: str = ""

    @property
    def key(self) -> str:
        return self.patient_id

    @cached_property
    def name(self) -> str:
        return banner_name(self.last_name, self.first_name)

    @cached_property
    def sort_name(self) -> str:
        """The name as lists are ordered by it: accents, case and hyphens do not matter."""
        return fold(f"{self.last_name} {self.first_name}")

    @cached_property
    def age(self) -> int:
        return age_on(self.born_on, self.today)

    @property
    def status_words(self) -> str:
        if self.died_on is not None:
            return CloseReason.DIED.value
        return self.status.value if self.status else NOT_ENROLLED

    @property
    def died_on(self) -> date | None:
        """The day on which the episode closed because the patient died."""
        return self.closed_on if self.close_reason is CloseReason.DIED else None

    @property
    def is_open(self) -> bool:
        return self.status is not None and self.status.is_open

    @cached_property
    def weeks(self) -> int | None:
        """Whole weeks in treatment; None before the first assessment."""
        if self.enrolled_on is None:
            return None
        until = min(self.closed_on, self.today) if self.closed_on else self.today
        return weeks_between(self.enrolled_on, until)

    @cached_property
    def phq9_band(self) -> Band | None:
        last = self.phq9.last
        return self.phq9_instrument.band_of(last.total) if last else None

    @cached_property
    def gad7_band(self) -> Band | None:
        last = self.gad7.last
        return self.gad7_instrument.band_of(last.total) if last else None

    @cached_property
    def trajectory(self) -> Trajectory:
        """Where the PHQ-9 stands, whatever the primary scale is."""
        return self.phq9.trajectory

    @property
    def primary(self) -> Course:
        """The course by which the episode is judged, on the scale that was fixed for it.

        Source: NYS OMH: an episode has one primary scale.
        """
        if self.other is not None:
            return self.other
        return self.gad7 if self.primary_instrument_id == GAD7 else self.phq9

    @property
    def primary_instrument(self) -> Instrument:
        if self.other_instrument is not None:
            return self.other_instrument
        return self.gad7_instrument if self.primary_instrument_id == GAD7 else self.phq9_instrument

    @property
    def courses(self) -> tuple[tuple[Instrument, Course], ...]:
        """Give the primary scale, and then PHQ-9 and GAD-7 where they are not it."""
        primary = self.primary_instrument
        usual = ((self.phq9_instrument, self.phq9), (self.gad7_instrument, self.gad7))
        return ((primary, self.primary), *(each for each in usual if each[0].id != primary.id))

    @property
    def own_target(self) -> int | None:
        """The total to come below: the patient's own, or else the practice's; None is Bao/NYS."""
        return self.target_below or self.settings.target_below or None

    @property
    def target_words(self) -> str:
        if self.own_target is None:
            return self.primary.criteria.named if self.primary.criteria else "none for this scale"
        whose = "the patient's own" if self.target_below else "the practice's"
        return f"below {self.own_target}, {whose}"

    @cached_property
    def is_at_target(self) -> bool | None:
        """Whether the last score is at the target that holds; None without a follow-up score."""
        if self.own_target is None or not self.primary.follow_ups:
            return self.primary.is_at_target
        return self.primary.follow_ups[-1].total < self.own_target

    @cached_property
    def overdue_recommendations(self) -> int:
        due = map(self.recommendation_due_on, self.open_recommendations)
        return sum(day < self.today for day in due)

    def recommendation_due_on(self, recommendation: OpenRecommendation) -> date:
        return recommendation.to_be_done_by(self.settings.follow_through_days)

    @property
    def plan_since(self) -> date | None:
        """Since when the patient has been on one plan: its last change, or the start."""
        days = [day for day in (self.enrolled_on, self.plan_changed_on) if day]
        return max(days) if self.enrolled_on else None

    @cached_property
    def is_in_remission(self) -> bool:
        """Open, and in remission on the primary scale and on every scale that began high."""
        began_high = [course for course in (self.phq9, self.gad7) if course.is_elevated]
        courses = (self.primary, *began_high)
        return self.is_open and all(c.trajectory is Trajectory.REMISSION for c in courses)

    @cached_property
    def follow_up(self) -> FollowUpFacts:
        return FollowUpFacts(
            status=self.status or EpisodeStatus.CLOSED,
            enrolled_on=self.enrolled_on,
            consented_on=self.consented_on,
            last_contact_on=self.last_contact_on,
            planned_on=self.planned_on,
            last_measure_on=self.primary.last.taken_on if self.primary.last else None,
            is_at_target=self.is_at_target is True,
            interval_weeks=self.interval_weeks,
            instrument=self.primary_instrument.id,
            settings=self.settings,
        )

    @cached_property
    def next_due(self) -> NextDue | None:
        return next_due(self.follow_up)

    @cached_property
    def review_items(self) -> tuple[DueItem, ...]:
        """What the rules of the caseload review name, now or later, in their order."""
        return tuple(review_items(self))

    @cached_property
    def review_reasons(self) -> tuple[Reason, ...]:
        """Why the patient is on the agenda of the caseload review today."""
        return tuple(worked_out_reasons(self))

    @cached_property
    def due_items(self) -> tuple[DueItem, ...]:
        """Everything that is due, by due date, what is due later included."""
        return worked_out(self)

    @cached_property
    def due_now(self) -> tuple[DueItem, ...]:
        """What is due today: an open safety answer, the reasons for a review, the follow-up."""
        return tuple(sorted(due_now(self), key=lambda item: SAID_FIRST[item.rule]))

    @property
    def lacks_consent(self) -> bool:
        """Whether the patient was referred, or is in care, without consent on file."""
        is_with_us = self.status is not None and self.status is not EpisodeStatus.CLOSED
        return is_with_us and self.consented_on is None

    @property
    def may_be_closed(self) -> bool:
        """Whether closing may be talked about: after long silence, or in lasting remission."""
        graduates = self.status is EpisodeStatus.RELAPSE_PREVENTION and self.is_in_remission
        return graduates or any(item.proposed_on is not None for item in self.due_now)

    @property
    def minutes_this_month(self) -> int:
        return minutes_of(self.seconds_this_month)

    @cached_property
    def next_code(self) -> NextCode:
        return line_next(self.line, self.month_kind, **self._counted)

    @cached_property
    def reached_codes(self) -> tuple[CodeUnits, ...]:
        return line_codes(self.line, self.month_kind, **self._counted)

    @property
    def _counted(self) -> dict[str, int]:
        return {"minutes": self.minutes_this_month, "g2214_first_minute": self.g2214_first_minute}

    @property
    def has_safety_open(self) -> bool:
        return self.safety_answer is not None

    @property
    def safety_words(self) -> str:
        """The gravest open answer, since when, and what else is open; empty where none is."""
        if self.safety_answer is None:
            return ""
        said = answer_words(self.safety_answer, self.safety_instrument, self.safety_item)
        return f"{said}, not yet closed{self.safety_age_words}"

    @property
    def safety_age_words(self) -> str:
        """How long the gravest is open, a comma before it, and since when one older is."""
        return open_words(self.safety_answered_on, self.safety_since, self.today)

    @property
    def safety_unreviewed_on(self) -> date | None:
        """The day on which a safety task was closed that no review has seen closed yet.

        Source: clinical rules 2.6: it stays on the consultant's packet until one review later.
        """
        closed_on, reviewed_on = self.safety_closed_on, self.last_review_on
        if closed_on is None or (reviewed_on is not None and reviewed_on > closed_on):
            return None
        return closed_on

    @cached_property
    def days_since_contact(self) -> int | None:
        """Days since the patient was last reached; from the start of the episode if never."""
        since = self.last_contact_on or self.enrolled_on or self.consented_on
        return (self.today - since).days if since and self.is_open else None

    @cached_property
    def is_measure_due(self) -> bool:
        due_on = measure_due_on(self.follow_up)
        return due_on is not None and due_on <= self.today

    @cached_property
    def is_overdue(self) -> bool:
        return self.next_due is not None and self.next_due.days_over(self.today) > 0

    @cached_property
    def is_not_at_target(self) -> bool:
        return self.is_open and self.is_at_target is False

    @cached_property
    def found_by(self) -> str:
        """Everything a person may type to find the patient, in one folded text."""
        names = f"{self.last_name} {self.first_name} {self.last_name} {self.preferred_name}"
        return search_text(f"{names} {self.mrn} {self.former_mrns}", self.phone, self.born_on)


class Chip(Enum):
    """A filter of the registry with its live count."""

    OPEN = "Open"
    DUE_NOW = "Due now"
    NOT_AT_TARGET = "Not at target"
    NO_CONTACT = f"No contact {NO_CONTACT_DAYS} d+"
    MEASURE_DUE = "Measure due"
    OVERDUE = "Overdue"
    SAFETY = "Safety"
    NEXT_REVIEW = "Next review"
    QUESTION = "Question"
    STEP_DOWN = "In remission"
    CONSENT_MISSING = "Consent missing"
    CODE_REACHED = "Code reached"
    CLOSING = "Closing candidates"
    NOT_ENROLLED = "Not enrolled"
    CLOSED = "Closed"
    EVERYONE = "Everyone"


SHOWN_BY: dict[Chip, Callable[[RegistryRow], bool]] = {
    Chip.OPEN: lambda row: row.is_open,
    Chip.DUE_NOW: lambda row: bool(row.due_now),
    Chip.NOT_AT_TARGET: lambda row: row.is_not_at_target,
    Chip.NO_CONTACT: lambda row: (row.days_since_contact or 0) >= NO_CONTACT_DAYS,
    Chip.MEASURE_DUE: lambda row: row.is_measure_due,
    Chip.OVERDUE: lambda row: row.is_overdue,
    Chip.SAFETY: lambda row: row.has_safety_open,
    Chip.NEXT_REVIEW: lambda row: any(item.rule.is_of_review for item in row.due_now),
    Chip.QUESTION: lambda row: row.is_open and bool(row.question),
    Chip.STEP_DOWN: lambda row: row.is_in_remission,
    Chip.CONSENT_MISSING: lambda row: row.lacks_consent,
    Chip.CODE_REACHED: lambda row: row.consented_on is not None and bool(row.reached_codes),
    Chip.CLOSING: lambda row: row.may_be_closed,
    Chip.NOT_ENROLLED: lambda row: row.status in NOT_YET,
    Chip.CLOSED: lambda row: row.status is EpisodeStatus.CLOSED,
    Chip.EVERYONE: lambda _row: True,
}


def counts(rows: Sequence[RegistryRow]) -> dict[Chip, int]:
    return {chip: sum(map(shows, rows)) for chip, shows in SHOWN_BY.items()}


def shown(
    rows: Sequence[RegistryRow],
    *,
    chip: Chip = Chip.OPEN,
    find: str = "",
    of: StaffId | None = None,
) -> list[RegistryRow]:
    """Give the rows of a chip and care manager that hold every word typed, in any order."""
    words = fold(find).split()
    return [
        row
        for row in rows
        if SHOWN_BY[chip](row)
        and (of is None or row.care_manager_id == of)
        and all(word in row.found_by for word in words)
    ]
