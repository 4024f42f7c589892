"""The front desk's list: who and how to reach them, forms to key, and nothing clinical."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.contact import flag_for_review
from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.flag import FlagKind
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.listed_patient import Program
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.safety import FRONT_DESK_WORDS
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.charges.coverage_dialog import CoverageDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.episode.refer_dialog import ReferDialog
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from cocm_desktop.ui.patient.screen import PatientListScreen
from cocm_desktop.ui.safety.step import SafetyNotice
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.tasks.marks_dialog import MarksDialog
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, call, phq9
from tests.conftest import CARE_MANAGER
from tests.ui.hands import Key, click, dialog_of, press, type_into


@pytest.fixture
def listing(qtbot: QtBot, workspace: Workspace, maria: EpisodeId) -> PatientListScreen:
    """Two patients, one of them enrolled, before a person of the front desk."""
    add_patient(workspace, PatientDraft("Ito", "Ken", date(1980, 2, 3)))
    phq9(workspace, maria, date(2026, 11, 20), 18)
    call(workspace, maria, date(2026, 11, 20))
    flag_for_review(workspace, maria, "Switch?")
    screen = PatientListScreen(Desk(as_role(workspace, Role.FRONT_DESK), InlineWork()))
    qtbot.addWidget(screen)
    screen.resize(1178, 600)
    screen.show()
    screen.take_focus()
    return screen


def cells(screen: PatientListScreen) -> list[list[str]]:
    model = screen.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_list_tells_who_and_nothing_clinical(listing: PatientListScreen) -> None:
    assert cells(listing) == [
        ["ALVAREZ, María", "04/05/1971", "55", "100200", "Not recorded", "Enrolled", ""],
        ["ITO, Ken", "02/03/1980", "46", "Not recorded", "Not recorded", "Not referred", ""],
    ]


def test_the_value_read_has_no_room_for_anything_clinical(
    listing: PatientListScreen, workspace: Workspace
) -> None:
    [maria, _] = read_listing(as_role(workspace, Role.FRONT_DESK))

    assert {field.name for field in fields(maria)} == {
        "patient_id",
        "name",
        "sort_name",
        "found_by",
        "born_on",
        "age",
        "mrn",
        "phone",
        "episode_id",
        "program",
        "marks",
    }
    assert "Switch" not in str(maria)


def test_marks_are_read_and_set_where_patients_are_called(listing: PatientListScreen) -> None:
    listing.marks.trigger()
    dialog = dialog_of(MarksDialog)
    dialog.kind.choose(FlagKind.NO_VOICEMAIL)
    dialog.reason.setText("The landlord hears the machine")
    click(dialog.save)
    listing.read_again()

    assert cells(listing)[0][-1] == "No voicemail"


def test_the_find_box_narrows_by_any_identifier(listing: PatientListScreen) -> None:
    words: list[str] = []
    listing.status_changed.connect(words.append)

    listing.narrow("2/3/1980")
    found = cells(listing)
    listing.narrow("nobody")
    empty = listing._pages.currentWidget()
    listing.narrow("")

    assert [row[0] for row in found] == ["ITO, Ken"]
    assert empty is listing._none_match
    assert words == [
        "Showing 1 of 2 patients · by name",
        "Showing 0 of 2 patients · by name",
        "Showing 2 of 2 patients · by name",
    ]


def test_a_form_is_keyed_and_item_9_sends_the_patient_to_a_clinician(
    listing: PatientListScreen, workspace: Workspace
) -> None:
    listing.measure.trigger()
    dialog = dialog_of(RecordMeasureDialog)

    type_into(dialog, "0000000010")
    press(dialog, Key.Key_Return)

    notice = dialog_of(SafetyNotice)
    assert notice.words.text() == FRONT_DESK_WORDS
    click(notice.button)
    assert len(read_open_safety_tasks(workspace)) == 1


def test_no_form_is_keyed_for_a_patient_who_is_not_enrolled(listing: PatientListScreen) -> None:
    enrolled = listing.measure.isEnabled()

    listing.table.select_row(1)

    assert enrolled
    assert not listing.measure.isEnabled()
    assert listing.change.isEnabled()


def programs(screen: PatientListScreen) -> list[str]:
    return [row[5] for row in cells(screen)]


def test_the_front_desk_refers_and_takes_consent(
    listing: PatientListScreen, workspace: Workspace
) -> None:
    listing.table.select_row(1)
    listing.refer.trigger()
    referral = dialog_of(ReferDialog)
    referral.referred_on.set_day(date(2026, 11, 23))
    referral.care_manager.choose(CARE_MANAGER.id)
    click(referral.save)
    afterwards = programs(listing), listing.refer.isEnabled(), listing.measure.isEnabled()

    listing.consent.trigger()
    consent = dialog_of(EnrollDialog)
    taken_over = consent.referred_on.day(), consent.care_manager.choice()
    consent.consented_on.set_day(date(2026, 11, 24))
    for box in (*consent.statements, consent.confirm):
        box.setChecked(True)
    click(consent.save)

    assert afterwards == (["Enrolled", "Referred"], False, True)
    assert taken_over == (date(2026, 11, 23), CARE_MANAGER.id)
    assert programs(listing) == ["Enrolled", "Consented"]
    assert not listing.consent.isEnabled()


def test_the_front_desk_is_not_asked_for_assessment_diagnosis_or_scale(
    listing: PatientListScreen,
) -> None:
    listing.table.select_row(1)
    listing.consent.trigger()

    dialog = dialog_of(EnrollDialog)

    assert dialog.windowTitle() == "Record consent"
    clinical = (dialog.enrolled_on, dialog.diagnosis, dialog.scale)
    assert not any(field.isVisible() for field in clinical)
    assert dialog.fields.keys().isdisjoint({"enrolled_on", "diagnosis_code", "instrument"})
    dialog.close()


def test_the_list_is_narrowed_to_those_who_stand_so(listing: PatientListScreen) -> None:
    listing.program.choose(Program.NONE)
    none = [row[0] for row in cells(listing)]
    listing.program.choose(None)

    assert none == ["ITO, Ken"]
    assert len(cells(listing)) == 2


@pytest.mark.parametrize(
    ("reason", "words", "refers", "consents"),
    [
        pytest.param(CloseReason.GRADUATED, "Closed", True, True, id="may come back"),
        pytest.param(CloseReason.DIED, "Died", False, False, id="is not written to"),
    ],
)
def test_the_front_desk_sees_who_left_and_who_died(
    listing: PatientListScreen,
    workspace: Workspace,
    maria: EpisodeId,
    reason: CloseReason,
    words: str,
    *,
    refers: bool,
    consents: bool,
) -> None:
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 30), reason))

    listing.read_again()

    assert programs(listing)[0] == words
    assert (listing.refer.isEnabled(), listing.consent.isEnabled()) == (refers, consents)


def test_details_are_changed_and_the_list_reads_again(listing: PatientListScreen) -> None:
    listing.table.select_row(1)
    listing.change.trigger()
    dialog = dialog_of(PatientDetailsDialog)

    dialog.entries["phone"].setText("555-0100")
    click(dialog.save)

    assert cells(listing)[1][4] == "555-0100"
    assert listing._chosen is not None
    assert listing._chosen.name == "ITO, Ken"


def test_a_new_patient_is_added_without_a_way_into_charts(
    listing: PatientListScreen, maria_patient: PatientId
) -> None:
    listing.add.trigger()
    dialog = dialog_of(PatientDetailsDialog)
    dialog.entries["last_name"].setText("Alvares")
    dialog.entries["first_name"].setText("Maria")
    dialog.born_on.set_day(date(1971, 4, 5))
    dialog.look_for_duplicates()

    assert "1 may be the same" in dialog.duplicates.heading.text()
    assert dialog.duplicates.findChildren(LinkButton) == []
    click(dialog.save)
    assert len(cells(listing)) == 3


@pytest.mark.parametrize(
    ("role", "first"),
    [(Role.FRONT_DESK, "patients"), (Role.BILLER, "patients"), (Role.CARE_MANAGER, "today")],
)
def test_each_role_starts_at_the_list_it_may_see(
    qtbot: QtBot, workspace: Workspace, role: Role, first: str
) -> None:
    window = MainWindow(Desk(as_role(workspace, role), InlineWork()), PLACES)
    qtbot.addWidget(window)

    keys = [place.key for place in window.places]

    assert keys[0] == first
    assert len({"patients", "registry"} & set(keys)) == 1


def test_a_biller_reads_the_list_and_opens_coverage_and_marks(
    qtbot: QtBot, workspace: Workspace, maria: EpisodeId
) -> None:
    screen = PatientListScreen(Desk(as_role(workspace, Role.BILLER), InlineWork()))
    qtbot.addWidget(screen)
    screen.show()

    screen.table.select_row(0)
    screen.table.doubleClicked.emit(screen.model.index(0, 0))

    assert [each.text() for each in screen.menu_actions() if each.isVisible()] == [
        "Coverage",
        "Marks",
    ]
    assert dialog_of(CoverageDialog).none.isVisible()
    assert len(cells(screen)) == 1
