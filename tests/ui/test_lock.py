from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QApplication, QCompleter, QDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.draft import read_drafts
from cocm_desktop.domain.lock import LockCause, idle_minutes
from cocm_desktop.domain.staff import Role
from cocm_desktop.storage.tables import AuditEntryTable
from cocm_desktop.ui.clipboard_guard import KEEP_OUT, ClipboardGuard, marked
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.idle import IdleWatch
from cocm_desktop.ui.program import Program
from cocm_desktop.ui.system_lock.source import LockSource
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog
from cocm_desktop.ui.work import InlineWork
from tests.ui.doors import DoorOf
from tests.ui.hands import dialog_of
from tests.ui.test_program import CTRL_SHIFT, NearRooms, clinic, door, sign_in

__all__ = ["clinic", "door"]
CANARY = "Quetzalcoatl"


@pytest.fixture(scope="module", autouse=True)
def _silent_again() -> Iterator[None]:
    """Stop telling screen readers: whatever a window does afterwards would be told to nobody."""
    yield
    QAccessible.setActive(False)


class ByHand(LockSource):
    """A system that locks when a test says so, and hears when the windows are gone."""

    heard = 0

    def locked(self) -> None:
        self.heard += 1


@pytest.fixture
def system() -> ByHand:
    return ByHand()


@pytest.fixture
def program(clinic: DoorOf, system: ByHand) -> Iterator[Program]:
    program = Program(clinic, NearRooms(), work=InlineWork(), computer=Computer(), system=system)
    program.begin()
    sign_in(program)
    yield program
    program.end()
    for window in (program.main, program.unlock):
        if window is not None and shiboken6.isValid(window):
            window.close()
            shiboken6.delete(window)


def told_by_the_tree(of: QObject) -> Iterator[str]:
    """Give every word that a screen reader could say."""
    root = QAccessible.queryAccessibleInterface(of)
    waiting: list[QAccessibleInterface | None] = [root]
    while waiting:
        each = waiting.pop()
        if each is None:
            continue
        for part in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
            yield each.text(part)
        waiting += [each.child(place) for place in range(each.childCount())]


def in_reach(qapp: QApplication) -> str:
    """Give every word in the accessible tree, in titles and in what is in sight."""
    titles = [window.title() for window in QGuiApplication.topLevelWindows()]
    seen = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    lines = [line for each in seen for line in each.findChildren(QLineEdit)]
    tips = [child.toolTip() for each in seen for child in each.findChildren(QWidget)]
    words = (*told_by_the_tree(qapp), *titles, *(line.text() for line in lines), *tips)
    return "\n".join(words)


def fill_with_canaries(program: Program) -> None:
    """Put the word wherever a window may hold a patient's name."""
    main = program.main
    assert main is not None
    main.top.find_box.setText(CANARY)
    main.status.shown.setText(CANARY)
    main.status.setToolTip(CANARY)
    main.show_help()
    main.new_task()
    typing = dialog_of(NewTaskDialog)
    typing.words.setCurrentText(CANARY)
    line = QLineEdit(CANARY, typing)
    line.setCompleter(QCompleter([CANARY, f"{CANARY} II"], line))
    line.completer().complete()
    menu = QMenu(CANARY, main)
    menu.addAction(CANARY)
    menu.popup(main.pos())
    preview = QDialog(typing)
    preview.setWindowTitle(CANARY)
    preview.setModal(True)
    preview.show()
    QGuiApplication.clipboard().setText(CANARY)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_nothing_of_a_patient_is_left_in_reach_when_we_lock(
    qtbot: QtBot, qapp: QApplication, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PySide6.QtGui.QClipboard.ownsClipboard", lambda _clipboard: True)
    fill_with_canaries(program)
    assert CANARY in in_reach(qapp)

    program.lock_because(LockCause.IDLE)
    qtbot.wait(1)

    assert CANARY not in in_reach(qapp)
    assert not QApplication.activePopupWidget()
    assert CANARY not in qapp.clipboard().text()


def test_windows_come_back_as_they_were(qtbot: QtBot, program: Program) -> None:
    main = program.main
    assert main is not None
    main.resize(1200, 700)
    main.new_task()
    dialog = dialog_of(NewTaskDialog)
    dialog.words.setCurrentText("Call the pharmacy")
    program.lock()
    qtbot.wait(1)

    sign_in(program)

    assert program.main is main
    assert (main.width(), main.height()) == (1200, 700)
    assert dialog.isVisible()
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    assert dialog.words.currentText() == "Call the pharmacy"


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (LockCause.BY_HAND, "clinic.locked"),
        (LockCause.SLEEP, "clinic.auto_locked"),
        (LockCause.SYSTEM, "clinic.auto_locked"),
    ],
)
def test_the_audit_tells_when_and_why_it_was_locked(
    clinic: DoorOf, program: Program, system: ByHand, cause: LockCause, code: str
) -> None:
    system.wanted.emit(cause)

    assert (program.unlock.isVisible(), system.heard) == (True, 1)
    workspace = clinic.unlock("mbell", "violet tractor ozone hymn")
    with workspace.database.read() as session:
        told = [(row.code, row.reason) for row in session.query(AuditEntryTable)]
    clinic.lock(workspace, LockCause.CLOSED)
    assert (code, cause.value) in told


