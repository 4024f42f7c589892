"""Last step: what came of the import, and the way back."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.import_preview import ImportPreview, PreviewRow
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.importing.rows_table import rows_columns
from cocm_desktop.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.labels import Card, IconLabel, Label, ProblemLabel
from cocm_desktop.ui.widgets.table import RowsModel, Table


class DonePage(QWidget):
    """Says how many were added, and lists whom the file had and the import left out."""

    registry_wanted = Signal()
    again_wanted = Signal()
    undo_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", "section", wraps=True)
        self.words = Label("", "secondary", wraps=True)
        self.registry = PrimaryButton(self.tr("Show the registry"), "list")
        self.again = Button(self.tr("Import another file"))
        self.undo = Button(self.tr("Undo this import…"), "arrow-back-up")
        self.save_list = LinkButton(self.tr("Save this list…"))
        self.problems = ProblemLabel()
        self.table = Table(self.tr("Rows left out"))
        self.model: RowsModel[PreviewRow] = RowsModel(rows_columns(self, lambda _row: False), self)
        self.table.set_rows_model(self.model)
        self._build()

        self.registry.clicked.connect(self.registry_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.save_list.clicked.connect(self.list_wanted)

    def show_done(self, preview: ImportPreview, include: AbstractSet[int]) -> None:
        count = count_of(len(preview.drafts(include)), "patient")
        self.title.setText(self.tr("%1 added from %2").replace("%1", count).replace(
            "%2", preview.patient_list.file_name))  # fmt: skip
        left = preview.left_out(include)
        self.words.setText(
            self.tr("They are in the registry under “Not enrolled”. "
                    "As long as nobody works with them, the import can be undone.")
        )  # fmt: skip
        self._left_title.setText(
            self.tr("Rows left out: %1").replace("%1", f"{len(left):,}")
            if left
            else self.tr("No row was left out.")
        )
        self.model.show_rows(left)
        self.table.setVisible(bool(left))
        self.save_list.setVisible(bool(left))
        self.undo.setEnabled(True)
        self.problems.clear_problems()

    def show_undone(self) -> None:
        self.title.setText(self.tr("The import was undone"))
        self.words.setText(self.tr("Its patients are withdrawn. Everything else is as it was."))
        self.undo.setEnabled(False)

    def take_focus(self) -> None:
        self.registry.setFocus()

    def _build(self) -> None:
        head = Card()
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(IconLabel("circle-check", "success", size=24))
        line.addWidget(self.title, 1)
        head.body.addLayout(line)
        head.body.addWidget(self.words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.registry, self.again, self.undo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        head.body.addLayout(buttons)
        head.body.addWidget(self.problems)
        left = Card()
        self._left_title = Label("", "strong")
        row = QHBoxLayout()
        row.addWidget(self._left_title, 1)
        row.addWidget(self.save_list)
        left.body.addLayout(row)
        left.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(head)
        column.addWidget(left, 1)
