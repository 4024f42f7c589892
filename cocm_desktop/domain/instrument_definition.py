"""Reading an instrument's definition, format 2: resources/instruments/README.md describes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from cocm_desktop.domain.definition_fields import Fields, refusal
from cocm_desktop.domain.definition_rules import definition_problems
from cocm_desktop.domain.definition_scales import (
    read_condition,
    read_cut_offs,
    read_scale,
    read_triage,
)
from cocm_desktop.domain.instrument import Ages, Instrument, InstrumentId, LoincCode, MissingRule
from cocm_desktop.domain.instrument_item import Item, Option
from cocm_desktop.domain.instrument_scale import TOTAL, Direction
from cocm_desktop.domain.patient import Sex
from cocm_desktop.errors import Refused

FORMAT = 2
MOST_ITEMS, MOST_OPTIONS, MOST_SUBSCALES, HIGHEST_VALUE = 200, 25, 40, 100
LONGEST_ID, LONGEST_NAME = 40, 200
_ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9 .()+-]{{0,{LONGEST_ID - 1}}}")
FIELDS = (
    "format", "id", "version", "title", "lead", "recall", "respondent", "ages", "direction",
    "options", "items", "total", "subscales", "cut_offs", "triage", "missing", "difficulty",
    "loinc", "source", "licence", "may_ship_wording", "note", "unconfirmed",
)  # fmt: skip
ITEM_FIELDS = (
    "words", "short", "label", "options", "loinc", "critical_from", "reversed", "asked_when",
    "only_for", "repeat",
)  # fmt: skip


def parse_instrument(content: Any) -> Instrument:
    """Build an instrument from its definition, or raise Refused with the field and the reason."""
    fields = Fields(content, "", FIELDS)
    if fields.whole("format") != FORMAT:
        raise refusal("format", f"is not {FORMAT}; this program reads no other")
    instrument = _built(fields)
    if problems := tuple(definition_problems(instrument)):
        raise Refused(*problems)
    return instrument


def _built(fields: Fields) -> Instrument:
    options = tuple(_options(fields, "options"))
    items = tuple(_items(fields, options))
    difficulty, difficulty_options = _difficulty(fields)
    total = read_scale(*fields.part("total"), items, own_id=TOTAL) if fields.has("total") else None
    return Instrument(
        id=_id(fields),
        version=fields.whole("version", lowest=1),
        title=fields.text("title", longest=LONGEST_NAME),
        lead=fields.text("lead", ""),
        recall=fields.text("recall", longest=LONGEST_NAME),
        respondent=fields.text("respondent", longest=LONGEST_NAME),
        ages=_ages(fields),
        direction=fields.choice("direction", Direction),
        items=items,
        options=options,
        total=total,
        subscales=tuple(
            read_scale(entry, path, items)
            for entry, path in fields.rows("subscales", [], most=MOST_SUBSCALES)
        ),
        cut_offs=tuple(read_cut_offs(fields, items)),
        triage=read_triage(*fields.part("triage"), items) if fields.has("triage") else None,
        missing=_missing(fields),
        difficulty=difficulty,
        difficulty_options=difficulty_options,
        panel_code=_code(fields, "panel"),
        total_code=_code(fields, "total"),
        source=fields.text("source"),
        licence=fields.text("licence"),
        may_ship_wording=fields.flag("may_ship_wording"),
        note=fields.text("note", ""),
        unconfirmed=tuple(_unconfirmed(fields)),
    )


def _id(fields: Fields) -> InstrumentId:
    name = fields.text("id")
    if not _ID.fullmatch(name):
        words = f"takes letters, digits, blanks and . ( ) + -, at most {LONGEST_ID} characters"
        raise refusal("id", words)
    return InstrumentId(name)


def _options(fields: Fields, name: str, default: Any = None) -> Iterator[Option]:
    for entry, path in fields.rows(name, default or [], most=MOST_OPTIONS):
        option = Fields(entry, path, ("value", "words"))
        yield Option(
            value=option.whole("value", highest=HIGHEST_VALUE),
            words=option.text("words", longest=LONGEST_NAME),
        )


def _items(fields: Fields, common: tuple[Option, ...]) -> Iterator[Item]:
    number = 0
    for entry, path in fields.rows("items", most=MOST_ITEMS):
        item = Fields(entry, path, ITEM_FIELDS)
        for _ in range(item.whole("repeat", 1, lowest=1, highest=MOST_ITEMS)):
            number += 1
            if number > MOST_ITEMS:
                raise refusal("items", f"has more than {MOST_ITEMS} entries")
            yield _item(item, number, common)


def _item(fields: Fields, number: int, common: tuple[Option, ...]) -> Item:
    label = fields.text("label", str(number), longest=LONGEST_NAME)
    return Item(
        number=number,
        words=fields.text("words", ""),
        short=fields.text("short", f"item {label}", longest=LONGEST_NAME),
        options=tuple(_options(fields, "options")) or common,
        label=label,
        loinc=fields.text("loinc", "", longest=LONGEST_NAME),
        critical_from=fields.whole_or_none("critical_from"),
        is_reversed=fields.flag("reversed", default=False),
        asked_when=(
            read_condition(*fields.part("asked_when"), count=number - 1)
            if fields.has("asked_when")
            else None
        ),
        only_for=fields.choice("only_for", Sex) if fields.has("only_for") else None,
    )


def _ages(fields: Fields) -> Ages:
    if not fields.has("ages"):
        return Ages()
    content, path = fields.part("ages")
    ages = Fields(content, path, ("from", "to", "confirmed"))
    return Ages(
        lowest=ages.whole_or_none("from"),
        highest=ages.whole_or_none("to"),
        confirmed=ages.flag("confirmed", default=True),
    )


def _missing(fields: Fields) -> MissingRule:
    if not fields.has("missing"):
        return MissingRule()
    content, path = fields.part("missing")
    rule = Fields(content, path, ("allowed", "source", "confirmed"))
    return MissingRule(
        allowed=rule.whole("allowed", highest=MOST_ITEMS),
        source=rule.text("source"),
        confirmed=rule.flag("confirmed", default=True),
    )


def _difficulty(fields: Fields) -> tuple[str, tuple[Option, ...]]:
    if not fields.has("difficulty"):
        return "", ()
    content, path = fields.part("difficulty")
    question = Fields(content, path, ("words", "options"))
    options = tuple(_options(question, "options"))
    if not options:
        raise refusal(f"{path}.options", "is missing")
    return question.text("words"), options


def _code(fields: Fields, name: str) -> LoincCode | None:
    if not fields.has("loinc"):
        return None
    codes = Fields(*fields.part("loinc"), ("panel", "total"))
    if not codes.has(name):
        return None
    code = Fields(*codes.part(name), ("code", "checked_on", "source"))
    checked_on = code.text("checked_on", "")
    if checked_on and not _is_day(checked_on):
        raise refusal(code.at("checked_on"), "is no day such as 2026-11-20")
    return LoincCode(
        code.text("code", longest=LONGEST_NAME), checked_on or None, code.text("source", "")
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _unconfirmed(fields: Fields) -> Iterator[str]:
    for entry, path in fields.rows("unconfirmed", [], most=len(FIELDS)):
        if not isinstance(entry, str) or entry not in FIELDS:
            raise refusal(path, "names no field of a definition")
        yield entry
