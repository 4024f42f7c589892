"""The registry screen: filters, sorting, finding, the side peek, and what follows a change."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.contact import flag_for_review
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.registry import Registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.registry import Chip, RegistryRow
from cocm_desktop.domain.registry_columns import BY_KEY, COLUMNS
from cocm_desktop.domain.saved_view import ShownColumn
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from cocm_desktop.ui.registry.screen import RegistryScreen
from cocm_desktop.ui.theme import Scheme, apply_theme
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, call, phq9
from tests.builders import TODAY, a_care_manager, a_caseload, a_practice, a_row_not_enrolled
from tests.ui.hands import Key, click, dialog_of, press, type_into


def shown(qtbot: QtBot, desk: Desk) -> RegistryScreen:
    screen = RegistryScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.take_focus()
    return screen


@pytest.fixture
def caseload(qtbot: QtBot, desk: Desk) -> RegistryScreen:
    """The screen over twelve patients of every kind, and one who is not enrolled."""
    screen = shown(qtbot, desk)
    registry = Registry(
        rows=(*a_caseload(), a_row_not_enrolled(last_name="Young", first_name="Tess")),
        today=TODAY,
        practice=a_practice(),
        care_managers=(a_care_manager(),),
    )
    screen._show(registry)
    screen.take_focus()
    return screen


def names(screen: RegistryScreen) -> list[str]:
    return [row.last_name for row in screen.model.rows]


def place(key: str) -> int:
    return COLUMNS.index(BY_KEY[key])


def test_the_screen_opens_with_every_open_episode_the_safety_answer_on_top(
    caseload: RegistryScreen,
) -> None:
    assert len(names(caseload)) == 11
    assert names(caseload)[0] == "García-López"
    assert caseload.table.chosen is caseload.model.rows[0]


def test_chips_count_live_and_filter(caseload: RegistryScreen) -> None:
    counted = {chip: button.text() for chip, button in caseload.chips.buttons.items()}

    click(caseload.chips.buttons[Chip.CLOSED])

    assert counted[Chip.OPEN] == "Open  11"
    assert counted[Chip.NOT_ENROLLED] == "Not enrolled  1"
    assert names(caseload) == ["García-López", "D’Angelo"]  # the first is pinned for safety


def test_a_care_manager_sees_their_own_caseload_first(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    other = PatientDraft("Ito", "Ken", date(1980, 2, 3))
    add_patient(workspace, other)

    screen = shown(qtbot, desk)
    screen.show_chip(Chip.EVERYONE)
    mine = names(screen)
    screen.head.caseload.choose(None)
    screen._choose_caseload(0)

    assert mine == ["Alvarez"]
    assert names(screen) == ["Alvarez", "Ito"]


def test_a_header_sorts_and_the_same_header_turns_the_order_round(
    caseload: RegistryScreen,
) -> None:
    words: list[str] = []
    caseload.status_changed.connect(words.append)

    caseload.sort_by(place("change"))
    worst = names(caseload)
    caseload.sort_by(place("change"))

    assert "worst change first" in words[0]
    assert "best change first" in words[1]
    title = caseload.model.headerData(place("change"), Qt.Orientation.Horizontal)
    assert title == "Change ↑"
    assert worst[0] == names(caseload)[0] == "García-López"


def test_the_patient_selected_stays_selected_through_sorting_and_filters(
    caseload: RegistryScreen,
) -> None:
    wanted = next(row for row in caseload.model.rows if row.last_name == "Smith")
    caseload.table.choose(wanted.key)

    caseload.sort_by(place("patient"))
    caseload.sort_by(place("age"))
    caseload.narrow("smi")
    caseload.narrow("")

    chosen: RegistryRow | None = caseload.table.chosen
    assert chosen is not None
    assert chosen.last_name == "Smith"


def test_the_find_box_narrows_and_escape_shows_all_again(caseload: RegistryScreen) -> None:
    cleared: list[bool] = []
    caseload.find_cleared.connect(lambda: cleared.append(True))

    caseload.narrow("nguyen")
    found = names(caseload)
    press(caseload, Key.Key_Escape)

    assert found == ["Nguyễn"]
    assert len(names(caseload)) == 11
    assert cleared == [True]


def test_typing_in_the_table_jumps_to_a_name(caseload: RegistryScreen) -> None:
    type_into(caseload, "wojc")

    assert caseload.table.chosen is not None
    assert caseload.table.chosen.last_name == "Wójcik"
    assert len(names(caseload)) == 11


def test_overdue_patients_that_a_filter_hides_are_counted_and_one_click_away(
    caseload: RegistryScreen,
) -> None:
    caseload.show_chip(Chip.STEP_DOWN)
    words = caseload.head.hidden_due.text()

    click(caseload.head.hidden_due)

    assert words.startswith("Hidden by the filter: ")
    assert words.endswith(" due")
    assert caseload.arrangement.chip is Chip.DUE_NOW
    assert not caseload.head.hidden_due.isVisibleTo(caseload)


def test_none_match_says_so_and_offers_the_way_back(caseload: RegistryScreen) -> None:
    caseload.narrow("zzz")
    empty = caseload.pages.currentWidget()

    caseload.clear_filters()

    assert empty is caseload.pages.none_match
    assert caseload.pages.currentWidget() is caseload.table


def test_an_empty_clinic_offers_the_import(qtbot: QtBot, desk: Desk, workspace: Workspace) -> None:
    wanted: list[str] = []
    desk.place_wanted.connect(wanted.append)

    screen = shown(qtbot, desk)
    screen.pages.import_wanted.emit()

    assert screen.pages.currentWidget() is screen.pages.nobody
    assert screen.pages.nobody.title.text() == "No patients yet"
    assert wanted == ["import"]


def test_enter_and_double_click_open_the_chart(caseload: RegistryScreen, desk: Desk) -> None:
    wanted: list[str] = []
    desk.patient_wanted.connect(wanted.append)

    press(caseload, Key.Key_Down, Key.Key_Return)
    caseload.table.doubleClicked.emit(caseload.model.index(3, 2))

    rows = caseload.model.rows
    assert wanted == [rows[1].patient_id, rows[3].patient_id]


def test_space_opens_the_side_peek_which_follows_and_escape_closes_it(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    call(workspace, maria, date(2026, 11, 20))
    phq9(workspace, maria, date(2026, 11, 20), 14)
    flag_for_review(workspace, maria, "Switch?")
    screen = shown(qtbot, desk)

    press(screen, Key.Key_Space)
    shown_words = (
        screen.peek.name.text(),
        screen.peek.note_title.text(),
        screen.peek.next.text(),
    )
    press(screen, Key.Key_Escape)

    assert shown_words[0] == "ALVAREZ, María"
    assert shown_words[1] == "Nov 20, 2026 · Phone, reached"
    assert "“Switch?”" in shown_words[2]
    assert not screen.peek.isVisible()


def test_the_peek_of_a_patient_who_is_not_enrolled_says_that_nothing_is_due(
    caseload: RegistryScreen,
) -> None:
    caseload.show_chip(Chip.NOT_ENROLLED)

    press(caseload, Key.Key_Down, Key.Key_Space)

    assert caseload.peek.next.text() == "Nothing is due"


def test_the_screen_reads_again_after_a_change(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    screen = shown(qtbot, desk)
    screen.patient.contact.trigger()
    dialog = dialog_of(RecordContactDialog)

    dialog.minutes.setValue(25)
    click(dialog.save)

    assert screen.model.index(0, place("contact")).data() == "today"
    assert screen.model.index(0, place("minutes")).data() == "25 / 36"


def test_a_patient_added_comes_into_sight_whatever_the_filter(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    screen = shown(qtbot, desk)
    screen.show_chip(Chip.SAFETY)
    screen.patient.add.trigger()
    dialog = dialog_of(PatientDetailsDialog)

    dialog.entries["last_name"].setText("Ito")
    dialog.entries["first_name"].setText("Ken")
    dialog.born_on.set_day(date(1980, 2, 3))
    click(dialog.save)

    assert screen.table.chosen is not None
    assert screen.table.chosen.last_name == "Ito"


def test_shortcuts_work_on_the_row_that_is_selected(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    screen = shown(qtbot, desk)

    press(screen, Key.Key_M, with_=Qt.KeyboardModifier.ControlModifier)

    dialog = dialog_of(RecordMeasureDialog)
    assert dialog.subject.name == "ALVAREZ, María"
    dialog.reject()


def test_actions_that_make_no_sense_are_off(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    screen = shown(qtbot, desk)
    screen.head.caseload.choose(None)
    screen._choose_caseload(0)
    screen.show_chip(Chip.EVERYONE)

    actions = screen.patient

    assert actions.enroll.isEnabled()
    assert not actions.contact.isEnabled()
    assert not actions.measure.isEnabled()
    assert not actions.close.isEnabled()
    assert actions.change.isEnabled()


def test_a_consultant_is_not_offered_what_they_may_not_do(
    qtbot: QtBot, workspace: Workspace, maria: EpisodeId
) -> None:
    desk = Desk(as_role(workspace, Role.PSYCHIATRIC_CONSULTANT), InlineWork())

    screen = shown(qtbot, desk)

    offered = {action.text() for action in screen.menu_actions() if action.isVisible()}
    of_table = {action.text() for action in screen.actions_of_table.all}
    assert of_table - offered == {"Export list…"}
    assert not offered & {"New patient", "Record contact", "Enroll", "Close episode"}
    assert {"Open chart", "Record measure", "Flag for review"} <= offered
    assert not screen.head.add_patient.isVisibleTo(screen)


def test_the_context_menu_is_about_the_row_under_the_pointer(caseload: RegistryScreen) -> None:
    caseload.table.menu_wanted.disconnect(caseload._show_menu)
    middle = caseload.table.visualRect(caseload.model.index(4, 3)).center()

    caseload.table.customContextMenuRequested.emit(middle)
    menu = caseload.row_menu()
    caseload.table.customContextMenuRequested.emit(QPoint(5, 9000))

    assert caseload.table.chosen is caseload.model.rows[4]
    words = [action.text() for action in menu.actions() if action.isVisible()]
    assert words[0] == "Open chart"
    assert "Record contact" in words


def test_the_name_stays_in_sight_when_scrolling_sideways(caseload: RegistryScreen) -> None:
    caseload.table.show_columns(tuple(ShownColumn(key) for key in BY_KEY))

    caseload.table.scrollTo(caseload.model.index(0, len(COLUMNS) - 1))

    frozen = caseload.table._frozen
    assert frozen is not None
    assert caseload.table.horizontalScrollBar().value() > 0
    assert frozen.geometry().left() <= 2
    assert frozen.columnWidth(0) == caseload.table.columnWidth(0)
    caseload.table.scrollTo(caseload.model.index(0, 1))
    assert caseload.table.visualRect(caseload.model.index(0, 1)).left() >= frozen.columnWidth(0)


def test_no_cell_is_narrower_than_its_title(caseload: RegistryScreen) -> None:
    titles = caseload.table.horizontalHeader().fontMetrics()

    caseload.table.show_columns(tuple(ShownColumn(key) for key in BY_KEY))

    for number, column in enumerate(COLUMNS):
        assert caseload.table.columnWidth(number) >= titles.horizontalAdvance(column.title)


def test_rows_and_columns_grow_with_the_text(caseload: RegistryScreen, qapp: QApplication) -> None:
    before = (caseload.table.rowHeight(0), caseload.table.columnWidth(place("now")))

    apply_theme(qapp, Scheme.LIGHT, percent=150)
    after = (caseload.table.rowHeight(0), caseload.table.columnWidth(place("now")))
    caseload.grab()
    apply_theme(qapp, Scheme.LIGHT)

    assert after[0] >= 1.4 * before[0]
    assert after[1] >= 1.3 * before[1]


def test_every_kind_of_row_is_painted_in_both_schemes(
    caseload: RegistryScreen, qapp: QApplication
) -> None:
    caseload.show_chip(Chip.EVERYONE)

    light = mean_lightness(caseload)
    apply_theme(qapp, Scheme.DARK)
    dark = mean_lightness(caseload)
    apply_theme(qapp, Scheme.LIGHT)

    assert light > 200
    assert dark < 60


def mean_lightness(screen: RegistryScreen) -> int:
    smooth = Qt.TransformationMode.SmoothTransformation
    ignored = Qt.AspectRatioMode.IgnoreAspectRatio
    return screen.grab().toImage().scaled(1, 1, ignored, smooth).pixelColor(0, 0).lightness()


def test_whoever_is_looked_for_is_found_behind_every_filter(caseload: RegistryScreen) -> None:
    caseload.show_chip(Chip.SAFETY)
    words: list[str] = []
    caseload.status_changed.connect(words.append)

    caseload.narrow("young")
    found = names(caseload)
    everyone_is_on = caseload.chips.buttons[Chip.EVERYONE].isChecked()
    caseload.narrow("")

    assert found == ["Young"]
    assert everyone_is_on
    assert words[0].startswith("Showing 1 of 13 patients · Everyone · “young”")
    assert names(caseload) == ["García-López"]
    assert caseload.chips.buttons[Chip.SAFETY].isChecked()
