"""The follow-through report on screen: a period, a table, what it counts, paper and file."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.review_loop import (
    export_follow_through,
    print_follow_through,
    read_follow_through,
)
from cocm_desktop.domain.follow_through_report import (
    HEADS,
    FollowThroughReport,
    Grouping,
    ReportChoice,
    ReportLine,
)
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel
from cocm_desktop.ui.widgets.new_file import ask_new_file
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

PERIOD = timedelta(days=90)
WIDTHS = (0, 66, 116, 122, 82, 104, 78, 126, 140)
NUMBERS = frozenset({1, 4, 5, 6})
"""The columns of plain counts; shares are words, so that n of N can be read."""


class ReportPage(QWidget):
    """The last 90 days to begin with."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        today = desk.today()
        self.first = DateField(today, today - PERIOD)
        self.last = DateField(today, today)
        self.grouping = ChoiceField(words_of(Grouping))
        self.print = Button(self.tr("Print"), "printer")
        self.export = Button(self.tr("Export"), "database-export")
        self.problems = ProblemLabel()
        self.notes = Label("", "caption", wraps=True)
        self.table = Table(self.tr("Follow-through"))
        self.model: RowsModel[ReportLine] = RowsModel(self._columns(), self)
        self._build()

        for field in (self.first.entry, self.last.entry):
            field.editingFinished.connect(self.read_again)
        self.grouping.activated.connect(self.read_again)
        self.print.clicked.connect(self._print)
        self.export.clicked.connect(self._ask_where)

    def choice(self) -> ReportChoice:
        return ReportChoice(self.first.day(), self.last.day(), self.grouping.choice())

    @Slot()
    def read_again(self) -> None:
        question = partial(read_follow_through, choice=self.choice())
        self._desk.read(question, self._show, failed=self._refuse)

    def _show(self, report: FollowThroughReport) -> None:
        self.problems.clear_problems()
        self.model.show_rows((*report.lines, report.total))
        self.notes.setText(" ".join(report.notes))
        self.table.select_row(0)

    def _refuse(self, error: CocmError) -> None:
        self.problems.show_error(error, {"first": self.first, "last": self.last})

    def _columns(self) -> list[Column[ReportLine]]:
        def column(place: int) -> Column[ReportLine]:
            return Column(
                self.tr(HEADS[place]),
                lambda line: line.cells[place],
                right=place in NUMBERS,
                width=WIDTHS[place],
            )

        return [column(place) for place in range(len(HEADS))]

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        fields = (
            (self.tr("&Reviews from"), self.first),
            (self.tr("&until"), self.last),
        )
        for name, field in fields:
            label = Label(name, "secondary")
            label.setBuddy(field.focusProxy() or field)
            field.setAccessibleName(name.replace("&", ""))
            row.addWidget(label)
            row.addWidget(field.entry)
        self.grouping.setAccessibleName(self.tr("Split up"))
        row.addWidget(self.grouping)
        row.addStretch(1)
        row.addWidget(self.print)
        row.addWidget(self.export)
        self.export.setVisible(self._desk.may(Permission.EXPORT_LIST))
        self.print.setVisible(self._desk.may(Permission.PRINT_PACKET))
        self.table.set_rows_model(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.problems)
        column.addWidget(self.table, 1)
        column.addWidget(self.notes)

    @Slot()
    def _print(self) -> None:
        make = partial(print_follow_through, choice=self.choice())
        name = f"follow-through-{self._desk.today()}"
        request = PaperRequest(make, self.tr("Follow-through of recommendations"), name)
        preview(self._desk, request, self, failed=self._refuse)

    @Slot()
    def _ask_where(self) -> None:
        proposed = Path(f"follow-through-{self._desk.today()}.csv")
        title = self.tr("Export the report")
        ask_new_file(self, title, proposed, kind="CSV", chosen=self.write)

    def write(self, file: Path) -> None:
        """Write the file, whole or not at all."""

        def told(count: int) -> None:
            words = self.tr("%1 written to %2").replace("%1", count_of(count, "line"))
            self._desk.told.emit(words.replace("%2", str(file)))

        question = partial(export_follow_through, choice=self.choice(), file=file)
        self._desk.read(question, told, failed=self._refuse)
