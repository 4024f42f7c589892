"""Asking why something is withdrawn, in the words of whoever withdraws it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog


class WithdrawDialog(RecordDialog):
    """`withdrawing` gives what is done with the reason that was typed."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        words: str,
        *,
        withdrawing: Callable[[str], Callable[[Workspace], Change]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self._withdrawing = withdrawing
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason}
        self.set_words(title, self.tr("Withdraw"))
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return self._withdrawing(self.reason.text())
