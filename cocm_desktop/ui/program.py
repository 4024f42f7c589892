"""The windows of one run of the program, and who follows whom."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from cocm_desktop import logs
from cocm_desktop.domain.lock import LockCause, idle_minutes
from cocm_desktop.ui.clipboard_guard import ClipboardGuard
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.curtain import Curtain
from cocm_desktop.ui.door import Door
from cocm_desktop.ui.idle import IdleWatch
from cocm_desktop.ui.system_lock.source import LockSource
from cocm_desktop.ui.theme import Scheme, apply_theme, theme_of
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.work import Work

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.ui.first_run.steps import Start
    from cocm_desktop.ui.first_run.wizard import FirstRunWizard
    from cocm_desktop.ui.main_window import MainWindow


class Rooms(Protocol):
    """Makes the windows whose libraries load slowly."""

    def warm_up(self) -> None: ...

    def main_window(self, workspace: Workspace, work: Work, computer: Computer) -> MainWindow: ...

    def wizard(self, door: Door, work: Work) -> FirstRunWizard: ...

    def open_sample_beside(self) -> None: ...


class Program(QObject):
    """Unlock, work, lock. A lock hides what was open and shows it again to the same person."""

    def __init__(
        self,
        door: Door,
        rooms: Rooms,
        *,
        work: Work,
        computer: Computer,
        system: LockSource | None = None,
    ) -> None:
        super().__init__()
        self._door = door
        self._rooms = rooms
        self._work = work
        self._computer = computer
        self._workspace: Workspace | None = None
        self._curtain = Curtain(self)
        self._clipboard = ClipboardGuard(self)
        self._system = system or LockSource()
        self.main: MainWindow | None = None
        self.wizard: FirstRunWizard | None = None
        self._idle = IdleWatch(self)
        self._dress()
        self.unlock = UnlockWindow(door, work, computer=computer)

        self.unlock.unlocked.connect(self._open)
        self.unlock.set_up_wanted.connect(self._set_up)
        self.unlock.sample_wanted.connect(rooms.open_sample_beside)
        self.unlock.folder_chosen.connect(self._turn_to_folder)
        self._idle.idle.connect(partial(self.lock_because, LockCause.IDLE))
        self._idle.lock_pressed.connect(self.lock)
        self._idle.switch_pressed.connect(self._switch_over_dialog)
        self._system.wanted.connect(self.lock_because)
        computer.changed.connect(self._dress)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.connect(self.log_off)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._dress_with_system)

    def begin(self) -> None:
        """Show the first window, and load the rest behind it."""
        self.unlock.show()
        self._system.begin()
        if self._door.is_sample:
            self.unlock.open_sample()
        QTimer.singleShot(0, self._warm_up)

    def end(self) -> None:
        """Wait for what is running, and close the file."""
        self._system.end()
        self._clipboard.forget()
        self._work.stop()
        if self._workspace is not None:
            self._door.lock(self._workspace, LockCause.CLOSED)
            self._workspace = None

    @Slot()
    def come_to_front(self) -> None:
        """Show the window there is: a second start asked for it."""
        window = next((w for w in (self.main, self.wizard) if w and w.isVisible()), self.unlock)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    @Slot()
    def lock(self) -> None:
        """Lock because somebody asked for it."""
        self.lock_because(LockCause.BY_HAND)

    @Slot(object)
    def lock_because(self, cause: LockCause) -> None:
        """Hide every window and close the file. What was being typed waits, out of sight."""
        if self.main is None or self._workspace is None:
            if isValid(self.unlock) and self.unlock.isVisible():
                self.unlock.forget_secrets()
            self._system.locked()
            return
        self._idle.stop()
        self.unlock.show_door(self._door)
        self.unlock.show()
        self._curtain.draw(self.unlock)
        self._system.locked()
        self._clipboard.forget()
        self.main.leave()
        workspace, self._workspace = self._workspace, None
        logs.note("clinic.locked")
        self._work.run(partial(self._door.lock, workspace, cause), done=_nothing, failed=_raise)

    @Slot()
    def switch_person(self) -> None:
        """Lock and give up the windows: the next person finds nothing of the one before."""
        self.lock_because(LockCause.SWITCH)
        self._leave_main()
        self.unlock.forget_person()

    @Slot()
    def _switch_over_dialog(self) -> None:
        """Do what the menu would, which an open dialog keeps from hearing its keys."""
        if self.main is not None and QApplication.activeModalWidget() is not None:
            self.main.switch_person()

    @Slot()
    def log_off(self) -> None:
        """Lock at once, and let the computer wait until what was typed is kept."""
        self.lock_because(LockCause.LOG_OFF)
        self._work.wait()

    @Slot(object)
    def _open(self, workspace: Workspace) -> None:
        """Show the work: the same windows to the same person, new ones to another."""
        logs.note("clinic.unlocked", staff=workspace.staff.id)
        self._workspace = workspace
        if self._is_as_before(workspace) and self.main is not None:
            self.main.desk.open_again(workspace)
            self._curtain.open()
            self.main.come_back()
        else:
            self._show_anew()
        self.unlock.hide()
        self._watch_idle()
        self._idle.start()

    def _is_as_before(self, workspace: Workspace) -> bool:
        """Tell whether the same person came back with the same rights."""
        emergency = workspace.sitting.emergency is not None
        main = self.main
        return (
            main is not None
            and main.desk.staff.id == workspace.staff.id
            and main.has_emergency == emergency
            and main.must_choose_password == workspace.sitting.password_is_given
        )

    @Slot()
    def _show_anew(self) -> None:
        """Give the person a window of their own, for what they may see now."""
        if self._workspace is None:
            return
        if self.main is not None:
            self.main.keep_drafts()
            self.main.desk.close()
        self._leave_main()
        self.main = self._rooms.main_window(self._workspace, self._work, self._computer)
        self.main.lock_wanted.connect(self.lock)
        self.main.switch_wanted.connect(self.switch_person)
        self.main.rights_changed.connect(self._show_anew, Qt.ConnectionType.QueuedConnection)
        self.main.sample_wanted.connect(self._rooms.open_sample_beside)
        self.main.show()

    @Slot()
    def _set_up(self) -> None:
        self.wizard = self._rooms.wizard(self._door, self._work)
        self.wizard.made.connect(self._begin_new)
        self.wizard.left.connect(self.unlock.show)
        self.wizard.show()
        self.unlock.hide()

    @Slot(object, object)
    def _begin_new(self, workspace: Workspace, start: Start) -> None:
        if workspace.clinic is not None:
            self._door = self._door.at(workspace.clinic.path)
            self._computer.change(data_folder=str(workspace.clinic.path))
            self._computer.remember(workspace.clinic.path, sign_in=workspace.staff.sign_in)
        self._open(workspace)
        if start.name == "IMPORT" and self.main is not None:
            self.main.go("import")
        elif start.name == "SAMPLE":
            self._rooms.open_sample_beside()

    @Slot(object)
    def _turn_to_folder(self, folder: Path) -> None:
        self._computer.change(data_folder=str(folder))
        self._door = self._door.at(folder)
        self.unlock.show_door(self._door)

    def _leave_main(self) -> None:
        """Give up the windows of whoever was here before."""
        self._curtain.remove()
        if self.main is not None:
            self.main.deleteLater()
            self.main = None

    @Slot()
    def _warm_up(self) -> None:
        self._work.run(self._rooms.warm_up, done=_nothing, failed=_raise)

    @Slot()
    def _dress_with_system(self) -> None:
        is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        follows = self._computer.settings.appearance is Scheme.SYSTEM
        if follows and is_dark != theme_of().palette.is_dark:
            self._dress()

    @Slot()
    def _dress(self) -> None:
        settings = self._computer.settings
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, settings.appearance, percent=settings.text_percent)
        self._watch_idle()

    def _watch_idle(self) -> None:
        """Lock sooner at the front desk, where others stand around."""
        roles = self._workspace.staff.roles if self._workspace else ()
        self._idle.set_minutes(idle_minutes(self._computer.settings.idle_minutes, roles))


def _nothing(*_answer: object) -> None:
    """Hear an answer that nobody waits for."""


def _raise(error: Exception) -> None:
    raise error
