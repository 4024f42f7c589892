"""What is known of one patient's month, or of several together, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.billing.check import Check
from cocm_desktop.domain.billing.checklist import ChecklistItem, ProofState
from cocm_desktop.domain.billing.explanation import rate_words, why
from cocm_desktop.domain.billing.mending import MENDED_AT, Mend
from cocm_desktop.domain.billing.month_list import checks
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.billing.month_totals import MonthTotals
from cocm_desktop.domain.superbill import LoggedTime
from cocm_desktop.domain.wording import (
    NOT_RECORDED,
    NOTHING,
    count_of,
    dollars,
    long_date,
    long_moment,
    minutes_of,
    month_day,
)
from cocm_desktop.ui.billing.columns import MARKS, state_chip
from cocm_desktop.ui.billing.mending import may_mend, mend_words
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.bar import Bar
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.chips import ChipLabel
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

    def rule(self, title: str = "") -> None:
        self.column.addSpacing(4)
        self.column.addWidget(Line())
        self.column.addSpacing(2)
        if title:
            self.say(title, "strong")


class BillSheet(Sheet):
    """One patient's month, with the ways to where things are put right, as far as one may go."""

    mend_wanted = Signal(object)
    """A Mend: the place where something of this patient is put right."""

    def __init__(self, row: MonthRow, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row = row
        self._bill = row.bill
        self._head(desk.now().tzinfo)
        self._next_step()
        self.rule()
        self._lines()
        self._minutes()
        self._checklist()
        self._to_check()
        self._why()
        self.column.addStretch(1)

    def _head(self, zone: tzinfo | None) -> None:
        patient, bill = self._bill.patient, self._bill
        self.say(patient.name, "banner")
        born = self.tr("Born %1").replace("%1", long_date(patient.born_on))
        mrn = self.tr("MRN %1").replace("%1", patient.mrn or NOT_RECORDED)
        self.say(f"{born} · {mrn}", "secondary")
        self.say(_payer_words(self._row) or self.tr("Payer not recorded"), "secondary")
        for share in bill.other_payers:
            self.say(share.words, "secondary")
        if bill.service_words:
            self.say(self.tr(bill.service_words), "strong")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(ChipLabel(state_chip(self._row, self._row.state_name)))
        if bill.issued_at is not None:
            when = long_moment(bill.issued_at.astimezone(zone))
            line.addWidget(Label(f"{bill.number} · {when}", "caption", wraps=True), 1)
        else:
            served = self.tr("Date of service %1").replace("%1", long_date(bill.service_on))
            line.addWidget(Label(served if self._row.labelled else "", "caption"), 1)
        self.column.addLayout(line)

    def _next_step(self) -> None:
        for words in self._row.step_words:
            self.say(words, "secondary")
        step = self._row.next_step
        self.column.addSpacing(2)
        self.column.addLayout(marked("chevron-right", "primary", step.words))
        self._offer(step.mend)

    def _offer(self, mend: Mend | None) -> None:
        """Offer the way to the place where something is put right."""
        if mend is None or not may_mend(self._desk, mend, self._bill):
            return
        button = LinkButton(mend_words(self._desk, mend, self._bill))
        button.clicked.connect(lambda: self.mend_wanted.emit(mend))
        line = QHBoxLayout()
        line.addSpacing(24)
        line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)

    def _lines(self) -> None:
        row = self._row
        if not row.labelled:
            words = self.tr("%1 reach no code.")
            counted = count_of(row.bill.minutes, "counted minute")
            self.say(words.replace("%1", counted), "secondary")
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        title = self.tr("Codes") if row.bill.lines else self.tr("Reached, not billable yet")
        titles = (title, self.tr("Allowed"), self.tr("Charge"))
        _put(grid, 0, [(words, "caption") for words in titles])
        for line in row.labelled:
            name = line.code if line.units == 1 else f"{line.units} × {line.code}"
            charge = getattr(line, "amount_cents", getattr(line, "charge_cents", None))
            _put(grid, grid.rowCount(), [(name, "strong"), *_money(line.allowed_cents, charge)])
            label = Label(line.label, "caption", wraps=True)
            grid.addWidget(label, grid.rowCount(), 0, 1, 3)
        if len(row.labelled) > 1:
            amounts = _money(row.allowed_cents, row.charge_cents, role="strong")
            _put(grid, grid.rowCount(), [(self.tr("Total"), "strong"), *amounts])
        self.column.addLayout(grid)
        if words := rate_words(row.bill):
            self.say(words, "caption")

    def _minutes(self) -> None:
        self.rule()
        row, bill = self._row, self._bill
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label(f"{bill.minutes:,}", "number"))
        about = self.tr("minutes counted · %1").replace("%1", bill.kind.value.lower())
        line.addWidget(Label(about, "secondary", wraps=True), 1)
        self.column.addLayout(line)
        if row.next_code is not None:
            bar = Bar()
            ink = "success" if row.labelled else "primary"
            bar.show_fraction(bill.minutes / row.next_code.at_minute, ink=ink)
            self.column.addWidget(bar)
            ends = self.tr("open until %1").replace("%1", month_day(bill.month.last_day))
            self.say(f"{row.next_words} · {row.short_words} · {ends}", "caption")
        for entry in bill.time_log:
            if entry.not_counted:
                self.say(_left_out_words(entry), "caption")

    def _checklist(self) -> None:
        if not self._row.checklist:
            return
        self.rule(self.tr("Checklist"))
        for item in self._row.checklist:
            icon_name, colour = MARKS[item.state]
            self.column.addLayout(_item_line(item, icon_name, colour))

    def _to_check(self) -> None:
        row = self._row
        listed = {each.words for each in row.checklist if each.state is ProofState.MISSING}
        others = [each for each in row.stopping if each.words not in listed]
        if others:
            self.rule(self.tr("Also stops it"))
            self._say_checks(others, "alert-circle", "error")
        if row.bill.is_issued:
            self._say_remarks()
            return
        self.rule(self.tr("To check") if row.warnings else "")
        if row.warnings:
            self._say_checks(row.warnings, "alert-triangle", "due")
        else:
            self.column.addLayout(marked("circle-check", "success", self.tr("Nothing to check")))

    def _say_remarks(self) -> None:
        """Say what was acknowledged when it was issued: nothing is left to do about it."""
        if self._row.remarks:
            self.rule(self.tr("Acknowledged when it was issued"))
        for each in self._row.remarks:
            self.say(each.words, "secondary")

    def _say_checks(self, found: Sequence[Check], icon_name: str, colour: str) -> None:
        offered: set[Mend] = set()
        for each in found:
            self.column.addLayout(marked(icon_name, colour, each.words))
            mend = MENDED_AT.get(each.id)
            if mend is not None and mend not in offered:
                offered.add(mend)
                self._offer(mend)

    def _why(self) -> None:
        bill = self._bill
        if bill.facts is None or bill.result is None:
            return
        self.rule(self.tr("Why these codes") if self._row.labelled else self.tr("Why"))
        for words in why(bill.facts, bill.result):
            self.say(words, "secondary")
        versions = bill.result.versions
        self.say(f"{versions.rule_set} · {versions.diagnoses}", "caption")


