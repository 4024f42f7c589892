"""The question at a file that is older than one seen before: whether to go on with it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from cocm_desktop.domain.text import says_something
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.form import StackedForm
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 520


class OlderFileDialog(QDialog):
    """Keeping away from the file is the button that Enter presses; going on wants a reason."""

    accepted_because = Signal(str)
    """An administrator's reason to go on with the file."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A newer file was seen"))
        self.words = Label(words, wraps=True)
        lost = self.tr(
            "If you go on, what the newer file held is missing: scores, contacts, minutes and "
            "safety tasks of that time. It stands in the audit that you went on, and why."
        )
        self.reason = QLineEdit()
        self.leave = PrimaryButton(self.tr("Leave the file as it is"))
        self.go_on = Button(self.tr("Go on with this older file"))
        self.go_on.setEnabled(False)
        self.leave.setDefault(True)
        self.go_on.setAutoDefault(False)
        form = StackedForm()
        form.add(self.tr("&Reason, kept in the audit (administrators only)"), self.reason)
        buttons = QDialogButtonBox()
        buttons.addButton(self.go_on, QDialogButtonBox.ButtonRole.ApplyRole)
        buttons.addButton(self.leave, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("A newer file was seen"), "section", wraps=True))
        column.addWidget(self.words)
        column.addWidget(Label(lost, "due", wraps=True))
        column.addLayout(form)
        column.addWidget(buttons)
        self.setMinimumWidth(theme_of(self).px(WIDTH))

        self.reason.textChanged.connect(self._judge)
        self.go_on.clicked.connect(self._go_on)
        buttons.rejected.connect(self.reject)

    @Slot()
    def _judge(self) -> None:
        self.go_on.setEnabled(says_something(self.reason.text()))

    @Slot()
    def _go_on(self) -> None:
        self.accept()
        self.accepted_because.emit(self.reason.text())
