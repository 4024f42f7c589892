"""How a command ends: its exit code, what it says, and what it never says."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cocm_desktop.actions import registry as registry_actions
from cocm_desktop.commands import console
from cocm_desktop.commands.main import COMMANDS, exit_code, main, messages
from cocm_desktop.errors import (
    CocmError,
    Damaged,
    InUse,
    NewerFile,
    OlderFile,
    Problem,
    Refused,
    Unavailable,
    WrongSecret,
)
from cocm_desktop.storage import migrations
from cocm_desktop.storage.migrations import SCHEMA
from tests.commands.conftest import MRN, Cocm
from tests.storage.clinics import flip


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused(Problem("a", "b")), 2),
        (Damaged("x"), 3),
        (WrongSecret("x"), 4),
        (Unavailable("x"), 5),
        (NewerFile("x"), 6),
        (OlderFile("x"), 6),
        (InUse("x"), 7),
    ],
)
def test_each_kind_of_error_has_its_exit_code(error: CocmError, code: int) -> None:
    assert exit_code(error) == code


def test_a_message_takes_one_line() -> None:
    assert list(messages(Unavailable("The disk\nis full."))) == ["The disk is full."]
    assert list(messages(Refused(Problem("a", "x\ny"), Problem("b", "z")))) == ["x y", "z"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_takes(type_at: Cocm, name: str) -> None:
    answer = type_at(name, "--help")

    assert answer.code == 0
    assert f"usage: cocm {name}" in answer.out
    assert answer.err == ""


def test_the_program_says_its_commands_exit_codes_and_version(type_at: Cocm) -> None:
    helped, version = type_at("--help"), type_at("--version")

    assert helped.code == version.code == 0
    assert all(name in helped.out for name in COMMANDS)
    assert "another program has the clinic open" in helped.out
    assert version.out.startswith("CoCM Desktop ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("regstry",),
        ("staff",),
        ("staff", "sack"),
        ("measure",),
        ("registry", "--chips", "open"),
        ("registry", "--chip", "nobody"),
        ("registry", "more"),
        ("registry", "--wait", "-1"),
        ("--wait",),
        ("registry", "--dat", "x"),
    ],
)
def test_a_command_typed_wrongly_is_refused_in_words(type_at: Cocm, arguments: list[str]) -> None:
    answer = type_at(*arguments)

    assert answer.code == 2
    assert answer.out == ""
    assert "--help” says what it takes." in answer.err
    assert "Traceback" not in answer.err


def test_without_a_word_the_commands_are_shown_and_nothing_is_done(type_at: Cocm) -> None:
    answer = type_at()

    assert (answer.code, answer.out) == (2, "")
    assert "record-batch" in answer.err
    assert answer.err.endswith("Name a command.\n")


def test_options_of_every_command_may_stand_before_and_behind_it(
    clinic: Path, type_at: Cocm
) -> None:
    assert type_at("--data", clinic, "check").code == 0
    assert type_at("check", "--data", clinic).code == 0
    assert type_at("--data", "elsewhere", "check", "--data", clinic).code == 0
    assert type_at("staff", "--data", clinic, "list").code == 0
    assert type_at("staff", "list", "--data", clinic).code == 0


def test_the_folder_may_come_from_the_environment(
    clinic: Path, type_at: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCM_DATA", str(clinic))

    assert type_at("check").code == 0
    assert type_at("check", "--data", "").code == 2


def test_a_folder_without_a_clinic_is_told_before_any_password(
    tmp_path: Path, type_at: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COCM_PASSWORD")

    answer = type_at("check", "--data", tmp_path / "nothing")

    assert answer.code == 5
    assert "There is no clinic in this folder." in answer.err


def test_a_wrong_password_ends_with_4(cocm: Cocm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCM_PASSWORD", "violet tractor ozone hymns")

    answer = cocm("registry")

    assert (answer.code, answer.out) == (4, "")
    assert "hymn" not in answer.err


def test_a_damaged_file_ends_with_3(cocm: Cocm, clinic: Path) -> None:
    flip(clinic / "clinic.db", 5 * 4096 + 100)

    answer = cocm("verify")

    assert answer.code == 3
    assert answer.err.strip()


def test_a_missing_file_ends_with_3_and_is_not_made_anew(cocm: Cocm, clinic: Path) -> None:
    (clinic / "clinic.db").unlink()

    assert cocm("registry").code == 3
    assert not (clinic / "clinic.db").exists()


@pytest.mark.parametrize(
    ("program", "words"), [(SCHEMA - 1, "A newer CoCM Desktop"), (SCHEMA + 1, "cocm migrate")]
)
def test_a_file_of_another_version_ends_with_6(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch, program: int, words: str
) -> None:
    monkeypatch.setattr(migrations, "SCHEMA", program)

    answer = cocm("registry")

    assert (answer.code, answer.out) == (6, "")
    assert words in answer.err


def test_a_disk_that_refuses_ends_with_5(cocm: Cocm, tmp_path: Path) -> None:
    answer = cocm("packet", "--out", tmp_path / "nowhere" / "packet.pdf")

    assert answer.code == 5
    assert answer.out == ""


def test_names_of_several_people_are_asked_for(cocm: Cocm) -> None:
    cocm("staff", "add", "--name", "T. Young", "--role", "front-desk", "--new-sign-in", "tyoung")

    answer = cocm("registry")

    assert answer.code == 2
    assert "--sign-in mbell or tyoung" in answer.err
    assert cocm("registry", "--sign-in", "MBELL").code == 0


@pytest.mark.parametrize("option", ["--password", "--new-password", "--recovery-code"])
@pytest.mark.parametrize("form", ["{option}={secret}", "{option} {secret}"])
def test_a_password_among_the_arguments_is_refused_and_not_repeated(
    cocm: Cocm, option: str, form: str
) -> None:
    answer = cocm("check", *form.format(option=option, secret="hunter2-hunter2").split())

    assert answer.code == 2
    assert "A password among the arguments can be read by other programs." in answer.err
    assert "hunter2" not in answer.out + answer.err


@pytest.mark.parametrize("text", ["a\0b", "\udcff", "x\ud800"])
def test_characters_that_no_record_can_hold_are_refused(cocm: Cocm, text: str) -> None:
    answer = cocm("contact", "--patient", MRN, "--kind", "phone", "--note", text)

    assert (answer.code, answer.acks) == (2, [])


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "' OR 1=1 --", "\u202eznarravlA", "Al\x1b[31mvarez", "名前", "x" * 120],
)
def test_strange_names_are_kept_as_text_and_steer_no_terminal(cocm: Cocm, name: str) -> None:
    added = cocm(
        *("patient", "add", f"--last-name={name}", "--first-name", "K.", "--born", "1990-02-28")
    )

    assert added.code == 0
    listed = cocm("registry", "--chip", "everyone").out
    assert "\x1b" not in listed
    assert "\u202e" not in listed
    assert len(cocm("patient", "list", "--json").json) == 2


@pytest.mark.parametrize("option", ["--note", "--patient", "--on", "--started", "--next"])
def test_arguments_of_a_megabyte_are_refused(cocm: Cocm, option: str) -> None:
    answer = cocm("contact", "--patient", MRN, "--kind", "phone", f"{option}={'x' * 1_000_000}")

    assert (answer.code, answer.acks) == (2, [])


@pytest.mark.parametrize(
    "moment", ["", "2026-11-20", "2026-11-20T08:04", "2026-11-20T08:04-05:00", "20261120T080400Z"]
)
def test_a_moment_may_be_given(clinic: Path, type_at: Cocm, moment: str) -> None:
    assert type_at("check", "--data", clinic, "--as-of", moment).code == 0


def test_a_day_means_its_noon_in_the_practices_zone(clinic: Path, type_at: Cocm) -> None:
    at_noon = type_at("check", "--data", clinic, "--as-of", "2026-11-20").out
    of_zulu = type_at("check", "--data", clinic, "--as-of", "2026-11-20T01:30Z").out

    assert "Nov 20, 2026 12:00 PM" in at_noon
    assert "Nov 19, 2026 6:30 PM" in of_zulu


@pytest.mark.parametrize(
    "moment", ["today", "11/20/2026", "2026-13-01", "9999-12-31", "0001-01-01"]
)
def test_a_moment_that_is_none_is_refused(clinic: Path, type_at: Cocm, moment: str) -> None:
    answer = type_at("check", "--data", clinic, "--as-of", moment)

    assert answer.code == 2
    assert "is no moment" in answer.err


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let reading the registry raise."""

    def breaking(error: BaseException) -> None:
        def read_registry(_workspace: object) -> None:
            raise error

        monkeypatch.setattr(registry_actions, "read_registry", read_registry)

    return breaking


