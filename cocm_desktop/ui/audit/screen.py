"""The audit: who did and saw what, whether it is whole, its export and its monthly review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.anchors import ChainReport, check_audit, check_recent
from cocm_desktop.actions.audit_export import AuditFormat, ExportedAudit, export_audit
from cocm_desktop.actions.audit_month import AuditMonth, read_audit_month, read_month_to_review
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.audit.paper import print_shown
from cocm_desktop.ui.audit.review_dialog import AuditReviewDialog
from cocm_desktop.ui.audit.view import AuditView
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper_check import PaperCheckDialog
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.new_file import ask_new_file


class AuditScreen(Screen):
    topics = Topic.AUDIT | Topic.STAFF
    help_page = "audit"
    menu_title = "&Audit"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view = AuditView(desk)
        self.integrity = Label("", "secondary", wraps=True)
        self.waiting = Label("", "secondary")
        self.check = self._action(self.tr("Check every entry"), self._check)
        self.paper = self._action(self.tr("Check a paper…"), self._check_paper)
        self.review = self._action(self.tr("Review a month…"), self._review)
        self.csv = self._action(self.tr("Export as CSV…"), partial(self._ask, AuditFormat.CSV))
        self.paper_out = self._action(self.tr("Print…"), self._print)
        self.fhir = self._action(self.tr("Export as FHIR…"), partial(self._ask, AuditFormat.FHIR))
        self._build()

    @override
    def read_again(self) -> None:
        self.view.read_again()
        self.desk.read(check_recent, self._show_recent, failed=self._tell_unchecked)
        self.desk.read(read_month_to_review, self._show_waiting)

    @override
    def take_focus(self) -> None:
        self.view.table.setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        return (self.check, self.paper, self.review, self.paper_out, self.csv, self.fhir)

    def write(self, file: Path, kind: AuditFormat) -> None:
        """Write what is shown to a file, with its seal."""

        def told(made: ExportedAudit) -> None:
            words = self.tr("%1 written to %2, with the seal %3 beside it.")
            words = words.replace("%1", count_of(made.entries, "entry", "entries"))
            self.desk.told.emit(words.replace("%2", file.name).replace("%3", made.seal.name))

        question = partial(export_audit, query=self.view.query(), file=file, kind=kind)
        self.desk.read(question, told)

    def _action(self, words: str, do: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.triggered.connect(lambda _on=False: do())
        self.addAction(made)
        return made

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(self.tr("Audit"), "title"))
        head.addWidget(self.waiting)
        head.addStretch(1)
        shown = (
            (self.review, "clipboard-list"),
            (self.paper_out, "printer"),
            (self.csv, "database-export"),
        )
        for action, icon in shown:
            button = Button(action.text(), icon)
            button.clicked.connect(action.trigger)
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.integrity)  # a break is told in several sentences
        column.addWidget(self.view, 1)

    def _show_recent(self, report: ChainReport) -> None:
        whole = self.tr("The last entries are whole, up to %1")
        self._tell(report, whole)

    def _tell(self, report: ChainReport, whole: str) -> None:
        words = report.words or whole.replace("%1", str(report.head))
        self.integrity.setText(words)
        self.integrity.set_role("problem" if report.words else "secondary")

    def _tell_unchecked(self, error: CocmError) -> None:
        self.integrity.setText(str(error))

    def _show_waiting(self, month: ServiceMonth | None) -> None:
        words = self.tr("%1 waits to be reviewed").replace("%1", str(month)) if month else ""
        self.waiting.setText(words)

    def _check(self) -> None:
        whole = self.tr("Every entry is whole, up to %1")
        self.desk.read(check_audit, lambda report: self._tell(report, whole))

    def _check_paper(self) -> None:
        PaperCheckDialog(self.desk, self).open()

    def _review(self) -> None:
        last = ServiceMonth.of(self.desk.today()).plus(-1)
        self.desk.read(partial(read_audit_month, month=last), self._show_month)

    def _show_month(self, month: AuditMonth) -> None:
        AuditReviewDialog(self.desk, month, self).open()

    def _print(self) -> None:
        print_shown(self.desk, self.view.query(), self)

    def _ask(self, kind: AuditFormat) -> None:
        ending = "csv" if kind is AuditFormat.CSV else "ndjson"
        proposed = Path(f"audit-{self.desk.today()}.{ending}")
        title = self.tr("Export the audit")
        chosen = partial(self._write_chosen, kind)
        ask_new_file(self, title, proposed, kind=ending.upper(), chosen=chosen)

    def _write_chosen(self, kind: AuditFormat, file: Path) -> None:
        self.write(file, kind)
