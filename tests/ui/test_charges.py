"""Setting up what a charge needs in the windows, and a patient's coverage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.billing_settings import change_billing_setting, read_billing_settings
from cocm_desktop.actions.coverage import read_coverage, record_coverage
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.payer import add_payer, read_payers
from cocm_desktop.actions.practice import read_fees, record_fee
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.staff import add_staff, read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.charge_setup import SetupPlace
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft
from cocm_desktop.domain.billing.locality import Locality
from cocm_desktop.domain.billing.payer import ClaimFiling, Relation
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.billing.setting_list import BillingSettingDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, PayerId
from cocm_desktop.domain.patient import Coverage, PatientDraft
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.ui.charges.coverage_dialog import CoverageDialog
from cocm_desktop.ui.charges.coverage_form import CoverageFormDialog, EligibilityDialog
from cocm_desktop.ui.charges.named_page import NamedPage
from cocm_desktop.ui.charges.payer_dialog import CoverNamedDialog, PayerDialog
from cocm_desktop.ui.charges.payers_page import PayersPage
from cocm_desktop.ui.charges.place_card import PlaceCard
from cocm_desktop.ui.charges.setting_dialog import ChangeBillingSettingDialog, TaxonomyField
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.staff.member_dialog import ChangeMemberDialog
from cocm_desktop.ui.tasks.dialogs import BecauseDialog
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.work import InlineWork
from tests.ui.hands import dialog_of

AETNA = PayerDraft("Aetna", "COMMERCIAL-DEFAULT", ClaimFiling.COMMERCIAL, "60054")


@pytest.fixture
def aetna(workspace: Workspace) -> PayerId:
    return PayerId(add_payer(workspace, AETNA).record_id)


@pytest.fixture
def settings(qtbot: QtBot, desk: Desk) -> SettingsScreen:
    screen = SettingsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.show_part(SetupPlace.NUMBERS.value)
    return screen


@pytest.fixture
def subject(workspace: Workspace, maria: EpisodeId) -> Subject:
    return Subject.of_row(read_registry(workspace).rows[0])


def named(workspace: Workspace, payer: str) -> PatientId:
    draft = PatientDraft("Adams", "Kim", date(1980, 1, 1), coverage=Coverage(payer, "W1"))
    return PatientId(add_patient(workspace, draft).record_id)


def shown_on(page: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.show()


def test_what_is_missing_leads_to_where_it_is_set_up(
    settings: SettingsScreen, workspace: Workspace
) -> None:
    charges = settings.charges
    charges.show_section("")
    words = [line.text() for line in charges.missing.lines]
    links = {link.text(): link for link in charges.missing.findChildren(LinkButton)}

    links["Payers"].click()
    on_payers = charges.stack.currentWidget()
    links["Staff"].click()

    assert "No payer is set up." in words
    assert on_payers is not None
    assert charges.payers in on_payers.findChildren(PayersPage)
    assert settings.tabs.currentWidget() is settings.staff
    assert settings.help_page == "settings"
    settings.show_part(SetupPlace.DETAILS.value)
    assert settings.tabs.currentWidget() is settings.details
    settings.show_part(SetupPlace.FILES.value)
    assert settings.help_page == "charges"


def test_a_setting_is_chosen_and_the_money_follows(
    settings: SettingsScreen, workspace: Workspace
) -> None:
    numbers, place = settings.charges.numbers, settings.charges.place
    numbers.table.select_row(1)
    numbers.change.click()
    dialog = dialog_of(ChangeBillingSettingDialog)
    assert isinstance(dialog.value, ChoiceField)
    dialog.value.choose("22")
    assert dialog.is_touched
    assert "Medicare's facility amounts" in dialog.findChildren(PlaceCard)[0].words.text()

    dialog.save.click()

    assert numbers.chosen is not None
    assert numbers.chosen.words == "22, Outpatient hospital, on campus"
    assert "from Nov 1, 2026, chosen by M. Bell, LCSW" in numbers.past.text()
    assert "facility amounts" in place.words.text()
    assert place.lines[1] == ("99493", "$144.96", "$89.51", "−$55.45")
    assert "allowed, before deductible and coinsurance" in place.rates.text()


def test_what_will_hold_later_is_said(settings: SettingsScreen, workspace: Workspace) -> None:
    draft = BillingSettingDraft("clinic_kind", "RHC", date(2027, 1, 1))
    change_billing_setting(workspace, draft)

    settings.charges.read_again()

    assert "from Jan 1, 2027: Rural health clinic" in settings.charges.numbers.about.text()


def test_texts_and_codes_of_settings_are_typed(
    desk: Desk, window: QWidget, workspace: Workspace
) -> None:
    read = read_billing_settings(workspace)
    for name, typed in (("group_taxonomy", "207q00000x"), ("receiver_name", "Clearinghouse")):
        dialog = ChangeBillingSettingDialog(desk, read.line(name), window)
        dialog.open()
        if isinstance(dialog.value, TaxonomyField):
            dialog.value.setEditText(typed)
        elif not isinstance(dialog.value, ChoiceField):
            dialog.value.setText(typed)
        dialog.save.click()

    now = read_billing_settings(workspace).now
    assert (now.group_taxonomy, now.receiver_name) == ("207Q00000X", "Clearinghouse")


def test_a_locality_is_one_that_was_loaded(
    desk: Desk, window: QWidget, workspace: Workspace
) -> None:
    line = read_billing_settings(workspace).line("locality")
    dialog = ChangeBillingSettingDialog(desk, line, window)
    dialog.open()
    one = Locality("06302-00", "WI", "Wisconsin", Decimal(1), Decimal(1), Decimal(1))
    dialog.offer_localities([one])

    assert isinstance(dialog.value, ChoiceField)
    assert [dialog.value.itemText(n) for n in range(dialog.value.count())] == [
        "National amounts",
        one.words,
    ]


def test_a_payer_is_set_up_changed_and_retired(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    page = PayersPage(desk)
    shown_on(page, qtbot)
    page.read_again()
    assert page.none.isVisible()
    page.add.click()
    dialog = dialog_of(PayerDialog)
    dialog.save.click()
    assert "Type the payer's name" in dialog.problems.text()
    dialog.name.setText("Medicare Part B")
    dialog.rule_set.choose("MCR")
    dialog.rule_set.activated.emit(dialog.rule_set.currentIndex())
    dialog.days_to_file.setText("365")
    dialog.save.click()
    page.read_again()

    page.change.click()
    changing = dialog_of(PayerDialog)
    changing.number.setText("00952")
    changing.confirmed_on.set_day(date(2026, 11, 2))
    changing.save.click()
    page.read_again()
    page.retire.click()
    page.read_again()

    [payer] = read_payers(workspace).payers
    assert (payer.filing, payer.payer_number) == (ClaimFiling.MEDICARE_B, "00952")
    assert (payer.days_to_file, payer.confirmed_on) == (365, date(2026, 11, 2))
    assert not payer.active
    assert page.retire.text().strip() == "Offer again"


def test_patients_who_name_a_payer_are_covered(
    qtbot: QtBot, desk: Desk, workspace: Workspace, aetna: PayerId
) -> None:
    kim, other = named(workspace, "AETNA"), named(workspace, "Blue Cross")
    page = NamedPage(desk)
    shown_on(page, qtbot)
    page.read_again()
    page.table.select_row(1)
    page.set_up.click()
    new = dialog_of(PayerDialog)
    assert new.name.text() == "Blue Cross"
    new.reject()

    page.cover.click()
    by_hand = dialog_of(CoverNamedDialog)
    by_hand.first_on.set_day(date(2026, 1, 1))
    by_hand.save.click()
    page.read_again()
    page.cover_all.click()
    dialog_of(Question).accept()

    assert read_coverage(workspace, other).coverage[0].first_on == date(2026, 1, 1)
    assert read_coverage(workspace, kim).coverage[0].payer_id == aetna
    page.read_again()
    assert page.none.isVisible()


def test_covering_patients_leaves_the_keys_in_the_page(
    qtbot: QtBot, settings: SettingsScreen, workspace: Workspace, aetna: PayerId
) -> None:
    for payer in ("Blue Cross", "Cigna"):
        named(workspace, payer)
    settings.show_part(SetupPlace.PATIENTS.value)
    page = settings.charges.named
    with qtbot.waitActive(settings):
        settings.activateWindow()
    left = []

    while page.none.isHidden():
        page.cover.setFocus()
        page.cover.click()
        dialog_of(CoverNamedDialog).save.click()
        page.read_again()
        left.append((len(page.model.rows), settings.focusWidget()))

    sections = settings.charges.sections.buttons
    assert left == [(1, page.cover), (0, sections[SetupPlace.PATIENTS.value])]


def test_the_details_of_a_patient_offer_the_payers_that_are_set_up(
    desk: Desk, window: QWidget, aetna: PayerId
) -> None:
    dialog = PatientDetailsDialog(desk, parent=window)

    dialog.open()

    found = dialog.entries["payer"].completer()
    assert found is not None
    found.setCompletionPrefix("etn")
    assert found.currentCompletion() == "Aetna"


def test_coverage_is_recorded_changed_asked_about_and_voided(
    desk: Desk, window: QWidget, workspace: Workspace, subject: Subject, aetna: PayerId
) -> None:
    dialog = CoverageDialog(desk, subject, window)
    dialog.open()
    assert dialog.none.isVisible()
    dialog.add.click()
    form = dialog_of(CoverageFormDialog)
    form.member_id.setText("W123")
    form.relation.choose(Relation.CHILD)
    form.save.click()
    assert "family name of the insured" in form.problems.text()
    form.insured.lines["last_name"].setText("Alvarez")
    form.insured.lines["first_name"].setText("Juan")
    form.save.click()

    dialog.change.click()
    changing = dialog_of(CoverageFormDialog)
    changing.last_on.set_day(date(2026, 12, 31))
    changing.authorization.setText("A-7")
    changing.authorized_last_on.set_day(date(2026, 12, 1))
    changing.save.click()
    dialog.ask.click()
    asking = dialog_of(EligibilityDialog)
    asking.copay.setText("much")
    asking.save.click()
    assert "Type the copay" in asking.problems.text()
    asking.copay.setText("$25.00")
    asking.save.click()

    [found] = read_coverage(workspace, subject.patient_id).coverage
    assert (found.member_id, found.last_on) == ("W123", date(2026, 12, 31))
    assert found.insured is not None
    assert "authorization A-7, to Dec 1, 2026" in dialog.details.text()
    assert "insured person Juan Alvarez" in dialog.details.text()
    assert "copay $25.00" in dialog.answers.text()

    dialog.void.click()
    voiding = dialog_of(VoidDialog)
    voiding.reason.setText("Another patient's card")
    voiding.save.click()
    assert read_coverage(workspace, subject.patient_id).coverage == ()
    assert dialog.none.isVisible()


def test_a_second_payer_is_offered_as_second(
    desk: Desk, window: QWidget, workspace: Workspace, subject: Subject, aetna: PayerId
) -> None:
    record_coverage(workspace, CoverageDraft(subject.patient_id, aetna, "W1"))

    read = read_coverage(workspace, subject.patient_id)
    form = CoverageFormDialog(desk, subject, read, parent=window)

    assert (form.rank.choice(), form.member_id.text()) == (2, "")


def test_a_last_day_says_its_name_where_the_keyboard_is(
    desk: Desk, window: QWidget, workspace: Workspace, subject: Subject, aetna: PayerId
) -> None:
    record_coverage(workspace, CoverageDraft(subject.patient_id, aetna, "W1"))
    read = read_coverage(workspace, subject.patient_id)

    form = CoverageFormDialog(desk, subject, read, parent=window)

    said = [day.entry.accessibleName() for day in (form.last_on, form.authorized_last_on)]
    assert said == ["Covered to", "Authorized to"]


def test_without_the_right_nothing_is_offered(
    qtbot: QtBot, window: QWidget, workspace: Workspace, subject: Subject, aetna: PayerId
) -> None:
    record_coverage(workspace, CoverageDraft(subject.patient_id, aetna, "W1"))
    roles = frozenset({Role.TREATING_PRACTITIONER})
    desk = Desk(replace(workspace, staff=replace(workspace.staff, roles=roles)), InlineWork())
    page, dialog = PayersPage(desk), CoverageDialog(desk, subject, window)
    shown_on(page, qtbot)

    page.read_again()
    dialog.open()

    buttons = (page.add, page.change, page.retire, dialog.add, dialog.change, dialog.void)
    assert not any(button.isEnabled() for button in buttons)


def test_a_charge_is_withdrawn_with_its_reason(
    settings: SettingsScreen, workspace: Workspace
) -> None:
    record_fee(workspace, "99484", cents=9000, valid_from=date(2026, 1, 1))
    settings.show_part(SetupPlace.FEES.value)
    settings.charges.fees.void.click()
    asking = dialog_of(BecauseDialog)
    asking.reason.setText("Typed twice")

    asking.save.click()

    assert read_fees(workspace) == ()


def test_a_practitioner_gets_what_claims_say(
    desk: Desk, window: QWidget, workspace: Workspace
) -> None:
    chief = StaffDraft("A. Osei", frozenset(), credentials="MD", npi="1245319599")
    add_staff(workspace, replace(chief, roles=frozenset({Role.TREATING_PRACTITIONER})))
    nurse = StaffDraft("R. Ortiz", frozenset({Role.TREATING_PRACTITIONER}), credentials="PhD")
    add_staff(workspace, nurse)
    member = next(each for each in read_staff(workspace) if each.name == "R. Ortiz")
    dialog = ChangeMemberDialog(desk, member, window)
    dialog.open()
    before = dialog.bills_as.text()
    dialog.credentials.setText("FNP-BC")
    dialog.taxonomy.setEditText("363LF0000X  Nurse practitioner, family")
    dialog.incident_to.setChecked(True)
    dialog.supervisor.choose(chief.id)

    dialog.save.click()

    found = next(each for each in read_staff(workspace) if each.name == "R. Ortiz")
    assert before.startswith("Only MD")
    assert dialog.bills_as.text() == "As NP one may bill collaborative care."
    assert (found.taxonomy, found.bills_incident_to) == ("363LF0000X", True)
    assert found.supervisor_id == chief.id
