"""Filters in one line, as they are typed: phq9>=10 and no-contact>=14."""

from __future__ import annotations

import re

from cocm_desktop.domain.filter_field import BY_KEY, Kind, Operator
from cocm_desktop.domain.row_filter import Condition, Match, RowFilter, from_json
from cocm_desktop.errors import Problem, Refused

SIGNS = {
    ">=": (Operator.AT_LEAST, Operator.SINCE),
    "<=": (Operator.AT_MOST,),
    "!=": (Operator.IS_NOT,),
    "=": (Operator.IS,),
    "~": (Operator.CONTAINS,),
    "<": (Operator.BEFORE,),
    "older": (Operator.OLDER,),
    "within": (Operator.WITHIN,),
    "ahead": (Operator.AHEAD,),
    "empty": (Operator.EMPTY,),
    "recorded": (Operator.RECORDED,),
}
_SIGNS = "|".join(map(re.escape, SIGNS))
_CONDITION = re.compile(rf"(?P<field>[a-z0-9-]+)\s*(?P<sign>{_SIGNS})\s*(?P<value>.*)", re.DOTALL)
_FACT = re.compile(r"(?P<no>not\s+)?(?P<field>[a-z0-9-]+)")
_BETWEEN = re.compile(r"\s+(and|or)\s+")


def read_filter(text: str) -> RowFilter:
    """Read a filter as it is typed, or the JSON of one; refuse what cannot be read."""
    text = text.strip()
    if text.startswith("{"):
        return from_json(text)
    parts = _BETWEEN.split(text)
    words = set(parts[1::2])
    if len(words) > 1:
        raise Refused(Problem("filter", "Join the conditions by “and” or by “or”, not by both."))
    conditions = tuple(_condition(part.strip()) for part in parts[::2])
    return RowFilter(conditions, Match.ANY if words == {"or"} else Match.ALL).accept()


def _condition(text: str) -> Condition:
    fact = _FACT.fullmatch(text)
    if fact is not None and _kind(fact["field"]) is Kind.FACT:
        return Condition(BY_KEY[fact["field"]], Operator.NO if fact["no"] else Operator.YES)
    found = _CONDITION.fullmatch(text)
    if found is None:
        words = f"“{text}” is no condition. Write a field, a sign and a value, such as phq9>=10."
        raise Refused(Problem("filter", words))
    field = BY_KEY.get(found["field"])
    if field is None:
        names = ", ".join(BY_KEY)
        raise Refused(Problem("filter", f"No field is called “{found['field']}”. Known: {names}."))
    meant = [each for each in SIGNS[found["sign"]] if each in field.operators]
    if not meant:
        words = f"{field.title} is a {field.kind.value}: “{found['sign']}” cannot be asked of it."
        raise Refused(Problem("filter", words))
    return Condition(field, meant[0], found["value"].strip().strip('"'))


def _kind(key: str) -> Kind | None:
    field = BY_KEY.get(key)
    return field.kind if field else None
