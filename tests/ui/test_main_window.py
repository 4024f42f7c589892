from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.practice import change_practice, read_practice
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.staff import Permission, Role
from cocm_desktop.errors import Unavailable
from cocm_desktop.storage import practice as practices
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import USUAL, MainWindow
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.theme import Scheme, apply_theme
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.work import InlineWork
from tests.builders.records import a_measure_draft
from tests.conftest import PRACTICE
from tests.ui.callbacks import never, nothing
from tests.ui.places import SOME, ListScreen, OneChart, OtherScreen


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    window = MainWindow(desk, SOME)
    qtbot.addWidget(window)
    window.show()
    return window


def activate(qtbot: QtBot, window: MainWindow) -> None:
    """Bring the window to the front: keys go nowhere else."""
    with qtbot.waitActive(window):
        window.activateWindow()


def screen(window: MainWindow) -> ListScreen:
    assert isinstance(window.screen_shown, ListScreen)
    return window.screen_shown


def titles(window: MainWindow) -> list[str]:
    return [place.title for place in window.places if place.in_rail]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.CARE_MANAGER, {"Registry", "Settings"}),
        (Role.PSYCHIATRIC_CONSULTANT, {"Registry", "Settings"}),
        (Role.BILLER, {"Settings"}),
        (Role.FRONT_DESK, {"Settings"}),
    ],
)
def test_a_person_sees_the_places_of_their_roles(
    qtbot: QtBot, workspace: Workspace, role: Role, seen: set[str]
) -> None:
    staff = replace(workspace.staff, roles=frozenset({role}))
    window = MainWindow(Desk(replace(workspace, staff=staff), InlineWork()), PLACES)
    qtbot.addWidget(window)

    shown = set(titles(window))

    assert seen <= shown
    assert ("Registry" in shown) == staff.may(Permission.SEE_REGISTRY)


def test_the_window_begins_at_the_first_place_and_shows_its_count(window: MainWindow) -> None:
    assert isinstance(window.screen_shown, ListScreen)
    item = window.rail._items["list"]
    assert item.isChecked()
    assert item.accessibleName() == "List, 62"


def test_the_title_names_the_practice_and_no_patient(window: MainWindow) -> None:
    window.open_patient("01a20120")

    assert window.windowTitle() == f"{PRACTICE.name} – CoCM Desktop"


