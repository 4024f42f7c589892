"""The billing month: what it says of each patient, and what is done with it by keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.practice import record_fee
from cocm_desktop.actions.superbill import read_billing_month, read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.checklist import Proof
from cocm_desktop.domain.billing.mending import Mend
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.billing.care_dialogs import OtherServiceDialog, StayDialog, VisitDialog
from cocm_desktop.ui.billing.consent_dialog import ConsentDialog
from cocm_desktop.ui.billing.issue_dialog import IssueDialog
from cocm_desktop.ui.billing.month_dialogs import (
    CloseMonthDialog,
    MarkDialog,
    ReopenMonthDialog,
    SignedDialog,
)
from cocm_desktop.ui.billing.screen import BillingScreen
from cocm_desktop.ui.charges.coverage_dialog import CoverageDialog
from cocm_desktop.ui.chart.screen import TABS, ChartScreen
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.paper.pdf import Pdf
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.work import InlineWork
from tests.actions.billing import (
    DECEMBER_2,
    NOVEMBER,
    OCTOBER,
    approved,
    issued,
    on_record,
    practitioner_at,
)
from tests.actions.work import as_role, at, rows_stored, worked
from tests.ui.clinic import enrolled
from tests.ui.keys import press

Patients = dict[str, PatientId]
MINUTES = {"Abel": 40, "Bolt": 80, "Cruz": 9}


@pytest.fixture
def patients(workspace: Workspace) -> Patients:
    """Abel lacks nothing but approval; of Bolt and Cruz nothing is on record, Cruz is short."""
    found: Patients = {}
    record_fee(workspace, "99492", cents=210_00, valid_from=date(2026, 1, 1))
    record_fee(workspace, "99493", cents=185_00, valid_from=date(2026, 1, 1))
    for number, (name, spent) in enumerate(MINUTES.items()):
        found[name], episode = enrolled(workspace, name, date(2026, 10, 1))
        if name == "Abel":
            on_record(workspace, found[name], episode)
        worked(workspace, episode, date(2026, 11, 3) + timedelta(days=number), minutes=spent)
    return found


def shown(qtbot: QtBot, workspace: Workspace, *keys: str) -> BillingScreen:
    screen = BillingScreen(Desk(workspace, InlineWork()))
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    screen.show()
    screen.activateWindow()
    screen.take_focus()
    qtbot.waitUntil(screen.isActiveWindow)
    press(screen.view.table, *keys)
    return screen


@pytest.fixture
def screen(qtbot: QtBot, workspace: Workspace, patients: Patients) -> BillingScreen:
    """Give November while it is open."""
    assert patients
    return shown(qtbot, workspace)


@pytest.fixture
def december(workspace: Workspace) -> Workspace:
    return at(workspace, DECEMBER_2)


@pytest.fixture
def over(qtbot: QtBot, december: Workspace, patients: Patients) -> BillingScreen:
    """Give November as it is looked at in December."""
    assert patients
    return shown(qtbot, december, "Ctrl+PgUp")


def names(screen: BillingScreen) -> list[str]:
    return [row.bill.patient.last_name for row in screen.view.table.bills.rows]


def chosen(screen: BillingScreen) -> list[str]:
    return [row.bill.patient.last_name for row in screen.view.table.chosen]


def states(screen: BillingScreen) -> list[MonthState]:
    return [row.state for row in screen.view.rows]


def said(screen: BillingScreen) -> list[str]:
    """Give every word of the panel."""
    panel = screen.view.panel.shown
    assert panel is not None
    return [label.text() for label in panel.findChildren(Label) if label.text()]


def ways(screen: BillingScreen) -> list[str]:
    """Give the ways on that the panel offers."""
    panel = screen.view.panel.shown
    assert panel is not None
    return [button.text() for button in panel.findChildren(LinkButton)]


def test_an_open_month_says_how_far_everybody_is(screen: BillingScreen) -> None:
    rows = screen.view.rows

    assert names(screen) == ["Abel", "Bolt", "Cruz"]
    assert [row.bill.minutes for row in rows] == [40, 80, 9]
    assert [row.short_words for row in rows] == ["46 short", "6 short", "27 short"]
    assert screen.view.head.until.text() == "Open until Nov 30: minutes may still be added"
    assert set(states(screen)) == {MonthState.NOT_READY}
    assert not screen.view.head.close_month.isVisible()
    assert screen.status_words == "Showing 3 of 3 patients · by name"


def test_the_panel_explains_a_month(over: BillingScreen) -> None:
    press(over.view.table, "Home")

    words = said(over)

    assert words[0] == "ABEL, Ana"
    assert "The practitioner has not approved the month." in words
    assert {"99492", "$160.32", "$210.00", "40", "Checklist", "Why these codes"} <= set(words)
    assert "99492 begins at minute 36, past half of its time." in words
    assert any("Allowed, before deductible and coinsurance" in each for each in words)
    assert not any("short" in each or "open until" in each for each in words)
    assert ways(over)[0] == "Record signed approval"


def test_months_go_back_and_never_into_the_future(screen: BillingScreen) -> None:
    press(screen.view.table, "Ctrl+PgDown")
    assert screen.month == NOVEMBER
    assert not screen.view.head.month.on.isEnabled()

    press(screen.view.table, "Ctrl+PgUp")

    assert screen.month == OCTOBER
    assert screen.view.nothing.isVisible()
    assert screen.view.nothing.title.text() == "No minutes in October 2026"
    assert not screen.batch.isEnabled()

    screen.view.head.month.home.click()

    assert names(screen) == ["Abel", "Bolt", "Cruz"]


def test_a_practitioner_approves_their_own_patients(
    qtbot: QtBot, workspace: Workspace, december: Workspace, patients: Patients
) -> None:
    screen = shown(qtbot, practitioner_at(workspace), "Ctrl+PgUp", "Ctrl+A")
    told: list[str] = []
    screen.desk.told.connect(told.append)
    assert screen.view.head.approve.text().strip() == "Approve 1 month"
    assert not screen.view.head.issue.isVisible()

    press(screen.view.table, "Ctrl+Shift+A")

    assert told == ["1 month approved."]
    assert states(screen) == [MonthState.READY, MonthState.NOT_READY, MonthState.NOT_READY]
    assert read_superbill(december, patients["Abel"], NOVEMBER).approval is not None


def test_the_way_to_approval_approves_the_one_that_is_shown(
    qtbot: QtBot, workspace: Workspace, patients: Patients
) -> None:
    assert patients
    screen = shown(qtbot, practitioner_at(workspace), "Ctrl+PgUp", "Down", "Space", "Home")
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
    screen = shown(qtbot, december, "Ctrl+PgUp", "Ctrl+A")
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
    screen = shown(qtbot, december, "Ctrl+PgUp", "Home")
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
    screen = shown(qtbot, december, "Ctrl+PgUp", "Home", "Ctrl+I")
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


@pytest.fixture
def out(
    qtbot: QtBot, december: Workspace, workspace: Workspace, patients: Patients
) -> BillingScreen:
    """Give November with Abel's superbill issued and chosen."""
    issued(workspace, patients["Abel"])
    return shown(qtbot, december, "Ctrl+PgUp", "Home")


