"""The first window: unlock the clinic, or say why that cannot be."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop import __version__
from cocm_desktop.errors import (
    CocmError,
    Damaged,
    InUse,
    NewerFile,
    OlderFile,
    RolledBack,
    WrongSecret,
)
from cocm_desktop.paths import PROGRAM, default_data_folder
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.door import Door, FolderLook, MovedTo
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.unlock.form import RecoverForm, SignInForm, WayIn
from cocm_desktop.ui.unlock.older import OlderFileDialog
from cocm_desktop.ui.unlock.rescue_dialog import RescueDialog
from cocm_desktop.ui.unlock.restore_wizard import RestoreWizard
from cocm_desktop.ui.unlock.trouble import TroublePage, WelcomePage
from cocm_desktop.ui.unlock.waiting import Waiting
from cocm_desktop.ui.widgets.buttons import Button, LinkButton
from cocm_desktop.ui.widgets.file_choice import ask_folder
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.pages import Pages
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.work import Work

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

KEY_FILE = "keys.json"
WIDTH = 420


class UnlockWindow(QWidget):
    """Asks the door; never waits for it. What was typed is handed over and forgotten."""

    unlocked = Signal(object)  # Workspace
    set_up_wanted = Signal()
    sample_wanted = Signal()
    folder_chosen = Signal(object)  # Path

    def __init__(
        self, door: Door, work: Work, *, computer: Computer, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._work = work
        self._computer = computer
        self._waiting, self._code_waiting = Waiting(self), Waiting(self)
        self._is_opening = False
        self._moved_to: Path | None = None
        self.practice = Label("", "title", wraps=True)
        self.sign_in = SignInForm()
        self.recover = RecoverForm()
        self.welcome = WelcomePage()
        self.trouble = TroublePage()
        self.hint = Label("", "caption_due", wraps=True)
        self.upgrade = Button(self.tr("Bring the file up to date and unlock"))
        self.restore_link = LinkButton(self.tr("Restore a backup…"))
        self.restoring: RestoreWizard | None = None
        self.rescuing: RescueDialog | None = None
        self.pages = Pages()
        self._card = QFrame()
        self._build()
        self._connect()
        self.show_door(door)

    @property
    def page(self) -> QWidget:
        return self.pages.shown

    def show_door(self, door: Door) -> None:
        """Turn to another folder: show the likely page at once, then look properly."""
        self._door = door
        practice, sign_in = self._computer.remembered(door.folder)
        self.setWindowTitle(PROGRAM)
        self.practice.setText(practice or self.tr("Your clinic"))
        self.sign_in.sign_in.setText(sign_in)
        self.hint.hide()
        self.upgrade.hide()
        likely = (door.folder / KEY_FILE).exists()
        self._turn_to(self.sign_in if likely else self.welcome)
        self.look_again()

    def forget_secrets(self) -> None:
        """Clear what was typed to get in: whoever typed it has gone."""
        if not self._is_opening and self.sign_in.isEnabled():
            self.sign_in.password.clear()
            self.recover.clear()

    def forget_person(self) -> None:
        """Ask for a sign-in name: it is another person who comes."""
        for line in (self.sign_in.sign_in, self.recover.sign_in):
            line.clear()
        self.sign_in.take_focus()

    @Slot()
    def look_again(self) -> None:
        """See what is in the folder, without any password."""
        self._work.run(self._door.look, done=self._show_look, failed=self._show_failed_look)

    def _build(self) -> None:
        card = self._card
        card.setProperty("role", "card")
        card.setFixedWidth(theme_of(self).px(WIDTH))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(28, 24, 28, 22)
        inside.addWidget(self.pages)
        head = _column(self.practice, Label(self.tr("Locked. Sign in to go on."), "secondary"))
        head.setContentsMargins(0, 0, 0, 8)
        self._homes: dict[QWidget, QWidget] = {
            self.sign_in: _column(head, self.sign_in, self.upgrade, self.hint, self.restore_link),
            self.recover: _column(
                Label(self.tr("Recovery code"), "title"), self.recover, spacing=12
            ),
            self.welcome: self.welcome,
            self.trouble: self.trouble,
        }
        for page in self._homes.values():
            self.pages.add(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 14)
        whole.setSpacing(12)
        whole.addStretch(1)
        whole.addWidget(Label(PROGRAM, "brand"), 0, Qt.AlignmentFlag.AlignHCenter)
        # No alignment here: an aligned widget is not given the height that wrapped text needs.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(2)
        version = self.tr("Version %1").replace("%1", __version__)
        whole.addWidget(Label(version, "caption"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.sign_in.lead_on_to(self.upgrade, self.restore_link)
        open_at(self, 560, 620)

    def _connect(self) -> None:
        self.sign_in.wanted.connect(self._unlock)
        self.sign_in.elsewhere.connect(partial(self._turn_to, self.recover))
        self.recover.wanted.connect(self._recover)
        self.recover.elsewhere.connect(self._leave_recovery)
        self.upgrade.clicked.connect(self._bring_up_to_date)
        self.welcome.set_up.clicked.connect(self.set_up_wanted)
        self.welcome.sample.clicked.connect(self.sample_wanted)
        self.trouble.again.clicked.connect(self.look_again)
        self.trouble.move_here.clicked.connect(self._ask_for_new_place)
        self.trouble.there.clicked.connect(self._go_there)
        for page in (self.welcome, self.trouble):
            page.open.clicked.connect(self._ask_for_folder)
            page.restore.clicked.connect(self._ask_for_backup)
        self.restore_link.clicked.connect(self._ask_for_backup)
        self.trouble.rescue.clicked.connect(self._rescue)
        self._waiting.changed.connect(self._show_waiting)
        self._code_waiting.changed.connect(self._show_code_waiting)

    def _turn_to(self, page: QWidget) -> None:
        self.pages.show_page(self._homes[page])
        if page is self.sign_in:
            self.sign_in.take_focus()
        elif page is self.recover:
            self.recover.sign_in.setText(self.sign_in.sign_in.text())
            self.recover.code.setFocus()
        else:
            page.setFocus()

    def _show_look(self, look: FolderLook) -> None:
        if self._is_opening:
            return
        if look.holds_clinic:
            self._turn_to(self.sign_in)
            words = self.tr("Sample clinic: everybody’s password is “%1”.")
            self.hint.setText(words.replace("%1", look.known_password))
            self.hint.setVisible(bool(look.known_password))
            if not self.sign_in.sign_in.text() and len(look.sign_ins) == 1:
                self.sign_in.sign_in.setText(look.sign_ins[0])
                self.sign_in.take_focus()
        elif look.may_be_created_in:
            self._show_nothing()
        else:
            self._show_trouble(look.words)
            if look.is_harmed:
                self._tell_backup()
            if look.is_misplaced:
                self.trouble.offer_move()
            if look.moved_to is not None:
                self._moved_to = look.moved_to
                self.trouble.offer_there()

    def _show_nothing(self) -> None:
        was_here = any(self._computer.remembered(self._door.folder)) and not self._door.is_sample
        self.trouble.tell_gone(str(self._door.folder))
        self._turn_to(self.trouble if was_here else self.welcome)

    def _show_failed_look(self, error: Exception) -> None:
        self._is_opening = False
        self._show_error(_told(error))

    def _show_error(self, error: CocmError) -> None:
        self._show_trouble(str(error))
        if isinstance(error, Damaged | NewerFile):
            self.trouble.offer_rescue()
        if isinstance(error, Damaged):
            self._tell_backup()

    def _tell_backup(self) -> None:
        self._work.run(self._door.damage_words, done=self.trouble.tell_backup, failed=_told)

    def _show_trouble(self, words: str) -> None:
        self.trouble.tell(words, str(self._door.folder))
        self._turn_to(self.trouble)

    @Slot()
    def _unlock(self, *, upgrade: bool = False) -> None:
        if self._waiting.is_on:
            return
        sign_in, password = self.sign_in.sign_in.text(), self.sign_in.password.text()
        self._start(self.sign_in)
        task = partial(self._door.unlock, sign_in, password, upgrade=upgrade)
        self._work.run(task, done=self._open, failed=self._show_failed_unlock)

    @Slot()
    def _bring_up_to_date(self) -> None:
        self._unlock(upgrade=True)

    @Slot()
    def _recover(self) -> None:
        if self._code_waiting.is_on:
            return
        try:
            code = self.recover.typed_code()
        except CocmError as error:
            self.recover.show_error(error)
            return
        names = {"sign_in": self.recover.sign_in.text(), "password": self.recover.password.text()}
        self._start(self.recover)
        task = partial(self._door.recover, code, **names, upgrade=self.recover.upgrades)
        self._work.run(task, done=self._open, failed=self._show_failed_recovery)

    @Slot()
    def _leave_recovery(self) -> None:
        self.recover.clear()
        self._turn_to(self.sign_in)

    def open_sample(self) -> None:
        """Sign in to the sample clinic; the first time it is made, which takes a while."""
        self._is_opening = True
        self.welcome.show_making()
        self._turn_to(self.welcome)
        self._work.run(self._door.open_sample, done=self._open, failed=self._show_failed_look)

    def _start(self, form: WayIn) -> None:
        self.upgrade.hide()
        form.set_busy(busy=True)

    def _open(self, workspace: Workspace) -> None:
        for form in (self.sign_in, self.recover):
            form.set_busy(busy=False)
        self._computer.remember(self._door.folder, sign_in=workspace.staff.sign_in)
        self._is_opening = False
        for waiting in (self._waiting, self._code_waiting):
            waiting.begin(0)
        self.sign_in.password.clear()
        self.recover.clear()
        self._turn_to(self.sign_in)
        self.unlocked.emit(workspace)

    def _show_failed_unlock(self, error: Exception) -> None:
        self.sign_in.set_busy(busy=False)
        told = _told(error)
        if isinstance(told, WrongSecret):
            self.sign_in.show_wrong_secret(told)
            self._waiting.begin(told.wait_seconds)
            return
        if isinstance(told, RolledBack):
            self._ask_about_older(told)
            return
        self.upgrade.setVisible(isinstance(told, OlderFile))
        if isinstance(told, OlderFile | InUse):
            self.sign_in.show_error(told)
            (self.upgrade if self.upgrade.isVisible() else self.sign_in.do_it).setFocus()
        else:
            self._show_error(told)

    def _ask_about_older(self, told: RolledBack) -> None:
        """Say that a newer file was seen; an administrator may go on and says why."""
        dialog = OlderFileDialog(str(told), self)
        dialog.accepted_because.connect(self._unlock_older)
        dialog.open()

    @Slot(str)
    def _unlock_older(self, reason: str) -> None:
        sign_in, password = self.sign_in.sign_in.text(), self.sign_in.password.text()
        self._start(self.sign_in)
        task = partial(self._door.unlock_older, sign_in, password, reason)
        self._work.run(task, done=self._open, failed=self._show_failed_unlock)

    def _show_failed_recovery(self, error: Exception) -> None:
        self.recover.set_busy(busy=False)
        told = _told(error)
        self.recover.show_error(told)
        if isinstance(told, WrongSecret):
            self._code_waiting.begin(told.wait_seconds)

    @Slot(int)
    def _show_waiting(self, seconds: int) -> None:
        self._count_down(self.sign_in, self.tr("Unlock"), seconds)

    @Slot(int)
    def _show_code_waiting(self, seconds: int) -> None:
        self._count_down(self.recover, self.recover.does, seconds)

    def _count_down(self, form: WayIn, words: str, seconds: int) -> None:
        """Say on the button how long the pause lasts; the words above it speak of no number."""
        form.do_it.setEnabled(seconds == 0)
        form.do_it.setText(self.tr("Try again in %n s", "", seconds) if seconds else words)

    @Slot()
    def _ask_for_folder(self) -> None:
        ask_folder(self, self.tr("Where is the clinic's folder?"), self.folder_chosen.emit)

    @Slot()
    def _ask_for_new_place(self) -> None:
        title = self.tr("Where on this computer shall the clinic be kept?")
        ask_folder(self, title, self.move_clinic, begin=default_data_folder().parent)

    def move_clinic(self, to: Path) -> None:
        """Move the clinic to this folder, or a new one in it, and say where it is."""
        self.trouble.tell_moving()
        self._work.run(
            partial(self._door.move, to), done=self._show_moved, failed=self._show_failed_move
        )

    def _show_moved(self, moved: MovedTo) -> None:
        self._moved_to = moved.folder
        self.trouble.tell_moved(str(moved.folder), str(moved.old_files))

    def _show_failed_move(self, error: Exception) -> None:
        self._show_trouble(str(_told(error)))
        self.trouble.offer_move()

    @Slot()
    def _go_there(self) -> None:
        if self._moved_to is not None:
            self.folder_chosen.emit(self._moved_to)

    @Slot()
    def _ask_for_backup(self) -> None:
        self.restoring = RestoreWizard(self._door, self._work, self)
        self.restoring.accepted.connect(self.look_again)
        self.restoring.open()

    @Slot()
    def _rescue(self) -> None:
        self.rescuing = RescueDialog(self._door, self._work, self)
        self.rescuing.open()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._card.setFixedWidth(theme_of(self).px(WIDTH))
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            QTimer.singleShot(0, self._focus_again)

    @Slot()
    def _focus_again(self) -> None:
        if self.focusWidget() is None and self.page is self._homes[self.sign_in]:
            self.sign_in.take_focus()


def _column(*widgets: QWidget, spacing: int | None = None) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    if spacing is not None:
        column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget)
    return whole


def _told(error: Exception) -> CocmError:
    """Give an error that a person may read; anything else is a bug and goes on."""
    if not isinstance(error, CocmError):
        raise error
    return error
