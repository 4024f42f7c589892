"""A new recovery code in the place of the old one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.recovery import replace_recovery_code
from cocm_desktop.actions.recovery_sheet import sheet_of_clinic
from cocm_desktop.actions.session import new_recovery_code
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.staff.recovery_panel import RecoveryPanel
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.labels import Label


class NewRecoveryCodeDialog(FormDialog):
    """The old code works until the new one is on paper and typed back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_words(self.tr("New recovery code"), self.tr("Use this code from now on"))
        self._code = new_recovery_code()
        self.panel = RecoveryPanel(self._code, self._read_sheet)
        words = self.tr(
            "Print the code and lock the paper away, not beside the computer. "
            "The old code works until you press the button below."
        )
        self.column.insertWidget(1, Label(words, "secondary", wraps=True))
        self.column.insertWidget(2, self.panel)
        self.save.setEnabled(False)
        self.panel.changed.connect(lambda: self.save.setEnabled(self.panel.is_complete()))

    @override
    def action(self) -> Callable[[Workspace], Change]:
        if not self.panel.is_complete():
            words = self.tr("Type both groups from the paper first.")
            raise Refused(Problem("recovery_code", words))
        return partial(replace_recovery_code, code=self._code)

    def _read_sheet(self, show: Callable[[bytes], object]) -> None:
        self.desk.read(partial(sheet_of_clinic, code=self._code), show)
