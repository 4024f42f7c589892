"""Who may do what, and who may take what out of the file: written by hand, cell by cell.

The tables are the rule; the program is what is tested. Columns: F front desk, C care manager,
P psychiatric consultant, T treating practitioner, B biller, A administrator.
# Source: 45 CFR 164.502(b) and 164.514(d), minimum necessary.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy.exc import SQLAlchemyError

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EmergencyAccessId
from cocm_desktop.domain.sitting import EmergencyAccess, Sitting
from cocm_desktop.domain.staff import IN_AN_EMERGENCY, Permission, Role
from cocm_desktop.errors import CocmError, ProofWanted, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.work import InlineWork
from tests.actions.test_permissions import NEEDS
from tests.conftest import EVENING
from tests.permission_table import MAY, PROOF, SCREENS, UNGUARDED, WAYS_OUT
from tests.source_calls import needs_of, taken_from_outside

ROLES = dict(zip("FCPTBA", Role, strict=True))
ALL_LETTERS = "FCPTBA"
NONSENSE_IS_NOTICED = (
    *(CocmError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
    *(OSError, RuntimeError, SQLAlchemyError),
)
WAY_OUT_NAMES = ("print_", "export_", "copy_")


def as_role(workspace: Workspace, role: Role) -> Workspace:
    return replace(workspace, staff=replace(workspace.staff, roles=frozenset({role})))


def letters(cells: str) -> set[str]:
    """Read a row: a letter where the role may, a dot where it may not, in their order."""
    row = cells.split()
    assert [cell in {own, "."} for cell, own in zip(row, ALL_LETTERS, strict=True)] == [True] * 6
    return set(row) - {"."}


def test_every_permission_has_a_row() -> None:
    assert set(MAY) == {permission.name for permission in Permission}


@pytest.mark.parametrize("name", MAY)
def test_a_role_may_what_the_table_says(workspace: Workspace, name: str) -> None:
    allowed = {
        letter for letter in ALL_LETTERS if as_role(workspace, ROLES[letter]).may(Permission[name])
    }

    assert allowed == letters(MAY[name])


@pytest.mark.parametrize("way", WAYS_OUT)
def test_what_leaves_the_file_leaves_by_the_hands_of_these_roles(
    workspace: Workspace, way: str
) -> None:
    action = _action(way)

    allowed = {
        letter
        for letter in ALL_LETTERS
        if not _refused(action, as_role(workspace, ROLES[letter]), "permission")
    }

    assert allowed == letters(WAYS_OUT[way])


def test_no_way_out_is_left_out_of_the_table() -> None:
    found = {
        name
        for name in taken_from_outside()
        if name.rsplit(".", 1)[1].startswith(WAY_OUT_NAMES) and needs_of(name)
    }

    # A letter's permission hangs on its kind: tests/actions/test_letter_permissions.py.
    by_kind = {name for name in found if any("(" in need for need in needs_of(name))}
    assert found - by_kind - set(WAYS_OUT) == set()


@pytest.mark.parametrize("name", PROOF)
def test_what_reaches_far_wants_the_password_once_more(workspace: Workspace, name: str) -> None:
    long_ago = Sitting(proved_at=EVENING - timedelta(minutes=6))
    lately = Sitting(proved_at=EVENING - timedelta(minutes=5))

    assert _refused(_action(name), replace(workspace, sitting=long_ago), "password")
    assert not _refused(_action(name), replace(workspace, sitting=lately), "password")


@pytest.mark.parametrize("letter", ALL_LETTERS)
def test_a_role_is_shown_the_places_of_the_table(
    workspace: Workspace, qapp: QApplication, letter: str
) -> None:
    desk = Desk(as_role(workspace, ROLES[letter]), InlineWork())

    shown = {place.key for place in PLACES if place.is_open_to(desk)}

    assert shown == {key for key, row in SCREENS.items() if letter in letters(row)}
    assert {place.key for place in PLACES} == set(SCREENS)


def test_who_has_no_role_may_nothing_even_in_an_emergency_of_another(workspace: Workspace) -> None:
    nobody = replace(workspace, staff=replace(workspace.staff, roles=frozenset()))

    assert not any(nobody.may(permission) for permission in Permission)


@pytest.mark.parametrize("letter", ALL_LETTERS)
def test_an_emergency_adds_four_permissions_and_none_else(
    workspace: Workspace, letter: str
) -> None:
    place = as_role(workspace, ROLES[letter])
    access = EmergencyAccess(
        EmergencyAccessId("1"), place.staff.id, "a", EVENING, EVENING + timedelta(hours=1)
    )
    urgent = replace(place, sitting=Sitting())
    urgent.sitting.begin_emergency(access, EVENING, ticks_ms=urgent.stamp().ticks_ms)

    gained = {each for each in Permission if urgent.may(each) and not place.may(each)}

    assert gained == {each for each in IN_AN_EMERGENCY if not place.may(each)}
    assert not _refused(_action("downtime.print_downtime_list"), urgent, "permission")


# ------------------------------------------------------------------------- nothing unguarded


def test_every_action_that_windows_and_commands_use_asks_for_a_permission() -> None:
    unguarded = {name for name in taken_from_outside() if not needs_of(name)}

    assert unguarded == set(UNGUARDED)
    assert all(UNGUARDED.values())


def test_actions_that_are_called_in_the_tests_are_those_of_the_program() -> None:
    assert len(taken_from_outside()) > len(NEEDS) > 70


# ------------------------------------------------------------------------------------- tools


@cache
def _action(name: str) -> Any:
    module, _, function = name.rpartition(".")
    return getattr(import_module(f"cocm_desktop.actions.{module}"), function)


def _refused(action: Any, workspace: Workspace, field: str) -> bool:
    """Tell whether an action refuses because of this; arguments are nonsense, so others may too."""
    needed = [
        each
        for each in list(inspect.signature(action).parameters.values())[1:]
        if each.default is inspect.Parameter.empty
    ]
    positional = [_Nonsense() for each in needed if each.kind is not each.KEYWORD_ONLY]
    named = {each.name: _Nonsense() for each in needed if each.kind is each.KEYWORD_ONLY}
    try:
        action(workspace, *positional, **named)
    except ProofWanted as refusal:
        return field == refusal.problems[0].field
    except Refused as refusal:
        return field == refusal.problems[0].field == "permission"
    except NONSENSE_IS_NOTICED:
        return False
    return False


class _Nonsense:
    """Stands for any argument: it has everything, and nothing that could be stored."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())
