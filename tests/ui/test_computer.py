from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from cocm_desktop.ui.computer import Computer, ComputerSettings
from cocm_desktop.ui.theme import Scheme


@pytest.fixture
def file(tmp_path: Path, qapp: QApplication) -> Path:
    return tmp_path / "folder" / "settings.json"


def test_what_was_chosen_is_there_at_the_next_start(file: Path) -> None:
    Computer(file).change(scheme=Scheme.DARK.name, text_percent=150)

    again = Computer(file).settings

    assert again.appearance is Scheme.DARK
    assert again.text_percent == 150


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not json",
        "[]",
        '{"scheme": "PINK", "text_percent": 5, "idle_minutes": "soon", "unknown": 1}',
        '{"text_percent": true, "sign_in": 7, "practice_name": null}',
    ],
)
def test_a_spoilt_file_gives_the_usual_settings(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content, encoding="utf-8")

    assert Computer(file).settings == ComputerSettings()


def test_good_values_beside_bad_ones_are_kept(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"scheme": "PINK", "sign_in": "mbell"}', encoding="utf-8")

    assert Computer(file).settings == ComputerSettings(sign_in="mbell")


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, qapp: QApplication) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    computer = Computer(blocked / "settings.json")

    computer.change(text_percent=125)

    assert computer.settings.text_percent == 125


def test_a_change_is_told_once(file: Path) -> None:
    computer = Computer(file)
    told: list[ComputerSettings] = []
    computer.changed.connect(told.append)

    computer.change(text_percent=125)
    computer.change(text_percent=125)

    assert [settings.text_percent for settings in told] == [125]


def test_names_of_one_folder_are_not_shown_for_another(file: Path, tmp_path: Path) -> None:
    computer = Computer(file)
    computer.remember(tmp_path / "a", sign_in="mbell")
    computer.change(practice_name="Riverbend")

    computer.remember(tmp_path / "b", sign_in="owner")

    assert computer.remembered(tmp_path / "b") == ("", "owner")
    assert computer.remembered(tmp_path / "a") == ("", "")


def test_the_file_says_only_what_this_computer_needs(file: Path) -> None:
    Computer(file).change(text_percent=125)

    kept = json.loads(file.read_text(encoding="utf-8"))

    assert "text_percent" in kept
    assert not {"password", "patient", "mrn"} & set(kept)
