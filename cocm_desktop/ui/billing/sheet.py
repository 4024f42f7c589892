"""What is known of one superbill, or of several together, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.billing.month_list import MonthRow, MonthTotals, checks
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import (
    NOT_RECORDED,
    count_of,
    dollars,
    long_date,
    long_moment,
    month_day,
)
from cocm_desktop.ui.billing.columns import state_chip
from cocm_desktop.ui.widgets.bar import Bar
from cocm_desktop.ui.widgets.chips import Chip, ChipLabel
from cocm_desktop.ui.widgets.labels import IconLabel, Label, Line

_TOP = Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | _TOP


class Sheet(QWidget):
    """A column of parts, made once for what it shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 12, 14, 12)
        self.column.setSpacing(6)

    def say(self, words: str, role: str = "") -> None:
        self.column.addWidget(Label(words, role, wraps=True))

    def rule(self) -> None:
        self.column.addSpacing(4)
        self.column.addWidget(Line())
        self.column.addSpacing(2)


class BillSheet(Sheet):
    """One patient's month. `zone` is the practice's: moments are told in it."""

    def __init__(self, row: MonthRow, zone: tzinfo | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._bill = row.bill
        self._head(zone)
        self.rule()
        self._lines()
        self.rule()
        self._minutes()
        self.rule()
        self._to_check()
        self.column.addStretch(1)

    def _head(self, zone: tzinfo | None) -> None:
        patient, bill = self._bill.patient, self._bill
        self.say(patient.name, "banner")
        born = self.tr("Born %1").replace("%1", long_date(patient.born_on))
        mrn = self.tr("MRN %1").replace("%1", patient.mrn or NOT_RECORDED)
        self.say(f"{born} · {mrn}", "secondary")
        coverage = patient.coverage
        payer = coverage.payer or self.tr("Payer not recorded")
        self.say(f"{payer} {coverage.member_id}".strip(), "secondary")
        line = QHBoxLayout()
        line.setSpacing(8)
        chip = state_chip(self._row, self._row.state.value)
        shown = ChipLabel(chip) if isinstance(chip, Chip) else Label(chip, "secondary")
        line.addWidget(shown)
        if bill.issued_at is not None:
            when = long_moment(bill.issued_at.astimezone(zone))
            line.addWidget(Label(f"{bill.number} · {when}", "caption", wraps=True), 1)
        else:
            served = self.tr("Date of service %1").replace("%1", long_date(bill.service_on))
            line.addWidget(Label(served if bill.lines else "", "caption"), 1)
        self.column.addLayout(line)

    def _lines(self) -> None:
        bill = self._bill
        if not bill.lines:
            words = self.tr("%1 reach no code.")
            self.say(words.replace("%1", count_of(bill.minutes, "counted minute")), "secondary")
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, cells in enumerate(_line_cells(bill)):
            for column, (words, role) in enumerate(cells):
                label = Label(words, role, wraps=column == 1)
                grid.addWidget(label, place, column, _RIGHT if column > 1 else _TOP)
        self.column.addLayout(grid)

    def _minutes(self) -> None:
        row, bill = self._row, self._bill
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label(f"{bill.minutes:,}", "number"))
        about = self.tr("minutes counted · %1").replace("%1", bill.kind.value.lower())
        line.addWidget(Label(about, "secondary", wraps=True), 1)
        self.column.addLayout(line)
        if row.next_code is not None:
            bar = Bar()
            ink = "success" if bill.lines else "primary"
            bar.show_fraction(bill.minutes / row.next_code.at_minute, ink=ink)
            self.column.addWidget(bar)
            ends = month_day(bill.month.last_day)
            self.say(
                f"{row.next_words} · {self.tr('open until %1').replace('%1', ends)}", "caption"
            )
        for words in bill.left_out:
            self.say(words, "secondary")

    def _to_check(self) -> None:
        found = self._bill.to_check
        if not found:
            self.column.addLayout(marked("circle-check", "success", self.tr("Nothing to check")))
        for words in found:
            self.column.addLayout(marked("alert-triangle", "due", words))


class SeveralSheet(Sheet):
    """Several patients' months together."""

    def __init__(self, rows: Sequence[MonthRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say(self.tr("%1 chosen").replace("%1", count_of(len(rows), "patient")), "banner")
        for words in MonthTotals.of(rows).words[1:]:
            self.say(words)
        self.rule()
        found = checks(rows)
        if not found:
            self.column.addLayout(marked("circle-check", "success", self.tr("Nothing to check")))
        for words, count in found.items():
            about = f"{count_of(count, 'superbill')}: {words}"
            self.column.addLayout(marked("alert-triangle", "due", about))
        self.column.addStretch(1)


def _line_cells(bill: Superbill) -> Iterator[tuple[tuple[str, str], ...]]:
    """Give code, label, units and amount of each line, then the total."""
    for line in bill.lines:
        amount = "No charge" if line.amount_cents is None else dollars(line.amount_cents)
        role = "due" if line.amount_cents is None else ""
        yield ((line.code, "strong"), (line.label, "secondary"), (f"{line.units} ×", "secondary"),
               (amount, role))  # fmt: skip
    if bill.total_cents is not None:
        yield ("Total", "strong"), ("", ""), ("", ""), (dollars(bill.total_cents), "strong")


def marked(icon: str, colour: str, words: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(IconLabel(icon, colour, size=16), 0, _TOP)
    line.addWidget(Label(words, wraps=True), 1)
    return line