def test_the_sample_clinic_is_marked_above_and_below(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    with workspace.database.write() as session:
        practices.update(session, replace(practices.get(session), is_sample=True))
    window = MainWindow(desk, SOME)
    qtbot.addWidget(window)
    window.show()

    assert window.top.sample.isVisible()
    assert window.status.clinic.text() == f"Sample clinic: {PRACTICE.name}"


def test_a_real_clinic_is_not_marked(window: MainWindow) -> None:
    assert not window.top.sample.isVisible()
    assert window.status.clinic.text() == PRACTICE.name


def test_ctrl_and_a_number_goes_to_a_place(qtbot: QtBot, window: MainWindow) -> None:
    activate(qtbot, window)

    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert isinstance(window.screen_shown, OtherScreen)
    assert window.rail._items["other"].isChecked()


def test_every_action_of_the_menus_has_its_own_key(window: MainWindow) -> None:
    keys = [
        shortcut.toString()
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()  # type: ignore[attr-defined]
        for shortcut in action.shortcuts()
    ]

    assert len(keys) == len(set(keys))
    assert {"Ctrl+F", "F1", "F5", "F6", "Ctrl+Shift+L", "Ctrl+1"} <= set(keys)


def test_a_chart_is_opened_by_whoever_asks_at_the_desk(window: MainWindow, desk: Desk) -> None:
    desk.patient_wanted.emit("a patient")

    assert isinstance(window.screen_shown, OneChart)
    assert window.screen_shown.patient == "a patient"
    assert window.rail._items["list"].isChecked()


def test_back_and_on_lead_through_where_we_have_been(window: MainWindow) -> None:
    window.open_patient("first")
    window.open_patient("second")

    window.step(-1)

    assert isinstance(window.screen_shown, OneChart)
    assert window.screen_shown.patient == "first"
    window.step(-1)
    assert isinstance(window.screen_shown, ListScreen)
    window.step(-1)
    window.step(1)
    assert isinstance(window.screen_shown, OneChart)


def test_somewhere_new_forgets_what_was_ahead(window: MainWindow) -> None:
    window.open_patient("first")
    window.step(-1)

    window.go("other")
    window.step(1)

    assert isinstance(window.screen_shown, OtherScreen)


def test_the_find_box_narrows_the_list(qtbot: QtBot, window: MainWindow) -> None:
    window.focus_find()

    qtbot.keyClicks(window.top.find_box, "alv")
    qtbot.keyClick(window.top.find_box, Qt.Key.Key_Escape)

    assert screen(window).narrowed == ["a", "al", "alv", ""]


def test_finding_from_elsewhere_goes_to_the_list(qtbot: QtBot, window: MainWindow) -> None:
    window.go("other")

    qtbot.keyClicks(window.top.find_box, "a")

    assert screen(window).narrowed == ["a"]
    assert window.rail._items["list"].isChecked()


def test_a_screen_that_shows_everything_again_empties_the_find_box(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClicks(window.top.find_box, "alv")

    screen(window).find_cleared.emit()

    assert window.top.find_box.text() == ""


def test_the_status_line_says_what_the_screen_shows(window: MainWindow) -> None:
    assert window.status.shown.text() == "Showing 14 of 62"

    window.open_patient("a patient")

    assert window.status.shown.text() == ""


def test_a_change_says_when_it_was_saved_and_is_read_by_whom_it_concerns(
    window: MainWindow, desk: Desk
) -> None:
    shown = screen(window)

    desk.changed.emit(Change(Topic.CONTACT, "1"))
    desk.changed.emit(Change(Topic.STAFF, "1"))

    assert shown.reads == 2
    assert window.status.saved.text() == "Saved 8:00 PM"


def test_a_hidden_screen_reads_when_it_is_shown_again(window: MainWindow, desk: Desk) -> None:
    shown = screen(window)
    window.go("other")
    desk.changed.emit(Change(Topic.CONTACT, "1"))
    before = shown.reads

    window.go("list")

    assert (before, shown.reads) == (1, 2)


def test_trouble_stays_in_the_message_bar_until_it_is_closed(
    window: MainWindow, desk: Desk
) -> None:
    desk.tell(Unavailable("The disk is full. Nothing was changed."))

    assert window.messages.isVisible()
    assert window.messages.words.text() == "The disk is full. Nothing was changed."
    assert not window.messages._timer.isActive()


def test_good_news_goes_by_itself(window: MainWindow, desk: Desk) -> None:
    desk.told.emit("Saved.")

    assert window.messages.isVisible()
    assert window.messages._timer.isActive()


@pytest.fixture
def positive(workspace: Workspace, maria: EpisodeId) -> None:
    draft = a_measure_draft(episode_id=maria, taken_on=workspace.today(),
                            answers=(1, 1, 1, 1, 1, 1, 1, 1, 2))  # fmt: skip
    record_measure(workspace, draft)


def test_a_clinician_sees_the_red_bar_and_whose_it_is(
    window: MainWindow, positive: None, maria_patient: PatientId
) -> None:
    window.refresh()

    assert window.safety.isVisible()
    assert window.safety.words.text().startswith("ALVAREZ, María: Answer 2 on PHQ-9 item 9")
    window.safety.open.click()
    assert isinstance(window.screen_shown, OneChart)
    assert window.screen_shown.patient == maria_patient
    assert window.safety.isVisible()
    assert window.safety.close_task.isVisible()
    assert not window.safety.open.isVisible()


def test_the_front_desk_sees_no_red_bar(qtbot: QtBot, workspace: Workspace, positive: None) -> None:
    staff = replace(workspace.staff, roles=frozenset({Role.FRONT_DESK}))
    desk = Desk(replace(workspace, staff=staff), InlineWork())
    desk.unavailable.connect(never)

    window = MainWindow(desk, SOME)
    qtbot.addWidget(window)
    window.show()

    assert not window.safety.isVisible()


def test_large_text_leaves_the_room_to_the_screen(window: MainWindow, qapp: QApplication) -> None:
    wide = window.rail.width()

    apply_theme(qapp, Scheme.LIGHT, percent=200)
    window.resize(*USUAL)
    narrow = window.rail.width()
    apply_theme(qapp, Scheme.LIGHT)

    assert narrow < wide
    assert window.rail.width() == wide


def test_the_arrows_move_in_the_rail_and_enter_goes_there(qtbot: QtBot, window: MainWindow) -> None:
    activate(qtbot, window)
    window.rail.take_focus()

    qtbot.keyClick(window.rail, Qt.Key.Key_Down)
    focused = window.focusWidget()
    qtbot.keyClick(window.rail, Qt.Key.Key_Return)

    assert focused is window.rail._items["other"]
    assert isinstance(window.screen_shown, OtherScreen)


def test_f6_goes_round_the_parts_of_the_window(qtbot: QtBot, window: MainWindow) -> None:
    activate(qtbot, window)
    window.rail.take_focus()
    in_rail = window.rail.isAncestorOf(window.focusWidget())

    window.next_pane()
    in_find = window.focusWidget() is window.top.find_box
    window.next_pane()

    assert (in_rail, in_find) == (True, True)
    assert window.focusWidget() is not window.top.find_box


def test_f1_opens_the_page_of_the_screen(window: MainWindow) -> None:
    window.show_help()

    assert window.help.isVisible()
    assert window.help.page_name == "registry"


def test_a_changed_name_is_shown_at_once(window: MainWindow, desk: Desk) -> None:
    def rename(workspace: Workspace) -> Change:
        return change_practice(workspace, replace(read_practice(workspace), name="Hillside"))

    desk.do(rename, done=nothing, refused=never)

    assert window.windowTitle().startswith("Hillside")


def test_a_window_with_something_unsaved_asks_before_it_closes(window: MainWindow) -> None:
    screen(window).unsaved = True

    window.close()

    assert window.isVisible()
    [question] = window.findChildren(Question)
    question.do_it.click()
    assert not window.isVisible()


def test_the_text_grows_and_shrinks_by_keys(window: MainWindow, desk: Desk) -> None:
    def press(keys: str) -> None:
        wanted = QKeySequence(keys)
        [found] = [
            action
            for menu in window.menuBar().actions()
            for action in menu.menu().actions()  # type: ignore[attr-defined]
            if wanted in action.shortcuts()
        ]
        found.trigger()

    press("Ctrl++")
    larger = desk.computer.settings.text_percent
    press("Ctrl+-")
    press("Ctrl+-")

    assert larger == 110
    assert desk.computer.settings.text_percent == 90
    press("Ctrl+0")
    assert desk.computer.settings.text_percent == 100


def test_every_control_of_the_frame_can_be_read_aloud(window: MainWindow) -> None:
    for part in (window.top, window.rail, window.messages, window.safety):
        for child in part.findChildren(QWidget):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert child.accessibleName() or getattr(child, "text", str)(), child
