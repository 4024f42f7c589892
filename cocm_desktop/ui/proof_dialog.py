"""Having the password typed once more, before something that reaches far."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from cocm_desktop.actions.proof import prove
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.errors import CocmError, TooManyTries, WrongSecret
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.password import PasswordField


class ProofDialog(FormDialog):
    """Accepted when the password was right; what was asked for then goes on by itself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_words(self.tr("Type your password once more"), self.tr("Go on"))
        words = self.tr(
            "This reaches far, so make sure it is you who asks: give the password of %1. "
            "Nothing has been done yet."
        )
        self.words = Label(words.replace("%1", desk.staff.title), "secondary", wraps=True)
        self.password = PasswordField()
        self.body.insertWidget(0, self.words)
        self.form.add(self.tr("&Password"), self.password)
        self.body.addStretch(1)
        self.fields = {"password": self.password}

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(prove, password=self.password.text())

    @override
    def _show(self, error: CocmError) -> None:
        self.password.clear()
        if isinstance(error, WrongSecret) and not isinstance(error, TooManyTries):
            # The usual words speak of a sign-in name and of opening; neither was asked for here.
            error = WrongSecret(self.tr("The password is wrong. Nothing was done. Try again."))
        super()._show(error)
        self.password.setFocus()


class ProofAsker(QObject):
    """Opens the dialog over whatever asked."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def ask(self, go_on: Callable[[], None], give_up: Callable[[], None]) -> None:
        over = QApplication.activeModalWidget() or self._window
        dialog = ProofDialog(self._desk, over)
        dialog.accepted.connect(go_on)
        dialog.rejected.connect(give_up)
        dialog.open()
