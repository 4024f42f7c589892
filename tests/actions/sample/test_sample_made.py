"""Making the sample clinic: on any day, into a real file, and all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.sample import clinic as sample
from cocm_desktop.actions.sample.clinic import fill, make_sample_clinic, written_book
from cocm_desktop.actions.sample.past_notes import PART2
from cocm_desktop.actions.sample.team import OWNER, SIGN_INS
from cocm_desktop.actions.session import Place, lock, new_recovery_code, unlock
from cocm_desktop.errors import CocmError
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.actions.sample.conftest import AS_OF, NOW, ZONE, empty_clinic
from tests.storage.clinics import CHEAP, PASSWORD, SharesInMemory


def place_at(folder: Path) -> Place:
    tools = KeyTools(CHEAP, SharesInMemory())
    return Place(folder, NOW.astimezone, tools)


def test_the_same_day_gives_the_same_story() -> None:
    owner = OWNER.accept()

    one, other = (repr(written_book(owner, AS_OF).events) for _ in range(2))

    assert one == other
    assert one != repr(written_book(owner, date(2026, 11, 19)).events)


@pytest.mark.no_cover
@pytest.mark.parametrize("day", [date(2026, 12, 27), date(2027, 3, 1), date(2028, 2, 29)])
def test_the_story_can_be_told_on_any_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    protected = [part for part in sample.PARTS if part.last in PART2]
    told = tuple(dict.fromkeys((*sample.PARTS[::9], *protected)))
    monkeypatch.setattr(sample, "PARTS", told)
    workspace = empty_clinic(datetime(day.year, day.month, day.day, 8, tzinfo=ZONE))

    fill(workspace, day)

    assert len(read_registry(workspace).rows) == len(sample.PARTS)


def test_a_sample_clinic_is_a_real_file_that_its_people_can_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "PARTS", sample.PARTS[:2])
    place = place_at(tmp_path / "clinic")

    made = make_sample_clinic(place, PASSWORD, new_recovery_code())
    assert made.now() == NOW
    assert made.staff.sign_in == "mbell"
    lock(made)

    for sign_in in SIGN_INS:
        opened = unlock(place, sign_in, PASSWORD)
        assert opened.staff.sign_in == sign_in
        lock(opened)


def test_a_folder_with_a_clinic_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "PARTS", sample.PARTS[:1])
    place = place_at(tmp_path / "clinic")
    lock(make_sample_clinic(place, PASSWORD, new_recovery_code()))
    before = {path.name: path.read_bytes() for path in place.folder.iterdir() if path.is_file()}

    with pytest.raises(CocmError):
        make_sample_clinic(place, PASSWORD, new_recovery_code())

    after = {path.name: path.read_bytes() for path in place.folder.iterdir() if path.is_file()}
    assert after == before


def test_a_story_that_fails_stores_none_of_it_and_closes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(sample.PARTS[0], code="no code")
    monkeypatch.setattr(sample, "PARTS", (sample.PARTS[1], broken))
    place = place_at(tmp_path / "clinic")

    with pytest.raises(CocmError):
        make_sample_clinic(place, PASSWORD, new_recovery_code())

    opened = unlock(place, "mbell", PASSWORD)
    assert read_registry(opened).rows == ()
    lock(opened)
