"""How a caseload stands as a whole: its size, and how many of how many are seen and better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cocm_desktop.domain.due_review import recommendation_window
from cocm_desktop.domain.episode import DAYS_A_WEEK, EpisodeStatus
from cocm_desktop.domain.follow_up import AS_NEEDED, interval
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.outcome import BAO_NYS, Trajectory
from cocm_desktop.domain.percentage import FEWEST, percent_of
from cocm_desktop.domain.quality_windows import counted_from
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import FULL_TIME, StaffMember

RECENT_DAYS = 30
# Source: AIMS Center with Bao et al. 2016: a consultation for non-response in weeks 8 to 12.
CONSULTED_FROM_DAYS, CONSULTED_TO_DAYS = 56, 84
# Source: AIMS Center, caseload for one full-time care manager, by payer and complexity.
BANDS = {
    (90, 120): "commercially insured, behavioral, low complexity",
    (80, 100): "commercially insured, several conditions",
    (60, 80): "Medicaid, uninsured or vulnerable, behavioral",
    (50, 75): "Medicaid, uninsured or vulnerable, several conditions",
}
# Source: NYS OMH: more than 75 patients for one full-time care manager.
NYS_CASELOAD = 75
# Source: VA telephone program: a follow-up takes 51 to 60 minutes, notes included.
CONTACT_MINUTES = 55
SAFETY_MINUTES = 20
DAYS_A_MONTH_TENTHS = 304

_IN_CARE = (EpisodeStatus.ACTIVE, EpisodeStatus.ON_HOLD)
_IN_TREATMENT = (EpisodeStatus.ACTIVE, EpisodeStatus.RELAPSE_PREVENTION)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of whom. `meaning` says in words who is counted, and of whom."""

    title: str
    counted: int
    of: int
    meaning: str

    @property
    def count_words(self) -> str:
        return f"{self.counted:,} of {self.of:,}"

    @property
    def percent_words(self) -> str:
        """Write 74 %, half rounded up; of too few patients no percentage is given."""
        if self.of < FEWEST:
            return "not enough patients"
        return f"{percent_of(self.counted, self.of)} %"


@dataclass(frozen=True, slots=True)
class CaseloadStatistics:
    """Figures of one caseload, or of several together, on one day.

    `full_time_percent` is the time of all its care managers: 150 is one and a half full-time posts.
    """

    in_treatment: int
    full_time_percent: int
    least: int
    most: int
    contact_minutes: int
    shares: tuple[Share, ...]

    @property
    def full_time_words(self) -> str:
        """Write 1.5 full-time care managers."""
        posts = f"{self.full_time_percent / FULL_TIME:.2f}".rstrip("0").rstrip(".")
        return f"{posts} full-time care manager{'' if self.full_time_percent == FULL_TIME else 's'}"

    @property
    def size(self) -> int | None:
        """Patients in treatment for one full-time care manager, half rounded up."""
        if not self.full_time_percent:
            return None
        twice = 2 * FULL_TIME * self.in_treatment + self.full_time_percent
        return twice // (2 * self.full_time_percent)

    @property
    def band_words(self) -> str:
        """Name the goal that the practice chose, and whose it is."""
        whose = BANDS.get((self.least, self.most))
        named = f"AIMS for {whose}" if whose else "the practice’s own"
        return f"goal {self.least}–{self.most}, {named}"

    @property
    def stands(self) -> str:
        """Say how the size stands to the goal."""
        if self.size is None:
            return "no care manager has time"
        if self.size < self.least:
            return "below the goal"
        return "above the goal" if self.size > self.most else "within the goal"

    @property
    def contact_hours(self) -> int:
        """Contact time that the intervals of the patients ask for in a month, in hours."""
        return (self.contact_minutes + 30) // 60


def statistics_of(
    rows: Sequence[RegistryRow],
    *,
    care_managers: Sequence[StaffMember],
    reviewed: Mapping[EpisodeId, Sequence[date]],
) -> CaseloadStatistics:
    """Count over the open episodes; `reviewed` has the days of reviews that count, by episode."""
    treated = [row for row in rows if row.status in _IN_TREATMENT]
    bands = [(row.settings.caseload_least, row.settings.caseload_most) for row in rows[:1]]
    least, most = bands[0] if bands else (0, 0)
    return CaseloadStatistics(
        in_treatment=len(treated),
        full_time_percent=sum(member.full_time_percent for member in care_managers),
        least=least,
        most=most,
        contact_minutes=sum(map(monthly_minutes, treated)),
        shares=(
            _contacted(rows),
            _measured(rows),
            _at_target(rows),
            _in_remission(rows),
            _consulted(rows, reviewed),
            _nys8(rows),
        ),
    )


