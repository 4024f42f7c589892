"""The billing month: every patient with time in it, what it comes to, and the superbills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.bill_papers import print_billing_sheets
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.superbill import (
    BillingMonth,
    read_billing_month,
    void_superbill,
)
from cocm_desktop.domain.billing.month_list import month_rows, to_print
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import count_of, dollars
from cocm_desktop.ui.billing.issue_dialog import IssueDialog
from cocm_desktop.ui.billing.month_view import MonthView
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog
from cocm_desktop.ui.screen import Screen

_IN_HERE = {"Esc", "Del"}
"""Keys that mean something else in the bars around the screen."""


class BillingScreen(Screen):
    """Whoever may see billing sees it all; issuing and voiding need a permission of their own."""

    topics = (
        Topic.PATIENT
        | Topic.EPISODE
        | Topic.CONTACT
        | Topic.TIME
        | Topic.STAFF
        | Topic.PRACTICE
        | Topic.BILLING
    )
    help_page = "billing"
    menu_title = "&Billing"
    can_narrow = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._printed: tuple[str, ...] = ()
        self.view = MonthView(ServiceMonth.of(desk.today()))
        self.paper = PaperPage(desk, self.tr("Billing"))
        may_issue = desk.may(Permission.ISSUE_SUPERBILL)
        self.preview = self._action(self.tr("Preview"), self._preview)
        self.issue = self._action(self.tr("Issue"), self._ask_to_issue, "Ctrl+I")
        self.void = self._action(self.tr("Void"), self._ask_to_void, "Del")
        self.batch = self._action(self.tr("Print batch"), self._print_batch, "Ctrl+P")
        month = self.view.head.month
        self.earlier = self._action(self.tr("Previous month"), month.go_back, "Ctrl+PgUp")
        self.later = self._action(self.tr("Next month"), month.go_on, "Ctrl+PgDown")
        self.clear = self._action(self.tr("Clear filters"), self.view.clear_filters, "Esc")
        self.leave_paper = self._action(self.tr("Back to the month"), self._show_month, "Esc")
        for action in (self.issue, self.void):
            action.setVisible(may_issue)
        self.view.head.issue.setVisible(may_issue)
        self.view.panel.void.setVisible(may_issue)
        self._build()
        self._connect()
        self._show_month()

    @property
    def month(self) -> ServiceMonth:
        return self.view.head.month.month

    @override
    def read_again(self) -> None:
        self.view.head.month.move_on(ServiceMonth.of(self.desk.today()))
        self.desk.read(partial(read_billing_month, month=self.month), self._show)

    @override
    def narrow(self, words: str) -> None:
        self._show_month()
        self.view.narrow(words)

    @override
    def take_focus(self) -> None:
        (self.view.table if self.paper.shown is None else self.paper.view).setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        own = (self.preview, self.issue, self.void, self.batch, self.earlier, self.later)
        return (*own, self.clear, self.leave_paper, *self.paper.actions_of_paper)

    def _action(self, words: str, do: Callable[[], object], keys: str = "") -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        if keys in _IN_HERE:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _on=False: do())
        self.addAction(made)
        return made

    def _build(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.paper)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._pages)

    def _connect(self) -> None:
        view = self.view
        view.head.month.changed.connect(self.read_again)
        view.choice_changed.connect(self._let)
        view.status_changed.connect(self.status_changed)
        view.find_cleared.connect(self.find_cleared)
        view.table.preview_wanted.connect(self.preview.trigger)
        pairs = (
            (view.head.issue, self.issue),
            (view.head.print_batch, self.batch),
            (view.panel.preview, self.preview),
            (view.panel.void, self.void),
        )
        for button, action in pairs:
            button.clicked.connect(action.trigger)
        self.paper.left.connect(self._show_month)
        self.paper.new_wanted.connect(self._print_again)
        self.desk.changed.connect(self._mark_stale)

    def _show(self, found: BillingMonth) -> None:
        if found.month != self.month:
            return
        rows = month_rows(found.superbills, today=self.desk.today())
        is_open = self.desk.today() <= self.month.last_day
        self.view.head.show_openness(is_open=is_open)
        self.view.show_rows(rows)
        self._let()

    @Slot()
    def _preview(self) -> None:
        self._print(self.view.to_preview)

    @Slot()
    def _print_batch(self) -> None:
        self._print(self.view.to_print)

    @Slot()
    def _print_again(self) -> None:
        """Print the same patients' superbills as they are now."""
        wanted = set(self._printed)
        self._print(to_print(row for row in self.view.rows if row.key in wanted))

    def _print(self, bills: Sequence[Superbill]) -> None:
        if not bills:
            return
        self._printed = tuple(bill.patient.id for bill in bills)
        show = partial(self._show_paper, bills=bills)
        self.desk.read(partial(print_billing_sheets, printed=bills), show)

    def _show_paper(self, paper: Paper, *, bills: Sequence[Superbill]) -> None:
        issued = sum(bill.is_issued for bill in bills)
        facts = [str(self.month)]
        if len(bills) == 1:
            title, name = self.tr("Superbill"), f"superbill-{bills[0].number or self.month.key}"
            facts.append(bills[0].number or self.tr("draft, not issued"))
        else:
            title, name = self.tr("Superbills"), f"superbills-{self.month.key}"
            if issued:
                facts.append(self.tr("%1 issued").replace("%1", f"{issued:,}"))
            if issued < len(bills):
                facts.append(count_of(len(bills) - issued, "draft"))
        self._pages.setCurrentWidget(self.paper)
        self.paper.show_paper(ShownPaper(paper, title, " · ".join(facts), name))
        self._let()

    @Slot()
    def _ask_to_issue(self) -> None:
        rows = self.view.to_issue
        if rows:
            dialog = IssueDialog(self.desk, self.month, rows, parent=self)
            dialog.issued.connect(self._tell_issued)
            dialog.open()

    @Slot()
    def _ask_to_void(self) -> None:
        chosen = self.view.table.chosen
        if len(chosen) != 1 or not chosen[0].bill.is_issued:
            return
        bill = chosen[0].bill
        amount = "" if bill.total_cents is None else f", {dollars(bill.total_cents)}"
        record = Voidable(
            words=f"{bill.number}: {bill.code_words}{amount}",
            also=self.tr(
                "The superbill is kept as void. The month can then be issued again, under "
                "another number. Tell whoever has sent it to the payer."
            ),
            void=lambda workspace, reason: void_superbill(workspace, bill.id, reason=reason),
        )
        VoidDialog(self.desk, _subject_of(bill, self.desk), record, parent=self).open()

    @Slot(int)
    def _tell_issued(self, count: int) -> None:
        words = self.tr("%1 issued.").replace("%1", count_of(count, "superbill"))
        self.desk.told.emit(words)

    @Slot()
    def _show_month(self) -> None:
        self.paper.put_away()
        self._pages.setCurrentWidget(self.view)
        self._let()
        if self.isVisible() and not self.view.isAncestorOf(self.focusWidget() or self):
            self.view.table.setFocus()

    @Slot(object)
    def _mark_stale(self, change: Change) -> None:
        if change.topics & self.topics:
            self.paper.mark_stale()

    @Slot()
    def _let(self) -> None:
        """Offer what can be done with what is chosen, or with the paper that is shown."""
        view, is_list = self.view, self.paper.shown is None
        chosen = view.table.chosen if is_list else ()
        may_issue = self.desk.may(Permission.ISSUE_SUPERBILL)
        self.issue.setEnabled(is_list and may_issue and bool(view.to_issue))
        is_issued = len(chosen) == 1 and chosen[0].bill.is_issued
        self.void.setEnabled(is_list and may_issue and is_issued)
        self.preview.setEnabled(is_list and bool(view.to_preview))
        self.batch.setEnabled(is_list and bool(view.to_print))
        for action in (self.earlier, self.later, self.clear):
            action.setEnabled(is_list)
        self.leave_paper.setEnabled(not is_list)
        view.head.issue.setEnabled(self.issue.isEnabled())
        view.head.print_batch.setEnabled(self.batch.isEnabled())
        view.panel.preview.setEnabled(self.preview.isEnabled())
        view.panel.void.setEnabled(self.void.isEnabled())
        view.head.show_chosen(to_issue=len(view.to_issue), to_print=len(view.to_print))
        view.panel.show_rows(chosen, self.desk.now().tzinfo)


def _subject_of(bill: Superbill, desk: Desk) -> Subject:
    patient = bill.patient
    return Subject(
        patient_id=patient.id,
        episode_id=bill.episode_id,
        name=patient.name,
        born_on=patient.born_on,
        age=patient.age_on(desk.today()),
        mrn=patient.mrn,
    )
