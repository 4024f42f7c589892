"""The main window's menus: what can be done anywhere, and what the screen shown adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cocm_desktop.domain.staff import IN_AN_EMERGENCY, Permission
from cocm_desktop.ui.drafts.list_dialog import DraftsDialog
from cocm_desktop.ui.emergency.dialogs import TakeEmergencyDialog
from cocm_desktop.ui.help.window import GLOSSARY, KEYS
from cocm_desktop.ui.idle import LOCK_KEYS, SWITCH_KEYS
from cocm_desktop.ui.menus import GoMenu, ScreenMenu, ViewMenu, action
from cocm_desktop.ui.patient.merges_dialog import MergesDialog
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.time_log.meeting_dialog import RecordMeetingDialog
from cocm_desktop.ui.time_log.unsigned_dialog import UnsignedTimeDialog

if TYPE_CHECKING:
    from cocm_desktop.ui.main_window import MainWindow

AUDIT, IMPORT = "audit", "import"
_QUIT = QAction.MenuRole.QuitRole
_ABOUT = QAction.MenuRole.AboutRole
_PREFERENCES = QAction.MenuRole.PreferencesRole


class WindowMenus(QObject):
    """Made once a window; the screen's own menu changes with the screen."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._screen = ScreenMenu(window)
        view = ViewMenu(window.desk.computer, refresh=window.refresh, parent=window)
        menus = [self._file(), self._go(), self._screen, view, self._help()]
        if window.desk.may(Permission.RECORD_TIME):
            menus.insert(-2, self._time())
        for menu in menus:
            window.menuBar().addMenu(menu)
        self._screen.menuAction().setVisible(False)

    def show_actions_of(self, screen: Screen) -> None:
        self._screen.show_actions_of(screen)

    def _file(self) -> QMenu:
        window = self._window
        menu = QMenu(self.tr("&File"), window)
        if any(place.key == IMPORT for place in window.places):
            words = self.tr("&Import a patient list…")
            menu.addAction(action(menu, words, lambda: window.go(IMPORT), keys="Ctrl+O"))
            menu.addSeparator()
        if window.desk.may(Permission.MERGE_PATIENTS):
            words = self.tr("&Merged records…")
            menu.addAction(action(menu, words, self._show_merges))
            menu.addSeparator()
        if any(place.key == AUDIT for place in window.places):
            menu.addAction(action(menu, self.tr("Au&dit"), lambda: window.go(AUDIT)))
            menu.addSeparator()
        if window.desk.may(Permission.WORK_ON_TASKS):
            menu.addAction(action(menu, self.tr("&New task…"), window.new_task, keys="Ctrl+K"))
            menu.addSeparator()
        allowed = all(window.desk.staff.may(each) for each in IN_AN_EMERGENCY)
        if window.desk.may(Permission.TAKE_EMERGENCY_ACCESS) and not allowed:
            words = self.tr("&Emergency access…")
            menu.addAction(action(menu, words, self._take_emergency_access))
            menu.addSeparator()
        menu.addAction(action(menu, self.tr("Unsaved &drafts…"), self._show_drafts))
        menu.addAction(action(menu, self.tr("&Lock"), window.lock_wanted.emit, keys=LOCK_KEYS))
        words = self.tr("S&witch to another person…")
        menu.addAction(action(menu, words, window.switch_person, keys=SWITCH_KEYS))
        settings = action(
            menu, self.tr("&Settings…"), lambda: window.go("settings"), keys="Ctrl+,",
            role=_PREFERENCES,
        )  # fmt: skip
        menu.addAction(settings)
        menu.addSeparator()
        menu.addAction(action(menu, self.tr("&Quit"), window.close, keys="Ctrl+Q", role=_QUIT))
        return menu

    def _time(self) -> QMenu:
        menu = self._window.timer.menu()
        menu.addSeparator()
        menu.addAction(action(menu, self.tr("Record a &meeting…"), self._record_meeting))
        menu.addAction(action(menu, self.tr("&Time to sign…"), self._show_unsigned))
        return menu

    def _take_emergency_access(self) -> None:
        TakeEmergencyDialog(self._window.desk, self._window).open()

    def _show_merges(self) -> None:
        MergesDialog(self._window.desk, self._window).open()

    def _show_drafts(self) -> None:
        DraftsDialog(self._window.desk, self._window).open()

    def _record_meeting(self) -> None:
        RecordMeetingDialog(self._window.desk, self._window).open()

    def _show_unsigned(self) -> None:
        UnsignedTimeDialog(self._window.desk, self._window).open()

    def _go(self) -> QMenu:
        window = self._window
        menu = GoMenu([place for place in window.places if place.in_rail], window.go, window)
        menu.addAction(action(menu, self.tr("&Find patient"), window.focus_find, keys="Ctrl+F"))
        menu.addAction(action(menu, self.tr("&Next part"), window.next_pane, keys="F6"))
        menu.addAction(action(menu, self.tr("&Back"), lambda: window.step(-1), keys="Alt+Left"))
        menu.addAction(action(menu, self.tr("F&orward"), lambda: window.step(1), keys="Alt+Right"))
        return menu

    def _help(self) -> QMenu:
        window = self._window
        menu = QMenu(self.tr("&Help"), window)
        show = window.help.show_page
        menu.addAction(action(menu, self.tr("&This screen"), window.show_help, keys="F1"))
        menu.addAction(action(menu, self.tr("&Keys"), lambda: show(KEYS), keys="Ctrl+F1"))
        menu.addAction(action(menu, self.tr("&Words"), lambda: show(GLOSSARY)))
        menu.addSeparator()
        sample = self.tr("&Open the sample clinic beside this")
        menu.addAction(action(menu, sample, window.sample_wanted.emit))
        about = self.tr("&About and licences")
        menu.addAction(action(menu, about, lambda: show("about"), role=_ABOUT))
        return menu
