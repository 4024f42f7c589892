"""The password of a PDF that leaves the practice, typed twice."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from cocm_desktop.actions.papers import Paper, encrypted
from cocm_desktop.errors import CocmError, Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.form import Form
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel
from cocm_desktop.ui.widgets.password import PasswordField

WIDTH = 500


class LockPaperDialog(QDialog):
    """Gives the same paper under a password. Nothing is kept of the password."""

    locked = Signal(object)
    """The encrypted Paper."""

    def __init__(self, desk: Desk, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._paper = paper
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Save encrypted PDF"))
        self.password = PasswordField()
        self.repeat = PasswordField()
        self.problems = ProblemLabel()
        self.go_on = PrimaryButton(self.tr("Encrypt and choose a place…"))
        self.cancel = Button(self.tr("Cancel"))
        self._build()

        self.go_on.clicked.connect(self._encrypt)
        self.cancel.clicked.connect(self.reject)

    def _build(self) -> None:
        words = self.tr(
            "Whoever gets the file needs this password to open it. Tell it by phone, not in the "
            "message that brings the file. It is not kept here: a lost one cannot be found again."
        )
        form = Form()
        form.add(self.tr("&Password"), self.password)
        form.add(self.tr("&Once more"), self.repeat)
        self.go_on.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.go_on, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.windowTitle(), "section"))
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(self.problems)
        column.addWidget(buttons)
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.password.setFocus()

    @Slot()
    def _encrypt(self) -> None:
        if self.password.text() != self.repeat.text():
            words = self.tr("The two passwords differ. Type both again.")
            self._show(Refused(Problem("repeat", words)))
            return
        self.problems.clear_problems()
        self.go_on.setEnabled(False)
        make = partial(encrypted, self._paper, self.password.text())
        self._desk.read(lambda _workspace: make(), self._done, failed=self._show)

    def _done(self, paper: Paper) -> None:
        self.accept()
        self.locked.emit(paper)

    def _show(self, error: CocmError) -> None:
        self.go_on.setEnabled(True)
        self.problems.show_error(error, {"password": self.password, "repeat": self.repeat})
