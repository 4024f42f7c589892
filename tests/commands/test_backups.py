"""Backups from the command line: when due, listed, elsewhere, tried, restored, rescued."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cocm_desktop.actions.restore import Secret, try_secret
from cocm_desktop.actions.session import Place
from cocm_desktop.errors import WrongSecret
from cocm_desktop.paths import resources
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.commands.conftest import MRN, Cocm, fields_of
from tests.storage.clinics import CHEAP, NOW, SharesInMemory, flip

PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")


def test_a_backup_is_made_when_it_is_due_and_listed(cocm: Cocm) -> None:
    first = cocm("backup", "--if-due")
    second = cocm("backup", "--if-due")
    listed = cocm("backups", "--json", "--check")
    as_words = cocm("backups")

    assert len(first.acks) == 1
    assert (second.code, second.acks) == (0, [])
    assert "No backup is due" in second.out
    [line] = listed.json["backups"]
    assert (line["is_checked"], line["trouble"], line["why"]) == (True, "", "auto")
    own = fields_of({**listed.json, "backups": [{**line, "rows": None}]})
    assert {field for field in own if f"`{field}`" not in PAGE} == set()
    assert "read back when it was made" in as_words.out


def test_a_damaged_backup_ends_the_list_with_3(cocm: Cocm) -> None:
    file = Path(cocm("backup").out.splitlines()[0])
    flip(file, 40_000)

    answer = cocm("backups", "--check")

    assert answer.code == 3
    assert "damaged" in answer.out


def test_the_second_place_is_chosen_filled_and_given_up(cocm: Cocm, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    none = cocm("backup-place", "show")
    chosen = cocm("backup-place", "set", stick, "--remind-days", "14")
    made = cocm("backup")
    shown = cocm("backup-place", "show")
    copied = cocm("backup-place", "copy")
    dropped = cocm("backup-place", "drop")

    assert "No second place yet" in none.out
    assert (chosen.code, dropped.code) == (0, 0)
    assert len(list(stick.iterdir())) == 1
    assert str(stick) in made.out
    assert shown.out.startswith(f"{stick}, last copy: Nov 20, 2026")
    assert copied.out.strip() == str(next(stick.iterdir()))


def test_a_second_place_that_is_away_is_told_and_the_backup_made(
    cocm: Cocm, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    cocm("backup-place", "set", tmp_path / "stick")
    (tmp_path / "stick").rmdir()

    made = cocm("backup")

    assert (made.code, len(made.acks)) == (0, 1)
    assert "is not there now" in made.err
    assert "(not there now)" in cocm("backup-place", "show").out


def test_the_drill_says_what_it_found(cocm: Cocm) -> None:
    without = cocm("restore-drill")
    file = Path(cocm("backup").out.splitlines()[0])
    good = cocm("restore-drill")
    flip(file, 40_000)
    bad = cocm("restore-drill")

    assert (without.code, good.code, bad.code) == (5, 0, 3)
    assert f"{file.name} can be restored" in good.out


def test_a_backup_takes_the_place_of_the_clinic(cocm: Cocm, clinic: Path) -> None:
    file = cocm("backup").out.splitlines()[0]

    done = cocm("restore", file, "--over")

    assert done.code == 0
    assert len(list(clinic.glob("*.before-restore"))) == 1
    assert str(next(clinic.glob("*.before-restore"))) in done.out
    reason = "The restore was meant."
    assert cocm("audit", "accept-older", "--reason", reason).code == 0
    assert MRN in cocm("patient", "list").out


def test_who_restores_over_a_clinic_may_be_named_by_the_environment(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    cocm("staff", "add", "--name", "T. Young", "--role", "front-desk", "--new-sign-in", "tyoung")
    file = cocm("backup", "--sign-in", "mbell").out.splitlines()[0]

    monkeypatch.setenv("COCM_SIGN_IN", "mbell")

    assert cocm("restore", file, "--over").code == 0


def test_what_can_be_read_is_written_out(cocm: Cocm, clinic: Path, tmp_path: Path) -> None:
    cocm("backup")
    size = (clinic / "clinic.db").stat().st_size

    done = cocm("rescue", "--out", tmp_path / "out")

    assert done.code == 0
    assert "0 rows known to be missing" in done.out
    assert "not encrypted" in done.err
    assert MRN in (tmp_path / "out" / "patient.csv").read_text(encoding="utf-8-sig")
    assert (clinic / "clinic.db").stat().st_size == size


def test_wrong_passwords_of_a_backup_count_as_those_of_the_clinic(
    cocm: Cocm, clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(cocm("backup").out.splitlines()[0])
    good = os.environ["COCM_PASSWORD"]
    monkeypatch.setenv("COCM_PASSWORD", "wrong tractor ozone hymn")
    before = (clinic / "clinic.db").read_bytes()

    tried = [cocm("restore", file, "--over").err for _each in range(5)]
    monkeypatch.setenv("COCM_PASSWORD", good)
    early = cocm("restore", file, "--over")
    closed = cocm("check")

    assert "there is a pause" not in tried[3]
    assert all("there is a pause" in each for each in (tried[4], early.err, closed.err))
    assert (early.code, closed.code) == (4, 4)
    assert (clinic / "clinic.db").read_bytes() == before
    assert not list(clinic.glob("*.before-restore"))


def test_trying_a_backup_leaves_nothing_in_an_empty_folder(
    cocm: Cocm, clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(cocm("backup").out.splitlines()[0])
    place = Place(tmp_path / "new", lambda _zone: NOW, tools=KeyTools(CHEAP, SharesInMemory()))
    place.folder.mkdir()

    with pytest.raises(WrongSecret):
        try_secret(place, file, Secret("mbell", "wrong"))

    assert list(place.folder.iterdir()) == []


def test_who_was_switched_off_does_not_come_back_by_an_older_backup(
    cocm: Cocm, clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = ("--sign-in", "mbell")
    gone = ("--sign-in", "kosei")
    cocm("staff", "add", "--name", "K. Osei", "--new-sign-in", "kosei", "--role", "biller")
    file = Path(cocm("backup", *owner).out.splitlines()[0])
    assert cocm("staff", "deactivate", "kosei", *owner).code == 0
    before = (clinic / "keys.json").read_bytes()

    refused = cocm("restore", file, "--over", *gone)
    kept = (clinic / "keys.json").read_bytes() == before
    done = cocm("restore", file, "--over", *owner)

    assert (refused.code, kept) == (2, True)
    assert "switched off since the backup was made" in refused.err
    assert done.code == 0, done.err
