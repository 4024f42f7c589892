"""Settings: payer rules, rates and codes in their windows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from cocm_desktop.actions.billing_settings import read_billing_settings
from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.charge_setup import read_set_up
from cocm_desktop.actions.table_loading import check_table, load_table
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_table import TableKind
from cocm_desktop.domain.billing.choices import Performer
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.charges.setting_dialog import ChangeBillingSettingDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.payer_rules.confirm_dialog import ConfirmRulesDialog
from cocm_desktop.ui.payer_rules.edit_dialog import EditRulesDialog
from cocm_desktop.ui.payer_rules.page import PayerRulesPage
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.rates.load_dialog import LoadTableDialog
from cocm_desktop.ui.rates.page import RatesPage
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.withdraw_dialog import WithdrawDialog
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.exchange.public_files import code_lines, gpci_lines, rvu_lines, stored
from tests.ui.callbacks import nothing

TODAY = date(2026, 11, 30)
Shown = TypeVar("Shown", bound=QWidget)


@pytest.fixture
def rules(desk: Desk, window: QWidget) -> PayerRulesPage:
    page = PayerRulesPage(desk, window)
    page.show()
    page.read_again()
    return page


@pytest.fixture
def rates(desk: Desk, window: QWidget) -> RatesPage:
    page = RatesPage(desk, window)
    page.show()
    page.read_again()
    return page


def find(page: PayerRulesPage, words: str) -> None:
    page.find_field.setText(words)
    page.table.select_row(0)


def only(kind: type[Shown], parent: QWidget) -> Shown:
    dialog = parent.findChild(kind)
    assert isinstance(dialog, kind)
    return dialog


def test_every_rule_set_says_where_it_is_from(rules: PayerRulesPage) -> None:
    find(rules, "wisconsin")

    assert [each.rules.id for each in rules.model.rows] == ["MCD-WI"]
    assert rules.detail_title.text() == "Wisconsin Medicaid"
    lines = rules.detail.toPlainText().splitlines()
    assert lines[0] == "Source: ForwardHealth 2026-09-05"
    assert "To be confirmed: 99484" in lines
    assert "A psychiatrist cannot be the billing practitioner" in lines
    assert "Its own amounts, a unit: 99492 $146.05, 99493 $141.61, 99494 $60.51" in lines
    assert not rules.withdraw.isEnabled()


def test_only_what_is_open_is_listed_on_wish(rules: PayerRulesPage) -> None:
    rules.only_open.setChecked(True)

    names = [each.rules.id for each in rules.model.rows]
    assert "MCR" not in names
    assert "REGENCE" in names


def test_rules_are_confirmed_changed_and_withdrawn(
    workspace: Workspace, rules: PayerRulesPage
) -> None:
    find(rules, "regence")
    rules.confirm.click()
    dialog = only(ConfirmRulesDialog, rules)
    dialog.save.click()
    assert "with whom" in dialog.problems.text()
    dialog.note.setText("Provider line, J. Doe")
    dialog.save.click()
    assert rules.model.rows[0].state_words == "Confirmed Nov 30, 2026"
    confirmed = tables_of(workspace).rule_sets.holding("REGENCE", TODAY, is_clinic=False)
    assert confirmed.is_confirmed

    rules.change.click()
    editor = only(EditRulesDialog, rules)
    editor.days_to_file.setText("90")
    editor.roles[Performer.TREATING_PRACTITIONER].setChecked(True)
    editor.rates.setPlainText("99492 180.00\n99493 $170")
    editor.flags["needs_registration"].setChecked(True)
    editor.save.click()

    changed = tables_of(workspace).rule_sets.holding("REGENCE", TODAY, is_clinic=False)
    assert (changed.days_to_file, changed.needs_registration) == (90, True)
    assert [each.cents for each in changed.state_rates] == [18000, 17000]
    assert changed.roles == (Performer.CARE_MANAGER, Performer.TREATING_PRACTITIONER)
    assert rules.model.rows[0].state_words == "To be confirmed"
    assert "nobody has confirmed it" in rules.detail.toPlainText()

    rules.withdraw.click()
    asked = only(WithdrawDialog, rules)
    asked.save.click()
    assert "Say why" in asked.problems.text()
    asked.reason.setText("Another plan")
    asked.save.click()
    assert rules.model.rows[0].own is None


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(desk: Desk, window: QWidget) -> None:
    dialog = EditRulesDialog(desk, parent=window)
    dialog.open()
    dialog.name.setText("AETNA")
    dialog.last.entry.setText("someday")

    dialog.save.click()
    not_read = dialog.problems.text()
    dialog.last.entry.setText("1/1/2020")
    dialog.save.click()

    assert "not a date" in not_read
    assert "before the first" in dialog.problems.text()
    assert dialog.is_touched


def test_a_file_is_shown_before_it_is_loaded(
    workspace: Workspace, rates: RatesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "open", nothing)
    assert rates.years_model.rows[0].factor_words == "Not loaded"
    assert rates.loaded.isHidden()
    file = stored(tmp_path, rvu_lines("2027", "January", "32.8409"), "PPRRVU2027_Jan_nonQPP.csv")

    rates.rates.click()
    only(QFileDialog, rates).fileSelected.emit(str(file))

    dialog = only(LoadTableDialog, rates)
    assert dialog.shown.text() == "PFS 2027 January: Jan 1, 2027 to Dec 31, 2027 · 9 rows"
    assert tables_of(workspace).rates[0].valid.first.year != 2027
    dialog.first.set_day(date(2027, 2, 1))
    assert not dialog.save.isEnabled()
    dialog.again.click()
    dialog.save.click()
    assert tables_of(workspace).rates[0].valid.first == date(2027, 2, 1)
    assert rates.years_model.rows[0].factor_words == "32.8409 from Feb 1"
    assert [each.table.name for each in rates.loaded_model.rows] == ["PFS 2027 January"]

    rates.loaded.select_row(0)
    rates.withdraw.click()
    asked = only(WithdrawDialog, rates)
    asked.reason.setText("The proposed rule, not the final")
    asked.save.click()
    assert rates.years_model.rows[0].factor_words == "Not loaded"


def test_a_file_that_is_another_cannot_be_loaded(rates: RatesPage, tmp_path: Path) -> None:
    rates.open_file(stored(tmp_path, ["a,b"], "GPCI2026.csv"), TableKind.LOCALITIES)

    dialog = only(LoadTableDialog, rates)
    assert "Nothing was loaded" in dialog.problems.text()
    assert not dialog.save.isEnabled()
    assert dialog.table.isHidden()


def test_a_release_of_codes_ends_the_staleness(rates: RatesPage, tmp_path: Path) -> None:
    assert not rates.stale.isHidden()
    for kind, file in (
        (TableKind.DIAGNOSES, stored(tmp_path, code_lines(), "icd10cm_codes_2027.txt")),
        (TableKind.LOCALITIES, stored(tmp_path, gpci_lines(), "GPCI2026.csv")),
    ):
        rates.open_file(file, kind)
        dialogs = rates.findChildren(LoadTableDialog)
        dialogs[-1].save.click()
    rates.open_file(stored(tmp_path, gpci_lines(), "GPCI2026.csv"), TableKind.LOCALITIES)
    again = rates.findChildren(LoadTableDialog)[-1]

    assert "loaded already, as GPCI 2026" in again.problems.text()
    assert rates.stale.isHidden()
    assert rates.release.text() == (
        "ICD-10-CM, release of Oct 1, 2026, for days of service to Sep 30, 2027."
    )
    assert rates.years_model.rows[1].locality_words == "GPCI2026.csv (3)"


def test_the_practices_locality_is_chosen_among_those_loaded(
    workspace: Workspace, desk: Desk, window: QWidget, tmp_path: Path
) -> None:
    file = stored(tmp_path, gpci_lines(), "GPCI2026.csv")
    load_table(workspace, check_table(workspace, file, TableKind.LOCALITIES).preview)
    dialog = ChangeBillingSettingDialog(
        desk, read_billing_settings(workspace).line("locality"), window
    )
    dialog.open()
    field = dialog.value
    assert isinstance(field, ChoiceField)

    field.choose("06302-00")
    dialog.save.click()

    place = read_set_up(workspace).place
    assert place.rates.endswith("06302-00 WISCONSIN")
    assert (place.amounts[0].code, place.amounts[0].office_cents) == ("99492", 15319)


def test_a_care_manager_reads_and_changes_nothing(workspace: Workspace, window: QWidget) -> None:
    desk = Desk(as_role(workspace, Role.CARE_MANAGER), InlineWork())
    screen = SettingsScreen(desk, window)
    titles = [screen.tabs.tabText(number) for number in range(screen.tabs.count())]
    page = screen.findChild(PayerRulesPage)
    rates = screen.findChild(RatesPage)

    assert {"Payer rules", "Rates and codes"} <= set(titles)
    assert page is not None
    assert rates is not None
    screen.tabs.setCurrentWidget(page)
    screen.read_again()
    assert page.model.rows
    assert all(b.isHidden() for b in (page.new, page.change, page.confirm, page.withdraw))
    assert rates.rates.isHidden()
