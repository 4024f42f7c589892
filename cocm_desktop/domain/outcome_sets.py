"""Outcome definitions as named, versioned sets: no verdict goes without the name of its set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.outcome import (
    BAO_BELOW,
    BAO_NYS_VERSION,
    BELOW_TEN_OR_HALF,
    RESPONSE_PERCENT,
    Course,
    Criteria,
)

HALF = RESPONSE_PERCENT
# Source: NYS OMH, improvement criteria of 2025, and the elevated baselines named there. Those of
# PCL-5, SCARED, PSC-17 and SMFQ are candidates that a clinician has yet to sign off.
CRITERIA: Mapping[InstrumentId, Criteria] = {
    PHQ9: BELOW_TEN_OR_HALF,
    GAD7: BELOW_TEN_OR_HALF,
    InstrumentId("PHQ-A"): BELOW_TEN_OR_HALF,
    InstrumentId("PCL-5"): Criteria(points=12, elevated_from=33),
    InstrumentId("SCARED-C"): Criteria(percent=HALF, elevated_from=25),
    InstrumentId("SCARED-P"): Criteria(percent=HALF, elevated_from=25),
    InstrumentId("PSC-17"): Criteria(percent=HALF, elevated_from=15),
    InstrumentId("VANDERBILT-P"): Criteria(percent=HALF),
    InstrumentId("VANDERBILT-T"): Criteria(percent=HALF),
    InstrumentId("SMFQ-C"): Criteria(points=8, elevated_from=12),
    InstrumentId("SMFQ-P"): Criteria(points=6),
}
BELOW_TEN_SCALES = frozenset({PHQ9, GAD7, InstrumentId("PHQ-A")})


@dataclass(frozen=True, slots=True)
class OutcomeSet:
    """One definition. A change of its rule is a new version; old reports name the old one."""

    id: str
    version: int
    name: str
    source: str
    definition: str
    rule: Callable[[Course], str]
    judge: Callable[[Course], bool | None]
    covers: Callable[[Course, InstrumentId], bool]

    @property
    def title(self) -> str:
        return f"{self.name} v{self.version}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one set says of a course; `is_met` is None where it cannot be said."""

    of: OutcomeSet
    rule: str
    is_met: bool | None

    @property
    def words(self) -> str:
        """Write the verdict with the name of its set: HEDIS response v1: not reached."""
        return f"{self.of.title}: {STANDS[self.is_met]}"

    @property
    def explanation(self) -> str:
        """Write the verdict with its rule and the source of the set."""
        return f"{self.words} ({self.rule}). Source: {self.of.source}."


STANDS: Mapping[bool | None, str] = {
    None: "cannot be said yet",
    True: "reached",
    False: "not reached",
}


def criteria_of(instrument_id: InstrumentId) -> Criteria | None:
    """Give the Bao/NYS criteria of a scale; None where none are defined."""
    return CRITERIA.get(instrument_id)


def _last(course: Course) -> tuple[int, int] | None:
    if course.baseline is None or not course.follow_ups:
        return None
    return course.baseline.total, course.follow_ups[-1].total


def _response(course: Course) -> bool | None:
    """Tell whether half is gone. A share of a zero is none: then nothing is said."""
    if course.baseline is None or course.baseline.total == 0:
        return None
    return course.has_response


def _scope(course: Course) -> bool | None:
    found, response = _last(course), _response(course)
    return None if found is None or response is None else found[1] < BAO_BELOW and response


def _remission(course: Course) -> bool | None:
    found = _last(course)
    if found is None or course.remission_below is None:
        return None
    return found[1] < course.remission_below


SETS: tuple[OutcomeSet, ...] = (
    OutcomeSet(
        id="bao-nys",
        version=BAO_NYS_VERSION,
        name="Bao/NYS target",
        source="Bao et al., doi 10.1176/appi.ps.201500491; NYS OMH metrics of 2025",
        definition=(
            "Last score below 10, or at most half of the baseline; "
            "other scales by criteria of their own"
        ),
        rule=lambda course: course.criteria.words if course.criteria else "",
        judge=lambda course: course.is_at_target,
        covers=lambda course, _instrument_id: course.criteria is not None,
    ),
    OutcomeSet(
        id="hedis-response",
        version=1,
        name="HEDIS response",
        source="HEDIS, depression remission or response: 50 % below the baseline",
        definition=("Last score at most half of the baseline"),
        rule=lambda _course: "at most half of the baseline",
        judge=_response,
        covers=lambda _course, _instrument_id: True,
    ),
    OutcomeSet(
        id="scope-response",
        version=1,
        name="SCOPE treatment response",
        source="AIMS/SCOPE registry workflow",
        definition=("Last score below 10 and at most half of the baseline; PHQ-9, PHQ-A and GAD-7"),
        rule=lambda _course: "below 10 and at most half of the baseline",
        judge=_scope,
        covers=lambda _course, instrument_id: instrument_id in BELOW_TEN_SCALES,
    ),
    OutcomeSet(
        id="remission",
        version=1,
        name="Remission",
        source="PHQ-9 below 5: CMS159, HEDIS, NYS OMH; GAD-7 below 5 by convention",
        definition=(
            "Last score below 5 on the PHQ-9 and GAD-7; other scales where they name a limit"
        ),
        rule=lambda course: f"below {course.remission_below}",
        judge=_remission,
        covers=lambda course, _instrument_id: course.remission_below is not None,
    ),
)


def verdicts(course: Course, instrument_id: InstrumentId) -> tuple[Verdict, ...]:
    """Give what each set that is defined for the scale says, the default set first."""
    return tuple(
        Verdict(of, of.rule(course), of.judge(course))
        for of in SETS
        if of.covers(course, instrument_id)
    )
