"""Pictures of the billing month and its dialogs, as billers and practitioners use them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.consent import read_consents
from cocm_desktop.actions.correction import read_correction
from cocm_desktop.actions.month_choice import ReadChoice
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.superbill import read_billing_month
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.month_list import MonthFilter, month_rows, to_approve
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.billing.rules import CodeUnits
from cocm_desktop.domain.ids import PayerId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.superbill import PayerShare
from cocm_desktop.ui.billing.care_dialogs import OtherServiceDialog, StayDialog, VisitDialog
from cocm_desktop.ui.billing.consent_dialog import ConsentDialog
from cocm_desktop.ui.billing.correct_dialog import CorrectDialog
from cocm_desktop.ui.billing.issue_dialog import IssueDialog
from cocm_desktop.ui.billing.mending import subject_of
from cocm_desktop.ui.billing.month_dialogs import (
    CloseMonthDialog,
    MarkDialog,
    ReopenMonthDialog,
    SignedDialog,
)
from cocm_desktop.ui.billing.records_dialog import RecordsDialog
from cocm_desktop.ui.billing.screen import BillingScreen
from cocm_desktop.ui.billing.service_dialog import ServiceDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_member
from tests.pictures_of_patients import Stage, opened, typed

OCTOBER = ServiceMonth(2026, 10)
Shown = TypeVar("Shown", bound=QDialog)


def rows(stage: Stage) -> tuple[MonthRow, ...]:
    found = read_billing_month(stage.workspace, OCTOBER)
    today = stage.workspace.today()
    return month_rows(found.superbills, today=today, steps=found.steps, is_closed=found.is_closed)


def first(stage: Stage, state: MonthState) -> MonthRow:
    return next(row for row in rows(stage) if row.state is state)


def month(stage: Stage) -> BillingScreen:
    """Give October of the billing screen, whatever was shown before."""
    stage.window.go("billing")
    screen = stage.window.screen_shown
    if not isinstance(screen, BillingScreen):
        raise TypeError("the billing screen is not shown")
    screen.leave_paper.trigger()
    if screen.month != OCTOBER:
        screen.view.head.month.go_back()
    screen.view.clear_filters()
    return screen


def explained(stage: Stage) -> QWidget:
    """Show why a month comes to what it comes to: the lower part of the details."""
    screen = month(stage)
    screen.view.show_only(MonthFilter.SENT)
    screen.view.table.select_row(2)
    return stage.window


def several(stage: Stage) -> QWidget:
    screen = month(stage)
    screen.view.show_only(MonthFilter.TO_APPROVE)
    screen.view.table.selectAll()
    return stage.window


def as_practitioner(stage: Stage) -> QWidget:
    """Show the month to the practitioner who has most to approve."""
    waiting = [row.bill.treating_practitioner for row in to_approve(rows(stage))]
    ids = [each.id for each in waiting if each]
    members = {each.id: each for each in read_staff(stage.workspace)}
    usual = max(ids, key=ids.count) if ids else None
    found = (
        members[usual]
        if usual
        else next(each for each in members.values() if each.is_a(Role.TREATING_PRACTITIONER))
    )
    window = MainWindow(Desk(as_member(stage.workspace, found), InlineWork()), PLACES)
    window.resize(stage.window.size())
    window.show()
    window.go("billing")
    screen = window.screen_shown
    if isinstance(screen, BillingScreen):
        screen.view.head.month.go_back()
        screen.view.show_only(MonthFilter.TO_APPROVE)
        screen.view.table.selectAll()
    return window


def issuing(stage: Stage) -> QDialog:
    chosen = [row for row in rows(stage) if row.labelled][:12]
    return opened(IssueDialog(stage.desk, OCTOBER, chosen, parent=stage.window))


def of_patient(make: Callable[[Stage, MonthRow], Shown]) -> Callable[[Stage], QWidget]:
    return lambda stage: typed(opened(make(stage, first(stage, MonthState.NOT_READY))))


def consent(stage: Stage, row: MonthRow) -> QDialog:
    known = read_consents(stage.workspace, row.bill.episode_id)
    subject = subject_of(row.bill, stage.desk)
    treats = row.bill.treating_practitioner
    return ConsentDialog(
        stage.desk, subject, known, treats=treats.id if treats else None, parent=stage.window
    )


def service(stage: Stage, row: MonthRow) -> QDialog:
    """Show a month in which another payer has days of its own."""
    other = PayerShare("Aetna", 34, (CodeUnits("99493", 1),), 14496)
    bill = replace(row.bill, other_payers=(other,))
    payers = ((PayerId("1"), "Aetna"), (PayerId("2"), "Medicare"))
    choice = ReadChoice(Line.COCM, None, payers)
    return ServiceDialog(stage.desk, bill, choice, parent=stage.window)


def visit(stage: Stage, row: MonthRow) -> QDialog:
    treats = row.bill.treating_practitioner
    subject = subject_of(row.bill, stage.desk)
    return VisitDialog(
        stage.desk, subject, treats=treats.id if treats else None, parent=stage.window
    )


def correcting(stage: Stage) -> QDialog:
    found = read_correction(stage.workspace, first(stage, MonthState.SENT).bill.id)
    return typed(opened(CorrectDialog(stage.desk, found, parent=stage.window)))


def records(stage: Stage) -> QDialog:
    subject = subject_of(first(stage, MonthState.SENT).bill, stage.desk)
    return opened(RecordsDialog(stage.desk, subject, parent=stage.window))


def marking(stage: Stage) -> QDialog:
    row = first(stage, MonthState.SENT)
    return typed(opened(MarkDialog(stage.desk, MonthState.DENIED, [row], parent=stage.window)))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "billing-explained": explained,
    "billing-several": several,
    "billing-practitioner": as_practitioner,
}
DIALOGS: dict[str, Callable[[Stage], QWidget]] = {
    "billing-issue": issuing,
    "billing-mark": marking,
    "billing-correct": correcting,
    "billing-records": records,
    "billing-signed": lambda stage: opened(
        SignedDialog(stage.desk, OCTOBER, to_approve(rows(stage)), parent=stage.window)
    ),
    "billing-close": lambda stage: opened(
        CloseMonthDialog(stage.desk, OCTOBER, rows(stage), parent=stage.window)
    ),
    "billing-payer": of_patient(service),
    "billing-reopen": lambda stage: opened(ReopenMonthDialog(stage.desk, OCTOBER, stage.window)),
    "billing-visit": of_patient(visit),
    "billing-service": of_patient(
        lambda stage, row: OtherServiceDialog(
            stage.desk, subject_of(row.bill, stage.desk), parent=stage.window
        )
    ),
    "billing-stay": of_patient(
        lambda stage, row: StayDialog(stage.desk, subject_of(row.bill, stage.desk), stage.window)
    ),
    "billing-consent": of_patient(consent),
}
