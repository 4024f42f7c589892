"""Asking before superbills are made final. Not issuing is the default."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.superbill import issue_superbills
from cocm_desktop.domain.billing.month_list import MonthRow, MonthTotals, checks
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.billing.sheet import marked
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel

WIDTH = 480


class IssueDialog(QDialog):
    """Stays until every superbill is issued, or none is and the reason stands here."""

    issued = Signal(int)
    """How many were issued."""

    def __init__(
        self,
        desk: Desk,
        month: ServiceMonth,
        rows: Sequence[MonthRow],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._month = month
        self._rows = tuple(rows)
        self._is_pending = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.what = count_of(len(rows), "superbill")
        self.setWindowTitle(self.tr("Issue %1?").replace("%1", self.what))
        self.issue = PrimaryButton(self.tr("&Issue %1").replace("%1", self.what))
        self.cancel = Button(self.tr("Cancel"))
        self.problems = ProblemLabel()
        self._build()

        self.issue.clicked.connect(self._issue)
        self.cancel.clicked.connect(self.reject)

    @override
    def reject(self) -> None:
        if not self._is_pending:
            super().reject()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(Label(self.windowTitle(), "section", wraps=True))
        totals = MonthTotals.of(self._rows)
        words = " · ".join((str(self._month), *totals.words_of_drafts))
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addWidget(
            Label(
                self.tr(
                    "Each gets a number and is kept as it stands now. Minutes, diagnoses and "
                    "charges recorded later do not change it. An issued superbill can be voided "
                    "and issued again."
                ),
                wraps=True,
            )
        )
        for warning in self._warnings():
            column.addLayout(marked("alert-triangle", "due", warning))
        column.addSpacing(4)
        column.addWidget(self.problems)
        buttons = QDialogButtonBox()
        buttons.addButton(self.issue, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        column.addWidget(buttons)
        self.issue.setAutoDefault(False)
        self.cancel.setAutoDefault(True)
        self.cancel.setDefault(True)
        self.cancel.setFocus()
        self.setMinimumWidth(theme_of(self).px(WIDTH))

    def _warnings(self) -> list[str]:
        found = []
        if any(row.is_open for row in self._rows):
            words = self.tr("%1 is still open: minutes of its other days will not be on them.")
            found.append(words.replace("%1", str(self._month)))
        for words, count in checks(self._rows).items():
            found.append(f"{count_of(count, 'superbill')}: {words}")
        return found

    @Slot()
    def _issue(self) -> None:
        self._wait(is_pending=True)
        patients = [row.bill.patient.id for row in self._rows]
        action = partial(issue_superbills, patient_ids=patients, month=self._month)
        self._desk.do(action, done=self._done, refused=self._show, failed=self._show)

    def _done(self) -> None:
        self._wait(is_pending=False)
        self.accept()
        self.issued.emit(len(self._rows))

    def _show(self, error: CocmError) -> None:
        self._wait(is_pending=False)
        self.problems.show_error(error)

    def _wait(self, *, is_pending: bool) -> None:
        self._is_pending = is_pending
        self.issue.setDisabled(is_pending)
        self.cancel.setDisabled(is_pending)
