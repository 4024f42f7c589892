"""Everything that is on file about one patient, as it may be given out: values by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from cocm_desktop.domain.wording import NOTHING, clock_time, dollars, long_date, long_moment

A_MINUTE = 60
LABELS = {
    "mrn": "MRN",
    "member_id": "Member ID",
    "born_on": "Born",
    "insured_born_on": "Insured born",
    "to_specialists": "Agreed to talks with specialists",
    "to_cost_share": "Told of the cost share",
    "may_stop": "Told that care may stop at any time",
    "total_only": "Only the total is known",
    "critical": "Answer on safety",
    "has_part2": "With records of a Part 2 program",
    "covers_cocm": "Covers collaborative care",
    "instrument_id": "Form",
    "instrument_version": "Version of the form",
    "primary_instrument_id": "Main form",
    "seconds": "Time",
    "words": "In words",
    "case_review": "Review",
    "bill_step": "What became of it",
    "filed_claim": "Claim",
    "remittance_claim": "Payment",
    "claim_answer": "Payer's answer",
    "practitioner_told": "Practitioner told",
}
"""What a field is called where its name says too little."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record. `kind` is the name of its table; `parts` are records that belong to it."""

    kind: str
    id: str
    values: Mapping[str, Any]
    recorded_at: datetime | None = None
    recorded_by: str = ""
    parts: tuple[Entry, ...] = ()

    def with_values(self, **values: object) -> Entry:
        return replace(self, values={**self.values, **values})


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """The patient, and every other record. `made_at` is the moment of what it shows."""

    patient: Entry
    entries: tuple[Entry, ...]
    made_at: datetime
    has_part2: bool = False

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        return tuple(each for each in self.entries if each.kind == kind)


def label_of(name: str) -> str:
    """Write a field's name as it is read: stopped_on is Stopped on."""
    if name in LABELS:
        return LABELS[name]
    words = name.removesuffix("_cents").removesuffix("_id").removeprefix("is_").replace("_", " ")
    return words[:1].upper() + words[1:]


def value_words(name: str, value: object) -> str:  # noqa: PLR0911  one for each type
    """Write one value as a person reads it; empty where nothing is on file."""
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case bool():
            return "yes" if value else "no"
        case int():
            return _number_words(name, value)
        case Mapping():
            return "; ".join(f"{label_of(key)}: {words}" for key, words in _filled(value))
        case tuple() | list() | frozenset():
            return ", ".join(value_words(name, each) or NOTHING for each in value)
        case _:
            return _moment_words(value)


def _number_words(name: str, value: int) -> str:
    if name.endswith("_cents"):
        return dollars(value)
    if name == "seconds":
        minutes, seconds = divmod(value, A_MINUTE)
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    return str(value)


def _moment_words(value: object) -> str:
    if isinstance(value, datetime):
        return long_moment(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return clock_time(value)
    return str(value)


def _filled(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if words := value_words(key, value):
            yield key, words


def plain_value(value: object) -> object:
    """Give a value as JSON writes it: days and moments as ISO 8601, a choice by its words."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain_value(each) for key, each in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        return [plain_value(each) for each in value]
    return value
