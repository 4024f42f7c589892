"""The sample clinic from the command line: marked as such, and the same on the same day."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from cocm_desktop.actions.moving import is_misplaced
from cocm_desktop.actions.sample import clinic as sample_clinic
from cocm_desktop.actions.session import Place
from cocm_desktop.app import ClinicDoor
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.commands.conftest import Cocm
from tests.storage.clinics import CHEAP, NOW, SharesInMemory

DAY = ("--as-of", "2026-11-20")
BELL = ("--sign-in", "mbell")


@pytest.fixture(autouse=True)
def short_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell the story of a few of the people: all of them take a while."""
    monkeypatch.setattr(sample_clinic, "PARTS", sample_clinic.PARTS[:4])


def test_the_sample_clinic_is_made_and_says_what_it_is(tmp_path: Path, type_at: Cocm) -> None:
    folder = ("--data", tmp_path / "sample")

    made = type_at("sample", *DAY, *folder)
    again = type_at("sample", *DAY, *folder)

    assert (made.code, len(made.acks), again.code) == (0, 1, 2)
    table = type_at("registry", *DAY, *folder, *BELL)
    assert table.out.startswith("SAMPLE CLINIC: nobody in it exists.\n")
    assert type_at("registry", "--json", *DAY, *folder, *BELL).json["is_sample"] is True


@pytest.mark.no_cover
def test_the_same_day_gives_the_same_clinic(tmp_path: Path, type_at: Cocm) -> None:
    rows = []
    for name in ("one", "two"):
        type_at("sample", *DAY, "--data", tmp_path / name)
        found = type_at("registry", "--json", *DAY, *BELL, "--data", tmp_path / name).json
        rows.append(found["rows"])

    assert rows[0] == rows[1]
    assert len(rows[0]) == 4


def test_the_demonstration_prints_its_papers_and_says_where(
    tmp_path: Path, type_at: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COCM_PASSWORD")
    monkeypatch.delenv("COCM_NEW_PASSWORD")

    first = type_at("demo", tmp_path / "demo", *DAY)
    second = type_at("demo", "--data", tmp_path / "demo", *DAY)

    assert (first.code, second.code) == (0, 0)
    assert first.out == second.out
    assert "Nobody in the sample clinic exists." in first.out
    for name in ("packet.pdf", "follow-through.pdf", "billing-month.pdf"):
        file = tmp_path / "demo papers" / name
        assert str(file) in first.out
        assert "SAMPLE" in PdfReader(file).pages[0].extract_text().upper()


def test_the_demonstration_never_touches_another_clinic(clinic: Path, type_at: Cocm) -> None:
    answer = type_at("demo", clinic, *DAY)

    assert answer.code == 4
    assert not clinic.with_name("clinic papers").exists()


@pytest.mark.no_cover
def test_the_sample_clinic_may_lie_in_a_folder_that_is_synced(
    tmp_path: Path, type_at: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COCM_PASSWORD")
    folder = tmp_path / "OneDrive" / "cocm" / "build" / "sample-clinic"

    first = type_at("demo", "--data", folder, *DAY)
    second = type_at("demo", "--data", folder, *DAY)

    assert (first.code, second.code) == (0, 0), first.err + second.err
    cheap = KeyTools(CHEAP, SharesInMemory())
    assert is_misplaced(Place(folder, lambda _zone: NOW, cheap)) == ""
    empty = ClinicDoor(folder.with_name("another"), is_sample=True)
    assert empty.look().may_be_created_in
    assert not ClinicDoor(folder.with_name("another")).look().may_be_created_in
