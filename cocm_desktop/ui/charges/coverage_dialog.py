"""A patient's coverage: what is on file, and what can be done about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.coverage import ReadCoverage, read_coverage, void_coverage
from cocm_desktop.domain.billing.coverage_draft import RANK_WORDS
from cocm_desktop.domain.billing.payer import PatientCoverage, Relation
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import NOTHING, long_date, short_date
from cocm_desktop.ui.charges.coverage_form import CoverageFormDialog, EligibilityDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.list_dialog import PatientListDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog
from cocm_desktop.ui.widgets.buttons import Button, DangerButton, PrimaryButton
from cocm_desktop.ui.widgets.labels import Card, EmptyState, Label
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.widgets.table import Column

WIDTH, HEIGHT, MOST_ROWS = 820, 470, 5


class CoverageDialog(PatientListDialog[PatientCoverage]):
    """Each coverage with its days and order; below it what the payer answered."""

    topics = Topic.BILLING

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, desk.tr("Coverage"), parent=parent)
        self._read: ReadCoverage | None = None
        open_at(self, WIDTH, HEIGHT)
        none = EmptyState("report-money", self.tr("No coverage is on file"))
        self.list_by(self._columns(), none, most_rows=MOST_ROWS)
        self.details = Label("", wraps=True)
        self.answers = Label("", "secondary", wraps=True)
        self.add = PrimaryButton(self.tr("Add coverage…"), "plus")
        self.change = Button(self.tr("Change…"), "edit")
        self.ask = Button(self.tr("Ask the payer…"), "phone")
        self.void = DangerButton(self.tr("Void…"))
        self.card = Card()
        for label in (self.details, self.answers):
            self.card.body.addWidget(label)
        self.arrange((self.add, self.change, self.ask, self.void), details=self.card)
        self._connect()

    def show_coverage(self, read: ReadCoverage) -> None:
        row = max(self.table.currentIndex().row(), 0)
        self._read = read
        self.model.show_rows(read.coverage)
        self.table.select_row(min(row, len(read.coverage) - 1))
        named = read.patient.coverage
        words = self.tr("The patient's details name no payer.")
        if named.payer:
            parts = (named.payer, named.member_id, named.group_number)
            said = ", ".join(part for part in parts if part)
            words = self.tr("The patient's details say: %1.").replace("%1", said)
        if not read.offered:
            words += " " + self.tr("No payer is set up yet: Settings, Charges, Payers.")
        self.none.say(self.tr("No coverage is on file"), words)
        for shown in (self.table, self.card):
            shown.setVisible(bool(read.coverage))
        self.none.setVisible(not read.coverage)
        self._show_chosen()

    def _columns(self) -> tuple[Column[PatientCoverage], ...]:
        return (
            Column(self.tr("Pays"), lambda each: RANK_WORDS[each.rank], width=72),
            Column(self.tr("Payer"), self._payer, width=0, hint=self._payer),
            Column(self.tr("Member id"), lambda each: each.member_id or None, width=140),
            Column(self.tr("From"), lambda each: each.first_on, short_date, width=100),
            Column(self.tr("To"), lambda each: each.last_on, short_date, width=100),
            Column(self.tr("Insured"), lambda each: each.relation.value, width=90),
        )

    def _payer(self, coverage: PatientCoverage) -> str:
        return self._read.payer_of(coverage).name if self._read else ""

    @override
    def read_again(self) -> None:
        asked = partial(read_coverage, patient_id=self._subject.patient_id)
        self._desk.read(asked, self.show_coverage)

    @Slot()
    def _show_chosen(self) -> None:
        chosen, may = self.chosen, self._desk.may(Permission.RECORD_COVERAGE)
        self.add.setEnabled(may and self._read is not None and bool(self._read.offered))
        for button in (self.change, self.ask, self.void):
            button.setEnabled(may and chosen is not None)
        if chosen is None or self._read is None:
            return
        self.details.setText(self._detail_words(chosen))
        answers = [check.words for check in self._read.checks_of(chosen.id)]
        never = self.tr("The payer was never asked about it.")
        self.answers.setText("\n".join(answers) or never)

    def _detail_words(self, coverage: PatientCoverage) -> str:
        parts = [self.tr("Group number: %1").replace("%1", coverage.group_number or NOTHING)]
        if coverage.authorization:
            words = self.tr("authorization %1").replace("%1", coverage.authorization)
            if coverage.authorized_last_on:
                until = long_date(coverage.authorized_last_on)
                words += self.tr(", to %1").replace("%1", until)
            parts.append(words)
        if coverage.insured and coverage.relation is not Relation.SELF:
            name = f"{coverage.insured.first_name} {coverage.insured.last_name}"
            parts.append(self.tr("insured person %1").replace("%1", name))
        return " · ".join(parts)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.table.activated.connect(self._change)
        self.table.doubleClicked.connect(self._change)
        self.ask.clicked.connect(self._ask)
        self.void.clicked.connect(self._void)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)

    @Slot()
    def _add(self) -> None:
        if self._read is not None:
            CoverageFormDialog(self._desk, self._subject, self._read, parent=self).open()

    @Slot()
    def _change(self) -> None:
        chosen = self.chosen
        if chosen and self._read and self._desk.may(Permission.RECORD_COVERAGE):
            CoverageFormDialog(
                self._desk, self._subject, self._read, coverage=chosen, parent=self
            ).open()

    @Slot()
    def _ask(self) -> None:
        if self.chosen:
            name = self._payer(self.chosen)
            EligibilityDialog(
                self._desk, self._subject, self.chosen, payer_name=name, parent=self
            ).open()

    @Slot()
    def _void(self) -> None:
        if (chosen := self.chosen) is None:
            return
        words = f"{self._payer(chosen)}, {chosen.member_id}"
        also = self.tr("Coverage that ended gets a last day instead. Issued superbills keep it.")
        record = Voidable(
            words, also, lambda workspace, why: void_coverage(workspace, chosen.id, reason=why)
        )
        VoidDialog(self._desk, self._subject, record, parent=self).open()
