"""How an instrument is scored, said in words; and what example answers come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cocm_desktop.domain.form_score import NOT_CONFIRMED, score_form
from cocm_desktop.domain.instrument import Band, CutOff, Direction, Instrument, Item, Scale


@dataclass(frozen=True, slots=True)
class Example:
    """A set of answers and the result that the definition makes of it."""

    answers: str
    result: str


def rule_lines(instrument: Instrument) -> Iterator[str]:
    """Say how forms are scored, a line each."""
    for scale in instrument.scales:
        labels = ", ".join(item.label for item in scale.items)
        times = f", times {scale.factor}" if scale.factor > 1 else ""
        reach = f"{scale.lowest} to {scale.highest}"
        yield f"{scale.name}: {scale.kind.value.lower()} of items {labels}{times}: {reach}"
    if turned := [item.label for item in instrument.items if item.is_reversed]:
        yield f"Counted from the other end: {'items' if turned[1:] else 'item'} {', '.join(turned)}"
    scored = {item.number for scale in instrument.scales for item in scale.items}
    apart = [item.label for item in instrument.items if item.number not in scored]
    if apart:
        yield f"Not scored: items {', '.join(apart)}"
    for item in instrument.critical_items:
        yield f"Item {item.label} opens a safety task from {item.critical_from} on"
    if not instrument.critical_items:
        yield "No item opens a safety task"


def band_lines(instrument: Instrument) -> Iterator[str]:
    """Say what the values are called, and which rules a form is held against."""
    for scale in instrument.scales:
        if scale.bands:
            bands = " · ".join(f"{_reach(b)} {b.name}" for b in scale.bands)
            doubt = "" if all(b.confirmed for b in scale.bands) else f" ({NOT_CONFIRMED})"
            yield f"{scale.name}: {bands}{doubt}"
    for cut_off in instrument.cut_offs:
        yield _cut_off_line(instrument, cut_off)
    if instrument.triage:
        rows = " · ".join(row.name for row in instrument.triage.rows)
        yield f"{instrument.triage.title}: {rows} · {instrument.triage.otherwise}"
    if instrument.missing.allowed:
        yield (
            f"Up to {instrument.missing.allowed} missing answers allow an estimate, never a total"
        )
    if instrument.direction is Direction.HIGHER_IS_BETTER:
        yield "Higher is better"


def examples_of(instrument: Instrument) -> tuple[Example, ...]:
    """Score the lowest, the middle and the highest answers, so that a slip is seen at once."""
    return tuple(
        Example(words, _result(instrument, tuple(choose(item) for item in instrument.items)))
        for words, choose in (
            ("Every answer the lowest", lambda item: item.lowest),
            ("Every answer in the middle", _middle),
            ("Every answer the highest", lambda item: item.highest),
        )
    )


def _reach(band: Band) -> str:
    return str(band.lowest) if band.lowest == band.highest else f"{band.lowest} to {band.highest}"


def _middle(item: Item) -> int:
    values = sorted(option.value for option in item.options)
    return values[len(values) // 2]


def _result(instrument: Instrument, answers: tuple[int, ...]) -> str:
    form = score_form(instrument, answers)
    parts = [] if form.total is None else [f"Total {instrument.words_of(form.total)}"]
    return " · ".join([*parts, *form.known_lines]) or "No result"


def _cut_off_line(instrument: Instrument, cut_off: CutOff) -> str:
    scale = next((each for each in instrument.scales if each.id == cut_off.scale), None)
    doubt = "" if cut_off.confirmed else f" ({NOT_CONFIRMED})"
    also = " and conditions on single items" if cut_off.conditions else ""
    sex = f", {cut_off.sex.value.lower()}" if cut_off.sex else ""
    return f"{cut_off.name}{sex}: {_mark(cut_off, scale)}{also}{doubt}".replace(":  and", ":")


def _mark(cut_off: CutOff, scale: Scale | None) -> str:
    name = scale.name if scale else ""
    if cut_off.at_least is not None:
        return f"{name} {cut_off.at_least} or more"
    return "" if cut_off.at_most is None else f"{name} {cut_off.at_most} or less"
