"""The registry on the console."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import say, say_json, say_table
from cocm_desktop.commands.parser import care_manager_option, json_option, member_of, slugs
from cocm_desktop.commands.registry_fields import row_fields
from cocm_desktop.domain.arrangement import Arrangement
from cocm_desktop.domain.filter_text import read_filter
from cocm_desktop.domain.outcome import BELOW_TEN_OR_HALF, Course
from cocm_desktop.domain.registry import Chip, RegistryRow
from cocm_desktop.domain.wording import NOTHING, count_of, long_moment, short_date, signed

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

SAMPLE_WORDS = "SAMPLE CLINIC: nobody in it exists."
FORMAT = "cocm registry 1"
HEADS = (
    "MRN", "patient", "age", "status", "care manager", "wk", "PHQ-9", "change", "GAD-7",
    "last contact", "next due", "min", "next code", "flags",
)  # fmt: skip


def declare_registry(parser: ArgumentParser) -> None:
    parser.add_argument("--chip", choices=slugs(Chip), help="default: open")
    parser.add_argument("--view", metavar="NAME", help="as a saved view filters and sorts it")
    parser.add_argument("--filter", metavar="CONDITIONS", help="such as: phq9>=10 and weeks>=8")
    parser.add_argument(
        "--find", metavar="WORDS", default="", help="name, MRN, phone or birth date"
    )
    care_manager_option(parser)
    json_option(parser)
    parser.set_defaults(work=show)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.looking import note_search
    from cocm_desktop.actions.registry import read_registry

    registry = read_registry(workspace)
    manager = options.care_manager and typed.staff_member(
        registry.care_managers, options.care_manager, field="care_manager"
    )
    arranged, notes = _arrangement(workspace, options)
    if manager:
        arranged = replace(arranged, of=manager.id)
    rows = arranged.apply(registry.rows)
    note_search(workspace, options.find, found=len(rows))
    if options.json:
        content = {
            "format": FORMAT,
            "practice": registry.practice.name,
            "is_sample": registry.practice.is_sample,
            "as_of": workspace.now().isoformat(),
            "target": BELOW_TEN_OR_HALF.named,
            "chip": arranged.chip.value,
            "filter": arranged.filter.words or None,
            "notes": list(notes),
            "rows": [row_fields(row) for row in rows],
        }
        say_json(content)
        return
    if registry.practice.is_sample:
        say(SAMPLE_WORDS)
    say_table(HEADS, _lines(rows))
    patients = count_of(len(rows), "patient")
    shown_by = " · ".join(part for part in (arranged.chip.value, arranged.filter.words) if part)
    say(f"{patients} of {len(registry.rows):,}: {shown_by}. {long_moment(workspace.now())}")
    for note in notes:
        say(note)


def _arrangement(workspace: Workspace, options: Namespace) -> tuple[Arrangement, tuple[str, ...]]:
    """Give the filter and order asked for; what is named beside a view goes before it.

    Without a view the rows stand by name, as they always did here.
    """
    from cocm_desktop.actions.view import find_view

    found = Arrangement(order=())
    notes: tuple[str, ...] = ()
    if options.view:
        view = find_view(workspace, options.view)
        found, notes = view.content.arrangement(me=workspace.staff.id), view.notes
    if options.chip:
        found = replace(found, chip=member_of(Chip, options.chip))
    if options.filter:
        found = replace(found, filter=read_filter(options.filter))
    return replace(found, find=options.find), notes


def _lines(rows: Sequence[RegistryRow]) -> list[tuple[str, ...]]:
    return [
        (
            row.mrn or NOTHING,
            row.name,
            str(row.age),
            row.status_words,
            row.care_manager or NOTHING,
            NOTHING if row.weeks is None else str(row.weeks),
            _course(row.phq9),
            signed(row.phq9.change),
            _course(row.gad7),
            short_date(row.last_contact_on) if row.last_contact_on else NOTHING,
            row.next_due.words(row.today) if row.next_due else NOTHING,
            str(row.minutes_this_month),
            f"{row.next_code.code} at {row.next_code.at_minute}" if row.is_open else NOTHING,
            _flags(row),
        )
        for row in rows
    ]


def _course(course: Course) -> str:
    """Write the baseline and the last score; one figure where there is only one."""
    if course.last is None:
        return NOTHING
    if course.baseline is None or not course.follow_ups:
        return str(course.last.total)
    return f"{course.baseline.total} → {course.last.total}"


def _flags(row: RegistryRow) -> str:
    flags = (
        (f"safety: {row.safety_words}", row.has_safety_open),
        ("question", bool(row.question)),
        ("overdue", row.is_overdue),
        ("not at target", row.is_not_at_target),
    )
    return ", ".join(words for words, is_raised in flags if is_raised)
