"""The billing month: every patient with time in it, what it comes to, and the superbills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.audit_packet import print_audit_packet
from cocm_desktop.actions.bill_papers import (
    print_billing_month,
    print_billing_sheets,
    print_patient_superbills,
)
from cocm_desktop.actions.billing_list import BillingList, read_billing_list
from cocm_desktop.actions.month_closing import read_month_to_open
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.superbill import BillingMonth
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.mending import Mend
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import count_of, month_day
from cocm_desktop.ui.billing.deeds import MARKED, BillDeeds
from cocm_desktop.ui.billing.mending import (
    NEEDS,
    SETTINGS_PARTS,
    approves,
    may_mend,
    open_mend,
    show_records,
)
from cocm_desktop.ui.billing.month_view import MonthView
from cocm_desktop.ui.claims.deeds import ClaimDeeds
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper
from cocm_desktop.ui.screen import Screen

_IN_HERE = {"Esc"}
"""Keys that mean something else in the bars around the screen."""
Print = Callable[..., Paper]


class BillingScreen(Screen):
    """Whoever may see billing sees it all; what is done with it needs a permission of its own."""

    topics = (
        Topic.PATIENT
        | Topic.EPISODE
        | Topic.CONTACT
        | Topic.TIME
        | Topic.MEASURE
        | Topic.REVIEW
        | Topic.TREATMENT
        | Topic.STAFF
        | Topic.PRACTICE
        | Topic.BILLING
    )
    help_page = "billing"
    menu_title = "&Billing"
    can_narrow = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._is_new = True
        self._printed: tuple[str, ...] = ()
        self._print_with: Print = print_billing_sheets
        self.view = MonthView(ServiceMonth.of(desk.today()))
        self.paper = PaperPage(desk, self.tr("Billing"))
        self.deeds = BillDeeds(desk, self)
        self.claims = ClaimDeeds(desk, self, month=lambda: self.month)
        self.preview = self._action(self.tr("Preview"), self._preview)
        self.batch = self._action(self.tr("Print batch"), self._print_batch, "Ctrl+P")
        self.for_patient = self._action(self.tr("Superbill for the patient"), self._for_patient)
        self.audit = self._action(self.tr("Audit packet"), self._print_audit)
        self.audit.setVisible(desk.may(Permission.SEE_CHART))
        self.services = [self._care_action(mend) for mend in (Mend.VISIT, Mend.SERVICE, Mend.STAY)]
        self.records = self._action(self.tr("Consent, visits and stays"), self._show_records)
        self.records.setVisible(desk.may(Permission.RECORD_VISIT))
        month = self.view.head.month
        self.earlier = self._action(self.tr("Previous month"), month.go_back, "Ctrl+PgUp")
        self.later = self._action(self.tr("Next month"), month.go_on, "Ctrl+PgDown")
        self.details = self._action(self.tr("Details"), self.view.turn_details, "Ctrl+Y")
        self.clear = self._action(self.tr("Clear filters"), self.view.clear_filters, "Esc")
        self.leave_paper = self._action(self.tr("Back to the month"), self._show_month, "Esc")
        self._build()
        self._connect()
        self._show_month()

    @property
    def month(self) -> ServiceMonth:
        return self.view.head.month.month

    @override
    def read_again(self) -> None:
        self.view.head.month.move_on(ServiceMonth.of(self.desk.today()))
        if self._is_new:
            self._is_new = False
            self.desk.read(read_month_to_open, self._open_on)
        else:
            self.desk.read(partial(read_billing_list, month=self.month), self._show)

    @override
    def narrow(self, words: str) -> None:
        self._show_month()
        self.view.narrow(words)

    @override
    def take_focus(self) -> None:
        (self.view.table if self.paper.shown is None else self.paper.view).setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        papers = (self.preview, self.batch, self.for_patient, self.audit)
        around = (self.earlier, self.later, self.details, self.clear, self.leave_paper)
        own = (*papers, *self.deeds.all, *self.claims.all, self.records, *self.services, *around)
        return (*own, *self.paper.actions_of_paper)

    def _care_action(self, mend: Mend) -> QAction:
        made = self._action(self.tr(mend.value), partial(self._mend, mend))
        made.setVisible(self.desk.may(NEEDS[mend]))
        return made

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
        marks = QMenu(self)
        marks.addActions(list(self.deeds.marks.values()))
        self.view.panel.mark.setMenu(marks)
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
        view.panel.mend_wanted.connect(self._mend)
        view.notices.rates_wanted.connect(self._open_rates)
        for button, action in self._buttons():
            button.clicked.connect(action.trigger)
        self.paper.left.connect(self._show_month)
        self.paper.new_wanted.connect(self._print_again)
        self.desk.changed.connect(self._mark_stale)

    def _buttons(self) -> Sequence[tuple[QAbstractButton, QAction]]:
        head, panel, deeds = self.view.head, self.view.panel, self.deeds
        return (
            (head.approve, deeds.approve),
            (head.signed, deeds.signed),
            (head.issue, deeds.issue),
            (head.print_batch, self.batch),
            (head.close_month, deeds.close_month),
            (head.reopen, deeds.reopen),
            (panel.preview, self.preview),
            (panel.void, deeds.void),
        )

    def _open_on(self, month: ServiceMonth) -> None:
        """Begin with a month, unless somebody went to another meanwhile."""
        if self.month == ServiceMonth.of(self.desk.today()):
            self.view.head.month.show_month(month)
        self.read_again()

    def _show(self, listed: BillingList) -> None:
        found, rows = listed.month, listed.rows
        if found.month != self.month:
            return
        is_over = self.desk.today() > self.month.last_day
        self.view.head.show_openness(is_over=is_over, closed=self._closed_words(found))
        self.deeds.show_month(found.month, rows, is_over=is_over, is_closed=found.is_closed)
        self.view.show_rows(rows)

    def _closed_words(self, found: BillingMonth) -> str:
        if not found.is_closed or not found.closings:
            return ""
        closing = found.closings[-1]
        when = closing.made_at.astimezone(self.desk.now().tzinfo).date()
        return (
            self.tr("Closed %1 by %2").replace("%1", month_day(when)).replace("%2", closing.made_by)
        )

    @Slot(object)
    def _mend(self, mend: Mend) -> None:
        chosen = self.view.table.chosen
        if len(chosen) != 1 or not may_mend(self.desk, mend, chosen[0].bill):
            return
        bill = chosen[0].bill
        if mend is Mend.APPROVAL:
            self.deeds.follow(chosen, chosen)
            given = self.deeds.approve if approves(self.desk, bill) else self.deeds.signed
            given.trigger()
            self._let()
        else:
            open_mend(self.desk, bill, mend, window=self)

    @Slot()
    def _show_records(self) -> None:
        chosen = self.view.table.chosen
        if len(chosen) == 1:
            show_records(self.desk, chosen[0].bill, window=self)

    @Slot()
    def _open_rates(self) -> None:
        self.desk.setting_wanted.emit(SETTINGS_PARTS[Mend.RATES])

    @Slot()
    def _preview(self) -> None:
        self._print(self.view.to_preview, print_billing_sheets)

    @Slot()
    def _print_batch(self) -> None:
        self._print(self.view.to_print, partial(print_billing_month, month=self.month))

    @Slot()
    def _for_patient(self) -> None:
        self._print(self.view.to_preview, print_patient_superbills)

    @Slot()
    def _print_audit(self) -> None:
        self._print([row.bill for row in self.view.table.chosen[:1]], _audit_packet)

    @Slot()
    def _print_again(self) -> None:
        """Print the same patients' papers as they are now."""
        wanted = set(self._printed)
        bills = [row.bill for row in self.view.rows if row.key in wanted]
        self._print(bills, self._print_with)

    def _print(self, bills: Sequence[Superbill], print_with: Print) -> None:
        if not bills:
            return
        self._printed = tuple(bill.patient.id for bill in bills)
        self._print_with = print_with
        show = partial(self._show_paper, bills=bills)
        self.desk.read(partial(print_with, printed=bills), show)

    def _show_paper(self, paper: Paper, *, bills: Sequence[Superbill]) -> None:
        issued = sum(bill.is_issued for bill in bills)
        facts = [str(self.month)]
        if len(bills) == 1:
            title, file = self._kind()
            name = f"{file}-{bills[0].number or self.month.key}"
            facts.append(bills[0].number or self.tr("draft, not issued"))
        else:
            title, name = self.tr("Billing month"), f"billing-{self.month.key}"
            if issued:
                facts.append(self.tr("%1 issued").replace("%1", f"{issued:,}"))
            if issued < len(bills):
                facts.append(count_of(len(bills) - issued, "draft"))
        self._pages.setCurrentWidget(self.paper)
        self.paper.show_paper(ShownPaper(paper, title, " · ".join(facts), name))
        self._let()

    def _kind(self) -> tuple[str, str]:
        """Name the paper of one bill that was made last, on screen and as a file."""
        if self._print_with is print_patient_superbills:
            return self.tr("Superbill"), "superbill"
        if self._print_with is _audit_packet:
            return self.tr("Audit packet"), "audit-packet"
        return self.tr("Billing sheet"), "billing-sheet"

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
        acted_on = view.table.acted_on if is_list else ()
        self.deeds.follow(acted_on, chosen)
        for action in (self.preview, self.for_patient):
            action.setEnabled(is_list and bool(view.to_preview))
        self.batch.setEnabled(is_list and bool(view.to_print))
        for action in (self.earlier, self.later, self.details, self.clear):
            action.setEnabled(is_list)
        for action in (*self.services, self.records, self.audit):
            action.setEnabled(len(chosen) == 1)
        self.leave_paper.setEnabled(not is_list)
        for button, action in self._buttons():
            button.setVisible(action.isVisible())
            button.setEnabled(action.isEnabled())
        by_hand = not self.deeds.approve.isVisible() and self.deeds.signed.isEnabled()
        view.head.signed.setVisible(by_hand)
        marks = self.deeds.marks.values()
        view.panel.mark.setVisible(any(action.isVisible() for action in marks))
        count = len({row.key for state in MARKED for row in self.deeds.to_mark(state)})
        several = self.tr("Mark %1").replace("%1", f"{count:,}")
        view.panel.mark.setText(several if count > 1 else self.tr("Mark as"))
        view.panel.mark.setEnabled(any(action.isEnabled() for action in marks))
        view.head.show_chosen(
            to_approve=len(self.deeds.to_approve),
            to_issue=len(self.deeds.to_issue),
            to_print=len(view.to_print),
        )
        view.panel.show_rows(chosen, self.desk)


def _audit_packet(workspace: Workspace, *, printed: Sequence[Superbill]) -> Paper:
    """Make the audit packet of the one bill that is chosen."""
    [bill] = printed
    return print_audit_packet(workspace, bill.patient.id, bill.month)
