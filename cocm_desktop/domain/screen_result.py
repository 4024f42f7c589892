"""What the screening forms of an intake came to, each with its cut and its day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.instrument import Instrument, InstrumentId, Purpose, Verdict
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.safety import SCREENER
from cocm_desktop.domain.wording import long_date

MISSING = " (answers that could raise it are missing)"
# Source: clinical rules 3.2: the screens that a case sheet carries beside the diagnosis.
SCREENS = tuple(map(InstrumentId, ("MDQ", "PC-PTSD-5", "AUDIT-C", "DAST-10", "ASRS-A")))


@dataclass(frozen=True, slots=True)
class ScreenResult:
    """The latest form of a screen. `is_positive` is None where its answers do not tell.

    `cut` is the lowest total that the published cut-off counts; None where it has no number.
    """

    instrument_id: InstrumentId
    taken_on: date
    total: int | None
    cut: int | None
    is_positive: bool | None

    @property
    def words(self) -> str:
        """The score with its cut: "MDQ 9 (cut 7), positive"."""
        cut = f" (cut {self.cut})" if self.cut is not None else ""
        total = "incomplete" if self.total is None else f"{self.total}{cut}"
        results = {True: ", positive", False: ", negative", None: ""}
        return f"{self.instrument_id} {total}{results[self.is_positive]}"


def screen_results(
    measures: Iterable[Measure], catalogue: Catalogue, sex: Sex
) -> tuple[ScreenResult, ...]:
    """Give the latest result of each screen that was done, in the order of SCREENS."""
    latest = {m.instrument_id: m for m in sorted(measures, key=lambda m: (m.taken_on, m.id))}
    done = (latest[each] for each in SCREENS if each in latest)
    return tuple(
        _result(m, catalogue.version(m.instrument_id, m.instrument_version), sex) for m in done
    )


def _result(measure: Measure, instrument: Instrument, sex: Sex) -> ScreenResult:
    total = measure.total if measure.total_only else None
    verdicts = instrument.verdicts(measure.answers, sex, total=total)
    screen = next((each for each in verdicts if each.cut_off.purpose is Purpose.SCREEN), None)
    return ScreenResult(
        instrument_id=measure.instrument_id,
        taken_on=measure.taken_on,
        total=measure.total,
        cut=screen.cut_off.at_least if screen else None,
        is_positive=_is_positive(screen, measure),
    )


def _is_positive(screen: Verdict | None, measure: Measure) -> bool | None:
    return screen.is_met if screen and measure.total is not None else None


def screener_words(measures: Iterable[Measure], catalogue: Catalogue) -> str:
    """Say what the newest safety screener came to: what was answered yes, its printed triage."""
    taken = [measure for measure in measures if measure.instrument_id == SCREENER]
    if not taken:
        return ""
    newest = max(taken, key=lambda measure: (measure.taken_on, measure.id))
    form = catalogue.version(newest.instrument_id, newest.instrument_version)
    said = ", ".join(
        item.short for item, answer in zip(form.items, newest.answers, strict=True) if answer
    )
    triage = form.triage_of(newest.answers)
    named = triage.name if triage and said else ""
    printed = f"; triage printed on the form: {named}" if named else ""
    answered = f"yes to {said}" if said else "no item answered yes"
    lacking = "" if triage is None or triage.is_final else MISSING
    return f"{form.id} {long_date(newest.taken_on)}: {answered}{printed}{lacking}"
