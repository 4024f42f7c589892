"""What can be read of a damaged file is written out, and the rest is named."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from cocm_desktop.actions.backup import back_up
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.rescue import last_good_backup, rescue_records, rescue_words
from cocm_desktop.actions.restore import Secret, opener
from cocm_desktop.actions.session import Place, lock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Damaged, Refused, WrongSecret
from cocm_desktop.storage.rescue import damaged_copy, rescue_table
from cocm_desktop.storage.sqlite import PAGE_BYTES
from tests.actions.clinics import CODE, PASSWORD, make, place_at
from tests.storage.clinics import CHEAP, flip

PATIENTS = 60
SECRET = Secret("lortiz", PASSWORD)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = place_at(tmp_path / "clinic")
    workspace = make(place)
    fill(workspace)
    back_up(workspace)
    add_patient(workspace, PatientDraft("Late", "Lee", date(1961, 2, 3), mrn="900000"))
    lock(workspace)
    return place


def fill(workspace: Workspace) -> None:
    with workspace.database.write():
        born = date(1961, 2, 3)
        for number in range(PATIENTS):
            name = f"Quill{number:03}"
            draft = PatientDraft(name, "=Ada", born, f"{number:06}", preferred_name="x" * 150)
            add_patient(workspace, draft)


def harm_a_page_of_patients(place: Place) -> None:
    """Turn one bit of the last page that holds patients."""
    file = place.folder / "clinic.db"
    for page in reversed(range(1, file.stat().st_size // PAGE_BYTES)):
        flip(file, page * PAGE_BYTES + 500)
        with damaged_copy(place.folder, CHEAP, opener(place, SECRET)) as copy:
            if 0 < len(rescue_table(copy, "patient").rows) <= PATIENTS:
                return
        flip(file, page * PAGE_BYTES + 500)


def table_at(file: Path) -> list[list[str]]:
    return list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))


def test_every_row_but_those_of_the_bad_page_is_written(place: Place, tmp_path: Path) -> None:
    harm_a_page_of_patients(place)
    before = (place.folder / "clinic.db").read_bytes()

    done = rescue_records(place, SECRET, tmp_path / "out")

    rows = table_at(tmp_path / "out" / "patient.csv")
    assert PATIENTS - 20 < len(rows) - 1 < PATIENTS + 1
    assert done.missing == {"patient": PATIENTS + 1 - (len(rows) - 1)}
    missing = table_at(tmp_path / "out" / "missing.csv")
    [told] = [line for line in missing if line[0] == "patient"]
    assert len(told[3].split()) == done.missing["patient"]
    assert not any(cell.startswith("=") for row in rows for cell in row)
    records = json.loads((tmp_path / "out" / "records.json").read_bytes())
    assert len(records["patient"]) == len(rows) - 1
    assert (place.folder / "clinic.db").read_bytes() == before
    assert not list(place.folder.glob("rescue*"))


def test_what_is_newer_than_the_last_backup_is_listed(place: Place, tmp_path: Path) -> None:
    done = rescue_records(place, SECRET, tmp_path / "out")

    newer = (tmp_path / "out" / "newer than the last backup.csv").read_text(encoding="utf-8-sig")
    assert "added" in newer
    assert done.missing == {}
    assert done.newer == newer.count("\n") - 1
    assert f"{done.newer} entries newer than the last good backup" in done.words
    assert rescue_words(last_good_backup(place), done.newer, place) == (
        "This file is damaged. Nothing was changed. "
        f"Last good backup: Dec 1, 2026 3:00 AM, {done.newer} entries newer will be missing."
    )


def test_the_last_good_backup_is_one_that_reads_whole(place: Place) -> None:
    [file] = (place.folder / "backups").glob("*.cocmbak")
    worse = file.with_name("2027-01-01T000000Z_newest.cocmbak")
    worse.write_bytes(file.read_bytes())
    flip(file, file.stat().st_size // 2)
    good = last_good_backup(place)
    flip(worse, worse.stat().st_size // 2)
    for name in ("keys.json", "keys.json.bak"):
        (place.folder / name).unlink()

    assert good is not None
    assert good.path == worse
    assert (
        rescue_words(last_good_backup(place), None, place) == "There is no good backup beside it."
    )


def test_the_recovery_code_opens_it_too(place: Place, tmp_path: Path) -> None:
    assert rescue_records(place, Secret(code=CODE), tmp_path / "out").rows > PATIENTS


def test_a_wrong_password_writes_nothing(place: Place, tmp_path: Path) -> None:
    with pytest.raises(WrongSecret):
        rescue_records(place, Secret("lortiz", PASSWORD + "!"), tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_only_administrators_write_the_records_out(tmp_path: Path) -> None:
    place = place_at(tmp_path / "clinic")
    workspace = make(place)
    with workspace.database.write() as session:
        session.execute(text("UPDATE staff SET roles = :roles"), {"roles": Role.CARE_MANAGER.name})
    lock(workspace)

    with pytest.raises(Refused, match="Only an administrator"):
        rescue_records(place, SECRET, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_files_is_left_alone(place: Place, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(Refused, match="Choose an empty one"):
        rescue_records(place, SECRET, tmp_path)


def test_a_file_without_its_first_page_cannot_be_rescued(place: Place, tmp_path: Path) -> None:
    flip(place.folder / "clinic.db", 500)

    with pytest.raises(Damaged, match="Nothing can be read"):
        rescue_records(place, SECRET, tmp_path / "out")
