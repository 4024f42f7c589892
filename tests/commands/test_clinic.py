"""Making a clinic, its people, its secrets and its practice from the command line."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cocm_desktop.domain.recovery_code import parse
from tests.commands.conftest import MRN, PASSWORD, Answer, Cocm

OTHER = "copper meadow ladder quartz"
INIT = (
    *("init", "--practice", "Riverbend Family Medicine", "--time-zone", "America/Denver"),
    *("--owner", "M. Bell", "--sign-in", "mbell"),
)


def test_a_clinic_is_made_and_opens(tmp_path: Path, type_at: Cocm) -> None:
    made = type_at(*INIT, "--data", tmp_path / "new")

    assert made.code == 0
    assert parse(made.out.splitlines()[1])
    assert made.out.splitlines()[-1] == f"ACK {made.acks[0]}"
    checked = type_at("check", "--data", tmp_path / "new")
    assert "Riverbend Family Medicine\nM. Bell (administrator, care manager)\n" in checked.out


def test_one_password_is_enough_to_make_a_clinic_and_to_open_it(
    tmp_path: Path, type_at: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COCM_NEW_PASSWORD")

    made = type_at(*INIT, "--data", tmp_path / "new")

    assert made.code == 0
    assert type_at("check", "--data", tmp_path / "new").code == 0


def test_the_recovery_code_goes_to_a_file_that_only_its_owner_reads(
    tmp_path: Path, type_at: Cocm
) -> None:
    file = tmp_path / "code.txt"

    made = type_at(*INIT, "--data", tmp_path / "new", "--recovery-code-file", file)

    code = file.read_text(encoding="utf-8").strip()
    assert parse(code)
    assert code not in made.out
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_overwritten_by_the_recovery_code(
    tmp_path: Path, type_at: Cocm
) -> None:
    file = tmp_path / "code.txt"
    file.write_text("the code of another clinic", encoding="utf-8")

    refused = type_at(*INIT, "--data", tmp_path / "new", "--recovery-code-file", file)

    assert refused.code == 2
    assert file.read_text(encoding="utf-8") == "the code of another clinic"
    assert not (tmp_path / "new").exists()


def test_without_a_place_for_the_recovery_code_no_clinic_is_made(
    tmp_path: Path, type_at: Cocm
) -> None:
    file = tmp_path / "nowhere" / "code.txt"

    answer = type_at(*INIT, "--data", tmp_path / "new", "--recovery-code-file", file)

    assert answer.code == 5
    assert "No clinic was made." in answer.err
    assert not (tmp_path / "new").exists()


def test_a_recovery_code_without_a_clinic_does_not_stay(tmp_path: Path, type_at: Cocm) -> None:
    file, blocked = tmp_path / "code.txt", tmp_path / "blocked"
    blocked.write_text("no folder", encoding="utf-8")

    answer = type_at(*INIT, "--data", blocked / "new", "--recovery-code-file", file)

    assert answer.code == 5
    assert not file.exists()


def test_a_clinic_is_never_made_over_another(cocm: Cocm) -> None:
    answer = cocm(*INIT)

    assert (answer.code, answer.out) == (2, "")
    assert "There is a clinic in this folder already." in answer.err
    assert MRN in cocm("patient", "list").out


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (("--time-zone", "Denver"), "Choose the time zone"),
        (("--practice", "  "), "Type the practice's name"),
        (("--owner", ""), "Type the staff member's name."),
        (("--sign-in", ""), "Choose a sign-in name."),
        (("--role", "owner"), "invalid choice"),
    ],
)
def test_a_clinic_that_lacks_something_is_refused(
    tmp_path: Path, type_at: Cocm, changed: tuple[str, str], words: str
) -> None:
    answer = type_at(*INIT, *changed, "--data", tmp_path / "new")

    assert answer.code == 2
    assert words in answer.err
    assert answer.out == ""
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("weak", ["short", "passwordpassword", "riverbend family medicine 1"])
def test_a_weak_password_is_refused_and_not_repeated(
    tmp_path: Path, type_at: Cocm, monkeypatch: pytest.MonkeyPatch, weak: str
) -> None:
    monkeypatch.setenv("COCM_NEW_PASSWORD", weak)

    answer = type_at(*INIT, "--data", tmp_path / "new")

    assert answer.code == 2
    assert weak not in answer.out + answer.err


def test_a_new_password_opens_and_the_old_one_does_not(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCM_NEW_PASSWORD", OTHER)

    changed = cocm("passwd")

    assert changed.code == 0
    assert len(changed.acks) == 1
    assert cocm("check").code == 4
    monkeypatch.setenv("COCM_PASSWORD", OTHER)
    assert cocm("check").code == 0


def test_a_lost_password_is_replaced_by_the_recovery_code(
    tmp_path: Path, type_at: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ("--data", tmp_path / "new")
    code = type_at(*INIT, *folder).out.splitlines()[1]
    monkeypatch.delenv("COCM_PASSWORD")
    monkeypatch.setenv("COCM_RECOVERY_CODE", code.lower().replace("-", " "))
    monkeypatch.setenv("COCM_NEW_PASSWORD", OTHER)

    recovered = type_at("recover", "--upgrade", *folder)

    assert recovered.code == 0
    monkeypatch.setenv("COCM_PASSWORD", OTHER)
    assert type_at("check", *folder).code == 0


def test_a_recovery_code_with_a_typing_error_names_its_group(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCM_RECOVERY_CODE", "-".join(["AAAAA"] * 7))

    answer = cocm("recover")

    assert answer.code == 2
    assert "Group 1 has a typing error." in answer.err
    assert cocm("check").code == 0


def test_the_recovery_code_of_another_clinic_ends_with_4(
    cocm: Cocm, tmp_path: Path, type_at: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_another = type_at(*INIT, "--data", tmp_path / "new").out.splitlines()[1]
    monkeypatch.setenv("COCM_RECOVERY_CODE", of_another)

    assert cocm("recover").code == 4


def test_a_new_key_leaves_passwords_and_records_as_they_were(cocm: Cocm, clinic: Path) -> None:
    before = (clinic / "keys.json").read_bytes()

    rotated = cocm("rotate-key")

    assert rotated.code == 0
    assert (clinic / "keys.json").read_bytes() != before
    assert MRN in cocm("patient", "list").out
    assert cocm("verify").code == 0


def test_a_file_that_is_up_to_date_is_migrated_to_itself(cocm: Cocm) -> None:
    assert cocm("migrate").code == 0
    assert cocm("verify").code == 0


def test_passwords_are_read_from_a_file_descriptor_in_order(
    tmp_path: Path, type_at: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("COCM_PASSWORD", "COCM_NEW_PASSWORD"):
        monkeypatch.delenv(variable)
    folder = ("--data", tmp_path / "new")

    made = _with_lines(type_at, [PASSWORD], *INIT, *folder)
    changed = _with_lines(type_at, [PASSWORD, OTHER], "passwd", *folder)
    opened = _with_lines(type_at, [f"{OTHER}\r"], "check", *folder)
    closed = _with_lines(type_at, [PASSWORD], "check", *folder)

    assert (made.code, changed.code, opened.code, closed.code) == (0, 0, 0, 4)


def _with_lines(type_at: Cocm, lines: list[str], *arguments: object) -> Answer:
    reader, writer = os.pipe()
    os.write(writer, "".join(f"{line}\n" for line in lines).encode())
    os.close(writer)
    try:
        return type_at(*arguments, "--password-fd", reader)
    finally:
        os.close(reader)


@pytest.mark.parametrize("number", ["1", "2", "999", "999999999", "-1", "stdin"])
def test_a_file_descriptor_that_cannot_be_read_is_refused(cocm: Cocm, number: str) -> None:
    answer = cocm("check", f"--password-fd={number}")

    assert answer.code == 2
    assert answer.out == ""


@pytest.mark.parametrize("line", [b"\xff\xfe\n", b"x" * 5000 + b"\n"])
def test_a_line_that_is_no_password_is_refused(cocm: Cocm, line: bytes) -> None:
    reader, writer = os.pipe()
    os.write(writer, line)
    os.close(writer)

    answer = cocm("check", "--password-fd", reader)

    os.close(reader)
    assert answer.code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a Windows console is always asked")
def test_without_any_source_the_password_is_refused_not_guessed(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COCM_PASSWORD")
    monkeypatch.setattr(os, "open", _without_a_terminal(os.open))

    answer = cocm("check", stdin=PASSWORD)

    assert answer.code == 2
    assert "There is no terminal to ask for the password" in answer.err


def _without_a_terminal(real: Callable[..., int]) -> Callable[..., int]:
    def open_other(path: object, *arguments: Any, **options: Any) -> int:
        if path == "/dev/tty":
            raise OSError
        return real(path, *arguments, **options)

    return open_other


def test_a_password_is_typed_at_the_prompt_twice_where_it_is_set(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("COCM_PASSWORD", "COCM_NEW_PASSWORD"):
        monkeypatch.delenv(variable)
    typed = iter([PASSWORD, OTHER, OTHER, PASSWORD, PASSWORD, OTHER])
    prompts: list[str] = []

    def getpass(prompt: str) -> str:
        prompts.append(prompt)
        return next(typed)

    monkeypatch.setattr("getpass.getpass", getpass)

    assert cocm("passwd").code == 0
    assert prompts == ["Password: ", "New password: ", "New password again: "]
    assert cocm("passwd").code == 4
    assert cocm("passwd").code == 4  # what was set is OTHER


def test_two_that_are_not_the_same_change_nothing(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COCM_NEW_PASSWORD")
    typed = iter([OTHER, f"{OTHER}s"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))

    answer = cocm("passwd")

    assert answer.code == 2
    assert "The two are not the same." in answer.err
    assert cocm("check").code == 0


def test_staff_are_added_listed_and_switched_off(cocm: Cocm) -> None:
    add = ("staff", "add", "--name", "T. Young", "--role", "front-desk", "--new-sign-in", "tyoung")
    added = cocm(*add, "--id", "01a20120-0000-7000-8000-0000000000aa")
    as_bell = ("--sign-in", "mbell")

    again = cocm(*add, *as_bell, "--id", added.acks[0])
    other = cocm(*add, *as_bell)

    assert added.acks == again.acks
    assert other.code == 2
    assert "The sign-in name tyoung is taken." in other.err
    members = cocm("staff", "list", "--json", *as_bell).json
    assert [(member["sign_in"], member["active"]) for member in members] == [
        ("", True),
        ("mbell", True),
        ("tyoung", True),
    ]
    assert cocm("staff", "deactivate", "T. Young", *as_bell).code == 0
    assert cocm("check", "--sign-in", "tyoung").code == 4
    assert "switched off" in cocm("staff", "list").out


def test_staff_of_the_same_name_are_told_apart(cocm: Cocm) -> None:
    add = ("staff", "add", "--name", "A. Smith", "--role", "treating-practitioner")
    second = cocm(*add).acks[0]

    unclear = cocm("staff", "deactivate", "a. smith")
    clear = cocm("staff", "deactivate", second)
    nobody = cocm("staff", "deactivate", "")

    assert (unclear.code, clear.code, nobody.code) == (2, 0, 2)
    assert "2 staff members are called" in unclear.err
    assert cocm("staff", "deactivate", "A. Smith").code == 0


def test_the_practice_is_shown_and_set(cocm: Cocm) -> None:
    changed = cocm("practice", "set", "--npi", "1234567893", "--caseload-goal", "80")

    assert changed.code == 0
    assert len(changed.acks) == 1
    shown = cocm("practice", "show", "--json").json
    assert (shown["npi"], shown["caseload_goal"]) == ("1234567893", "80")
    assert "1234567893" in cocm("practice", "show").out


@pytest.mark.parametrize("wrong", [(), ("--npi", "123"), ("--name", " "), ("--time-zone", "x/y")])
def test_a_practice_that_does_not_fit_is_refused(cocm: Cocm, wrong: tuple[str, ...]) -> None:
    before = cocm("practice", "show").out

    assert cocm("practice", "set", *wrong).code == 2
    assert cocm("practice", "show").out == before


def test_a_charge_is_recorded_once(cocm: Cocm) -> None:
    fee = (
        *("fee", "set", "99492", "$162.34", "--from", "2026-01-01"),
        *("--id", "01a20120-0000-7000-8000-0000000000ff"),
    )

    answers = [cocm(*fee), cocm(*fee)]

    assert answers[0].acks == answers[1].acks
    listed = cocm("fee", "list", "--json").json
    assert [(each["code"], each["cents"]) for each in listed] == [("99492", 16234)]
    assert "$162.34" in cocm("fee", "list").out


@pytest.mark.parametrize(
    ("code", "amount"),
    [("99499", "10"), ("99492", "1,00"), ("99492", "1e3"), ("99492", "0"), ("99492", "-5")],
)
def test_a_charge_that_does_not_fit_is_refused(cocm: Cocm, code: str, amount: str) -> None:
    answer = cocm("fee", "set", code, f"{amount}", "--from", "2026-01-01")

    assert (answer.code, answer.acks) == (2, [])
    assert cocm("fee", "list", "--json").json == []


def test_a_password_is_bound_to_this_computer_where_it_has_a_key_store(cocm: Cocm) -> None:
    assert cocm("passwd", "--opens-on", "this-computer").code == 0
    assert cocm("check").code == 0
    assert cocm("passwd", "--opens-on", "any-computer").code == 0
    assert cocm("check").code == 0
