"""Settings of privacy: the practice's papers, how long records are kept, what waits for answers."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.actions.attestation import print_attestation, print_data_flow
from cocm_desktop.actions.privacy_request import read_open_amendments
from cocm_desktop.actions.retention import print_retention, read_retention
from cocm_desktop.domain.privacy import Amendment
from cocm_desktop.domain.retention import NOT_DELETED, KeptRecord, RetentionList
from cocm_desktop.domain.wording import count_of, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class PrivacyPage(Page):
    """Two papers, a list of records past their time, and requests without an answer."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.attest = Button(self.tr("Attestation of encryption"), "printer")
        self.flow = Button(self.tr("Where data goes"), "printer")
        self.list = Button(self.tr("Records past their time"), "printer")
        self.kept = Label("", wraps=True)
        self.asked = Label("", wraps=True)
        self.table = Table(self.tr("Records past their time"))
        self.model = RowsModel[KeptRecord](
            (
                Column(self.tr("Patient"), lambda each: each.patient.name, width=0),
                Column(self.tr("Last entry"), lambda each: each.last_on, short_date, width=110),
                Column(self.tr("Kept until"), lambda each: each.keep_until, short_date, width=110),
                Column(
                    self.tr("Held because"),
                    lambda each: each.hold.reason if each.hold else "",
                    width=220,
                ),
            ),
            self,
        )
        self.table.set_rows_model(self.model, most_rows=8)
        self.body.addWidget(self._papers())
        self.body.addWidget(self._retention())
        self.body.addWidget(self._requests())
        self.body.addStretch(1)
        self.attest.clicked.connect(self._print_attestation)
        self.flow.clicked.connect(self._print_flow)
        self.list.clicked.connect(self._print_list)

    def read_again(self) -> None:
        self._desk.read(read_retention, self.show_retention)
        self._desk.read(read_open_amendments, self.show_requests)

    def show_retention(self, found: RetentionList) -> None:
        self.model.show_rows(found.past)
        self.table.setVisible(bool(found.past))
        self.list.setVisible(bool(found.past))
        words = self.tr("Kept %1 years after the last entry, of minors %2 years after age 18. %3.")
        number = count_of(len(found.past), self.tr("record is"), self.tr("records are"))
        past = self.tr("%1 past their time").replace("%1", number)
        words = words.replace("%1", str(found.rule.years))
        self.kept.setText(words.replace("%2", str(found.rule.minor_years)).replace("%3", past))

    def show_requests(self, waiting: tuple[Amendment, ...]) -> None:
        if not waiting:
            self.asked.setText(self.tr("No request to amend a record waits for an answer."))
            return
        words = self.tr("%1 without an answer; the first is due by %2. It is in the chart's menu.")
        number = count_of(len(waiting), self.tr("request"))
        first = min(each.due_on for each in waiting)
        self.asked.setText(words.replace("%1", number).replace("%2", short_date(first)))

    def _papers(self) -> Card:
        card = Card(self.tr("For the practice's file"))
        words = self.tr(
            "The attestation tests the file as it lies on the disk and says how it is encrypted; "
            "print one each quarter. The other page says where data lies and how it leaves."
        )
        card.body.addWidget(Label(words, "secondary", wraps=True))
        row = QHBoxLayout()
        for button in (self.attest, self.flow):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _retention(self) -> Card:
        card = Card(self.tr("How long records are kept"))
        card.body.addWidget(Label(NOT_DELETED, "secondary", wraps=True))
        card.body.addWidget(self.kept)
        words = self.tr("The years are set under Clinical rules.")
        card.body.addWidget(Label(words, "secondary", wraps=True))
        card.body.addWidget(self.table)
        row = QHBoxLayout()
        row.addWidget(self.list)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _requests(self) -> Card:
        card = Card(self.tr("Requests of patients"))
        card.body.addWidget(self.asked)
        return card

    @Slot()
    def _print_attestation(self) -> None:
        self._show(PaperRequest(print_attestation, self.attest.text(), "attestation"))

    @Slot()
    def _print_flow(self) -> None:
        self._show(PaperRequest(print_data_flow, self.flow.text(), "data-flow"))

    @Slot()
    def _print_list(self) -> None:
        self._show(PaperRequest(print_retention, self.list.text(), "records-past-their-time"))

    def _show(self, request: PaperRequest) -> None:
        preview(self._desk, request, self)
