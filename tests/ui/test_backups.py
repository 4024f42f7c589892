"""Backups that nobody has to think of, and the page that shows how the clinic stands with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.backup import back_up, read_backups
from cocm_desktop.actions.backup_place import choose_backup_place
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.session import lock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.backup_place import BackupPlaceDraft
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.ui.backup.age import BackupAge
from cocm_desktop.ui.backup.page import BackupPage
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.work import InlineWork, ThreadedWork
from tests.storage.clinics import flip
from tests.ui.doors import NOW, DoorOf, make


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Workspace]:
    door = DoorOf(tmp_path / "clinic", NOW)
    workspace = make(door)
    yield workspace
    lock(workspace)


@pytest.fixture
def window(qtbot: QtBot, clinic: Workspace) -> MainWindow:
    window = MainWindow(Desk(clinic, InlineWork()), ())
    window.desk.setParent(window)
    qtbot.addWidget(window)
    window.show()
    return window


def change_something(window: MainWindow, clinic: Workspace) -> None:
    draft = PatientDraft("Quill", "Ada", date(1961, 2, 3), mrn="100200")
    window.desk.do(
        lambda workspace: add_patient(workspace, draft), done=lambda: None, refused=print
    )


def test_a_backup_is_made_by_itself_when_something_is_new(
    window: MainWindow, clinic: Workspace
) -> None:
    window.backups.make_if_due()
    window.backups.make_if_due()

    assert [each.label for each in read_backups(clinic)] == ["auto"]
    assert window.status.backup.text() == "Backup today, 10:42 AM"


def test_a_backup_that_fails_by_itself_is_said(window: MainWindow, clinic: Workspace) -> None:
    assert clinic.clinic is not None
    (clinic.clinic.path / "backups").write_text("in the way")

    window.backups.make_if_due()

    assert "No backup was made" in window.messages.words.text()


def test_closing_makes_the_last_backup_and_then_closes(
    qtbot: QtBot, window: MainWindow, clinic: Workspace
) -> None:
    change_something(window, clinic)

    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())

    assert [each.label for each in read_backups(clinic)] == ["closing"]


def test_closing_with_nothing_new_closes_at_once(window: MainWindow, clinic: Workspace) -> None:
    window.close()

    assert not window.isVisible()
    assert read_backups(clinic) == ()


def test_a_backup_that_fails_on_closing_leaves_the_choice(
    qtbot: QtBot, window: MainWindow, clinic: Workspace
) -> None:
    assert clinic.clinic is not None
    change_something(window, clinic)
    (clinic.clinic.path / "backups").write_text("in the way")

    window.close()

    dialog = window.backups.dialog
    assert dialog is not None
    assert "No backup was made" in dialog.problems.text()
    assert dialog.stay.isDefault()
    assert window.isVisible()
    dialog.leave.click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_who_goes_back_to_work_is_not_closed_upon(
    qtbot: QtBot, window: MainWindow, clinic: Workspace
) -> None:
    assert clinic.clinic is not None
    change_something(window, clinic)
    (clinic.clinic.path / "backups").write_text("in the way")
    window.close()
    assert window.backups.dialog is not None

    window.backups.dialog.stay.click()
    qtbot.wait(20)

    assert window.isVisible()


def test_a_long_task_goes_on_beside_the_work(qtbot: QtBot, qapp: QApplication) -> None:
    work, said = ThreadedWork(), list[str]()
    gate = Event()

    work.run_beside(lambda: gate.wait(5), done=lambda _: said.append("long"), failed=print)
    work.run(gate.set, done=lambda _: said.append("short"), failed=print)

    qtbot.waitUntil(lambda: len(said) == 2)
    work.stop()


def test_an_overdue_backup_is_said_once_a_sitting(clinic: Workspace, qapp: QApplication) -> None:
    back_up(clinic)
    add_patient(clinic, PatientDraft("Quill", "Ada", date(1961, 2, 3), mrn="100200"))
    later = replace(clinic, now=lambda: NOW + timedelta(days=2))
    desk, said, told = Desk(later, InlineWork()), list[str](), list[bool]()
    desk.unavailable.connect(said.append)
    age = BackupAge(desk, lambda _words, is_late: told.append(is_late))

    age.read_again()
    age.read_again()

    assert told == [True, True]
    [words] = said
    assert words.startswith(
        "The newest backup was made Nov 20, 2026 10:42 AM, and records are newer."
    )


@pytest.fixture
def page(qtbot: QtBot, clinic: Workspace) -> BackupPage:
    desk = Desk(clinic, InlineWork())
    page = BackupPage(desk)
    desk.setParent(page)
    qtbot.addWidget(page)
    desk.changed.connect(page.read_again)
    page.read_again()
    page.show()
    return page


def test_the_page_says_what_is_still_to_be_done(page: BackupPage) -> None:
    assert page.newest.text() == "No backup has been made yet."
    assert page.place.text().startswith("No second place yet.")
    assert page.drill.text().startswith("No backup has been tried yet. Try one now")
    assert not page.drop_place.isVisible()


def test_a_restore_is_tried_and_the_second_place_filled(page: BackupPage, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    page.put_copies_in(tmp_path / "stick")
    page.make.click()
    page.try_now.setFocus()
    page.try_now.click()

    assert "can be restored" in page.result.text()
    assert page.result.parentWidget() is page.try_now.parentWidget()
    assert page.focusWidget() is page.try_now
    assert "Last copy: Nov 20, 2026 10:42 AM." in page.place.text()
    assert page.drill.text() == "Tried last: Nov 20, 2026 10:42 AM."
    page.copy_now.click()
    assert "Copied and compared" in page.result.text()
    page.drop_place.click()
    assert page.place.text().startswith("No second place yet.")


def test_a_second_place_that_will_not_do_is_refused(page: BackupPage, tmp_path: Path) -> None:
    page.put_copies_in(tmp_path / "nowhere")

    assert "This folder is not there" in page.problems.text()


def test_reading_them_all_names_the_damaged_one(page: BackupPage, clinic: Workspace) -> None:
    page.make.click()
    page.check_all.click()
    assert page.result.text() == "All of them are good."
    assert page.model.index(0, 3).data() == "Good, read whole now"
    flip(read_backups(clinic)[0].path, 40_000)

    page.check_all.click()

    assert page.problems.text().startswith("Damaged: ")
    assert page.model.index(0, 3).data() == "Damaged"
    page.try_now.click()
    assert "Make a backup now and try that one" in page.problems.text()


def test_changes_elsewhere_do_not_make_a_backup_at_once(
    window: MainWindow, clinic: Workspace
) -> None:
    window.desk.changed.emit(Change(Topic.CONTACT, "x"))

    assert read_backups(clinic) == ()


def test_the_status_line_asks_for_a_copy_that_is_due(
    clinic: Workspace, qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    back_up(clinic)
    choose_backup_place(clinic, BackupPlaceDraft(str(tmp_path / "stick")))
    said = list[str]()
    age = BackupAge(Desk(clinic, InlineWork()), lambda words, **_late: said.append(words))

    age.read_again()

    assert said == ["Backup today, 10:42 AM; copy to the second place due"]


def test_a_backup_is_made_listed_and_said(page: BackupPage, clinic: Workspace) -> None:
    assert clinic.clinic is not None

    page.make.click()

    [file] = (clinic.clinic.path / "backups").iterdir()
    assert str(file) in page.result.text()
    assert page.model.index(0, 4).data() == file.name
    assert page.model.index(0, 0).data() == "Nov 20, 2026 10:42 AM"


def test_a_backup_can_go_elsewhere(page: BackupPage, tmp_path: Path) -> None:
    page.back_up_to(tmp_path / "stick")

    assert len(list((tmp_path / "stick").glob("*.cocmbak"))) == 1


def test_a_backup_that_cannot_be_made_is_told(page: BackupPage, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")

    page.back_up_to(blocked / "stick")

    assert "No backup was made" in page.problems.text()
    assert page.make.isEnabled()


def test_checking_the_file_says_what_was_read(page: BackupPage) -> None:
    page.check.click()

    assert page.result.text().startswith("No fault found in 0 patients")


def test_what_checking_finds_is_told(page: BackupPage, clinic: Workspace) -> None:
    assert clinic.clinic is not None
    (clinic.clinic.path / "clinic-old.db").write_bytes(b"x")

    page.check.click()

    assert "belongs to no clinic" in page.problems.text()
    assert "Restore the newest good backup" in page.problems.text()


def test_the_age_of_the_backup_is_said_and_marked_when_it_is_late(
    clinic: Workspace, qapp: QApplication
) -> None:
    said: list[tuple[str, bool]] = []
    age = BackupAge(
        Desk(clinic, InlineWork()), lambda words, is_late: said.append((words, is_late))
    )

    age.read_again()
    back_up(clinic)
    age.read_again()

    assert said == [("No backup yet", True), ("Backup today, 10:42 AM", False)]
