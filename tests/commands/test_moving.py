"""Moving a clinic, and the log of hazards, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of


def test_a_clinic_in_a_copied_folder_opens_only_after_it_was_moved(
    tmp_path: Path, clinic: Path, type_at: Cocm
) -> None:
    (tmp_path / "Dropbox").mkdir()
    synced = Path(shutil.move(clinic, tmp_path / "Dropbox" / "clinic"))

    refused = type_at("patient", "list", "--data", synced)
    moved = type_at("move", "--to", tmp_path / "own", "--data", synced)
    shown = type_at("patient", "list", "--data", tmp_path / "own")
    left = type_at("patient", "list", "--data", synced)

    assert (refused.code, moved.code, shown.code, left.code) == (2, 0, 0, 5)
    assert "copied to other computers while it is in use (Dropbox)" in refused.err
    assert f"The clinic is in {tmp_path / 'own'} now: " in moved.out
    assert MRN in shown.out
    assert "was moved to another folder" in left.err
    assert not (tmp_path / "own" / "clinic.moved-from").exists()


def test_nothing_moves_to_where_it_would_come_to_harm(
    tmp_path: Path, clinic: Path, type_at: Cocm
) -> None:
    answer = type_at("move", "--to", tmp_path / "OneDrive", "--data", clinic)

    assert answer.code == 2
    assert "Choose a folder on this computer's own disk" in answer.err
    assert not (tmp_path / "OneDrive").exists()


def test_hazards_are_listed_without_a_clinic(type_at: Cocm) -> None:
    listed = type_at("hazards")
    one = type_at("hazards", "--id", "H1", "--json")
    none = type_at("hazards", "--id", "H0")

    assert "H20" in listed.out
    [hazard] = json.loads(one.out)
    assert hazard["severity"] == 5
    assert none.code == 2
    page = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")
    assert {name for name in fields_of(hazard) if f"`{name}`" not in page} == set()
