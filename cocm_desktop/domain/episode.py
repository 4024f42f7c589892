"""One run of collaborative care for one patient, from referral to closing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from cocm_desktop.domain.consent import CONSENT_STATEMENTS, Consent, ConsentMethod
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.diagnosis_code import diagnosis_code
from cocm_desktop.domain.ids import (
    ConsentId,
    DiagnosisId,
    EpisodeId,
    PatientId,
    StaffId,
    new_id,
)
from cocm_desktop.domain.instrument import PHQ9, InstrumentId
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

DAYS_A_WEEK = 7


class EpisodeStatus(Enum):
    """Where an episode stands. Consented: agreed, first assessment still to come.

    A referral is no enrollment: it counts among the open episodes from consent on.
    """

    REFERRED = "Referred"
    WAIT_LISTED = "Wait-listed"
    CONSENTED = "Consented"
    ACTIVE = "Active"
    RELAPSE_PREVENTION = "Relapse prevention"
    ON_HOLD = "On hold"
    CLOSED = "Closed"

    @property
    def is_open(self) -> bool:
        return not self.is_referral and self is not EpisodeStatus.CLOSED

    @property
    def is_referral(self) -> bool:
        """Whether the patient was referred and has not yet consented."""
        return self in {EpisodeStatus.REFERRED, EpisodeStatus.WAIT_LISTED}


class CloseReason(Enum):
    """Source: NYS OMH collaborative care reporting, reasons for ending care; the rest are ours."""

    GRADUATED = "Graduated"
    LOST_TO_FOLLOW_UP = "Lost to follow-up"
    ADMINISTRATIVE = "Administrative inactivity"
    WITHDREW = "Withdrew"
    TRANSFERRED = "Transferred"
    DIED = "Died"
    HIGHER_LEVEL_OF_CARE = "Referred to a higher level of care"
    MOVED = "Moved or changed insurance"
    ENROLLED_IN_ERROR = "Enrolled in error"
    DECLINED = "Declined collaborative care"
    UNABLE_TO_REACH = "Unable to reach"
    NOT_ELIGIBLE = "Not eligible"
    REDIRECTED = "Redirected elsewhere"
    OTHER = "Other"

    def fits(self, status: EpisodeStatus) -> bool:
        """Whether an episode of this status may end so: care that did not begin ends otherwise."""
        if status.is_referral:
            return self in OF_REFERRALS or self not in OF_CARE
        return self not in OF_REFERRALS


OF_REFERRALS = frozenset(
    {
        CloseReason.DECLINED,
        CloseReason.UNABLE_TO_REACH,
        CloseReason.NOT_ELIGIBLE,
        CloseReason.REDIRECTED,
    }
)
OF_CARE = frozenset(
    {
        CloseReason.GRADUATED,
        CloseReason.LOST_TO_FOLLOW_UP,
        CloseReason.ADMINISTRATIVE,
        CloseReason.WITHDREW,
    }
)
# Source: SCOPE registry workflow: why a patient was not enrolled is kept in words.
NEEDS_NOTE: dict[CloseReason, str] = {
    CloseReason.OTHER: "Say in a few words why the episode closes.",
    CloseReason.NOT_ELIGIBLE: "Say in a few words why the patient is not eligible.",
    CloseReason.REDIRECTED: "Say where the patient was directed to.",
}
NOT_CONFIRMED = "Compare name and date of birth, then tick the box."


@dataclass(frozen=True, slots=True)
class Episode:
    """Referral, consent and enrollment are three dates and never one.

    Minutes count from consent; quality measures count from `enrolled_on`, the day of the care
    manager's initial assessment. Source: clinical rules, life cycle; NYS OMH contract.
    The episode is judged by one primary scale. `target_below` is the patient's own target, and
    `interval_weeks` how often they are called; None is the practice's, 0 weeks as needed.
    """

    id: EpisodeId
    patient_id: PatientId
    status: EpisodeStatus
    care_manager_id: StaffId
    treating_practitioner_id: StaffId | None = None
    referred_on: date | None = None
    enrolled_on: date | None = None
    closed_on: date | None = None
    close_reason: CloseReason | None = None
    close_note: str = ""
    primary_instrument_id: InstrumentId = PHQ9
    target_below: int | None = None
    interval_weeks: int | None = None
    version: int = 1

    @property
    def died_on(self) -> date | None:
        """The day on which the episode closed because the patient died."""
        return self.closed_on if self.close_reason is CloseReason.DIED else None

    def week_on(self, day: date) -> int | None:
        """Whole weeks in treatment up to the day, or to the closing if that came first."""
        if self.enrolled_on is None:
            return None
        until = min(day, self.closed_on) if self.closed_on else day
        return weeks_between(self.enrolled_on, until)


def episode_on(day: date, wanted: Episode, episodes: Iterable[Episode]) -> Episode:
    """Give the episode that a form of a day belongs to: the first that had not closed by then.

    From the enrollment of the wanted one on it is that one, whatever closed on the same day.
    """
    if wanted.enrolled_on is not None and day >= wanted.enrolled_on:
        return wanted
    last = wanted.closed_on or date.max
    fit = [e for e in episodes if e.closed_on is not None and day <= e.closed_on < last]
    return min(fit, key=lambda e: e.closed_on or date.max, default=wanted)


def weeks_between(first: date, last: date) -> int:
    return max(0, (last - first).days // DAYS_A_WEEK)


@dataclass(frozen=True, slots=True)
class EnrollDraft:
    """What was typed to enroll a patient. `told` holds the statements the patient was told.

    `is_confirmed` says that name and date of birth were compared with the patient.
    `goes_on` is the episode of a referral that this goes on with; consent has the draft's id.
    """

    patient_id: PatientId
    care_manager_id: StaffId | None
    consented_on: date | None
    consent_method: ConsentMethod
    enrolled_on: date | None = None
    referred_on: date | None = None
    treating_practitioner_id: StaffId | None = None
    diagnosis_code: str = ""
    primary_instrument_id: InstrumentId = PHQ9
    told: frozenset[str] = frozenset(CONSENT_STATEMENTS)
    id: EpisodeId = field(default_factory=lambda: EpisodeId(new_id()))
    goes_on: EpisodeId | None = None
    is_confirmed: bool = True

    @property
    def is_intake(self) -> bool:
        """Whether it says no more than the front desk may: no assessment, diagnosis or scale."""
        is_assessed = self.enrolled_on is not None or bool(self.diagnosis_code.strip())
        return not is_assessed and self.primary_instrument_id == PHQ9

    def of(self, referred: Episode | None) -> EnrollDraft:
        """Give the enrollment as what a referral leads to, in the episode of the referral."""
        if referred is None:
            return self
        referred_on = self.referred_on or referred.referred_on
        return replace(self, goes_on=referred.id, referred_on=referred_on)

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        if self.care_manager_id is None:
            yield Problem("care_manager_id", "Choose the care manager.")
        if self.consented_on is None:
            yield Problem("consented_on", "Type the date on which the patient gave consent.")
        if left := len(set(CONSENT_STATEMENTS) - self.told):
            words = f"Consent means that the patient was told each statement; {left} left."
            yield Problem("told", words)
        yield from self._order_problems(today, born_on)
        code = self.diagnosis_code.strip()
        if code and not diagnosis_code(code):
            words = f"{code} is not shaped like an ICD-10-CM code, such as F33.1."
            yield Problem("diagnosis_code", words)
        if not self.is_confirmed:
            yield Problem("is_confirmed", NOT_CONFIRMED)

    def _order_problems(self, today: date, born_on: date) -> Iterator[Problem]:
        named = (
            ("referred_on", "referral", self.referred_on),
            ("consented_on", "consent", self.consented_on),
            ("enrolled_on", "initial assessment", self.enrolled_on),
        )
        earlier: tuple[str, date] | None = None
        for name, words, day in named:
            if day is None:
                continue
            if day > today:
                yield Problem(name, f"The {words} cannot be dated in the future.")
            if day < born_on:
                yield Problem(name, f"The {words} lies before the patient's birth.")
            if earlier and day < earlier[1]:
                before = f"{earlier[0]}, {long_date(earlier[1])}"
                yield Problem(name, f"The {words} cannot come before the {before}.")
            earlier = (words, day)

    def accept(
        self, *, today: date, born_on: date, staff_id: StaffId
    ) -> tuple[Episode, Consent, Diagnosis | None]:
        """Give the episode, its consent and its diagnosis, or raise Refused."""
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.care_manager_id is None or self.consented_on is None:
            raise Refused(*problems)
        episode = Episode(
            id=self.goes_on or self.id,
            patient_id=self.patient_id,
            status=EpisodeStatus.ACTIVE if self.enrolled_on else EpisodeStatus.CONSENTED,
            care_manager_id=self.care_manager_id,
            treating_practitioner_id=self.treating_practitioner_id,
            referred_on=self.referred_on,
            enrolled_on=self.enrolled_on,
            primary_instrument_id=self.primary_instrument_id,
        )
        consent = Consent(
            id=ConsentId(self.id),
            episode_id=episode.id,
            given_on=self.consented_on,
            method=self.consent_method,
            obtained_by=staff_id,
            practitioner_id=self.treating_practitioner_id,
        )
        return episode, consent, self._diagnosis(self.enrolled_on or self.consented_on)

    def _diagnosis(self, noted_on: date) -> Diagnosis | None:
        code = diagnosis_code(self.diagnosis_code)
        if not code:
            return None
        return Diagnosis(
            id=DiagnosisId(new_id()),
            episode_id=self.goes_on or self.id,
            code=code,
            title="",
            noted_on=noted_on,
        )


@dataclass(frozen=True, slots=True)
class CloseDraft:
    """What was typed to close an episode."""

    episode_id: EpisodeId
    closed_on: date | None
    reason: CloseReason | None
    note: str = ""
    version: int = 1
    is_confirmed: bool = True

    def problems(
        self,
        *,
        today: date,
        consented_on: date | None,
        last_record_on: date | None,
        status: EpisodeStatus = EpisodeStatus.ACTIVE,
    ) -> Iterator[Problem]:
        """Name what is wrong; `last_record_on` is the day of the episode's last record of any kind.

        Records are contacts, measures, time entries and the enrollment itself.
        """
        yield from self._reason_problems(status)
        if not self.is_confirmed:
            yield Problem("is_confirmed", NOT_CONFIRMED)
        if self.closed_on is None:
            yield Problem("closed_on", "Type the date on which the episode closes.")
            return
        if self.closed_on > today:
            yield Problem("closed_on", "An episode cannot close in the future.")
        if consented_on and self.closed_on < consented_on:
            yield Problem("closed_on", f"The patient consented on {long_date(consented_on)}.")
        if last_record_on and self.closed_on < last_record_on:
            words = f"The episode has a record of {long_date(last_record_on)}."
            yield Problem("closed_on", f"{words} Close it on or after that day.")

    def _reason_problems(self, status: EpisodeStatus) -> Iterator[Problem]:
        if self.reason is None:
            yield Problem("reason", "Choose why the episode closes.")
        elif not self.reason.fits(status):
            words = f"An episode that is {status.value.lower()} is not closed as:"
            yield Problem("reason", f"{words} {self.reason.value}.")
        elif self.reason in NEEDS_NOTE and not self.note.strip():
            yield Problem("note", NEEDS_NOTE[self.reason])
