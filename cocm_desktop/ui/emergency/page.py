"""Every emergency access that was taken, and who looked at it: for administrators."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.actions.emergency import ListedEmergency, read_emergencies
from cocm_desktop.domain.wording import clock_time
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.emergency.dialogs import ReviewEmergencyDialog, when_words
from cocm_desktop.ui.widgets.buttons import PrimaryButton
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class EmergencyPage(Page):
    """A list, and the words of who looked at the chosen one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.table = Table(self.tr("Emergency access"))
        self.model = RowsModel[ListedEmergency](
            (
                Column(self.tr("When"), when_words, width=250),
                Column(self.tr("Who"), lambda each: each.who, width=150),
                Column(self.tr("Reason"), _reason, width=0, hint=_reason),
                Column(self.tr("State"), self._state, width=130),
            ),
            self,
        )
        self.table.set_rows_model(self.model, most_rows=8)
        self.review = PrimaryButton(self.tr("Look at it and sign…"))
        self.found = Label("", wraps=True)
        card = Card(self.tr("Emergency access"))
        words = self.tr(
            "Somebody who could not wait saw charts beyond their roles, for the reason below. An "
            "administrator other than them looks at each and signs."
        )
        card.body.addWidget(Label(words, "secondary", wraps=True))
        self.empty = Label(self.tr("Nobody has taken emergency access so far."))
        card.body.addWidget(self.empty)
        card.body.addWidget(self.table)
        card.body.addWidget(self.found)
        row = QHBoxLayout()
        row.addWidget(self.review)
        row.addStretch(1)
        card.body.addLayout(row)
        self.body.addWidget(card)
        self.body.addStretch(1)

        self.review.clicked.connect(self._review)
        self.table.selectionModel().currentChanged.connect(self._show_chosen)
        self.model.modelReset.connect(self._show_chosen)

    @property
    def chosen(self) -> ListedEmergency | None:
        return self.model.row_at(self.table.currentIndex())

    def read_again(self) -> None:
        self._desk.read(read_emergencies, self.show_all)

    def show_all(self, listed: tuple[ListedEmergency, ...]) -> None:
        self.model.show_rows(listed)
        self.empty.setVisible(not listed)
        for part in (self.table, self.review):
            part.setVisible(bool(listed))
        if listed:
            waits = (n for n, each in enumerate(listed) if each.access.reviewed_at is None)
            self.table.select_row(next(waits, 0))

    def _state(self, each: ListedEmergency) -> str:
        if each.is_open:
            return self.tr("Going on")
        return self.tr("Looked at") if each.access.reviewed_at else self.tr("To be looked at")

    @Slot()
    def _show_chosen(self) -> None:
        each = self.chosen
        waits = each is not None and each.access.reviewed_at is None and not each.is_open
        self.review.setEnabled(waits)
        words = f"“{each.access.reason}”" if each is not None else ""
        if each is not None and each.access.reviewed_at is not None:
            said = self.tr("%1 found: %2").replace("%1", each.reviewer)
            words = f"{words}\n{said.replace('%2', each.access.review_words)}"
        if each is not None and each.is_open:
            said = self.tr("It is going on. Sign it when it has ended, at %1 at the latest.")
            words = f"{words}\n{said.replace('%1', clock_time(each.access.ends_at))}"
        self.found.setText(words)
        self.found.setVisible(bool(words))

    @Slot()
    def _review(self) -> None:
        if self.chosen is not None:
            ReviewEmergencyDialog(self._desk, self.chosen, self).open()


def _reason(each: ListedEmergency) -> str:
    return each.access.reason
