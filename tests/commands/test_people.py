"""People and emergencies without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocm_desktop.commands.main import COMMANDS
from cocm_desktop.paths import resources
from tests.commands.conftest import PASSWORD, Cocm, fields_of

OTHER = "seven green kettles sing"
REASON = "Patient phoned about pills"


@pytest.fixture
def young(cocm: Cocm) -> None:
    """T. Young of the front desk signs in."""
    added = cocm(
        *("staff", "add", "--name", "T. Young", "--role", "front-desk"),
        *("--new-sign-in", "tyoung"),
    )
    assert added.code == 0, added.err


@pytest.mark.usefixtures("young")
def test_emergency_access_is_taken_in_one_command_and_holds_in_the_next(cocm: Cocm) -> None:
    desk = ("--sign-in", "tyoung")
    refused = cocm(*desk, "registry")

    taken = cocm(*desk, "emergency", "take", "--reason", REASON)
    seen = cocm(*desk, "registry")
    ended = cocm(*desk, "emergency", "end")
    again = cocm(*desk, "registry")
    listed = cocm("--sign-in", "mbell", "emergency", "list", "--json")

    assert (refused.code, taken.code, seen.code, ended.code, again.code) == (2, 0, 0, 0, 2)
    assert "Until 1:00 PM" in taken.out
    assert "ALVAREZ" in seen.out
    [content] = listed.json
    assert (content["who"], content["reason"]) == ("T. Young", REASON)
    help_text = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")
    assert all(f"`{field}`" in help_text for field in fields_of(listed.json))


@pytest.mark.usefixtures("young")
def test_an_administrator_looks_at_it(cocm: Cocm) -> None:
    owner, desk = ("--sign-in", "mbell"), ("--sign-in", "tyoung")
    access_id = cocm(*desk, "emergency", "take", "--reason", REASON).acks[0]
    early = cocm(*owner, "emergency", "review", access_id, "--words", "Rightly so.")
    cocm(*desk, "emergency", "end")

    signed = cocm(*owner, "emergency", "review", access_id, "--words", "Rightly so.")

    assert (early.code, signed.code) == (2, 0)
    assert cocm(*owner, "emergency", "list", "--waiting").out == ""
    assert "looked at by M. Bell, LCSW: Rightly so." in cocm(*owner, "emergency", "list").out
    assert cocm(*owner, "emergency", "review", "nothing", "--words", "x").code == 2


@pytest.mark.usefixtures("young")
def test_a_given_password_is_changed_before_anything_else(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, desk = ("--sign-in", "mbell"), ("--sign-in", "tyoung")
    monkeypatch.setenv("COCM_NEW_PASSWORD", OTHER)
    given = cocm(*owner, "staff", "give-password", "tyoung")
    monkeypatch.setenv("COCM_PASSWORD", OTHER)
    monkeypatch.setenv("COCM_NEW_PASSWORD", PASSWORD)

    stopped = cocm(*desk, "patient", "list")
    changed = cocm(*desk, "passwd")
    monkeypatch.setenv("COCM_PASSWORD", PASSWORD)
    works = cocm(*desk, "patient", "list")

    assert (given.code, stopped.code, changed.code, works.code) == (0, 2, 0, 0)
    assert "Choose your own first" in stopped.err


@pytest.mark.usefixtures("young")
def test_who_was_switched_off_is_switched_on_with_a_new_password(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, desk = ("--sign-in", "mbell"), ("--sign-in", "tyoung")
    off = cocm(*owner, "staff", "deactivate", "tyoung")
    out = cocm(*desk, "patient", "list")
    monkeypatch.setenv("COCM_NEW_PASSWORD", OTHER)

    back = cocm(*owner, "staff", "reactivate", "tyoung")

    monkeypatch.setenv("COCM_PASSWORD", OTHER)
    known = cocm(*desk, "patient", "list")
    assert (off.code, out.code, back.code) == (0, 4, 0)
    assert "Choose your own first" in known.err
    assert off.acks == back.acks


def test_wrong_passwords_wait_without_a_window_too(
    cocm: Cocm, clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCM_PASSWORD", "not the password at all")
    wrong = [cocm("check").code for _each in range(4)]
    monkeypatch.setenv("COCM_PASSWORD", PASSWORD)

    early = cocm("check")

    assert wrong == [4, 4, 4, 4]
    assert early.code == 4
    assert "Try again in 2 seconds" in early.err
    assert (clinic / "tries.json").exists()


def test_the_command_has_its_line() -> None:
    assert "emergency" in COMMANDS
