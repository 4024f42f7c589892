"""What is done with a billing month by keyboard: approve, issue, mark, void, close."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.coverage import change_coverage, read_coverage, record_coverage
from cocm_desktop.actions.payer import add_payer
from cocm_desktop.actions.superbill import read_billing_month, read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft
from cocm_desktop.domain.billing.mending import Mend
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.ids import PayerId
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.billing.correct_dialog import CorrectDialog
from cocm_desktop.ui.billing.issue_dialog import IssueDialog
from cocm_desktop.ui.billing.month_dialogs import (
    CloseMonthDialog,
    MarkDialog,
    ReopenMonthDialog,
    SignedDialog,
)
from cocm_desktop.ui.billing.screen import BillingScreen
from cocm_desktop.ui.billing.service_dialog import ServiceDialog
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.widgets.labels import Label
from tests.actions.billing import (
    NOVEMBER,
    approved,
    issued,
    practitioner_at,
)
from tests.actions.work import as_role, rows_stored, worked
from tests.ui.billing.month import Patients, names, shown, states, ways
from tests.ui.keys import press


def test_a_practitioner_approves_their_own_patients(
    qtbot: QtBot, workspace: Workspace, december: Workspace, patients: Patients
) -> None:
    screen = shown(qtbot, practitioner_at(workspace), "Ctrl+A")
    told: list[str] = []
    screen.desk.told.connect(told.append)
    assert screen.view.head.approve.text().strip() == "Approve 1 month"
    assert not screen.view.head.issue.isVisible()

    press(screen.view.table, "Ctrl+Shift+A")

    assert told == ["1 month approved."]
    assert states(screen) == [MonthState.READY, MonthState.NOT_READY, MonthState.NOT_READY]
    assert read_superbill(december, patients["Abel"], NOVEMBER).approval is not None


def test_an_approval_is_taken_back_with_a_reason(
    qtbot: QtBot, workspace: Workspace, december: Workspace, patients: Patients
) -> None:
    screen = shown(qtbot, practitioner_at(workspace), "Home", "Ctrl+Shift+A")
    assert screen.deeds.unapprove.isEnabled()

    screen.deeds.unapprove.trigger()
    [dialog] = screen.findChildren(VoidDialog)
    dialog.reason.setText("Wrong month")
    dialog.save.click()

    assert states(screen)[0] is MonthState.NOT_READY
    assert read_superbill(december, patients["Abel"], NOVEMBER).approval is None
    assert not screen.deeds.unapprove.isEnabled()


def test_the_way_to_approval_approves_the_one_that_is_shown(
    qtbot: QtBot, workspace: Workspace, patients: Patients
) -> None:
    assert patients
    screen = shown(qtbot, practitioner_at(workspace), "Down", "Space", "Home")
    assert ways(screen)[0] == "Approve"

    screen.view.panel.mend_wanted.emit(Mend.APPROVAL)

    assert [row.bill.patient.last_name for row in screen.view.table.ticked] == ["Bolt"]
    assert states(screen)[0] is MonthState.READY


def test_a_signature_on_paper_is_recorded(over: BillingScreen) -> None:
    press(over.view.table, "Home")
    over.view.panel.mend_wanted.emit(Mend.APPROVAL)
    [dialog] = over.findChildren(SignedDialog)
    assert over.view.head.signed.isVisible()

    dialog.save.click()

    assert states(over)[0] is MonthState.READY
    assert over.view.head.issue.isEnabled()


def issuing(screen: BillingScreen) -> IssueDialog:
    [dialog] = [each for each in screen.findChildren(IssueDialog) if each.isVisible()]
    return dialog


def test_issuing_waits_until_every_warning_is_looked_at(
    qtbot: QtBot, december: Workspace, workspace: Workspace, patients: Patients
) -> None:
    approved(workspace, patients["Abel"])
    screen = shown(qtbot, december, "Ctrl+A")
    assert screen.view.head.issue.text().strip() == "Issue 1 superbill"
    press(screen.view.table, "Ctrl+I")
    dialog = issuing(screen)
    assert dialog.windowTitle() == "Issue 1 superbill?"
    assert dialog.boxes
    assert not dialog.issue.isEnabled()

    for box in dialog.boxes.values():
        box.click()
    dialog.issue.click()

    month = read_billing_month(december, NOVEMBER)
    assert [bill.number for bill in month.superbills] == ["2026-11-0001", "", ""]
    assert set(month.superbills[0].acknowledged) <= set(dialog.boxes)
    assert states(screen)[0] is MonthState.ISSUED


def test_enter_in_the_question_issues_nothing(
    qtbot: QtBot, december: Workspace, workspace: Workspace, patients: Patients
) -> None:
    approved(workspace, patients["Abel"])
    screen = shown(qtbot, december, "Home")
    before = rows_stored(workspace)
    press(screen.view.table, "Ctrl+I")
    dialog = issuing(screen)

    press(dialog.cancel, "Return")

    assert not dialog.isVisible()
    assert rows_stored(workspace) == before


def test_what_is_refused_leaves_the_question_open_and_nothing_issued(
    qtbot: QtBot,
    december: Workspace,
    workspace: Workspace,
    patients: Patients,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    approved(workspace, patients["Abel"])
    screen = shown(qtbot, december, "Home", "Ctrl+I")
    dialog = issuing(screen)
    for box in dialog.boxes.values():
        box.click()
    before = rows_stored(workspace)
    monkeypatch.setattr(screen.desk, "_workspace", as_role(december, Role.CARE_MANAGER))

    dialog.issue.click()

    assert dialog.isVisible()
    assert "you may not issue or void a superbill" in dialog.problems.text()
    assert dialog.cancel.isEnabled()
    assert rows_stored(workspace) == before


@pytest.mark.parametrize("state", [MonthState.SENT, MonthState.PAID, MonthState.DENIED])
def test_an_issued_one_is_marked(out: BillingScreen, state: MonthState) -> None:
    out.deeds.marks[state].trigger()
    [dialog] = out.findChildren(MarkDialog)
    dialog.paid.setText("113.65" if state is MonthState.PAID else "")
    dialog.reason.setText("Duplicate" if state is MonthState.DENIED else "")
    told = " ".join(label.text() for label in dialog.findChildren(Label))

    dialog.save.click()

    assert out.view.rows[0].bill.patient.name in told
    assert states(out)[0] is state
    assert not out.deeds.marks[state].isEnabled()


def test_an_amount_that_is_none_is_refused(out: BillingScreen, workspace: Workspace) -> None:
    out.deeds.marks[MonthState.PAID].trigger()
    [dialog] = out.findChildren(MarkDialog)
    dialog.paid.setText("much")
    before = rows_stored(workspace)

    dialog.save.click()

    assert "Type an amount such as 113.65." in dialog.problems.text()
    assert rows_stored(workspace) == before


def test_an_issued_one_is_voided_with_its_reason(out: BillingScreen) -> None:
    press(out.view.table, "Del")
    [dialog] = out.findChildren(VoidDialog)
    dialog.reason.setText("Wrong payer")

    press(dialog.reason, "Return")

    assert states(out)[0] is MonthState.READY
    assert not out.deeds.void.isEnabled()


def test_a_correction_names_the_payers_claim(
    out: BillingScreen, december: Workspace, patients: Patients
) -> None:
    out.deeds.correct.trigger()
    [dialog] = out.findChildren(CorrectDialog)
    dialog.reason.setText("Wrong diagnosis")
    dialog.number.setText("ICN77")
    assert not dialog.save.isEnabled()
    for box in dialog.warnings.boxes.values():
        box.click()

    dialog.save.click()

    bill = read_superbill(december, patients["Abel"], NOVEMBER)
    assert (bill.number, bill.replaces) == ("2026-11-0002", "ICN77")


def test_a_correction_waits_for_what_stops_the_month(
    out: BillingScreen, workspace: Workspace, patients: Patients
) -> None:
    episode = out.view.table.chosen[0].bill.episode_id
    worked(workspace, episode, date(2026, 11, 20), minutes=60)

    out.deeds.correct.trigger()

    [dialog] = out.findChildren(CorrectDialog)
    assert any("cannot be issued again yet" in each.text() for each in dialog.findChildren(Label))
    assert not dialog.save.isEnabled()
    dialog.signed.click()
    [signed] = dialog.findChildren(SignedDialog)
    signed.save.click()
    again = next(each for each in out.findChildren(CorrectDialog) if each.isVisible())
    assert again is not dialog
    assert not again.signed.isVisible()
    assert any("issued again as: 99492" in each.text() for each in again.findChildren(Label))
    assert patients


def test_a_month_is_billed_as_another_service(
    qtbot: QtBot, december: Workspace, patients: Patients
) -> None:
    screen = shown(qtbot, december, "Home")
    screen.deeds.service.trigger()
    [dialog] = screen.findChildren(ServiceDialog)
    assert not dialog.payer.isVisible()
    dialog.service.choose(Line.BHI)

    dialog.save.click()

    facts = read_superbill(december, patients["Abel"], NOVEMBER).facts
    assert facts
    assert facts.line is Line.BHI
    told = " ".join(label.text() for label in screen.view.panel.findChildren(Label))
    assert Line.BHI.value in told


def test_the_payer_of_a_month_with_two_is_chosen(
    qtbot: QtBot, december: Workspace, patients: Patients
) -> None:
    [held] = read_coverage(december, patients["Abel"]).coverage
    ended = CoverageDraft(
        held.patient_id, held.payer_id, held.member_id, last_on=date(2026, 11, 12), id=held.id
    )
    change_coverage(december, ended, version=held.version)
    other = PayerId(
        add_payer(december, PayerDraft("Aetna", "BCBSM", ClaimFiling.COMMERCIAL)).record_id
    )
    after = CoverageDraft(patients["Abel"], other, "W1", first_on=date(2026, 11, 13))
    record_coverage(december, after)
    screen = shown(qtbot, december, "Home")
    screen.deeds.service.trigger()
    [dialog] = screen.findChildren(ServiceDialog)
    dialog.payer.choose(held.payer_id)

    dialog.save.click()

    bill = read_superbill(december, patients["Abel"], NOVEMBER)
    assert bill.payer
    assert bill.payer.id == held.payer_id
    told = " ".join(label.text() for label in screen.view.panel.findChildren(Label))
    assert "Aetna has" in told


def test_an_issued_month_keeps_its_service(out: BillingScreen) -> None:
    assert not out.deeds.service.isEnabled()


def test_what_is_ticked_is_marked_and_what_is_shown_is_voided(out: BillingScreen) -> None:
    press(out.view.table, "Space", "Down")

    assert out.deeds.marks[MonthState.SENT].isEnabled()
    assert not out.deeds.void.isEnabled()


def test_a_draft_cannot_be_voided(over: BillingScreen) -> None:
    press(over.view.table, "Home", "Del")

    assert over.findChildren(VoidDialog) == []
    assert not over.view.panel.void.isEnabled()


def test_a_month_is_closed_and_reopened_with_a_reason(
    qtbot: QtBot, over: BillingScreen, december: Workspace
) -> None:
    assert over.view.head.until.text() == "Over, not closed yet"
    over.view.head.close_month.click()
    [dialog] = over.findChildren(CloseMonthDialog)
    assert "3 months not ready yet." in [label.text() for label in dialog.findChildren(Label)]
    dialog.save.click()
    assert read_billing_month(december, NOVEMBER).is_closed
    assert over.view.head.until.text().startswith("Closed Dec 2 by ")
    assert not over.view.head.close_month.isVisible()

    over.view.head.reopen.click()
    [again] = over.findChildren(ReopenMonthDialog)
    again.save.click()
    assert "Say why" in again.problems.text()
    again.reason.setText("A contact of Nov 5 was forgotten")
    with qtbot.waitSignal(again.accepted):
        again.save.click()

    assert not read_billing_month(december, NOVEMBER).is_closed
    assert over.view.head.close_month.isVisible()


def test_whoever_may_only_see_billing_does_nothing_with_it(
    qtbot: QtBot, december: Workspace, workspace: Workspace, patients: Patients
) -> None:
    issued(workspace, patients["Abel"])
    screen = shown(qtbot, as_role(december, Role.CARE_MANAGER), "Ctrl+A", "Ctrl+I")
    press(screen.view.table, "Home", "Del", "Ctrl+Shift+A")

    assert names(screen) == ["Abel", "Bolt", "Cruz"]
    for button in (screen.view.head.issue, screen.view.head.approve, screen.view.panel.void):
        assert not button.isVisible()
    assert not screen.view.head.close_month.isVisible()
    assert screen.findChildren(IssueDialog) == []
    assert screen.findChildren(VoidDialog) == []
    assert screen.batch.isEnabled()
