"""What the windows leave behind while somebody works, and when the program locks: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.session import lock
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.patient import Reach
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.program import Program
from cocm_desktop.ui.work import InlineWork
from tests.builders import a_patient_draft, an_enroll_draft
from tests.canaries import Canaries, everybody, hits, hits_below
from tests.ui.doors import NOW, PASSWORD, DoorOf, make
from tests.ui.test_program import NearRooms

SHOWN = 2


@pytest.fixture
def door(tmp_path: Path) -> DoorOf:
    """A clinic of two patients whose every text is confidential."""
    door = DoorOf(tmp_path / "clinic", NOW)
    workspace = make(door)
    for who in everybody()[:SHOWN]:
        draft = a_patient_draft(
            id=PatientId(f"01a20120-0000-7000-8000-{who.number:012}"),
            last_name=who["last_name"], first_name=who["first_name"], mrn=who["mrn"],
            reach=Reach(address=who["address"], city=who["city"]),
        )  # fmt: skip
        add_patient(workspace, draft)
        enrolled = an_enroll_draft(
            id=EpisodeId(f"01a20121-0000-7000-8000-{who.number:012}"), patient_id=draft.id,
            care_manager_id=workspace.staff.id, treating_practitioner_id=None,
        )  # fmt: skip
        enroll(workspace, enrolled)
    lock(workspace)
    return door


@pytest.fixture
def program(qapp: QApplication, door: DoorOf, tmp_path: Path) -> Iterator[Program]:
    computer = Computer(tmp_path / "settings.json")
    program = Program(door, NearRooms(), work=InlineWork(), computer=computer)
    program.begin()
    program.unlock.sign_in.sign_in.setText("mbell")
    program.unlock.sign_in.password.entry.setText(PASSWORD)
    program.unlock.sign_in.do_it.click()
    yield program
    program.end()
    for window in (program.main, program.unlock):
        if window is not None:
            window.close()
            shiboken6.delete(window)


def about(who: Canaries) -> Subject:
    return Subject(
        patient_id=PatientId(f"01a20120-0000-7000-8000-{who.number:012}"),
        episode_id=EpisodeId(f"01a20121-0000-7000-8000-{who.number:012}"),
        name=who["last_name"], born_on=NOW.date(), age=0, mrn=who["mrn"],
    )  # fmt: skip


def titles() -> bytes:
    return "\n".join(
        each.windowTitle() + each.windowIconText() + each.windowFilePath()
        for each in QApplication.topLevelWidgets()
    ).encode()


def type_in_every_field(dialog: RecordContactDialog, words: str) -> None:
    for line in dialog.findChildren(QLineEdit):
        line.setText(words)
    for page in dialog.findChildren(QPlainTextEdit):
        page.setPlainText(words)


def test_no_title_clipboard_or_file_holds_anything_of_a_patient(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The platform without a screen knows no owner of its clipboard.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    main, who = program.main, Canaries(1)
    assert main is not None
    seen = b""
    for key in ("today", "registry", "review", "tasks"):
        main.go(key)
        seen += titles()
    main.go("registry")
    dialog = RecordContactDialog(main.desk, about(who), main)
    dialog.open()
    type_in_every_field(dialog, who["note"])
    seen += titles()
    QGuiApplication.clipboard().setText(who["note"])

    program.lock()

    assert hits(seen + titles()) == set()
    assert hits(QGuiApplication.clipboard().text().encode()) == set()
    assert hits_below(tmp_path) == {}
