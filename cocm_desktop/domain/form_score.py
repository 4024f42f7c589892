"""All that a form comes to: total, subscales, cut-offs, the instrument's own triage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cocm_desktop.domain.instrument import (
    Instrument,
    Scale,
    ScoredAnswers,
    TriageResult,
    Verdict,
)
from cocm_desktop.domain.instrument_item import Answers
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.patient import Sex

NOT_CONFIRMED = "not confirmed"
_MET = {True: "met", False: "not met", None: "cannot be said yet"}


@dataclass(frozen=True, slots=True)
class FormScore:
    """What the publisher's rules make of a form. The program adds no judgement of its own."""

    instrument: Instrument
    scored: ScoredAnswers
    total: int | None
    subscales: tuple[tuple[Scale, int | None], ...]
    verdicts: tuple[Verdict, ...]
    triage: TriageResult | None

    @property
    def lines(self) -> tuple[str, ...]:
        """Say everything but the total, a line each."""
        return tuple(self._lines())

    @property
    def known_lines(self) -> tuple[str, ...]:
        """Say of all this only what the answers so far decide."""
        return tuple(self._lines(is_known=True))

    def _lines(self, *, is_known: bool = False) -> Iterator[str]:
        for scale, value in self.subscales:
            if value is None and is_known:
                continue
            if value is None:
                yield f"{scale.name}: answers are missing"
                continue
            band = scale.band_of(value)
            named = f", {band.name.lower()}" if band else ""
            yield _marked(f"{scale.name}: {value} of {scale.highest}{named}", scale.confirmed)
        for verdict in self.verdicts:
            if verdict.is_met is None and is_known:
                continue
            cut_off = verdict.cut_off
            yield _marked(f"{cut_off.name}: {_MET[verdict.is_met]}", cut_off.confirmed)
        has_result = self.triage and (self.triage.name or not is_known)
        if has_result and self.triage and self.instrument.triage:
            open_words = (
                "" if self.triage.is_final else " (answers that could raise it are missing)"
            )
            said = f"{self.triage.name}{open_words}" if self.triage.name else "answers are missing"
            yield _marked(
                f"{self.instrument.triage.title}: {said}", self.instrument.triage.confirmed
            )


def score_form(
    instrument: Instrument, answers: Answers, sex: Sex | None = None, *, total: int | None = None
) -> FormScore:
    """Apply every rule of the definition. `total` is the form's, where only that is known."""
    scored = instrument.score(answers, sex)
    return FormScore(
        instrument=instrument,
        scored=scored,
        total=scored.total if total is None else total,
        subscales=instrument.subscale_values(answers, sex),
        verdicts=instrument.verdicts(answers, sex, total=total),
        triage=instrument.triage_of(answers),
    )


def score_of_measure(instrument: Instrument, measure: Measure, sex: Sex | None) -> FormScore:
    """Read a measure by its own definition, which the caller has looked up by its version."""
    total = measure.total if measure.total_only else None
    return score_form(instrument, measure.answers, sex, total=total)


def _marked(words: str, confirmed: bool) -> str:  # noqa: FBT001  a mark, not a choice
    return words if confirmed else f"{words} ({NOT_CONFIRMED})"
