from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.session import lock
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.timer import start_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.app import Rooms
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.timer import Tick, TimerState
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.idle import IdleWatch
from cocm_desktop.ui.program import Program
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog
from cocm_desktop.ui.theme import Scheme, apply_theme, theme_of
from cocm_desktop.ui.trouble import TroubleDialog
from cocm_desktop.ui.work import InlineWork
from tests.builders import a_patient_draft, an_enroll_draft
from tests.ui.callbacks import LateWork, never, nothing
from tests.ui.doors import NOW, PASSWORD, BrokenDoor, DoorOf, make
from tests.ui.hands import dialog_of

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class NearRooms(Rooms):
    """Starts no other program."""

    samples = 0

    @override
    def open_sample_beside(self) -> None:
        self.samples += 1


@pytest.fixture
def door(tmp_path: Path) -> DoorOf:
    return DoorOf(tmp_path / "clinic", NOW)


@pytest.fixture
def clinic(door: DoorOf) -> DoorOf:
    """A clinic with its owner and a colleague."""
    workspace = make(door)
    colleague = StaffDraft("Lin Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}), "lchen")
    add_staff(workspace, colleague, password=PASSWORD)
    lock(workspace)
    return door


@pytest.fixture
def program(qapp: QApplication, door: DoorOf) -> Iterator[Program]:
    program = Program(door, NearRooms(), work=InlineWork(), computer=Computer())
    yield program
    program.end()
    for window in (program.main, program.wizard, program.unlock):
        if window is not None:
            window.close()
            shiboken6.delete(window)
    apply_theme(qapp, Scheme.LIGHT)


def sign_in(program: Program, name: str = "mbell") -> None:
    program.unlock.sign_in.sign_in.setText(name)
    program.unlock.sign_in.password.entry.setText(PASSWORD)
    program.unlock.sign_in.do_it.click()


def test_unlocking_shows_the_work_and_hides_the_door(clinic: DoorOf, program: Program) -> None:
    program.begin()

    sign_in(program)

    assert program.main is not None
    assert program.main.isVisible()
    assert not program.unlock.isVisible()
    assert program.main.desk.staff.name == "Maya Bell"


def test_locking_closes_the_file_and_hides_every_window(clinic: DoorOf, program: Program) -> None:
    program.begin()
    sign_in(program)
    assert program.main is not None
    program.main.show_help()

    program.lock()

    assert not program.main.isVisible()
    assert not program.main.help.isVisible()
    assert program.unlock.isVisible()
    lock(clinic.unlock("lchen", PASSWORD))


def test_what_was_being_typed_waits_for_the_same_person(clinic: DoorOf, program: Program) -> None:
    program.begin()
    sign_in(program)
    window = program.main
    assert window is not None
    window.top.find_box.setText("alv")
    program.lock()

    sign_in(program)

    assert program.main is window
    assert window.isVisible()
    assert window.top.find_box.text() == "alv"
    told: list[object] = []
    window.desk.read(lambda workspace: workspace.today(), told.append)
    assert told == [NOW.date()]


def test_the_keys_lock_over_a_dialog(qtbot: QtBot, clinic: DoorOf, program: Program) -> None:
    program.begin()
    sign_in(program)
    assert program.main is not None
    program.main.new_task()
    dialog = dialog_of(NewTaskDialog)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    entry = dialog.due.date.entry
    entry.setText("11/27/2026")
    entry.setFocus()

    qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_L, CTRL_SHIFT)
    shown = (program.unlock.isVisible(), program.main.isVisible(), dialog.isVisible())
    sign_in(program)

    assert (shown, dialog.isVisible()) == ((True, False, False), True)
    assert dialog.focusWidget() is entry
    assert (entry.text(), entry.hasSelectedText()) == ("11/27/2026", False)


def start_for_new_patient(workspace: Workspace, tick: Tick) -> Change:
    patient = add_patient(workspace, a_patient_draft()).record_id
    draft = an_enroll_draft(
        patient_id=PatientId(patient),
        care_manager_id=workspace.staff.id,
        treating_practitioner_id=None,
    )
    return start_timer(workspace, enroll(workspace, draft).record_id, Activity.CONTACT, tick=tick)


def test_a_timer_survives_a_lock(clinic: DoorOf, program: Program) -> None:
    program.begin()
    sign_in(program)
    assert program.main is not None
    watch = program.main.timer.watch
    program.main.desk.do(partial(start_for_new_patient, tick=watch.tick()), done=nothing,
                         refused=never)  # fmt: skip

    program.lock()
    assert not watch._beats.isActive()
    sign_in(program)

    assert watch.view
    assert watch.view.state is TimerState.RUNNING
    assert watch._beats.isActive()


def test_another_person_finds_nothing_of_the_first(clinic: DoorOf, program: Program) -> None:
    program.begin()
    sign_in(program)
    first = program.main
    program.lock()

    sign_in(program, "lchen")

    assert program.main is not first
    assert program.main is not None
    assert program.main.desk.staff.name == "Lin Chen"
    assert first is not None
    assert not first.isVisible()


def test_the_next_start_knows_who_was_here(clinic: DoorOf, program: Program) -> None:
    program.begin()
    sign_in(program)
    computer = program._computer

    practice, name = computer.remembered(clinic.folder)

    assert (practice, name) == ("Riverbend", "mbell")
    assert computer.settings.data_folder == ""


