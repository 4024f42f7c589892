"""A question before something that cannot be taken back. The safe answer is the default."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.labels import Label


class Question(QDialog):
    """Accepted when the person does it, rejected when they do not.

    `offer_instead` gives a third way, where there is one.
    """

    chose_instead = Signal()

    def __init__(
        self,
        title: str,
        words: str,
        do_it: str,
        *,
        leave_it: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.do_it = DangerButton(do_it)
        self.leave_it = Button(leave_it or self.tr("Cancel"))
        self.instead = Button("")
        self.instead.clicked.connect(self._choose_instead)
        self._buttons = buttons = QDialogButtonBox()
        buttons.addButton(self.do_it, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.leave_it, QDialogButtonBox.ButtonRole.RejectRole)
        self.leave_it.setAutoDefault(True)
        self.leave_it.setDefault(True)

        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(Label(title, "section", wraps=True))
        column.addWidget(Label(words, wraps=True))
        column.addSpacing(6)
        column.addWidget(buttons)
        self.setMinimumWidth(theme_of(self).px(420))
        self.leave_it.setFocus()

        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def offer_instead(self, words: str) -> None:
        """Offer a third way."""
        self.instead.setText(words)
        self._buttons.addButton(self.instead, QDialogButtonBox.ButtonRole.ActionRole)

    @Slot()
    def _choose_instead(self) -> None:
        self.reject()
        self.chose_instead.emit()