@pytest.mark.parametrize("state", [MonthState.SENT, MonthState.PAID, MonthState.DENIED])
def test_an_issued_one_is_marked(out: BillingScreen, state: MonthState) -> None:
    out.deeds.marks[state].trigger()
    [dialog] = out.findChildren(MarkDialog)
    dialog.paid.setText("113.65" if state is MonthState.PAID else "")
    dialog.reason.setText("Duplicate" if state is MonthState.DENIED else "")

    dialog.save.click()

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


def test_the_preview_shows_one_and_the_batch_all(over: BillingScreen) -> None:
    press(over.view.table, "Home", "Return")

    assert over.paper.shown is not None
    assert over.paper.shown.name == "billing-sheet-2026-11"
    assert over.paper.facts.text() == "November 2026 · draft, not issued · 1 page"

    press(over.paper.view, "Esc")
    assert chosen(over) == ["Abel"]
    press(over.view.table, "Ctrl+P")

    assert over.paper.shown.name == "billing-2026-11"
    marks = Pdf.of(over.paper.shown.paper.content).bookmarks
    assert any("ABEL" in mark.title for mark in marks)


def test_no_superbill_for_the_patient_where_medicare_pays(
    over: BillingScreen, workspace: Workspace
) -> None:
    troubles: list[str] = []
    over.desk.unavailable.connect(troubles.append)
    before = rows_stored(workspace)
    press(over.view.table, "Home")

    over.for_patient.trigger()

    assert troubles
    assert over.paper.shown is None
    assert rows_stored(workspace) == before


def test_a_paper_older_than_the_charges_is_printed_anew(
    qtbot: QtBot, december: Workspace, workspace: Workspace, patients: Patients
) -> None:
    approved(workspace, patients["Abel"])
    over = shown(qtbot, december, "Ctrl+PgUp", "Home", "Return")
    assert over.paper.shown is not None
    before = over.paper.shown.paper.sha256

    record_fee(workspace, "99492", cents=999_00, valid_from=date(2026, 11, 1))
    over.desk.changed.emit(Change(Topic.PRACTICE | Topic.BILLING, "fee"))
    assert over.paper.stale.isVisible()
    over.paper.again.click()

    assert over.paper.stale.isHidden()
    assert over.paper.shown.paper.sha256 != before


