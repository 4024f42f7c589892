"""Asking before superbills are made final: each warning is acknowledged by its name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.superbill import issue_superbills
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.billing.month_totals import MonthTotals
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.billing.warning_list import WarningList
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.form_dialog import FormScroll
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel

WIDTH = 560


class IssueDialog(QDialog):
    """Stays until every superbill is issued, or none is and the reason stands here.

    Not issuing is the default, and issuing waits until every warning has been looked at.
    """

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
        self.warnings = WarningList(rows)
        self.boxes = self.warnings.boxes
        self.problems = ProblemLabel()
        self._build()
        self._let()

        self.warnings.ticked.connect(self._let)
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
        words = " · ".join((str(self._month), *totals.amount_words))
        column.addWidget(Label(words, "secondary", wraps=True))
        kept = self.tr(
            "Each gets a number and is kept as it stands now. Minutes, diagnoses and charges "
            "recorded later do not change it. An issued superbill can be voided and issued again."
        )
        column.addWidget(Label(kept, wraps=True))
        if self.boxes:
            scroll = FormScroll()
            scroll.body.addWidget(self.warnings)
            scroll.body.addStretch(1)
            column.addWidget(scroll, 1)
        column.addSpacing(4)
        column.addWidget(self.problems)
        column.addWidget(self._buttons())
        self.setMinimumWidth(theme_of(self).px(WIDTH))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        buttons.addButton(self.issue, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.issue.setAutoDefault(False)
        self.cancel.setAutoDefault(True)
        self.cancel.setDefault(True)
        self.cancel.setFocus()
        return buttons

    @Slot()
    def _issue(self) -> None:
        self._wait(is_pending=True)
        patients = [row.bill.patient.id for row in self._rows]
        action = partial(
            issue_superbills,
            patient_ids=patients,
            month=self._month,
            acknowledged=frozenset(self.boxes),
        )
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
        self.cancel.setDisabled(is_pending)
        self._let()

    @Slot()
    def _let(self) -> None:
        """Let it be issued once every box is ticked."""
        self.issue.setEnabled(self.warnings.is_looked_at and not self._is_pending)
