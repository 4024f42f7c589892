"""Looking through a month of the audit, and signing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.audit_month import AuditMonth, sign_audit_month
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_review import AuditReviewDraft, LookPoint
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.wording import count_of, long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import NoteField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

WIDTH = 680


class AuditReviewDialog(RecordDialog):
    """What is worth a look, counted; nothing of it is a judgment."""

    def __init__(self, desk: Desk, month: AuditMonth, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._month = month.month
        title = self.tr("Audit of %1").replace("%1", str(month.month))
        self.set_words(title, self.tr("Sign"))
        words = self.tr(
            "%1. Each line below may well have been right: look at it in the audit, ask where you "
            "wonder, and write what you found."
        )
        entries = count_of(month.entries, "entry", "entries")
        self.table = Table(self.tr("Worth a look"))
        model = RowsModel[LookPoint](
            (
                Column(self.tr("Entries"), lambda each: each.count, right=True, width=76),
                Column(self.tr("Worth a look"), lambda each: each.what.value, width=0),
                Column(self.tr("Who"), _people, width=190, hint=_people),
            ),
            self,
        )
        self.table.set_rows_model(model, most_rows=len(month.points))
        model.show_rows(month.points)
        self.said = NoteField(lines=3)
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, Label(words.replace("%1", entries), "secondary", wraps=True))
        self.body.insertWidget(1, self.table)
        for place, review in enumerate(month.reviews):
            signed = self.tr("Signed %1 by %2: %3")
            signed = signed.replace("%1", long_date(review.signed_at.date()))
            who = month.names.get(StaffId(review.signed_by), "")
            signed = signed.replace("%2", who).replace("%3", review.words)
            self.body.insertWidget(2 + place, Label(signed, wraps=True))
        hint = self.tr("Such as: looked at all exports with the team, nothing unusual.")
        self.form.add(self.tr("&What you found"), self.said, hint)
        self.fields = {"words": self.said}

    @override
    def typed(self) -> object:
        return self.said.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = AuditReviewDraft(self._month, self.said.text())
        return partial(sign_audit_month, draft=draft)


def _people(point: LookPoint) -> str:
    return "; ".join(point.people)