@pytest.mark.parametrize(("is_ours", "left"), [(True, ""), (False, "ALVAREZ, Rosa")])
def test_a_clipboard_of_ours_is_emptied_when_we_lock(
    clinic: DoorOf,
    program: Program,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_ours: bool,
    left: str,
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: is_ours)
    program.begin()
    sign_in(program)
    qapp.clipboard().setText("ALVAREZ, Rosa")

    program.lock()

    assert qapp.clipboard().text() == left


def test_a_first_start_sets_up_a_clinic_and_opens_it(door: DoorOf, program: Program) -> None:
    program.begin()
    program.unlock.welcome.set_up.click()
    wizard = program.wizard
    assert wizard is not None
    wizard.practice.name.setText("Riverbend")
    wizard.owner.name.setText("Maya Bell")
    wizard.owner.sign_in.setText("mbell")
    wizard.owner.password.entry.setText(PASSWORD)
    wizard.owner.again.entry.setText(PASSWORD)
    for number, entry in wizard.recovery.panel.entries.items():
        entry.setText(wizard.code.groups[number - 1])

    for _ in wizard.steps:
        wizard.on.click()

    assert program.main is not None
    assert program.main.isVisible()
    assert not wizard.isVisible()
    assert not program.unlock.isVisible()
    assert program._computer.settings.data_folder == str(door.folder)


def test_leaving_the_set_up_comes_back_to_the_door(program: Program) -> None:
    program.begin()
    program.unlock.welcome.set_up.click()
    assert program.wizard is not None

    program.wizard.close()

    assert program.unlock.isVisible()


def test_the_sample_clinic_opens_in_a_program_of_its_own(program: Program) -> None:
    program.begin()

    program.unlock.welcome.sample.click()

    assert isinstance(program._rooms, NearRooms)
    assert program._rooms.samples == 1
    assert program.main is None


def test_after_a_lock_only_the_password_is_asked_for(clinic: DoorOf, program: Program) -> None:
    program.begin()
    sign_in(program)

    program.lock()

    assert program.unlock.practice.text() == "Riverbend"
    assert program.unlock.sign_in.sign_in.text() == "mbell"
    assert program.unlock.sign_in.password.text() == ""


def test_the_demonstration_opens_by_itself(qapp: QApplication, clinic: DoorOf) -> None:
    work = LateWork()
    sample = OpenSample(clinic.folder, NOW, is_sample=True)
    sample._tools = clinic._tools
    program = Program(sample, NearRooms(), work=work, computer=Computer())

    program.begin()
    words = program.unlock.welcome.words.text()
    work.go_on()

    assert "is being opened" in words
    assert program.main is not None
    assert program.main.isVisible()
    program.lock()
    work.go_on()
    assert "invented people only here" in program.unlock.hint.text()
    program.end()
    for window in (program.main, program.unlock):
        shiboken6.delete(window)


class OpenSample(DoorOf):
    """A sample clinic that is there already."""

    @override
    def open_sample(self) -> Workspace:
        return self.unlock("mbell", PASSWORD)


def test_another_folder_is_looked_at_and_remembered(
    clinic: DoorOf, qapp: QApplication, tmp_path: Path
) -> None:
    program = Program(
        DoorOf(tmp_path / "nothing", NOW), NearRooms(), work=InlineWork(), computer=Computer()
    )
    program.begin()

    program.unlock.folder_chosen.emit(clinic.folder)

    assert program.unlock.sign_in.isVisible()
    assert program._computer.settings.data_folder == str(clinic.folder)
    program.unlock.close()


def test_appearance_and_text_size_act_on_everything_at_once(
    program: Program, qapp: QApplication
) -> None:
    program._computer.change(scheme=Scheme.DARK.name, text_percent=150)

    assert theme_of().palette.is_dark
    assert theme_of().percent == 150


def test_a_second_start_brings_the_window_to_the_front(clinic: DoorOf, program: Program) -> None:
    program.begin()
    sign_in(program)
    assert program.main is not None
    program.main.showMinimized()

    program.come_to_front()

    assert not program.main.isMinimized()
    assert not program.unlock.isVisible()


def test_nobody_at_the_keys_is_noticed(qtbot: QtBot) -> None:
    watch = IdleWatch()
    watch.set_minutes(0)

    with qtbot.waitSignal(watch.idle):
        watch.start()


def test_a_key_starts_the_time_anew(qtbot: QtBot, clinic: DoorOf, program: Program) -> None:
    program.begin()
    sign_in(program)
    window = program.main
    assert window is not None
    with qtbot.waitActive(window):
        window.activateWindow()
    timer = program._idle._timer
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.start(50_000)
    qtbot.wait(30)
    before = timer.remainingTime()

    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_A)

    assert before < 49_975
    assert timer.remainingTime() > before


def test_the_apology_can_be_copied_and_names_the_version(qtbot: QtBot, qapp: QApplication) -> None:
    dialog = TroubleDialog("builtins.KeyError\n  ui/rail.py:12 f")
    qtbot.addWidget(dialog)

    dialog.copy_details()

    assert qapp.clipboard().text().startswith("CoCM Desktop 0.")
    assert "ui/rail.py:12" in qapp.clipboard().text()


def test_a_disk_that_is_gone_is_told_at_the_door(qtbot: QtBot, tmp_path: Path) -> None:
    program = Program(
        BrokenDoor(tmp_path, NOW), NearRooms(), work=InlineWork(), computer=Computer()
    )

    program.begin()

    assert program.unlock.trouble.words.text() == "The disk is gone. Nothing was changed."
    program.unlock.close()
