"""A measure as the chart lists it: what it came to, what is known of it, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cocm_desktop.domain.form_score import FormScore, score_of_measure
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.instrument import Band, Instrument, ScaleKind
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.score_preview import not_asked_words
from cocm_desktop.domain.withdrawn_measure import WithdrawnMeasure
from cocm_desktop.domain.wording import NOTHING, count_of, long_date

SHORT_FORM = 20
"""Up to so many answers stand in a line; longer forms are shown in a table."""
Names = Mapping[StaffId, str]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with its answer, as the form has them."""

    label: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class MeasureRecord:
    """Read by the definition that it was recorded with. `withdrawn` where it was voided."""

    measure: Measure
    form: FormScore
    names: Names
    withdrawn: WithdrawnMeasure | None = None

    @property
    def instrument(self) -> Instrument:
        return self.form.instrument

    @property
    def band(self) -> Band | None:
        total = self.measure.total
        return None if total is None else self.instrument.band_of(total)

    @property
    def score_words(self) -> str:
        """The total, the triage, or how far the form was answered."""
        if self.measure.total is not None:
            band = self.band
            return f"{self.measure.total} {band.short}" if band else str(self.measure.total)
        triage = self.form.triage
        if triage is not None and triage.name:
            return f"Triage: {triage.name}"
        if not self.measure.is_complete:
            return f"Incomplete ({self.form.scored.answered} of {self.form.scored.asked})"
        return self._subscale_words or "No total"

    @property
    def _subscale_words(self) -> str:
        raised = [f"{scale.name} {value}" for scale, value in self.form.subscales if value]
        return ", ".join(raised) or ("All 0" if self.form.subscales else "")

    @property
    def critical_words(self) -> str:
        """What is known of the critical items; not asked is never a zero."""
        items = self.instrument.critical_items
        if not items:
            return ""
        raised = [
            (item.label, answer)
            for item, answer in self.instrument.critical_answers(self.measure.answers)
            if item.is_raised_by(answer)
        ]
        if len(raised) == 1:
            return f"item {raised[0][0]}: {raised[0][1]}"
        if raised:
            return f"items {', '.join(label for label, _ in raised)}"
        skipped = self.instrument.skipped(self.measure.answers)
        return not_asked_words(self.instrument, self.measure.answers, skipped) or "0"

    @property
    def state_words(self) -> str:
        """Say what sets this form apart from a whole one: total only, incomplete, voided."""
        parts = []
        if self.withdrawn is not None:
            parts.append("Corrected" if self.withdrawn.corrected_by else "Voided")
        if self.measure.corrects is not None:
            parts.append("Correction")
        if self.measure.total_only:
            parts.append("total only")
        elif not self.measure.is_complete:
            parts.append("incomplete")
        words = ", ".join(parts)
        return f"{words[:1].upper()}{words[1:]}"

    @property
    def giver_words(self) -> str:
        giver = self.measure.administered_by
        return self.names[giver] if giver else "The patient"

    @property
    def title(self) -> str:
        """Say where the total comes from. Source: the program's own words for a score."""
        head = f"{self.measure.instrument_id}, {long_date(self.measure.taken_on)}"
        by = f"entered by {self.names[self.measure.recorded_by]}"
        answered = self.form.scored.answered
        if self.measure.total_only:
            return f"{head}: total {self.measure.total} as the form says it, total only, {by}"
        if self.measure.total is not None:
            return f"{head}: total {self.measure.total}, {self._made_of} {by}"
        if self.measure.is_complete:
            return f"{head}: {answered} answers, {by}; this instrument has no total"
        return f"{head}: {answered} of {self.form.scored.asked} answered, no valid total, {by}"

    @property
    def _short_answers(self) -> str:
        pairs = zip(self.instrument.items, self.measure.answers, strict=True)
        return "   ".join(f"{i.short} {NOTHING if a is None else a}" for i, a in pairs)

    @property
    def _made_of(self) -> str:
        """Name the plain sum for what it is; a total made otherwise only by its answers."""
        scale = self.instrument.total
        items = scale.items if scale else self.instrument.items
        answers = [self.measure.answers[item.number - 1] for item in items]
        many = count_of(sum(answer is not None for answer in answers), "answer")
        is_sum = scale is not None and scale.kind is ScaleKind.SUM and scale.factor == 1
        is_plain = is_sum and scale is not None and scale.gate is None
        if is_plain and not any(item.is_reversed for item in items):
            return f"the sum of {many}"
        return f"made of {many},"

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything else that is known of it, a line each."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.withdrawn is not None:
            by, on = self.names[self.withdrawn.voided_by], self.withdrawn.voided_at.date()
            what = "Corrected" if self.withdrawn.corrected_by else "Voided"
            yield f"{what} on {long_date(on)} by {by}: {self.withdrawn.reason}"
        if len(self.measure.answers) <= SHORT_FORM and not self.measure.total_only:
            yield self._short_answers
        if self.form.known_lines:
            yield "  ·  ".join(self.form.known_lines)
        estimate = self.form.scored.estimate
        if estimate is not None and not self.measure.total_only:
            answered, asked = self.form.scored.answered, self.form.scored.asked
            yield f"Estimate {estimate}, from {answered} of {asked} answers; not a total."
        if self.measure.total_only and self.critical_words.endswith("not asked"):
            yield f"{self.critical_words[:1].upper()}{self.critical_words[1:]}."
        language = self.measure.language or "English"
        yield (
            f"{self.measure.mode.value}, given by {self.giver_words}, {language}. "
            f"Scored by {self.instrument.id}, version {self.instrument.version}: "
            "the publisher's cut-offs."
        )

    @property
    def answer_lines(self) -> tuple[AnswerLine, ...]:
        """Every question with its answer in words, where the words may be shown."""
        lines = [
            AnswerLine(
                label=item.label,
                question=item.form_words,
                answer=_answer_words(answer, {o.value: o.words for o in item.options}),
            )
            for item, answer in zip(self.instrument.items, self.measure.answers, strict=True)
        ]
        if self.instrument.difficulty:
            words = {o.value: o.words for o in self.instrument.difficulty_options}
            said = _answer_words(self.measure.difficulty, words)
            lines.append(AnswerLine("", self.instrument.difficulty, said))
        return tuple(lines)


def records_of(
    measures: Sequence[Measure],
    withdrawn: Sequence[WithdrawnMeasure],
    *,
    catalogue: Catalogue,
    sex: Sex | None,
    names: Names,
) -> tuple[MeasureRecord, ...]:
    """Give measures and voided ones together, newest first."""
    pairs = [(each, None) for each in measures] + [(each.measure, each) for each in withdrawn]
    pairs.sort(key=lambda pair: (pair[0].taken_on, pair[0].id), reverse=True)
    return tuple(
        MeasureRecord(
            measure=measure,
            form=score_of_measure(
                catalogue.version(measure.instrument_id, measure.instrument_version), measure, sex
            ),
            names=names,
            withdrawn=gone,
        )
        for measure, gone in pairs
    )


def _answer_words(answer: int | None, words: Mapping[int, str]) -> str:
    if answer is None:
        return NOTHING
    return str(answer) if words[answer] == str(answer) else f"{answer}  {words[answer]}"
