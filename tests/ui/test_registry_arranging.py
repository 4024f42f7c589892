"""Arranging the registry: columns, order, filters, saved views, several patients at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.task import read_tasks
from cocm_desktop.actions.view import read_views
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.filter_field import BY_KEY as FIELD
from cocm_desktop.domain.filter_field import Operator
from cocm_desktop.domain.flag import FlagKind
from cocm_desktop.domain.registry import Chip
from cocm_desktop.domain.registry_columns import BY_KEY, COLUMNS, USUAL
from cocm_desktop.domain.row_order import SortKey
from cocm_desktop.domain.saved_view import USUAL_COLUMNS
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.registry.chosen_dialogs import AssignDialog, MarksDialog, TasksDialog
from cocm_desktop.ui.registry.columns_dialog import KEY, ColumnsDialog
from cocm_desktop.ui.registry.filter_dialog import FilterDialog
from cocm_desktop.ui.registry.screen import RegistryScreen
from cocm_desktop.ui.registry.sort_dialog import SortDialog
from cocm_desktop.ui.registry.view_dialog import SaveViewDialog
from cocm_desktop.ui.theme import Scheme, apply_theme
from cocm_desktop.ui.widgets.question import Question
from tests.actions.work import phq9
from tests.ui.clinic import enrolled
from tests.ui.hands import Key, click, dialog_of, press

NAMES = ("Baker", "Ito", "Ng", "Ruiz")


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, workspace: Workspace) -> RegistryScreen:
    """The registry over four patients on file, with PHQ-9 totals of 6, 12, 18 and 24."""
    for number, name in enumerate(NAMES, start=1):
        _, episode_id = enrolled(workspace, name)
        phq9(workspace, episode_id, date(2026, 11, 20), 6 * number)
    return opened(qtbot, desk)


def opened(qtbot: QtBot, desk: Desk) -> RegistryScreen:
    screen = RegistryScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.take_focus()
    return screen


def names(screen: RegistryScreen) -> list[str]:
    return [row.last_name for row in screen.model.rows]


def keys(screen: RegistryScreen) -> list[str]:
    return [each.key for each in screen.table.columns]


def saved(screen: RegistryScreen, name: str, *, is_pinned: bool = False) -> None:
    dialog = screen.views.ask_to_save(screen.content())
    dialog.name.setText(name)
    dialog.pinned.setChecked(is_pinned)
    click(dialog.save)


def filtered(screen: RegistryScreen, key: str, value: str) -> FilterDialog:
    screen.actions_of_table.filter.trigger()
    dialog = dialog_of(FilterDialog)
    line = dialog.lines[0]
    line.field.choose(FIELD[key])
    line.typed.setText(value)
    return dialog


def test_the_usual_columns_fit_and_say_why(screen: RegistryScreen) -> None:
    assert keys(screen) == list(USUAL)
    assert screen.table.horizontalScrollBar().maximum() == 0


def test_columns_are_chosen_and_ordered_by_keyboard_and_come_back(
    qtbot: QtBot, screen: RegistryScreen
) -> None:
    screen.actions_of_table.columns.trigger()
    dialog = dialog_of(ColumnsDialog)
    items = {dialog.list.item(n).data(KEY): dialog.list.item(n) for n in range(dialog.list.count())}

    items["trend"].setCheckState(Qt.CheckState.Unchecked)
    items["mrn"].setCheckState(Qt.CheckState.Checked)
    dialog.list.setCurrentItem(items["mrn"])
    for _ in range(dialog.list.count()):
        press(dialog.list, Key.Key_Up, with_=Qt.KeyboardModifier.AltModifier)
    click(dialog.show_them)
    screen.views.keep()
    again = opened(qtbot, screen.desk)

    assert keys(screen)[:2] == ["patient", "mrn"]
    assert "trend" not in keys(screen)
    assert keys(again) == keys(screen)


def test_the_usual_columns_are_one_click_away(screen: RegistryScreen) -> None:
    screen.show_columns(USUAL_COLUMNS[:3])
    screen.actions_of_table.columns.trigger()
    dialog = dialog_of(ColumnsDialog)

    click(dialog.down)
    click(dialog.up)
    click(dialog.reset)
    click(dialog.show_them)

    assert keys(screen) == list(USUAL)


def test_a_column_moved_or_made_wider_stays_so(qtbot: QtBot, screen: RegistryScreen) -> None:
    header, due = screen.table.horizontalHeader(), COLUMNS.index(BY_KEY["due"])

    header.moveSection(header.visualIndex(due), 1)
    header.resizeSection(due, 222)
    screen.views.keep()
    again = opened(qtbot, screen.desk)

    assert keys(again)[1] == "due"
    assert again.table.columnWidth(due) == 222
    again.actions_of_table.widths.trigger()
    assert again.table.columnWidth(due) < 222


def test_rows_are_sorted_by_several_columns_and_it_is_said(screen: RegistryScreen) -> None:
    words: list[str] = []
    screen.status_changed.connect(words.append)

    screen.table.sort_wanted.emit(COLUMNS.index(BY_KEY["now"]), False)
    screen.table.sort_wanted.emit(COLUMNS.index(BY_KEY["patient"]), True)

    assert names(screen) == list(reversed(NAMES))
    assert "highest PHQ-9 first, then by name" in words[-1]
    titles = [screen.model.headerData(n, Qt.Orientation.Horizontal) for n in range(len(COLUMNS))]
    assert "PHQ-9 now ↓1" in titles
    assert "Patient ↑2" in titles


def test_the_sort_dialog_sorts_without_a_mouse(screen: RegistryScreen) -> None:
    screen.actions_of_table.sort.trigger()
    dialog = dialog_of(SortDialog)

    dialog.columns[0].choose(BY_KEY["now"])
    dialog.ways[0].choose(False)
    dialog.columns[1].choose(BY_KEY["weeks"])
    click(dialog.sort)

    assert [key.column.key for key in screen.arrangement.order] == ["now", "weeks"]
    assert names(screen) == list(NAMES)
    screen.actions_of_table.sort.trigger()
    again = dialog_of(SortDialog)
    click(again.reset)
    click(again.sort)
    assert screen.arrangement.order == (SortKey(BY_KEY["due"]),)


def test_the_filter_builder_counts_while_one_types_and_filters(screen: RegistryScreen) -> None:
    words: list[str] = []
    screen.status_changed.connect(words.append)
    dialog = filtered(screen, "phq9", "12")
    dialog._show_count()
    counted = dialog.count.text()

    click(dialog.apply)

    assert counted == "3 patients of 4"
    assert names(screen) == ["Ito", "Ng", "Ruiz"]
    assert "PHQ-9 is at least 12" in words[-1]
    screen.clear_filters()
    assert len(names(screen)) == 4


def test_lines_of_a_filter_are_added_and_removed_and_any_may_hold(screen: RegistryScreen) -> None:
    dialog = filtered(screen, "phq9", "24")
    line = dialog.add_line()
    line.field.choose(FIELD["name"])
    line.typed.setText("bak")
    extra = dialog.add_line()
    extra.field.choose(FIELD["status"])
    extra.operator.choose(Operator.EMPTY)

    click(extra.remove)
    dialog.match.setCurrentIndex(1)
    click(dialog.apply)

    assert sorted(names(screen)) == ["Baker", "Ruiz"]


def test_an_unfinished_condition_is_named_and_nothing_is_filtered(screen: RegistryScreen) -> None:
    dialog = filtered(screen, "phq9", "")

    click(dialog.apply)

    assert dialog.problems.text() == "PHQ-9: type or choose a value."
    assert len(names(screen)) == 4
    click(dialog.remove_all)
    assert not screen.arrangement.filter


def test_a_filter_is_saved_as_a_view_pinned_and_begun_with(
    qtbot: QtBot, screen: RegistryScreen, workspace: Workspace
) -> None:
    click(filtered(screen, "phq9", "18").save_view)
    dialog = dialog_of(SaveViewDialog)
    dialog.name.setText("High")
    dialog.pinned.setChecked(True)
    dialog.first.setChecked(True)
    click(dialog.save)

    again = opened(qtbot, screen.desk)

    [view] = read_views(workspace).views
    assert view.name == "High"
    assert names(again) == ["Ng", "Ruiz"]
    assert "High" in again.head.subtitle.text()
    assert again.chips.views[view.id].text() == "High  2"
    assert again.chips.views[view.id].isChecked()


def test_a_pinned_view_is_shown_by_its_chip_and_left_by_another(screen: RegistryScreen) -> None:
    screen.show_filter(filtered(screen, "phq9", "24").filter)
    saved(screen, "Highest", is_pinned=True)
    [chip] = screen.chips.views.values()
    screen.show_chip(Chip.OPEN)
    left = screen.views.shown

    screen.clear_filters()
    click(chip)

    assert left is None
    assert names(screen) == ["Ruiz"]
    assert screen.views.shown is not None


def test_a_view_is_changed_unpinned_and_deleted_from_its_menu(
    screen: RegistryScreen, workspace: Workspace
) -> None:
    saved(screen, "Mine", is_pinned=True)
    screen.sort((SortKey(BY_KEY["now"]),))
    menu = screen.views_menu
    menu.change_wanted.emit()
    dialog = dialog_of(SaveViewDialog)
    click(dialog.save)
    menu.pin_wanted.emit(False)
    menu.first_wanted.emit(True)
    changed = read_views(workspace)

    menu.delete_wanted.emit()
    click(dialog_of(Question).do_it)

    assert changed.views[0].content.order == (SortKey(BY_KEY["now"]),)
    assert changed.habits.pinned == ()
    assert changed.habits.first == changed.views[0].id
    assert read_views(workspace).views == ()
    assert screen.views.shown is None


def test_the_menu_of_views_names_them_and_chooses(screen: RegistryScreen) -> None:
    screen.show_chip(Chip.CLOSED)
    saved(screen, "None of them")
    [usual, view] = [a for a in screen.views_menu.actions() if a.isCheckable()][:2]

    usual.trigger()
    shown = names(screen)
    view = next(a for a in screen.views_menu.actions() if a.text() == "None of them")
    view.trigger()

    assert len(shown) == 4
    assert names(screen) == []


def test_seldom_asked_chips_stand_in_a_menu_with_their_counts(screen: RegistryScreen) -> None:
    screen.chips.menu.aboutToShow.emit()
    action = next(a for a in screen.chips.menu.actions() if a.text().startswith("Closed"))

    action.trigger()

    assert action.text() == "Closed  0"
    assert screen.arrangement.chip is Chip.CLOSED
    assert screen.chips.buttons[Chip.CLOSED].isVisibleTo(screen)


def test_several_patients_are_chosen_and_stay_so_through_sorting(screen: RegistryScreen) -> None:
    press(screen, Key.Key_A, with_=Qt.KeyboardModifier.ControlModifier)
    counted = screen.chosen.bar.count.text()

    screen.sort((SortKey(BY_KEY["now"]),))
    still = len(screen.table.keys_chosen)
    press(screen, Key.Key_Escape)

    assert counted == "4 patients chosen"
    assert still == 4
    assert len(screen.table.keys_chosen) == 1
    assert not screen.chosen.bar.isVisibleTo(screen)


def test_all_chosen_get_a_care_manager_a_task_and_a_mark(
    screen: RegistryScreen, workspace: Workspace
) -> None:
    screen.table.selectAll()
    click(screen.chosen.bar.assign)
    assign = dialog_of(AssignDialog)
    click(assign.save)
    refused = assign.problems.text()
    assign.manager.setCurrentIndex(1)
    click(assign.save)
    screen.table.selectAll()
    click(screen.chosen.bar.task)
    task = dialog_of(TasksDialog)
    task.words.setText("Call")
    click(task.save)
    screen.table.selectAll()
    click(screen.chosen.bar.mark)
    mark = dialog_of(MarksDialog)
    mark.kind.choose(FlagKind.TRANSPORT)
    mark.reason.setText("Asked")
    click(mark.save)

    assert refused == "Choose a care manager."
    assert task.save.text() == "Add 4 tasks"
    assert len(read_tasks(workspace)) == 4
    rows = read_registry(workspace).rows
    assert {row.flags for row in rows} == {("Needs transport",)}


def test_the_list_and_the_sheets_are_shown_as_paper_and_left_by_escape(
    screen: RegistryScreen,
) -> None:
    screen.actions_of_table.print.trigger()
    paper = screen.sides.paper
    title = paper.title.text() if paper else ""
    press(screen, Key.Key_Escape)
    back = screen.sides.shows_paper
    screen.table.selectAll()
    click(screen.chosen.bar.paper)
    screen.sides.put_away()
    screen.table.selectAll()
    click(screen.chosen.bar.sheets)

    assert (title, back) == ("Caseload list", False)
    assert paper is not None
    assert paper.title.text() == "Patient sheets"


def test_a_list_is_exported_after_a_question(screen: RegistryScreen, tmp_path: Path) -> None:
    told: list[str] = []
    screen.desk.told.connect(told.append)
    screen.actions_of_table.export.trigger()
    question = dialog_of(Question)
    click(question.do_it)
    dialog = dialog_of(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "list.csv"))
    dialog.close()
    screen.table.selectAll()
    click(screen.chosen.bar.export)
    dialog_of(Question).reject()

    assert question.windowTitle() == "Export 4 patients?"
    assert (tmp_path / "list.csv").read_text("utf-8-sig").count("\n") == 5
    assert told == [f"4 patients written to {tmp_path / 'list.csv'}"]


def test_the_peek_says_why_each_item_is_there(screen: RegistryScreen) -> None:
    press(screen, Key.Key_Space)
    short = screen.peek.due.text()

    click(screen.peek.why)
    screen.table.select_row(1)

    assert "Not yet reviewed" in short
    assert "Source:" in screen.peek.due.text()
    assert screen.peek.why.text() == "Less"
    assert screen.peek._pause.isActive()
    screen.peek._read()
    assert screen.peek.note.text() == "No contact recorded yet"


def test_the_head_goes_on_two_lines_where_text_is_large(
    screen: RegistryScreen, qapp: QApplication, qtbot: QtBot
) -> None:
    def top(widget: QWidget) -> int:
        return widget.mapTo(screen.head, widget.rect().topLeft()).y()

    before = top(screen.head.add_patient)
    apply_theme(qapp, Scheme.LIGHT, percent=200)

    qtbot.waitUntil(lambda: top(screen.head.add_patient) >= screen.head.subtitle.height() > before)
    apply_theme(qapp, Scheme.LIGHT)