def monthly_minutes(row: RegistryRow) -> int:
    """Expect the contacts of a month from the patient's interval, more with safety open."""
    facts = row.follow_up
    if facts.interval_weeks == AS_NEEDED:
        return SAFETY_MINUTES * row.has_safety_open
    weeks, _ = interval(facts, row.last_contact_on or row.today)
    month = CONTACT_MINUTES * DAYS_A_MONTH_TENTHS // (weeks * DAYS_A_WEEK * 10)
    return month + SAFETY_MINUTES * row.has_safety_open


def _contacted(rows: Sequence[RegistryRow]) -> Share:
    active = _active(rows)
    since = _days_ago(RECENT_DAYS)
    counted = sum(r.last_contact_on is not None and r.last_contact_on >= since(r) for r in active)
    meaning = f"reached in the last {RECENT_DAYS} days, of those in active treatment"
    return Share(f"Contacted ≤ {RECENT_DAYS} d", counted, len(active), meaning)


def _measured(rows: Sequence[RegistryRow]) -> Share:
    active = _active(rows)
    since = _days_ago(RECENT_DAYS)
    counted = sum(
        r.primary.last is not None and r.primary.last.taken_on >= since(r) for r in active
    )
    meaning = f"primary scale in the last {RECENT_DAYS} days, of those in active treatment"
    return Share(f"Measured ≤ {RECENT_DAYS} d", counted, len(active), meaning)


def _at_target(rows: Sequence[RegistryRow]) -> Share:
    judged = _judged(rows)
    counted = sum(row.primary.is_at_target is True for row in judged)
    meaning = "last score at the target, of those with elevated baseline and a later score"
    return Share(f"At target ({BAO_NYS})", counted, len(judged), meaning)


def _in_remission(rows: Sequence[RegistryRow]) -> Share:
    judged = _judged(rows)
    counted = sum(row.primary.trajectory is Trajectory.REMISSION for row in judged)
    meaning = "last score below the remission limit, of the same patients"
    return Share("Remission", counted, len(judged), meaning)


def _consulted(rows: Sequence[RegistryRow], reviewed: Mapping[EpisodeId, Sequence[date]]) -> Share:
    """Count those past week 12 who were not at target at week 8."""
    due = [row for row in rows if row.status in _IN_CARE and _was_non_responder(row)]
    counted = sum(_was_consulted(row, reviewed) for row in due)
    meaning = "recommendation on day 56–84, of those past day 84 who were not at target at week 8"
    return Share("Consulted in weeks 8–12", counted, len(due), meaning)


def _was_non_responder(row: RegistryRow) -> bool:
    """Tell whether the last score up to week 8, or its lack, fell short of the target."""
    course = row.primary
    if row.enrolled_on is None or not course.is_elevated or course.baseline is None:
        return False
    if (row.today - row.enrolled_on).days <= CONSULTED_TO_DAYS or course.criteria is None:
        return False
    week8 = row.enrolled_on + timedelta(days=CONSULTED_FROM_DAYS)
    known = [score for score in course.follow_ups if score.taken_on <= week8]
    return not known or not course.criteria.is_met(course.baseline.total, known[-1].total)


def _was_consulted(row: RegistryRow, reviewed: Mapping[EpisodeId, Sequence[date]]) -> bool:
    if row.enrolled_on is None or row.episode_id is None:
        return False
    days = [(day - row.enrolled_on).days for day in reviewed.get(row.episode_id, ())]
    return any(CONSULTED_FROM_DAYS <= day <= CONSULTED_TO_DAYS for day in days)


def _nys8(rows: Sequence[RegistryRow]) -> Share:
    """Count as the state does, as of today in place of the end of a month."""
    due = [row for row in rows if _counts_for_nys8(row)]
    counted = sum(_was_advised_lately(row) for row in due)
    meaning = "recommendation in the last 60 days, of those from day 70 on who are not at target"
    return Share("NYS metric 8", counted, len(due), meaning)


def _counts_for_nys8(row: RegistryRow) -> bool:
    course = row.primary
    if row.enrolled_on is None or row.status not in _IN_CARE or not course.is_elevated:
        return False
    return row.today >= counted_from(row.enrolled_on) and course.is_at_target is not True


def _was_advised_lately(row: RegistryRow) -> bool:
    since, _ = recommendation_window(row.today, days=row.settings.consultation_days)
    return row.last_review_on is not None and row.last_review_on >= since


def _active(rows: Sequence[RegistryRow]) -> list[RegistryRow]:
    return [row for row in rows if row.status is EpisodeStatus.ACTIVE]


def _judged(rows: Sequence[RegistryRow]) -> list[RegistryRow]:
    return [
        row
        for row in rows
        if row.status in _IN_TREATMENT and row.primary.is_elevated and row.primary.follow_ups
    ]


def _days_ago(days: int) -> Callable[[RegistryRow], date]:
    return lambda row: row.today - timedelta(days=days)
