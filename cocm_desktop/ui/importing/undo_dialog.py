"""Undoing an import, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.importing import undo_import
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import ImportBatchId
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog


class UndoImportDialog(RecordDialog):
    """The patients of the import are withdrawn, all of them; refused where one is in use."""

    def __init__(
        self, desk: Desk, batch_id: ImportBatchId, words: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._batch_id = batch_id
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason}
        self.set_words(self.tr("Undo import"), self.tr("Undo import"))
        self.body.insertWidget(0, Label(words, "strong", wraps=True))
        also = self.tr("Every patient it added is withdrawn. Nobody else is touched.")
        self.body.insertWidget(1, Label(also, "secondary", wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(undo_import, batch_id=self._batch_id, reason=self.reason.text())
