"""What is due in a patient's follow-up: contacts and measures, and silence that lasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cocm_desktop.domain.due_item import (
    F_CONTACT,
    F_FIRST,
    F_INACTIVE,
    F_LONG,
    F_MEASURE,
    F_NO_CONTACT,
    F_STALE,
    DueItem,
    Rule,
    Said,
    item,
)
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.follow_up import contact_due, measure_due_on
from cocm_desktop.domain.wording import long_date

if TYPE_CHECKING:
    from cocm_desktop.domain.registry import RegistryRow


def follow_up_items(row: RegistryRow) -> Iterator[DueItem]:
    """Give what is due, also what is due later; nothing for episodes that are not open."""
    if not row.is_open:
        return
    yield from _contact(row)
    yield from _measure(row)
    yield from _first_follow_up(row)
    yield from _stale(row)
    yield from _silence(row)


def _contact(row: RegistryRow) -> Iterator[DueItem]:
    due = contact_due(row.follow_up)
    if due:
        yield item(row, F_CONTACT, on=due.on, said=Said(due.because, "Contact"))


def _measure(row: RegistryRow) -> Iterator[DueItem]:
    due_on, name = measure_due_on(row.follow_up), row.primary_instrument.id
    if due_on is None:
        return
    last = row.primary.last
    words = f"Last {name} {last.total} on {long_date(last.taken_on)}" if last else f"No {name} yet"
    yield item(row, F_MEASURE, on=due_on, said=Said(words, name))


def _first_follow_up(row: RegistryRow) -> Iterator[DueItem]:
    """Name the end of the four weeks in which a new patient should be reached again."""
    start = row.enrolled_on
    if start is None or not row.follow_up.is_followed:
        return
    if row.last_contact_on is not None and row.last_contact_on > start:
        return
    due_on = start + timedelta(days=row.settings.first_follow_up_days)
    words = f"Initial assessment {long_date(start)}, not reached since"
    yield item(row, F_FIRST, on=due_on, said=Said(words, "First follow-up"))


def _stale(row: RegistryRow) -> Iterator[DueItem]:
    last, name = row.primary.last, row.primary_instrument.id
    if last is None or not row.follow_up.is_followed:
        return
    opened_on = last.taken_on + timedelta(days=row.settings.stale_days + 1)
    if opened_on <= row.today:
        days = (row.today - last.taken_on).days
        words = f"Last {name} {last.total} is {days} days old, of {long_date(last.taken_on)}"
        yield item(row, F_STALE, on=opened_on, said=Said(words, f"{name} {days} d old"))


def _silence(row: RegistryRow) -> Iterator[DueItem]:
    """Name the furthest mark that was passed without reaching the patient.

    On hold nobody is called, but the episode is open, and its closing is proposed all the same.
    """
    since, settings = row.last_contact_on or row.follow_up.started_on, row.settings
    if since is None:
        return
    marks = [(F_INACTIVE, settings.inactive_days)]
    if row.follow_up.is_followed:
        marks.append((F_LONG, settings.long_no_contact_days))
    if row.status is EpisodeStatus.ACTIVE:
        marks.append((F_NO_CONTACT, settings.no_contact_days))
    days = (row.today - since).days
    reached = "Last reached" if row.last_contact_on else "Never reached since the start"
    for rule, mark in marks:
        if days >= mark:
            words = f"{reached} {long_date(since)}"
            yield _silent(row, rule, on=since + timedelta(days=mark), said=Said(words, f"{days} d"))
            return


def _silent(row: RegistryRow, rule: Rule, *, on: date, said: Said) -> DueItem:
    """Name the silence. After the last mark closing is proposed; nobody is closed by it."""
    short = f"No contact {said.short}"
    if rule is not F_INACTIVE:
        return item(row, rule, on=on, said=Said(said.words, short))
    words = f"{said.words}; closing is proposed as of {long_date(on)}"
    return replace(item(row, rule, on=on, said=Said(words, short)), proposed_on=on)
