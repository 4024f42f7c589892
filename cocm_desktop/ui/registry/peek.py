"""The side peek: trend, last note and next step of one patient, without leaving the table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.review_priority import reasons_for
from cocm_desktop.domain.score_picture import score_picture, score_picture_of_row
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, IconButton
from cocm_desktop.ui.widgets.labels import Label, Line
from cocm_desktop.ui.widgets.score_chart import ScoreChart

WIDTH = 340
LONGEST_NOTE_SHOWN = 320


class PeekPanel(QFrame):
    """Follows the selected row while it is open. Space opens and closes it."""

    chart_wanted = Signal(str)  # PatientId
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: RegistryRow | None = None
        self.setProperty("role", "card")
        self.name = Label("", "section", wraps=True)
        self.facts = Label("", "secondary", wraps=True)
        self.chart = ScoreChart(is_small=True)
        self.note_title = Label("", "strong")
        self.note = Label("", wraps=True)
        self.next = Label("", wraps=True)
        self._build()
        self.hide()

    def show_patient(self, row: RegistryRow) -> None:
        """Show what the row tells at once, and the last note when it has been read."""
        self._row = row
        self.name.setText(row.name)
        self.facts.setText(f"{long_date(row.born_on)} ({row.age} y) · {row.status_words}")
        self.chart.show_picture(score_picture_of_row(row))
        self.next.setText(self._next_words(row))
        self.note_title.setText(self.tr("Last contact"))
        self.note.clear()
        self.setFixedWidth(theme_of(self).px(WIDTH))
        self.show()
        if row.episode_id is not None:
            self._desk.read(partial(read_chart, patient_id=row.patient_id), self._show_chart)

    @Slot()
    def dismiss(self) -> None:
        self.hide()
        self.closed.emit()

    def _build(self) -> None:
        close = IconButton(self.tr("Close the side peek"), "x")
        close.clicked.connect(self.dismiss)
        open_chart = Button(self.tr("Open chart"))
        open_chart.clicked.connect(self._ask_for_chart)
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.facts)
        column.addWidget(self.chart)
        column.addWidget(Line())
        column.addWidget(self.note_title)
        column.addWidget(self.note)
        column.addWidget(Line())
        column.addWidget(Label(self.tr("Next"), "strong"))
        column.addWidget(self.next)
        column.addStretch(1)
        column.addWidget(open_chart)

    def _show_chart(self, chart: Chart) -> None:
        if self._row is None or chart.row.key != self._row.key:
            return
        self.chart.show_picture(score_picture(chart))
        if not chart.contacts:
            self.note.setText(self.tr("No contact recorded yet"))
            return
        last = chart.contacts[-1].contact
        kind = f"{last.kind.value}, {last.outcome.value.lower()}"
        self.note_title.setText(f"{long_date(last.made_on)} · {kind}")
        words = last.note or self.tr("No note")
        cut = words[:LONGEST_NOTE_SHOWN].rstrip()
        self.note.setText(cut if cut == words else f"{cut} …")

    def _next_words(self, row: RegistryRow) -> str:
        due = row.next_due
        lines = [f"{due.title}: {due.words(row.today)}"] if due else []
        lines += [reason.words for reason in reasons_for(row)]
        if row.question:
            lines.append(f"“{row.question}”")
        return "\n".join(lines) or self.tr("Nothing is due")

    @Slot()
    def _ask_for_chart(self) -> None:
        if self._row is not None:
            self.chart_wanted.emit(self._row.patient_id)
