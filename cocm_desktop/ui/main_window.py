"""The main window: places, find, menus, bars. It holds no rule and reads only its own frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.locking import note_return
from cocm_desktop.actions.practice import read_practice
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.wording import clock_time
from cocm_desktop.paths import PROGRAM
from cocm_desktop.ui.audit.search_note import SearchNote
from cocm_desktop.ui.audit_guard import AuditGuard
from cocm_desktop.ui.backup.age import BackupAge
from cocm_desktop.ui.backup.keeper import BackupKeeper
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.drafts.keeper import keep_all
from cocm_desktop.ui.drafts.resuming import Resuming
from cocm_desktop.ui.emergency.bar import EmergencyBar, WaitingEmergencies
from cocm_desktop.ui.help.window import HelpWindow
from cocm_desktop.ui.history import History, Stop
from cocm_desktop.ui.message_bar import MessageBar
from cocm_desktop.ui.opening_bar import OpeningBar
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.proof_dialog import ProofAsker
from cocm_desktop.ui.rail import Rail
from cocm_desktop.ui.safety_bar import SafetyBar
from cocm_desktop.ui.screen import PatientScreen, Place, Screen
from cocm_desktop.ui.status_line import StatusLine
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.timer.controls import TimerControls
from cocm_desktop.ui.top_bar import TopBar
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.window_menus import WindowMenus

SMALLEST = (1180, 680)
USUAL = (1366, 768)
CHART = "chart"
SETTINGS = "settings"
ROOM_FOR_TITLES = 800
"""A window narrower than this, measured in text, shows only the icons of the rail."""


class MainWindow(QMainWindow):
    """One window for a signed-in person. `places` are shown as far as their roles allow."""

    lock_wanted = Signal()
    switch_wanted = Signal()
    """Lock, and let another person sign in."""
    rights_changed = Signal()
    """What the person may see is not what it was: this window must make way for another."""
    sample_wanted = Signal()

    def __init__(self, desk: Desk, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        desk.ask_for_proof = ProofAsker(desk, self).ask
        self.must_choose_password = desk.must_choose_password
        self.places = tuple(
            place
            for place in places
            if place.is_open_to(desk) and (place.key == SETTINGS or not desk.must_choose_password)
        )
        self.emergency = EmergencyBar(desk)
        self.has_emergency = desk.emergency is not None
        self.waiting = WaitingEmergencies(desk)
        self.opening = OpeningBar(desk)
        self._screens: dict[str, Screen] = {}
        self._history = History()
        self._may_close = self._is_leaving = False
        self.rail = Rail([place for place in self.places if place.in_rail])
        self.top = TopBar(desk.staff)
        self.safety = SafetyBar(desk)
        self.timer = TimerControls(desk, self._chosen, self)
        self.messages = MessageBar()
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self.help = HelpWindow(self)
        Resuming(self)
        self.search_note = SearchNote(desk, self.top.find_box, self.stack)
        self._age = BackupAge(desk, self.status.show_backup)
        self.guard = AuditGuard(desk, self)
        self.backups = BackupKeeper(desk, self)
        self._build()
        self.menus = WindowMenus(self)
        self._connect()
        self._show_size()
        self._read_frame()
        if self.places:
            self.go(self.places[0].key)
        if self.must_choose_password:
            self._show_setting(self.tr("My sign-in"))

    @property
    def screen_shown(self) -> Screen | None:
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    @Slot(str)
    def go(self, key: str) -> None:
        """Go to a place, and remember where we were."""
        if self._show(Stop(key)):
            self._history.visit(Stop(key))

    @Slot(str)
    def open_patient(self, patient_id: str) -> None:
        """Open a patient's chart, from wherever it was asked for."""
        stop = Stop(CHART, patient_id)
        if self._show(stop):
            self._history.visit(stop)

    def step(self, by: int) -> None:
        """Go back (-1) or on (1) in where we have been."""
        if (stop := self._history.step(by)) is not None:
            self._show(stop)

    def next_pane(self) -> None:
        """Move the cursor from part to part: places, find, what is shown."""
        if self.rail.isAncestorOf(self._focused()):
            self.top.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.top.isAncestorOf(self._focused()) and self.screen_shown:
            self.screen_shown.take_focus()
        elif not (self.screen_shown and self.screen_shown.next_part()):
            self.rail.take_focus()

    def focus_find(self) -> None:
        """Put the cursor into the find box."""
        self.top.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.find_box.selectAll()

    def refresh(self) -> None:
        self._read_frame()
        if self.screen_shown:
            self.screen_shown.read_again()

    def leave(self) -> None:
        """Keep what is being typed, hold the timer, hear nothing more: the clinic is locked."""
        self.keep_drafts()
        self.timer.watch.leave()
        self.desk.close()

    def keep_drafts(self) -> None:
        """Keep what is being typed in every form, as it stands now."""
        keep_all(self)

    @Slot()
    def switch_person(self) -> None:
        """Hand the program to another person, unless something typed here would be lost."""
        if any(screen.has_unsaved() for screen in self._screens.values()):
            self._ask_to_discard(self.tr("Switch without saving?"), self.switch_wanted.emit)
        else:
            self.switch_wanted.emit()

    def come_back(self) -> None:
        """Go on where the person was before the clinic was locked."""
        self.desk.read(note_return, lambda _none: None)
        self.opening.look()
        self.refresh()
        self.timer.watch.come_back()

    def new_task(self) -> None:
        """Make a task, about the patient who is chosen on the screen."""
        NewTaskDialog(self.desk, self, subject=self._chosen()).open()

    def show_help(self) -> None:
        """Open the help page of what is shown."""
        shown = self.screen_shown
        self.help.show_page(shown.help_page if shown else "start")

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self.top.add(self.timer.button)
        warnings = (self.opening, self.emergency, self.waiting, self.safety)
        for bar in (self.top, *warnings, self.timer.bar, self.messages):
            right.addWidget(bar)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.setMinimumSize(*SMALLEST)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.emergency.ended.connect(self._make_way)
        self.waiting.wanted.connect(partial(self._show_setting, self.tr("Emergency access")))
        self.top.lock.clicked.connect(self.lock_wanted)
        self.top.find_box.textEdited.connect(self._narrow)
        self.top.find_box.textChanged.connect(self._narrow_if_emptied)
        self.top.find_box.left.connect(self._leave_find)
        self.guard.lock_wanted.connect(self.lock_wanted)
        self.desk.unavailable.connect(self.messages.show_trouble)
        self.desk.told.connect(self.messages.show_good_news)
        self.desk.changed.connect(self._note_change)
        self.desk.patient_wanted.connect(self.open_patient)
        self.desk.place_wanted.connect(self.go)
        self.desk.setting_wanted.connect(self._show_setting)
        self.desk.chart_part_wanted.connect(self._show_chart_part)

    @Slot(str)
    def _show_setting(self, name: str) -> None:
        """Open the rules at the setting that somebody asked about."""
        self.go(SETTINGS)
        if self.screen_shown is not None:
            self.screen_shown.show_part(name)

    @Slot(str, str)
    def _show_chart_part(self, patient_id: str, part: str) -> None:
        """Open a patient's chart at one of its parts."""
        self.open_patient(patient_id)
        if self.screen_shown is not None:
            self.screen_shown.show_part(part)

    def _show(self, stop: Stop) -> bool:
        place = next((each for each in self.places if each.key == stop.place), None)
        if place is None:
            return False
        screen = self._screen(place)
        if isinstance(screen, PatientScreen):
            screen.show_patient(stop.patient_id)
        self.safety.follow(stop.patient_id)
        self.timer.follow(stop.patient_id)
        self.stack.setCurrentWidget(screen)
        if place.in_rail:
            self.rail.show_chosen(place.key)
        elif place.key != CHART:  # a chart stays within the place it was opened from
            self.rail.show_none()
        self.menus.show_actions_of(screen)
        self.status.shown.setText(screen.status_words)
        screen.take_focus()
        return True

    def _screen(self, place: Place) -> Screen:
        """Make a screen when it is first wanted; it lives as long as the window."""
        if place.key not in self._screens:
            screen = place.make(self.desk)
            screen.counted.connect(lambda count, key=place.key: self.rail.show_count(key, count))
            screen.status_changed.connect(self._show_status)
            screen.find_cleared.connect(self.top.find_box.clear)
            self._screens[place.key] = screen
            self.stack.addWidget(screen)
        return self._screens[place.key]

    def _read_frame(self) -> None:
        self.desk.read(read_practice, self._show_practice)
        self.safety.read_again()
        self.waiting.read_again()
        self.timer.watch.read_again()
        self._age.read_again()
        self.guard.begin()
        self.backups.come_back()

    def _show_practice(self, practice: Practice) -> None:
        self.setWindowTitle(f"{practice.name} – {PROGRAM}")
        self.top.sample.setVisible(practice.is_sample)
        named = self.tr("Sample clinic: %1") if practice.is_sample else "%1"
        self.status.clinic.setText(named.replace("%1", practice.name))
        self.desk.computer.change(practice_name=practice.name)

    def _show_size(self) -> None:
        kept = QByteArray.fromBase64(self.desk.computer.settings.window.encode())
        if kept.isEmpty() or not self.restoreGeometry(kept):
            self.resize(*USUAL)

    def _chosen(self) -> Subject | None:
        """Give the patient who is chosen on the screen shown."""
        shown = self.screen_shown
        actions = shown.findChild(PatientActions) if shown else None
        return actions.subject if actions else None

    def _focused(self) -> QWidget:
        return self.focusWidget() or self

    @Slot(str)
    def _narrow(self, words: str) -> None:
        """Narrow what is shown; where that cannot be narrowed, the first place that can."""
        shown = self.screen_shown
        if shown is None or not shown.can_narrow:
            able = [place for place in self.places if place.is_list]
            if not able:
                return
            self.go(able[0].key)
            self.top.find_box.setFocus()
        if self.screen_shown:
            self.screen_shown.narrow(words)

    @Slot(str)
    def _narrow_if_emptied(self, words: str) -> None:
        if not words and self.screen_shown and self.screen_shown.can_narrow:
            self.screen_shown.narrow("")

    @Slot()
    def _leave_find(self) -> None:
        if self.screen_shown:
            self.screen_shown.take_focus()

    @Slot(str)
    def _show_status(self, words: str) -> None:
        if self.sender() is self.screen_shown:
            self.status.shown.setText(words)

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        now = clock_time(self.desk.now())
        self.status.show_saved(self.tr("Saved %1").replace("%1", now))
        is_otherwise = (self.desk.emergency is not None) != self.has_emergency
        if is_otherwise or self.must_choose_password != self.desk.must_choose_password:
            self._make_way()
        if change.topics & Topic.PRACTICE:
            self.desk.read(read_practice, self._show_practice)

    @Slot()
    def _make_way(self) -> None:
        """Ask once for another window: what this one shows may not be seen any more."""
        if not self._is_leaving:
            self._is_leaving = True
            self.rights_changed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rail()

    def _fit_rail(self) -> None:
        self.rail.set_narrow(narrow=self.width() < theme_of(self).px(ROOM_FOR_TITLES))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close and self.timer.asks_before_closing(self.close):
            event.ignore()
            return
        if self._may_close or not any(screen.has_unsaved() for screen in self._screens.values()):
            if self.backups.asks_before_closing(self.close):
                event.ignore()
                return
            kept = bytes(self.saveGeometry().toBase64().data()).decode()
            self.desk.computer.change(window=kept)
            super().closeEvent(event)
            return
        event.ignore()
        self._ask_to_discard(self.tr("Close without saving?"), self._close_anyway)

    def _ask_to_discard(self, title: str, do: Callable[[], object]) -> None:
        question = Question(
            title,
            self.tr("What you typed and have not saved will be lost. Everything saved is safe."),
            self.tr("Discard what I typed"),
            leave_it=self.tr("Go on typing"),
            parent=self,
        )
        question.accepted.connect(do)
        question.open()

    @Slot()
    def _close_anyway(self) -> None:
        self._may_close = True
        self.close()
