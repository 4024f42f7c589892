"""Pictures of the registry: its views, filters, columns, several patients chosen, its list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.caseload_list import print_list
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.arrangement import Arrangement
from cocm_desktop.domain.caseload_list import ListChoice
from cocm_desktop.domain.filter_text import read_filter
from cocm_desktop.domain.registry import Chip
from cocm_desktop.domain.registry_columns import BY_KEY, COLUMNS, USUAL
from cocm_desktop.domain.row_order import SortKey, order_words
from cocm_desktop.domain.saved_view import ShownColumn
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.registry.chosen_dialogs import AssignDialog, MarksDialog, TasksDialog
from cocm_desktop.ui.registry.columns_dialog import ColumnsDialog
from cocm_desktop.ui.registry.filter_dialog import FilterDialog
from cocm_desktop.ui.registry.screen import RegistryScreen
from cocm_desktop.ui.registry.sort_dialog import SortDialog
from cocm_desktop.ui.registry.view_dialog import SaveViewDialog
from tests.pictures_of_patients import registry, typed

FILTER = "phq9>=10 and no-contact>=14"
WORST_FIRST = (SortKey(BY_KEY["change"], descending=True), SortKey(BY_KEY["weeks"]))


class Stage(Protocol):
    @property
    def window(self) -> MainWindow: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def workspace(self) -> Workspace: ...


def choose(screen: RegistryScreen, count: int) -> None:
    """Select the first rows of the table."""
    flags = QItemSelectionModel.SelectionFlag
    for place in range(count):
        index = screen.model.index(place, 0)
        screen.table.selectionModel().select(index, flags.Select | flags.Rows)


def chosen_rows(stage: Stage, count: int) -> RegistryScreen:
    screen = registry(stage)
    choose(screen, count)
    return screen


def all_columns(stage: Stage) -> QWidget:
    screen = registry(stage)
    screen.table.show_columns(tuple(ShownColumn(column.key) for column in COLUMNS))
    screen.table.horizontalScrollBar().setValue(screen.table.horizontalScrollBar().maximum())
    return stage.window


def sorted_by_two(stage: Stage) -> QWidget:
    screen = registry(stage)
    screen.show_chip(Chip.NOT_AT_TARGET)
    screen.sort(WORST_FIRST)
    return stage.window


def saved_view(stage: Stage) -> QWidget:
    """Save a view, pin it, and show it."""
    screen = registry(stage)
    screen.show_filter(read_filter(FILTER))
    screen.sort(WORST_FIRST)
    own = [v for v in screen.views.views.views if v.name == "Slipping away"]
    if not own:
        dialog = screen.views.ask_to_save(screen.content())
        dialog.name.setText("Slipping away")
        dialog.pinned.setChecked(True)
        dialog.save.click()
    else:
        screen.views.choose(own[0])
    return stage.window


def several(stage: Stage) -> QWidget:
    chosen_rows(stage, 5)
    return stage.window


def peek_why(stage: Stage) -> QWidget:
    screen = registry(stage)
    screen.show_chip(Chip.NEXT_REVIEW)
    screen.table.select_row(3)
    screen.peek._tells_why = True
    screen.table.peek_wanted.emit()
    return stage.window


def narrow(stage: Stage) -> QWidget:
    registry(stage)
    stage.window.resize(1180, 768)
    return stage.window


def filter_builder(stage: Stage) -> QDialog:
    screen = registry(stage)
    stage.window.resize(1366, 768)
    dialog = FilterDialog(read_filter(f"{FILTER} and due=Plateau"), screen.rows_to_filter(), screen)
    dialog.open()
    return dialog


def column_chooser(stage: Stage) -> QDialog:
    screen = registry(stage)
    dialog = ColumnsDialog(screen.table.columns, screen)
    dialog.open()
    return dialog


def sorting(stage: Stage) -> QDialog:
    screen = registry(stage)
    dialog = SortDialog(WORST_FIRST, screen)
    dialog.open()
    return dialog


def save_view(stage: Stage) -> QDialog:
    screen = registry(stage)
    screen.show_filter(read_filter(FILTER))
    dialog = SaveViewDialog(stage.desk, screen.content(), screen)
    dialog.open()
    dialog.name.setText("Slipping away")
    return typed(dialog)


def assign(stage: Stage) -> QDialog:
    screen = chosen_rows(stage, 8)
    managers = screen.chosen.managers
    dialog = AssignDialog(stage.desk, screen.chosen.rows, screen, managers=managers)
    dialog.open()
    return typed(dialog)


def tasks(stage: Stage) -> QDialog:
    screen = chosen_rows(stage, 8)
    dialog = TasksDialog(stage.desk, screen.chosen.rows, screen)
    dialog.open()
    dialog.words.setText("Ask for the next appointment")
    return typed(dialog)


def marks(stage: Stage) -> QDialog:
    screen = chosen_rows(stage, 3)
    dialog = MarksDialog(stage.desk, screen.chosen.rows, screen)
    dialog.open()
    return typed(dialog)


def caseload_list(workspace: Workspace) -> bytes:
    arranged = Arrangement(Chip.OPEN, order=WORST_FIRST)
    rows = arranged.apply(read_registry(workspace).rows)
    choice = ListChoice(
        tuple(row.patient_id for row in rows),
        USUAL,
        arranged.filter_words(""),
        order_words(arranged.order),
    )
    return print_list(workspace, choice).content


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "registry-all-columns": all_columns,
    "registry-two-keys": sorted_by_two,
    "registry-view": saved_view,
    "registry-several": several,
    "registry-why": peek_why,
    "registry-narrow": narrow,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "registry-filter": filter_builder,
    "registry-columns": column_chooser,
    "registry-sort": sorting,
    "registry-save-view": save_view,
    "registry-assign": assign,
    "registry-tasks": tasks,
    "registry-marks": marks,
}
PAPERS: dict[str, Callable[[Workspace], bytes]] = {"registry-list": caseload_list}
