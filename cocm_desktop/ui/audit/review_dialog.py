"""Looking through a month of the audit, and signing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.audit_month import AuditMonth, read_audit_month, sign_audit_month
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_review import AuditReview, AuditReviewDraft, LookPoint
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of, long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, NoteField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

WIDTH = 680
MONTHS = 36
"""How far back a month can be chosen; the command line has no such end."""
FEWEST_ROWS = 5


class AuditReviewDialog(RecordDialog):
    """What is worth a look, counted; nothing of it is a judgment."""

    def __init__(self, desk: Desk, month: AuditMonth, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._month = month.month
        self._read = desk.read
        last = ServiceMonth.of(desk.today()).plus(-1)
        earlier = [last.plus(-back) for back in range(MONTHS)]
        self.month: ChoiceField[ServiceMonth] = ChoiceField([(m, str(m)) for m in earlier])
        self.month.setAccessibleName(self.tr("Month"))
        self.month.activated.connect(self._read_month)
        self.told = Label("", "secondary", wraps=True)
        self.signed = Label("", wraps=True)
        self.table = Table(self.tr("Worth a look"))
        self.model = RowsModel[LookPoint](
            (
                Column(self.tr("Entries"), lambda each: each.count, right=True, width=76),
                Column(self.tr("Worth a look"), lambda each: each.what.value, width=0),
                Column(self.tr("Who"), _people, width=190, hint=_people),
            ),
            self,
        )
        self.table.set_rows_model(self.model, most_rows=max(len(month.points), FEWEST_ROWS))
        self.said = NoteField(lines=3)
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        row = QHBoxLayout()
        row.addWidget(self.month)
        row.addStretch(1)
        self.body.insertLayout(0, row)
        for place, shown in enumerate((self.told, self.table, self.signed), start=1):
            self.body.insertWidget(place, shown)
        hint = self.tr("Such as: looked at all exports with the team, nothing unusual.")
        self.form.add(self.tr("&What you found"), self.said, hint)
        self.fields = {"words": self.said, "month": self.month}
        self.show_month(month)

    def show_month(self, month: AuditMonth) -> None:
        """Show what in a month is worth a look, and who has signed it."""
        self._month = month.month
        self.month.choose(month.month)
        self.set_words(self.tr("Audit of %1").replace("%1", str(month.month)), self.tr("Sign"))
        words = self.tr(
            "%1. Each line below may well have been right: look at it in the audit, ask where you "
            "wonder, and write what you found."
        )
        none = self.tr("There is no entry in this month.")
        entries = count_of(month.entries, "entry", "entries")
        self.told.setText(words.replace("%1", entries) if month.entries else none)
        self.model.show_rows(month.points)
        self.signed.setText("\n".join(self._signed(month, review) for review in month.reviews))
        self.signed.setVisible(bool(month.reviews))

    def _signed(self, month: AuditMonth, review: AuditReview) -> str:
        words = self.tr("Signed %1 by %2: %3")
        words = words.replace("%1", long_date(review.signed_at.date()))
        who = month.names.get(StaffId(review.signed_by), "")
        return words.replace("%2", who).replace("%3", review.words)

    @Slot()
    def _read_month(self) -> None:
        self._read(partial(read_audit_month, month=self.month.choice()), self.show_month)

    @override
    def typed(self) -> object:
        return self.said.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = AuditReviewDraft(self._month, self.said.text())
        return partial(sign_audit_month, draft=draft)


def _people(point: LookPoint) -> str:
    return "; ".join(point.people)