def test_whoever_may_only_see_billing_does_nothing_with_it(
    qtbot: QtBot, december: Workspace, workspace: Workspace, patients: Patients
) -> None:
    issued(workspace, patients["Abel"])
    screen = shown(qtbot, as_role(december, Role.CARE_MANAGER), "Ctrl+PgUp", "Ctrl+A", "Ctrl+I")
    press(screen.view.table, "Home", "Del", "Ctrl+Shift+A")

    assert names(screen) == ["Abel", "Bolt", "Cruz"]
    for button in (screen.view.head.issue, screen.view.head.approve, screen.view.panel.void):
        assert not button.isVisible()
    assert not screen.view.head.close_month.isVisible()
    assert screen.findChildren(IssueDialog) == []
    assert screen.findChildren(VoidDialog) == []
    assert screen.batch.isEnabled()


@pytest.mark.parametrize(
    ("mend", "opened"),
    [
        (Mend.VISIT, VisitDialog),
        (Mend.SERVICE, OtherServiceDialog),
        (Mend.STAY, StayDialog),
        (Mend.CONSENT, ConsentDialog),
        (Mend.COVERAGE, CoverageDialog),
    ],
)
def test_a_dialog_opens_where_something_is_put_right(
    screen: BillingScreen, mend: Mend, opened: type[VisitDialog]
) -> None:
    screen.view.panel.mend_wanted.emit(mend)

    [dialog] = screen.findChildren(opened)
    assert dialog.isVisible()
    assert any("ABEL, Ana" in label.text() for label in dialog.findChildren(Label))


@pytest.mark.parametrize(
    ("mend", "expected"),
    [(Mend.TIME, "Time and billing"), (Mend.DIAGNOSIS, "Meds and problems"), (Mend.PLAN, "Plan")],
)
def test_the_chart_opens_where_something_is_put_right(
    screen: BillingScreen, patients: Patients, mend: Mend, expected: str
) -> None:
    wanted: list[tuple[str, str]] = []
    screen.desk.chart_part_wanted.connect(lambda *which: wanted.append(which))

    screen.view.panel.mend_wanted.emit(mend)

    assert wanted == [(patients["Abel"], expected)]


def test_settings_open_where_something_is_put_right(screen: BillingScreen) -> None:
    wanted: list[str] = []
    screen.desk.setting_wanted.connect(wanted.append)

    screen.view.panel.mend_wanted.emit(Mend.STAFF)
    screen.view.notices.rates.click()

    assert wanted == ["Staff", "Rates and codes"]


def test_a_visit_that_is_recorded_is_seen_at_once(screen: BillingScreen) -> None:
    press(screen.view.table, "End")
    screen.view.panel.mend_wanted.emit(Mend.VISIT)
    [dialog] = screen.findChildren(VisitDialog)
    dialog.day.set_day(date(2026, 9, 28))
    dialog.code.setText("99214")
    dialog.is_face_to_face.click()
    dialog.is_about_cocm.click()

    dialog.save.click()

    item = screen.view.rows[2].item(Proof.VISIT)
    assert item is not None
    assert item.words.startswith("99214 on Sep 28, 2026.")


def test_minutes_recorded_elsewhere_are_seen(screen: BillingScreen, workspace: Workspace) -> None:
    _, episode = enrolled(workspace, "Dunn", date(2026, 11, 2))
    worked(workspace, EpisodeId(episode), date(2026, 11, 12), minutes=40)

    screen.desk.changed.emit(Change(Topic.TIME | Topic.BILLING, "time"))

    assert names(screen) == ["Abel", "Bolt", "Cruz", "Dunn"]
    assert chosen(screen) == ["Abel"]


def test_the_window_opens_the_chart_and_the_settings_at_a_part(
    qtbot: QtBot, workspace: Workspace, patients: Patients
) -> None:
    desk = Desk(workspace, InlineWork())
    window = MainWindow(desk, [place for place in PLACES if place.key in {"chart", "settings"}])
    qtbot.addWidget(window)
    window.show()

    desk.chart_part_wanted.emit(patients["Abel"], "Plan")

    chart = window.screen_shown
    assert isinstance(chart, ChartScreen)
    assert TABS[chart.tabs.currentIndex()] == "Plan"

    desk.setting_wanted.emit("Rates and codes")

    settings = window.screen_shown
    assert isinstance(settings, SettingsScreen)
    assert settings.tabs.tabText(settings.tabs.currentIndex()) == "Rates and codes"
