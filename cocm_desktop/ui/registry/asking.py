"""What the registry asks in dialogs: filter, columns, order, and the name of a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from cocm_desktop.domain.row_filter import RowFilter
from cocm_desktop.ui.registry.columns_dialog import ColumnsDialog
from cocm_desktop.ui.registry.filter_dialog import FilterDialog
from cocm_desktop.ui.registry.sort_dialog import SortDialog

if TYPE_CHECKING:
    from cocm_desktop.ui.registry.screen import RegistryScreen


class RegistryAsking(QObject):
    """Each dialog begins with what is shown; its answer goes to the screen."""

    def __init__(self, screen: RegistryScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        table, menu, chosen = screen.actions_of_table, screen.views_menu, screen.chosen
        table.filter.triggered.connect(self.ask_filter)
        table.columns.triggered.connect(self.ask_columns)
        table.sort.triggered.connect(self.ask_order)
        table.save_view.triggered.connect(self.save_view)
        table.print.triggered.connect(self.print_list)
        table.export.triggered.connect(self.export_list)
        menu.save_wanted.connect(self.save_view)
        menu.change_wanted.connect(self.change_view)
        chosen.print_wanted.connect(self.print_chosen)
        chosen.export_wanted.connect(self.export_chosen)

    @Slot()
    def ask_filter(self) -> None:
        """Open the filter builder over the patients of the chip and care manager."""
        screen = self._screen
        dialog = FilterDialog(screen.arrangement.filter, screen.rows_to_filter(), screen)
        dialog.chosen.connect(screen.show_filter)
        dialog.view_wanted.connect(self._save_filter)
        dialog.open()

    @Slot()
    def ask_columns(self) -> None:
        dialog = ColumnsDialog(self._screen.table.columns, self._screen)
        dialog.chosen.connect(self._screen.show_columns)
        dialog.open()

    @Slot()
    def ask_order(self) -> None:
        dialog = SortDialog(self._screen.arrangement.order, self._screen)
        dialog.chosen.connect(self._screen.sort)
        dialog.open()

    @Slot()
    def save_view(self) -> None:
        self._screen.views.ask_to_save(self._screen.content())

    @Slot()
    def change_view(self) -> None:
        views = self._screen.views
        views.ask_to_save(self._screen.content(), view=views.shown)

    @Slot()
    def print_list(self) -> None:
        self._print()

    @Slot()
    def export_list(self) -> None:
        self._export()

    @Slot()
    def print_chosen(self) -> None:
        self._print(self._screen.table.keys_chosen)

    @Slot()
    def export_chosen(self) -> None:
        self._export(self._screen.table.keys_chosen)

    @Slot(object)
    def _save_filter(self, row_filter: RowFilter) -> None:
        self._screen.show_filter(row_filter)
        self.save_view()

    def _print(self, keys: Sequence[str] = ()) -> None:
        self._screen.list_out.print_list(self._screen.list_choice(keys))

    def _export(self, keys: Sequence[str] = ()) -> None:
        self._screen.list_out.export(self._screen.list_choice(keys))