class SeveralSheet(Sheet):
    """Several patients' months together."""

    def __init__(self, rows: Sequence[MonthRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say(self.tr("%1 chosen").replace("%1", count_of(len(rows), "patient")), "banner")
        totals = MonthTotals.of(rows)
        for words in (*totals.amount_words, *(each.words for each in totals.by_state)):
            self.say(words)
        self.rule()
        found = checks(rows)
        if not found:
            self.column.addLayout(marked("circle-check", "success", self.tr("Nothing to check")))
        for words, count in found.items():
            about = f"{count_of(count, 'patient')}: {words}"
            self.column.addLayout(marked("alert-triangle", "due", about))
        self.column.addStretch(1)


def _payer_words(row: MonthRow) -> str:
    bill = row.bill
    coverage = bill.patient.coverage
    name = bill.payer.name if bill.payer else coverage.payer
    member = bill.coverage.member_id if bill.coverage else coverage.member_id
    return f"{name} {member}".strip()


def _left_out_words(entry: LoggedTime) -> str:
    """Say of an entry how much of it does not count, and why."""
    left = minutes_of(entry.seconds - entry.counted_seconds)
    whole = minutes_of(entry.seconds)
    amount = f"{whole} min" if not entry.counted_seconds else f"{left} of {whole} min"
    return f"{month_day(entry.worked_on)} · {amount} left out: {entry.not_counted}"


def _money(
    allowed: int | None, charge: int | None, *, role: str = ""
) -> tuple[tuple[str, str], tuple[str, str]]:
    def cell(cents: int | None) -> tuple[str, str]:
        return (NOTHING, "secondary") if cents is None else (dollars(cents), role)

    return cell(allowed), cell(charge)


def _put(grid: QGridLayout, place: int, cells: Sequence[tuple[str, str]]) -> None:
    for column, (words, role) in enumerate(cells):
        grid.addWidget(Label(words, role), place, column, _RIGHT if column else _TOP)


def _item_line(item: ChecklistItem, icon_name: str, colour: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(IconLabel(icon_name, colour, size=16), 0, _TOP)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(item.proof.value))
    said = Label(item.words, "caption", wraps=True)
    words.addWidget(said)
    line.addLayout(words, 1)
    return line


def marked(icon: str, colour: str, words: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(IconLabel(icon, colour, size=16), 0, _TOP)
    line.addWidget(Label(words, wraps=True), 1)
    return line
