"""Everything that is due for a patient, of whatever rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cocm_desktop.domain.clinical_settings import ClinicalSettings
from cocm_desktop.domain.due_follow_up import follow_up_items
from cocm_desktop.domain.due_item import RULES, DueItem, Rule

if TYPE_CHECKING:
    from cocm_desktop.domain.registry import RegistryRow

DAYS_AHEAD = 7
_ORDER = {rule: number for number, rule in enumerate(RULES)}


def due_items(row: RegistryRow) -> tuple[DueItem, ...]:
    """Give all items of a patient by due date, what is due later included."""
    return row.due_items


def worked_out(row: RegistryRow) -> tuple[DueItem, ...]:
    """Work the items out; a row keeps what it was asked for."""
    items = (*row.review_items, *follow_up_items(row))
    return tuple(sorted(items, key=lambda each: (each.due_on, _ORDER[each.rule], each.words)))


def due_now(row: RegistryRow) -> tuple[DueItem, ...]:
    """Give the items whose rule holds today."""
    return tuple(each for each in due_items(row) if each.is_open_on(row.today))


def due_soon(row: RegistryRow, *, days: int = DAYS_AHEAD) -> tuple[DueItem, ...]:
    """Give the items that hold today or fall due within so many days."""
    until = row.today + timedelta(days=days)
    return tuple(
        each for each in due_items(row) if each.is_open_on(row.today) or each.due_on <= until
    )


def closing_proposal(row: RegistryRow) -> DueItem | None:
    """Give the item that proposes to close the episode, where one does. It closes nothing."""
    return next((each for each in due_now(row) if each.proposed_on is not None), None)


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many patients a rule names before and after a change of settings."""

    rule: Rule
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of settings would do today: by rule, and to how many patients at all."""

    counts: tuple[RuleCount, ...]
    patients_affected: int


def effect_of(rows: Sequence[RegistryRow], settings: ClinicalSettings) -> Effect:
    """Work out what other settings would change for these patients."""
    after_rows = [replace(row, settings=settings) for row in rows]
    before, after = list(map(_shown, rows)), list(map(_shown, after_rows))
    counted_before, counted_after = _counted(before), _counted(after)
    counts = tuple(
        RuleCount(rule, counted_before[rule], counted_after[rule])
        for rule in RULES
        if counted_before[rule] != counted_after[rule]
    )
    affected = sum(one != other for one, other in zip(before, after, strict=True))
    return Effect(counts, affected)


def _shown(row: RegistryRow) -> tuple[tuple[Rule, object, object], ...]:
    """Give what people would see: which rules hold, and when what is due."""
    return tuple((item.rule, item.due_on, item.is_open_on(row.today)) for item in due_items(row))


def _counted(shown: Iterable[tuple[tuple[Rule, object, object], ...]]) -> Counter[Rule]:
    return Counter(
        rule for items in shown for rule in {rule for rule, _due_on, is_open in items if is_open}
    )
