"""Days are days everywhere: in the file, on screen, in exports, whatever the system's language."""

from __future__ import annotations

import ast
import re
from datetime import date, datetime

import pytest
from sqlalchemy import Date, DateTime

from cocm_desktop.domain.wording import WEEKDAYS, weekday
from cocm_desktop.storage import tables
from cocm_desktop.storage.table_base import Table
from tests.source_tree import Module, of_program, parse

pytestmark = pytest.mark.no_cover

# A format code that follows the language of the system, and what Qt has of the kind.
OF_THE_SYSTEM = re.compile(r"%[aAbBcxXp]\b")
NAMES_OF_THE_SYSTEM = {"QLocale", "QDate", "QDateEdit", "QCalendarWidget", "locale", "strftime"}
SERVICE_DAYS = {
    ("contact", "made_on"), ("measure", "taken_on"), ("time_entry", "worked_on"),
    ("case_review", "reviewed_on"), ("episode", "enrolled_on"), ("episode", "closed_on"),
    ("episode", "referred_on"), ("consent", "given_on"), ("episode_phase", "changed_on"),
    ("patient", "born_on"), ("recommendation_step", "noted_on"), ("clinical_setting", "valid_from"),
}  # fmt: skip


def columns() -> list[tuple[str, str, object]]:
    assert tables
    return [
        (table.name, column.name, column.type)
        for table in Table.metadata.tables.values()
        for column in table.columns
    ]


def wrong_type(name: str, kind: object) -> bool:
    """Tell whether a column named as a day is none, or one named as a moment is a day."""
    if name.endswith(("_on", "_from", "since")):
        return not isinstance(kind, Date)
    return isinstance(kind, Date) or (isinstance(kind, DateTime) and not name.endswith("_at"))


def test_a_day_of_service_is_a_date_and_never_a_moment() -> None:
    kinds = {(table, name): kind for table, name, kind in columns()}

    assert kinds.keys() >= SERVICE_DAYS
    assert [key for key in SERVICE_DAYS if not isinstance(kinds[key], Date)] == []


def test_every_column_of_time_is_what_its_name_says() -> None:
    assert [f"{table}.{name}" for table, name, kind in columns() if wrong_type(name, kind)] == []


def test_the_check_of_columns_can_fail() -> None:
    assert wrong_type("made_on", DateTime())
    assert wrong_type("recorded_at", Date())
    assert wrong_type("moment", Date())
    assert not wrong_type("made_on", Date())
    assert not wrong_type("note", object())


def follows_the_system(module: Module) -> list[str]:
    found = []
    for node in ast.walk(module.tree):
        names = {
            ast.Name: lambda n: n.id,
            ast.Attribute: lambda n: n.attr,
            ast.alias: lambda n: n.name,
        }
        name = names.get(type(node), lambda _n: "")(node)
        text = node.value if isinstance(node, ast.Constant) else ""
        is_format = isinstance(text, str) and OF_THE_SYSTEM.search(text)
        if name in NAMES_OF_THE_SYSTEM or is_format:
            found.append(f"{module.path}:{getattr(node, 'lineno', 0)}")
    return found


def test_no_day_is_written_or_read_by_the_language_of_the_system() -> None:
    assert [place for module in of_program() for place in follows_the_system(module)] == []


@pytest.mark.parametrize(
    "text", ['f"{day:%a}"', 'day.strftime("%d")', "from PySide6.QtCore import QLocale", "x.locale"]
)
def test_the_check_of_languages_can_fail(text: str) -> None:
    assert follows_the_system(parse("cocm_desktop.ui.shown", text))


def test_weekdays_are_english() -> None:
    assert [weekday(date(2026, 11, day)) for day in range(16, 23)] == list(WEEKDAYS)
    assert weekday(date(2026, 11, 22)) == "Sunday"
    assert datetime(2026, 11, 22).weekday() == 6  # noqa: DTZ001  a weekday needs no zone