def test_a_password_half_typed_does_not_wait_for_another(program: Program, system: ByHand) -> None:
    program.lock()
    program.unlock.sign_in.password.entry.setText("violet trac")

    system.wanted.emit(LockCause.SYSTEM)

    assert program.unlock.sign_in.password.text() == ""


@pytest.mark.parametrize(
    ("chosen", "role", "minutes"),
    [
        (0, Role.CARE_MANAGER, 10),
        (0, Role.FRONT_DESK, 5),
        (15, Role.FRONT_DESK, 15),
        (1, Role.BILLER, 1),
        (60, Role.BILLER, 10),
        (-1, Role.FRONT_DESK, 5),
    ],
)
def test_the_front_desk_locks_sooner_and_nobody_never(
    chosen: int, role: Role, minutes: int
) -> None:
    assert idle_minutes(chosen, {role}) == minutes


def test_who_is_signed_in_decides_when_to_lock(program: Program) -> None:
    usual = program._idle._timer.interval()

    program._computer.change(idle_minutes=2)

    assert (usual, program._idle._timer.interval()) == (600_000, 120_000)


def test_the_lock_is_not_late(qapp: QApplication) -> None:
    assert IdleWatch()._timer.timerType() is Qt.TimerType.PreciseTimer


def test_what_is_copied_here_is_kept_out_of_clipboard_histories(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PySide6.QtGui.QClipboard.ownsClipboard", lambda _clipboard: True)
    guard = ClipboardGuard()

    qapp.clipboard().setText(CANARY)

    data = qapp.clipboard().mimeData()
    assert data.text() == CANARY
    assert set(KEEP_OUT) <= set(data.formats())
    assert guard._timer.isActive()
    guard._timer.start(1)
    qtbot.waitUntil(lambda: not qapp.clipboard().text())


def test_what_others_copied_stays(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PySide6.QtGui.QClipboard.ownsClipboard", lambda _clipboard: False)
    guard = ClipboardGuard()

    qapp.clipboard().setMimeData(marked("theirs"))
    guard.forget()

    left = qapp.clipboard().text()
    qapp.clipboard().clear()  # what Python made and leaves there ends the process with a fault
    assert left == "theirs"
    assert not guard._timer.isActive()


def test_another_person_signs_in_where_nothing_of_the_first_is_left(
    qtbot: QtBot, qapp: QApplication, program: Program
) -> None:
    first = program.main
    assert first is not None
    first.top.find_box.setText(CANARY)
    first.new_task()
    dialog_of(NewTaskDialog).words.setCurrentText(CANARY)

    first.switch_person()
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))

    assert program.unlock.sign_in.sign_in.text() == ""
    assert not any(isinstance(each, NewTaskDialog) for each in QApplication.allWidgets())
    sign_in(program, "lchen")
    assert program.main is not None
    assert program.main.desk.staff.name == "Lin Chen"
    assert CANARY not in in_reach(qapp)


def test_what_was_typed_waits_as_a_draft_for_whoever_typed_it(
    qtbot: QtBot, program: Program
) -> None:
    first = program.main
    assert first is not None
    first.new_task()
    dialog_of(NewTaskDialog).words.setCurrentText("Call the pharmacy")
    first.switch_person()
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))
    sign_in(program)
    again = program.main
    assert again is not None

    again.new_task()

    dialog = dialog_of(NewTaskDialog)
    assert dialog.draft_offer is not None
    dialog.draft_offer.go_on.click()
    assert dialog.words.currentText() == "Call the pharmacy"
    dialog.forget()


def test_logging_off_the_computer_keeps_what_was_typed(clinic: DoorOf, program: Program) -> None:
    main = program.main
    assert main is not None
    main.new_task()
    dialog_of(NewTaskDialog).words.setCurrentText("Call the pharmacy")

    program.log_off()

    workspace = clinic.unlock("mbell", "violet tractor ozone hymn")
    [listed] = read_drafts(workspace)
    clinic.lock(workspace, LockCause.CLOSED)
    assert listed.draft.title == "New task"


def test_keys_are_heard_again_after_coming_back(qtbot: QtBot, program: Program) -> None:
    main = program.main
    assert main is not None
    program.lock()
    qtbot.wait(1)
    sign_in(program)
    with qtbot.waitActive(main):
        main.activateWindow()

    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(main.windowHandle(), Qt.Key.Key_L, keys)

    assert program.unlock.isVisible()
    assert not main.isVisible()


def test_a_window_that_opens_late_is_taken_away_too(
    qtbot: QtBot, qapp: QApplication, program: Program
) -> None:
    main = program.main
    assert main is not None
    program.lock()
    late = QDialog(main)
    late.setWindowTitle(CANARY)

    late.show()
    qtbot.wait(5)
    was_seen, words = late.isVisible(), in_reach(qapp)
    sign_in(program)

    assert not was_seen
    assert CANARY not in words
    assert late.isVisible()


def test_the_keys_that_switch_reach_over_a_dialog_and_its_words_are_kept(
    qtbot: QtBot, program: Program
) -> None:
    first = program.main
    assert first is not None
    first.new_task()
    dialog = dialog_of(NewTaskDialog)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.words.setCurrentText("Call the pharmacy")

    qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_X, CTRL_SHIFT)
    name = program.unlock.sign_in.sign_in.text()
    sign_in(program)
    second = program.main
    assert second is not None
    drafts: list[int] = []
    second.desk.read(read_drafts, lambda found: drafts.append(len(found)))

    assert second is not first
    assert name == ""
    assert drafts == [1]
