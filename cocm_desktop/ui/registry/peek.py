"""The side peek: trend, last note and next step of one patient, without leaving the table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.score_picture import score_picture, score_picture_of_row
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, IconButton, LinkButton
from cocm_desktop.ui.widgets.form_dialog import FormScroll
from cocm_desktop.ui.widgets.labels import Label, Line
from cocm_desktop.ui.widgets.score_chart import ScoreChart

WIDTH = 368
LONGEST_NOTE_SHOWN = 320
PAUSE_MS = 120
"""How long a row is rested on before its note is read: keys travel on without waiting."""


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
        self.due_title = Label("", "strong")
        self.due = Label("", wraps=True)
        self.why = LinkButton("")
        self._tells_why = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self.why.clicked.connect(self._turn_why)
        self._build()
        self.hide()

    def show_patient(self, row: RegistryRow) -> None:
        """Show what the row tells at once, and the last note when it has been read."""
        is_following = self.isVisible()
        self._row = row
        self.name.setText(row.name)
        self.facts.setText(f"{long_date(row.born_on)} ({row.age} y) · {row.status_words}")
        self.chart.show_picture(score_picture_of_row(row))
        self.next.setText(self._next_words(row))
        self._show_due(row)
        self.note_title.setText(self.tr("Last contact"))
        self.note.clear()
        self.setFixedWidth(theme_of(self).px(WIDTH))
        self.show()
        if is_following:
            self._pause.start()
        else:
            self._read()

    @Slot()
    def _read(self) -> None:
        row = self._row
        if row is not None and row.episode_id is not None and self.isVisible():
            self._desk.read(partial(read_chart, patient_id=row.patient_id), self._show_chart)

    def _show_due(self, row: RegistryRow) -> None:
        """List what is due, each with its rule; or with inputs, threshold and source as well."""
        lines = [
            item.why if self._tells_why else f"{item.rule.title}, {item.due_words(row.today)}"
            for item in row.due_now
        ]
        gap = "\n\n" if self._tells_why else "\n"
        self.due_title.setText(self.tr("Next"))
        self.due.setText(gap.join(lines))
        self.due.setVisible(bool(lines))
        self.why.setVisible(bool(lines))
        turned = self.tr("Less") if self._tells_why else self.tr("Why is this here?")
        self.why.setText(turned)

    @Slot()
    def _turn_why(self) -> None:
        self._tells_why = not self._tells_why
        if self._row is not None:
            self._show_due(self._row)

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
        scroll = FormScroll()
        scroll.setStyleSheet("background: transparent;")
        column = scroll.body
        column.setSpacing(8)
        for part in (self.facts, self.chart, Line(), self.due_title, self.next, self.due):
            column.addWidget(part)
        column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (Line(), self.note_title, self.note):
            column.addWidget(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 12)
        outer.setSpacing(8)
        outer.addLayout(top)
        outer.addWidget(scroll, 1)
        outer.addWidget(open_chart)

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
        """Say the next step, what is asked of the consultant, and what was marked."""
        due = row.next_due
        lines = [f"{due.title}: {due.words(row.today)}"] if due else []
        if row.has_safety_open:
            lines.append(f"{row.safety_words}.")
        if row.question:
            lines.append(f"“{row.question}”")
        lines += row.flags
        return "\n".join(lines) or self.tr("Nothing is due")

    @Slot()
    def _ask_for_chart(self) -> None:
        if self._row is not None:
            self.chart_wanted.emit(self._row.patient_id)