def test_a_fault_of_the_program_names_its_place_and_no_patient(
    cocm: Cocm,
    broken: Callable[[BaseException], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken(KeyError("ALVAREZ"))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    with pytest.raises(KeyError) as raised:
        cocm("registry")
    sys.excepthook(raised.type, raised.value, raised.tb)

    told = capsys.readouterr().err
    assert "KeyError in test_main.py line" in told
    assert "ALVAREZ" not in told
    assert len(told.splitlines()) == 1


def test_an_interruption_ends_with_130(cocm: Cocm, broken: Callable[[BaseException], None]) -> None:
    broken(KeyboardInterrupt())

    assert cocm("registry").code == 130


def test_an_output_that_cannot_be_written_ends_with_5(
    cocm: Cocm, broken: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[bool] = []
    monkeypatch.setattr(console, "forget_stdout", lambda: forgotten.append(True))

    broken(OSError(errno.ENOSPC, "No space left on device"))
    full = cocm("registry")
    broken(BrokenPipeError())
    gone = cocm("registry")

    assert (full.code, gone.code) == (5, 5)
    assert "The output could not be written" in full.err
    assert gone.err == ""
    assert len(forgotten) == 2


def test_without_arguments_the_programs_own_are_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["cocm", "--version"])

    assert main() == 0
    assert capsys.readouterr().out.startswith("CoCM Desktop ")


def test_a_program_without_any_output_still_saves(
    clinic: Path, cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ["contact", "--patient", MRN, "--kind", "phone", "--data", str(clinic)]
    with monkeypatch.context() as closed:
        closed.setattr(sys, "stdout", None)
        code = main([*call, "--as-of", "2026-11-20"])

    assert code == 0
    assert len(cocm("patient", "show", "--patient", MRN, "--json").json["contacts"]) == 1
