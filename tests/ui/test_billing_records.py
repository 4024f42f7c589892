"""A patient's consents, visits, services and stays: seen, added, withdrawn."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.episode import read_latest_episode
from cocm_desktop.actions.outside_care import record_visit
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.outside_care import VisitDraft
from cocm_desktop.domain.episode import CloseReason
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.billing.care_dialogs import (
    DeathDialog,
    OtherServiceDialog,
    StayDialog,
    VisitDialog,
)
from cocm_desktop.ui.billing.consent_dialog import ConsentDialog, WithdrawConsentDialog
from cocm_desktop.ui.billing.records_dialog import RecordsDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.close_dialog import CloseEpisodeDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.widgets.patient_banner import PatientBanner
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.conftest import PRACTITIONER

SEEN = date(2026, 9, 28)


@pytest.fixture
def subject(maria_patient: PatientId, maria: EpisodeId) -> Subject:
    return Subject(maria_patient, maria, "ALVAREZ, Maria", date(1971, 4, 5), 55, "100245")


def opened(qtbot: QtBot, workspace: Workspace, subject: Subject) -> RecordsDialog:
    treats = PRACTITIONER.id
    dialog = RecordsDialog(Desk(workspace, InlineWork()), subject, treats=treats)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


@pytest.fixture
def dialog(qtbot: QtBot, workspace: Workspace, subject: Subject) -> RecordsDialog:
    """Give the list with one consent and one visit."""
    record_visit(workspace, VisitDraft(subject.patient_id, SEEN, "99214", PRACTITIONER.id))
    return opened(qtbot, workspace, subject)


def kinds(dialog: RecordsDialog) -> list[str]:
    return [each.kind for each in dialog.model.rows]


def choose(dialog: RecordsDialog, kind: str) -> None:
    dialog.table.select_row(kinds(dialog).index(kind))


def test_a_visit_is_voided_with_its_reason(dialog: RecordsDialog) -> None:
    choose(dialog, "Visit")
    assert not dialog.withdraw.isEnabled()
    dialog.void.click()
    [void] = dialog.findChildren(VoidDialog)
    void.reason.setText("Another patient's")

    void.save.click()

    assert kinds(dialog) == ["Consent"]


def test_a_day_of_death_is_recorded_once_and_proposed_for_closing(
    dialog: RecordsDialog, qtbot: QtBot, workspace: Workspace, subject: Subject
) -> None:
    dialog.death.click()
    [asked] = dialog.findChildren(DeathDialog)
    asked.day.set_day(date(2026, 11, 20))

    asked.save.click()

    assert "Death" in kinds(dialog)
    assert not dialog.death.isEnabled()
    banner = PatientBanner()
    qtbot.addWidget(banner)
    banner.show_chart(read_chart(workspace, subject.patient_id))
    assert "Died Nov 20, 2026 (aged 55)" in banner.accessibleName()
    episode = read_latest_episode(workspace, subject.patient_id)
    closing = CloseEpisodeDialog(Desk(workspace, InlineWork()), subject, episode)
    qtbot.addWidget(closing)
    closing.open()
    assert closing.closed_on.day() == date(2026, 11, 20)
    assert closing.reason.choice() is CloseReason.DIED


def test_a_consent_is_withdrawn_and_given_again(dialog: RecordsDialog) -> None:
    choose(dialog, "Consent")
    assert not dialog.void.isEnabled()
    dialog.withdraw.click()
    [withdraw] = dialog.findChildren(WithdrawConsentDialog)
    withdraw.withdrawn_on.set_day(date(2026, 11, 20))

    withdraw.save.click()

    choose(dialog, "Consent")
    assert dialog.chosen is not None
    assert dialog.chosen.words.endswith("withdrawn on Nov 20, 2026")
    assert not dialog.withdraw.isEnabled()

    dialog.consent.click()
    [again] = dialog.findChildren(ConsentDialog)
    again.given_on.set_day(date(2026, 11, 25))
    for box in again.statements:
        box.click()
    again.save.click()

    assert kinds(dialog).count("Consent") == 2


def test_what_lacks_is_refused_and_nothing_is_stored(dialog: RecordsDialog) -> None:
    dialog.consent.click()
    [again] = dialog.findChildren(ConsentDialog)

    again.save.click()

    assert "Type the date on which the patient gave consent." in again.problems.text()
    assert kinds(dialog).count("Consent") == 1


def test_services_and_stays_are_recorded(dialog: RecordsDialog) -> None:
    dialog.service.click()
    [service] = dialog.findChildren(OtherServiceDialog)
    service.day.set_day(date(2026, 11, 9))
    service.code.setText("96127")
    service.save.click()
    dialog.stay.click()
    [stay] = dialog.findChildren(StayDialog)
    stay.first.set_day(date(2026, 11, 10))
    stay.place.setText("General Hospital")
    stay.save.click()
    dialog.visit.click()

    assert kinds(dialog)[:2] == ["Stay", "Other service"]
    assert dialog.findChildren(VisitDialog)[0].practitioner.choice() == PRACTITIONER.id


def test_whoever_records_nothing_sees_it_all(
    qtbot: QtBot, workspace: Workspace, dialog: RecordsDialog, subject: Subject
) -> None:
    assert kinds(dialog)
    seen = opened(qtbot, as_role(workspace, Role.PSYCHIATRIC_CONSULTANT), subject)

    assert kinds(seen) == kinds(dialog)
    for button in (seen.visit, seen.service, seen.stay, seen.consent, seen.withdraw, seen.void):
        assert not button.isEnabled()


def test_a_visit_that_cannot_begin_the_service_is_said_while_it_is_typed(
    dialog: RecordsDialog,
) -> None:
    dialog.visit.click()
    [visit] = dialog.findChildren(VisitDialog)

    visit.code.setText("99214")
    unticked = visit.outlook.text()
    visit.is_face_to_face.setChecked(True)
    visit.is_about_cocm.setChecked(True)
    right, is_shown = visit.outlook.text(), visit.outlook.isVisible()
    visit.code.setText("99495")
    doubtful = visit.outlook.text()
    visit.code.setText("96127")
    visit.practitioner.choose(None)

    start = "Does not count as the initiating visit: "
    assert unticked == (start + "it was not face to face; collaborative care was not discussed.")
    assert (right, is_shown) == ("", False)
    assert "whoever bills decides" in doubtful
    assert visit.outlook.text() == (
        start + "96127 is not the code of a visit that qualifies; "
        "it was not with the billing practitioner."
    )
