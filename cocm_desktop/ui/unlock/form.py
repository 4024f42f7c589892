"""The two ways in: a password, or the printed recovery code."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.recovery_code import RecoveryCode, parse
from cocm_desktop.errors import CocmError, OlderFile, Refused
from cocm_desktop.ui.widgets.busy import BusyBar
from cocm_desktop.ui.widgets.buttons import LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.form import StackedForm
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel
from cocm_desktop.ui.widgets.password import NewPasswordField, PasswordField


class WayIn(QWidget):
    """A form with one primary button, a bar while it works, and a quiet link to elsewhere."""

    wanted = Signal()
    elsewhere = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = StackedForm()
        self.problems = ProblemLabel()
        self.do_it = PrimaryButton("")
        self.do_it.setDefault(True)
        self.busy = BusyBar(self.tr("Working"))
        self.busy.hide()
        self.link = LinkButton("")
        self.fields: dict[str, QWidget] = {}

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self.form)
        column.addWidget(self.problems)
        column.addWidget(self.do_it)
        column.addWidget(self.busy)
        column.addWidget(self.link)
        column.addStretch(1)

        self.do_it.clicked.connect(self.wanted)
        self.link.clicked.connect(self.elsewhere)

    def set_busy(self, *, busy: bool) -> None:
        """Show that something takes its time; nothing can be pressed meanwhile."""
        self.busy.setVisible(busy)
        self.setDisabled(busy)
        if busy:
            self.problems.clear_problems()

    def show_error(self, error: CocmError) -> None:
        self.problems.show_error(error, self.fields)


class SignInForm(WayIn):
    """Sign-in name and password."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.do_it.setText(self.tr("Unlock"))
        self.link.setText(self.tr("Forgot the password? Use the recovery code"))
        self.sign_in = QLineEdit()
        self.password = PasswordField()
        self.form.add(self.tr("&Sign-in name"), self.sign_in)
        self.form.add(self.tr("&Password"), self.password)
        for line in (self.sign_in, self.password.entry):
            line.returnPressed.connect(self.do_it.click)

    def take_focus(self) -> None:
        """Put the cursor where something is still to be typed."""
        (self.password if self.sign_in.text() else self.sign_in).setFocus()

    def lead_on_to(self, *below: QWidget) -> None:
        """Let Tab go down the form, and on to what stands below it in the same window."""
        entry = self.password.entry
        for above, next_ in pairwise(
            (self.sign_in, entry, entry.look, self.do_it, self.link, *below)
        ):
            self.setTabOrder(above, next_)

    def show_wrong_secret(self, error: CocmError) -> None:
        self.password.clear()
        self.problems.show_error(error)
        self.password.setFocus()


class RecoverForm(WayIn):
    """The code from the paper, the sign-in name, and a new password."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.upgrades = False
        self.do_it.setText(self.does)
        self.link.setText(self.tr("Back to the password"))
        self.code = QLineEdit()
        self.code.setPlaceholderText(self.tr("Seven groups of five characters"))
        self.judged = Label("", "caption", wraps=True)
        self.sign_in = QLineEdit()
        self.password = NewPasswordField(lambda: (self.sign_in.text(),))
        self.form.add(self.tr("&Recovery code, from the paper"), self.code)
        self.form.addWidget(self.judged)
        self.form.add(self.tr("&Sign-in name"), self.sign_in)
        self.form.add(self.tr("&New password"), self.password)
        self.lost = Label(
            self.tr(
                "Is the paper lost? Whoever still has a password can sign in, and an administrator "
                "sets you a new one. With no password and no paper left nobody can open the "
                "clinic, and it cannot be recovered."
            ),
            "caption",
            wraps=True,
        )
        self.form.addWidget(self.lost)
        self.fields = {
            "recovery_code": self.code, "sign_in": self.sign_in, "password": self.password,
        }  # fmt: skip
        self.judged.hide()
        self.code.editingFinished.connect(self._judge)
        for line in (self.code, self.sign_in, self.password.entry):
            line.returnPressed.connect(self.do_it.click)

    @property
    def does(self) -> str:
        """Say what the button does; an older file is brought up to date only if it says so."""
        if self.upgrades:
            return self.tr("Bring the file up to date and set the new password")
        return self.tr("Set the new password and unlock")

    @override
    def show_error(self, error: CocmError) -> None:
        super().show_error(error)
        self.upgrades = self.upgrades or isinstance(error, OlderFile)
        self.do_it.setText(self.does)

    def typed_code(self) -> RecoveryCode:
        """Give the code, or raise what is wrong with its groups."""
        return parse(self.code.text())

    def clear(self) -> None:
        """Keep no secret in a field that is out of sight."""
        self.code.clear()
        self.password.clear()
        self.problems.clear_problems()
        self.upgrades = False
        self.do_it.setText(self.does)

    @Slot()
    def _judge(self) -> None:
        self.judged.setVisible(bool(self.code.text().strip()))
        try:
            self.typed_code()
        except Refused as refusal:
            self.judged.set_role("caption_due")
            self.judged.setText(str(refusal))
        else:
            self.judged.set_role("caption_good")
            self.judged.setText(self.tr("Every group is right."))
