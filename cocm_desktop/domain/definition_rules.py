"""What must fit together in a definition, once each field has been read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.instrument_item import Option
from cocm_desktop.domain.instrument_scale import TOTAL, Scale
from cocm_desktop.errors import Problem


def definition_problems(instrument: Instrument) -> Iterator[Problem]:
    """Say what contradicts itself, or would leave a score without meaning."""
    if not instrument.items:
        yield Problem("items", "The definition has no items.")
        return
    if problems := tuple(_item_problems(instrument)):
        yield from problems  # without sound items no scale has ends to compare
        return
    yield from _scale_problems(instrument)
    yield from _cut_off_problems(instrument)
    if instrument.triage and not all(row.conditions for row in instrument.triage.rows):
        yield Problem("triage.rows", "A row of the triage has no condition.")
    if not instrument.scales and not instrument.triage:
        yield Problem("total", "The definition has no total, no subscale and no triage.")


def _item_problems(instrument: Instrument) -> Iterator[Problem]:
    for item in instrument.items:
        field = f"items[{item.number - 1}]"
        yield from _option_problems(item.options, f"{field}.options")
        values = {option.value for option in item.options}
        if item.critical_from is not None and item.critical_from not in values:
            yield Problem(field, f"No answer to item {item.label} makes it critical.")
    yield from _option_problems(instrument.difficulty_options, "difficulty.options", least=0)
    if len({item.label for item in instrument.items}) < len(instrument.items):
        yield Problem("items", "Two items have the same label.")


def _option_problems(
    options: tuple[Option, ...], field: str, *, least: int = 2
) -> Iterator[Problem]:
    if len(options) < least:
        yield Problem(field, f"The field {field} has fewer than {least} answers.")
    doubled = [v for v, times in Counter(option.value for option in options).items() if times > 1]
    if doubled:
        yield Problem(field, f"The field {field} has the value {doubled[0]} twice.")


def _scale_problems(instrument: Instrument) -> Iterator[Problem]:
    ids = [scale.id for scale in instrument.scales]
    if len(set(ids)) < len(ids):
        yield Problem("subscales", "Two scales have the same id.")
    for scale in instrument.scales:
        yield from _band_problems(scale)


def _band_problems(scale: Scale) -> Iterator[Problem]:
    """Bands, where there are any, cover the whole range once."""
    field = "total.bands" if scale.id == TOTAL else f"subscales.{scale.id}.bands"
    expected = scale.lowest
    for band in scale.bands:
        if band.lowest != expected or band.highest < band.lowest:
            yield Problem(field, f"The band {band.name} leaves a gap or overlaps.")
        expected = band.highest + 1
    if scale.bands and expected != scale.highest + 1:
        yield Problem(field, f"The bands do not end at the highest value, {scale.highest}.")


def _cut_off_problems(instrument: Instrument) -> Iterator[Problem]:
    scales = {scale.id: scale for scale in instrument.scales}
    for number, cut_off in enumerate(instrument.cut_offs):
        field = f"cut_offs[{number}]"
        if not cut_off.has_mark and not cut_off.conditions:
            yield Problem(field, f"The cut-off {cut_off.name} says nothing.")
        scale = scales.get(cut_off.scale)
        if not cut_off.has_mark:
            continue
        if scale is None:
            yield Problem(field, f"The cut-off {cut_off.name} is of an unknown scale.")
            continue
        marks = [mark for mark in (cut_off.at_least, cut_off.at_most) if mark is not None]
        if any(not scale.lowest <= mark <= scale.highest for mark in marks):
            yield Problem(field, f"The cut-off {cut_off.name} lies outside its scale.")
