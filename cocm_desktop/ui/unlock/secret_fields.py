"""What opens a backup or a damaged file: sign-in name and password, or the printed code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from cocm_desktop.domain.recovery_code import parse
from cocm_desktop.ui.door import GivenSecret
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.form import StackedForm
from cocm_desktop.ui.widgets.password import PasswordField


class SecretFields(QWidget):
    """One of the two, and a link to the other."""

    def __init__(self, password_words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign_in = QComboBox()
        self.sign_in.setEditable(True)
        self.password = PasswordField()
        self.code = QLineEdit()
        self.code.setPlaceholderText(self.tr("Seven groups of five characters"))
        self.link = LinkButton("")
        self.by_password = QWidget()
        self.by_code = QWidget()
        by_password, by_code = StackedForm(), StackedForm()
        self.by_password.setLayout(by_password)
        self.by_code.setLayout(by_code)
        for form in (by_password, by_code):
            form.setContentsMargins(0, 0, 0, 0)
        by_password.add(self.tr("&Sign-in name"), self.sign_in)
        by_password.add(password_words or self.tr("&Password"), self.password)
        by_code.add(self.tr("&Recovery code, from the paper"), self.code)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.by_password, self.by_code, self.link):
            column.addWidget(widget)
        self.fields: dict[str, QWidget] = {
            "sign_in": self.sign_in, "password": self.password, "recovery_code": self.code,
        }  # fmt: skip
        self.link.clicked.connect(self.turn)
        self._show(code=False)

    def offer(self, names: Sequence[str], usual: str) -> None:
        """Offer the sign-in names that open it."""
        self.sign_in.clear()
        self.sign_in.addItems(list(names))
        likely = usual if usual in names else names[0] if len(names) == 1 else ""
        self.sign_in.setEditText(likely)

    def secret(self) -> GivenSecret:
        """Give what was typed, or raise Refused where the code's groups are not right."""
        if self.by_code.isVisibleTo(self):
            return GivenSecret(code=parse(self.code.text()))
        return GivenSecret(self.sign_in.currentText(), self.password.text())

    def clear(self) -> None:
        """Keep no secret in a field that is out of sight."""
        self.password.clear()
        self.code.clear()

    @Slot()
    def turn(self) -> None:
        """Go over to the other secret."""
        self._show(code=not self.by_code.isVisibleTo(self))

    def take_focus(self) -> None:
        """Put the cursor where something is still to be typed."""
        if self.by_code.isVisibleTo(self):
            self.code.setFocus()
        else:
            (self.password if self.sign_in.currentText() else self.sign_in).setFocus()

    def _show(self, *, code: bool) -> None:
        self.by_code.setVisible(code)
        self.by_password.setVisible(not code)
        words = self.tr("Use the password") if code else self.tr("Use the recovery code")
        self.link.setText(words)
