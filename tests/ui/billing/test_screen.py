"""The billing month: what it says of each patient, its papers, and where things are mended."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.practice import record_fee
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.checklist import Proof
from cocm_desktop.domain.billing.mending import Mend
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.ui.billing.care_dialogs import OtherServiceDialog, StayDialog, VisitDialog
from cocm_desktop.ui.billing.consent_dialog import ConsentDialog
from cocm_desktop.ui.billing.records_dialog import RecordsDialog
from cocm_desktop.ui.billing.screen import BillingScreen
from cocm_desktop.ui.charges.coverage_dialog import CoverageDialog
from cocm_desktop.ui.chart.screen import TABS, ChartScreen
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.paper.pdf import Pdf
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.work import InlineWork
from tests.actions.billing import (
    NOVEMBER,
    OCTOBER,
    approved,
)
from tests.actions.work import rows_stored, worked
from tests.ui.billing.month import Patients, chosen, names, said, shown, states, ways
from tests.ui.clinic import enrolled
from tests.ui.keys import press


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
    over = shown(qtbot, december, "Home", "Return")
    assert over.paper.shown is not None
    before = over.paper.shown.paper.sha256

    record_fee(workspace, "99492", cents=999_00, valid_from=date(2026, 11, 1))
    over.desk.changed.emit(Change(Topic.PRACTICE | Topic.BILLING, "fee"))
    assert over.paper.stale.isVisible()
    over.paper.again.click()

    assert over.paper.stale.isHidden()
    assert over.paper.shown.paper.sha256 != before


def test_the_keys_go_on_in_the_list_when_the_details_are_made_anew(over: BillingScreen) -> None:
    [way, *_others] = over.view.panel.findChildren(LinkButton)
    way.setFocus()

    over.read_again()

    assert over.window().focusWidget() is over.view.table


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


def test_consents_and_visits_of_the_one_chosen_are_listed(screen: BillingScreen) -> None:
    screen.records.trigger()
    press(screen.view.table, "Ctrl+A")

    [dialog] = screen.findChildren(RecordsDialog)
    assert [row.kind for row in dialog.model.rows] == ["Consent", "Visit"]
    assert not screen.records.isEnabled()


def test_the_marks_are_offered_under_their_button(screen: BillingScreen) -> None:
    menu = screen.view.panel.mark.menu()

    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Mark as sent",
        "Mark as paid",
        "Mark as denied",
    ]
