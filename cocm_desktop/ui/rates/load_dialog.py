"""Loading a public file: how it was understood, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.table_loading import CheckedTable, check_table, load_table
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_table import TableChoices, TableKind
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError, Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField
from cocm_desktop.ui.widgets.form import beside
from cocm_desktop.ui.widgets.form_dialog import SCREEN_SHARE
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

WIDTH, HEIGHT = 820, 620
MOST_SAMPLES = 9


class LoadTableDialog(RecordDialog):
    """Days and whose factor are asked only to correct what the file says; then it is read again."""

    def __init__(
        self, desk: Desk, file: Path, kind: TableKind, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._file, self._kind = file, kind
        self.checked: CheckedTable | None = None
        self.first, self.last = DateField(desk.today()), DateField(desk.today())
        whose = (
            (None, self.tr("As the file says")),
            (False, self.tr("All practitioners but qualifying participants")),
            (True, self.tr("Qualifying participants of an advanced model")),
        )
        self.whose = ChoiceField[bool | None](whose)
        self.again = Button(self.tr("Read it again"), "refresh")
        self.shown = Label("", "strong", wraps=True)
        self.remarks = Label("", "secondary", wraps=True)
        self.table = Table(self.tr("What was read"))
        self.model = RowsModel[tuple[str, str]](
            (
                Column(self.tr("Row"), lambda each: each[0], width=110),
                Column(self.tr("Reads"), lambda each: each[1], width=0, hint=lambda each: each[1]),
            ),
            self,
        )
        self.table.set_rows_model(self.model, most_rows=MOST_SAMPLES)
        self.set_words(self._title(), self.tr("Load"))
        self._build()

        self.again.clicked.connect(self._read)
        self.first.changed.connect(self._ask_to_read_again)
        self.last.changed.connect(self._ask_to_read_again)
        self.whose.currentIndexChanged.connect(self._ask_to_read_again)

    @override
    def open(self) -> None:
        super().open()
        room, theme = self.screen().availableGeometry().size() * SCREEN_SHARE, theme_of(self)
        self.resize(QSize(theme.px(WIDTH), theme.px(HEIGHT)).boundedTo(room))
        self._read()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        if self.checked is None:
            words = self.tr("There is nothing to load: see what is wrong with the file.")
            raise Refused(Problem("file", words))
        if self.checked.problems:
            raise Refused(*self.checked.problems)
        return partial(load_table, preview=self.checked.preview)

    def _title(self) -> str:
        return {
            TableKind.RATES: self.tr("Load rates of Medicare"),
            TableKind.LOCALITIES: self.tr("Load localities (GPCI)"),
            TableKind.DIAGNOSES: self.tr("Load a release of diagnosis codes"),
        }[self._kind]

    @Slot()
    def _read(self) -> None:
        choices = TableChoices(self.first.day(), self.last.day(), self.whose.choice())
        question = partial(check_table, file=self._file, kind=self._kind, choices=choices)
        self.desk.read(question, self._show_checked, failed=self._fail)

    def _show_checked(self, checked: CheckedTable) -> None:
        preview = checked.preview
        self.checked = checked
        self.problems.clear_problems()
        rows = count_of(preview.row_count, "row")
        self.shown.setText(f"{preview.title} · {rows}")
        self.remarks.setText("\n".join(preview.remarks))
        self.model.show_rows(preview.samples)
        self._parts(visible=True)
        self.save.setEnabled(not checked.problems)
        self.save.setDefault(True)
        if checked.problems:
            self.problems.show_error(Refused(*checked.problems), self.fields)

    def _fail(self, error: CocmError) -> None:
        self.checked = None
        self._parts(visible=False)
        self.save.setEnabled(False)
        self.problems.show_error(error, self.fields)

    @Slot()
    def _ask_to_read_again(self) -> None:
        """Take no choice for made until the preview shows it."""
        self.save.setEnabled(False)
        self.again.setDefault(True)

    def _parts(self, *, visible: bool) -> None:
        for part in (self.shown, self.remarks, self.table):
            part.setVisible(visible)

    def _build(self) -> None:
        self.fields = {"first": self.first, "last": self.last, "is_qualifying": self.whose}
        self.column.insertWidget(1, Label(self._file.name, "secondary", wraps=True))
        words = self.tr("Only to correct what the file says of its days of service.")
        self.form.add(self.tr("&First day"), self.first, words)
        self.form.add(self.tr("L&ast day"), self.last)
        if self._kind is TableKind.RATES:
            self.form.add(self.tr("&Whose factor"), self.whose)
        self.form.addRow("", beside(self.again))
        for part in (self.shown, self.remarks, self.table):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._parts(visible=False)
