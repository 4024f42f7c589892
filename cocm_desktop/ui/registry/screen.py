"""The registry screen: every patient in one table, filtered, sorted, one key from the chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.registry import Registry, read_registry_table
from cocm_desktop.domain.arrangement import Arrangement, hidden_due
from cocm_desktop.domain.caseload_list import ListChoice
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.registry import Chip, RegistryRow, counts
from cocm_desktop.domain.registry_columns import COLUMNS
from cocm_desktop.domain.row_filter import NO_FILTER, RowFilter
from cocm_desktop.domain.row_order import SortKey, by_column, order_words
from cocm_desktop.domain.saved_view import Columns, SavedView, ViewContent
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.patient_papers.actions import DayPaperActions
from cocm_desktop.ui.registry.asking import RegistryAsking
from cocm_desktop.ui.registry.chosen import ChosenPatients
from cocm_desktop.ui.registry.filters import ChipRow
from cocm_desktop.ui.registry.head import RegistryHead
from cocm_desktop.ui.registry.list_out import ListOut
from cocm_desktop.ui.registry.model import RegistryModel
from cocm_desktop.ui.registry.pages import RegistryPages
from cocm_desktop.ui.registry.peek import PeekPanel
from cocm_desktop.ui.registry.sides import RegistrySides
from cocm_desktop.ui.registry.table import RegistryTable
from cocm_desktop.ui.registry.table_actions import TableActions
from cocm_desktop.ui.registry.views import SavedViews
from cocm_desktop.ui.registry.views_menu import ViewsMenu
from cocm_desktop.ui.screen import Screen


class RegistryScreen(Screen):
    """Reads all rows once and arranges them here; a filter asks nothing of the file."""

    topics = (
        Topic.PATIENT
        | Topic.EPISODE
        | Topic.MEASURE
        | Topic.CONTACT
        | Topic.TIME
        | Topic.SAFETY
        | Topic.REVIEW
        | Topic.STAFF
        | Topic.PRACTICE
        | Topic.TREATMENT
        | Topic.TASK
        | Topic.SETTINGS
    )
    help_page = "registry"
    can_narrow = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._everyone: tuple[RegistryRow, ...] = ()
        self._counted: tuple[object, Sequence[RegistryRow], dict[Chip, int]] | None = None
        self._of: StaffId | None = None
        self._awaited = ""
        self._arrangement = Arrangement()
        self._shown = self._arrangement
        self.model = RegistryModel(self)
        self.table = RegistryTable(self.tr("Patients"), self.model)
        self.head = RegistryHead(desk)
        self.chips = ChipRow()
        self.peek = PeekPanel(desk)
        self.parts = (self.table, self.peek)
        self.patient = PatientActions(desk, self)
        self.actions_of_table = TableActions(desk, self)
        self.day_papers = DayPaperActions(desk, self)
        self.views = SavedViews(desk, self)
        self.views_menu = ViewsMenu(desk.staff.id, self)
        self.list_out = ListOut(desk, self)
        self.chosen = ChosenPatients(desk, self.table, self.list_out)
        self.pages = RegistryPages(desk, self.table)
        self._build()
        self._connect()
        self._show_view_columns()
        self.chips.show_chip(self._arrangement.chip)

    @property
    def arrangement(self) -> Arrangement:
        return self._arrangement

    @override
    def read_again(self) -> None:
        self.desk.read(read_registry_table, self._show)

    @override
    def narrow(self, words: str) -> None:
        self._arrange(replace(self._arrangement, find=words))

    @override
    def take_focus(self) -> None:
        if not self.sides.shows_paper:
            self.table.setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        table = self.actions_of_table
        return (table.open, *self.patient.all, *table.all, *self.day_papers.all)

    @Slot()
    def clear_filters(self) -> None:
        """Show every open episode again, of everybody where it was so already. Esc does this."""
        if not self._arrangement.is_filtered:
            self.head.caseload.choose(None)
        of = self.head.caseload.choice()
        self.views.leave()
        self._arrange(Arrangement(of=of, order=self._arrangement.order))
        self.find_cleared.emit()

    @Slot(object)
    def show_chip(self, chip: Chip) -> None:
        """Show what a chip stands for, as a click on it does."""
        self.views.leave()
        self._arrange(replace(self._arrangement, chip=chip))

    @Slot(object)
    def show_filter(self, row_filter: RowFilter) -> None:
        """Show whom a filter that was built lets through, within the chip that is on."""
        self.views.leave()
        self._arrange(replace(self._arrangement, filter=row_filter))

    @Slot(object)
    def sort(self, order: tuple[SortKey, ...]) -> None:
        self._arrange(replace(self._arrangement, order=order))

    @Slot(int, bool)
    def sort_by(self, place: int, add: bool = False) -> None:  # noqa: FBT002  a signal's
        """Sort by a column, alone or after the others; the same column turns the order round."""
        self.sort(by_column(self._arrangement.order, COLUMNS[place], add=add))

    @Slot(object)
    def show_view(self, view: SavedView | None) -> None:
        """Show a saved view, or the usual table; the find box keeps what is typed."""
        content = view.content if view else ViewContent()
        found = content.arrangement(me=self.desk.staff.id)
        if view is None:
            found = replace(found, of=self._arrangement.of)
        self.head.caseload.choose(None)
        self.head.caseload.choose(found.of)
        of = self.head.caseload.choice()
        self._show_view_columns()
        self._arrange(replace(found, of=of, find=self._arrangement.find))

    @Slot(object)
    def show_columns(self, columns: Columns | None) -> None:
        """Show other columns, and remember them; None goes back to those of the view."""
        self.views.note_columns(columns)
        self._show_view_columns()

    def rows_to_filter(self) -> tuple[RegistryRow, ...]:
        """Give the patients of the chip and care manager, whatever else narrows them."""
        return replace(self._arrangement, filter=NO_FILTER, find="").apply(self._everyone)

    def content(self) -> ViewContent:
        """Give what a view would keep of the table as it is now."""
        return ViewContent.of(self._arrangement, self.table.columns, me=self.desk.staff.id)

    def list_choice(self, keys: Sequence[str] = ()) -> ListChoice:
        """Give the shown patients, or some of them, in the shown order and columns."""
        rows = [row for row in self.model.rows if not keys or row.key in keys]
        return ListChoice(
            patient_ids=tuple(row.patient_id for row in rows),
            column_keys=tuple(each.key for each in self.table.columns),
            filter_words=self._shown.filter_words(self._whose()),
            order_words=order_words(self._shown.order),
        )

    def _build(self) -> None:
        listing = QWidget()
        page = QVBoxLayout(listing)
        page.setContentsMargins(16, 12, 16, 8)
        page.setSpacing(10)
        page.addWidget(self.head)
        page.addWidget(self.chips)
        page.addWidget(self.chosen.bar)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.peek)
        page.addLayout(middle, 1)
        self.sides = RegistrySides(self.desk, listing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.sides)
        self.head.offer(self.actions_of_table.of_table)
        self.head.views.setMenu(self.views_menu)

    def _connect(self) -> None:
        self.table.sort_wanted.connect(self.sort_by)
        self.table.chart_wanted.connect(self.desk.patient_wanted)
        self.table.peek_wanted.connect(self._toggle_peek)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.row_changed.connect(self._follow_row)
        self.table.columns_changed.connect(self._note_columns)
        self.chips.chosen.connect(self.show_chip)
        self.chips.view_chosen.connect(self._choose_pinned)
        self.peek.chart_wanted.connect(self.desk.patient_wanted)
        self.peek.closed.connect(self.table.setFocus)
        self.patient.added.connect(self._await_new)
        self.pages.import_wanted.connect(lambda: self.desk.place_wanted.emit("import"))
        self.pages.add_wanted.connect(self.patient.add.trigger)
        self.pages.clear_wanted.connect(self.clear_filters)
        self.list_out.printed.connect(self.sides.show_paper)
        self.sides.turned.connect(self._turn)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._step_back)
        self._connect_head()
        self._connect_views()

    def _connect_head(self) -> None:
        head, table = self.head, self.actions_of_table
        head.caseload.activated.connect(self._choose_caseload)
        head.add_patient.clicked.connect(self.patient.add.trigger)
        head.clear.clicked.connect(self.clear_filters)
        head.hidden_due.clicked.connect(lambda: self.show_chip(Chip.DUE_NOW))
        head.filter.clicked.connect(table.filter.trigger)
        table.open.triggered.connect(self._open_chosen)
        table.widths.triggered.connect(self._fit_widths)
        table.choose_all.triggered.connect(self.table.selectAll)
        self.asking = RegistryAsking(self)

    def _connect_views(self) -> None:
        views, menu = self.views, self.views_menu
        views.changed.connect(self._follow_views)
        views.show_wanted.connect(self.show_view)
        menu.chosen.connect(views.choose)
        menu.pin_wanted.connect(views.pin)
        menu.first_wanted.connect(views.begin_with)
        menu.delete_wanted.connect(views.ask_to_delete)

    def _show(self, registry: Registry) -> None:
        is_first = bool(registry.rows) and not self._everyone
        self._everyone = registry.rows
        self.chosen.managers = registry.care_managers
        self.head.caseload.offer_managers(registry.care_managers)
        if is_first and self.desk.staff.id in {member.id for member in registry.care_managers}:
            self.head.caseload.choose(self.desk.staff.id)
        self._arrange(replace(self._arrangement, of=self.head.caseload.choice()))
        if is_first:
            self.table.fit_columns(registry.rows)
            self.views.read()
        self._show_awaited()

    def _arrange(self, arrangement: Arrangement) -> None:
        """Filter and sort anew; the patients who were selected stay selected, where shown."""
        current, keys = self.table.chosen, self.table.keys_chosen
        self._arrangement = arrangement
        self._shown = arrangement.found_in(self._everyone)
        rows = self._shown.apply(self._everyone)
        self.model.show_rows(rows)
        self.model.show_order(arrangement.order)
        if current is None or not self.table.choose(current.key):
            self.table.select_row(0)
        if len(keys) > 1:
            self.table.choose_all(set(keys))
        self._show_words(rows)
        self._follow_row()

    def _show_words(self, rows: Sequence[RegistryRow]) -> None:
        mine, of_chips = self._of_care_manager()
        self.chips.show_counts(of_chips)
        self._count_pinned()
        self.chips.show_chip(self._shown.chip, self.views.shown)
        hidden = hidden_due(rows, mine)
        subtitle = self._subtitle(of_chips[Chip.OPEN])
        self.head.say(subtitle, hidden=hidden, is_filtered=self._arrangement.is_filtered)
        words = self._shown.words(rows, self._everyone, whose=self._whose())
        self.status_changed.emit(words)
        self.counted.emit(of_chips[Chip.OPEN])
        self.pages.show_for(are_shown=bool(rows), are_any=bool(self._everyone), words=words)

    def _of_care_manager(self) -> tuple[Sequence[RegistryRow], dict[Chip, int]]:
        """Give the caseload with its counts, which no keystroke in the find box changes."""
        of = self._arrangement.of
        if self._counted is None or self._counted[0] is not self._everyone or self._of != of:
            mine = self._arrangement.of_care_manager(self._everyone)
            self._counted, self._of = (self._everyone, mine, counts(mine)), of
        return self._counted[1:]

    def _subtitle(self, opened: int) -> str:
        whose = self.head.caseload.whose
        owner = self.tr("Caseload of %1").replace("%1", whose) if whose else ""
        count = self.tr("%1 open").replace("%1", f"{opened:,}")
        view = f" · {self.views.shown.name}" if self.views.shown else ""
        return f"{owner or self.tr('All care managers')} · {count}{view}"

    def _whose(self) -> str:
        return self.head.caseload.whose if self._shown.of is not None else ""

    def _count_pinned(self) -> None:
        """Count what each pinned view would show."""
        me = self.desk.staff.id
        found: dict[str, int] = {
            view.id: len(view.content.arrangement(me=me).apply(self._everyone))
            for view in self.views.views.pinned
        }
        self.chips.show_view_counts(found)

    def _show_view_columns(self) -> None:
        self.table.show_columns(self.views.columns, self._everyone)

    @Slot()
    def _follow_views(self) -> None:
        self.views_menu.follow(self.views.views, self.views.shown)
        self.chips.pin(self.views.views.pinned)
        if not self.table.columns or self.views.columns != self.table.columns:
            self._show_view_columns()
        self._show_words(self.model.rows)

    @Slot()
    def _note_columns(self) -> None:
        self.views.note_columns(self.table.columns)

    @Slot()
    def _fit_widths(self) -> None:
        self.show_columns(tuple(replace(each, width=0) for each in self.table.columns))

    @Slot(str)
    def _choose_pinned(self, view_id: str) -> None:
        self.views.choose(self.views.views.by_id(view_id))

    @Slot()
    def _turn(self) -> None:
        self.actions_of_table.print.setEnabled(not self.sides.shows_paper)
        if not self.sides.shows_paper:
            self.table.setFocus()

    @Slot(int)
    def _choose_caseload(self, _place: int) -> None:
        self.views.leave()
        self._arrange(replace(self._arrangement, of=self.head.caseload.choice()))

    @Slot()
    def _step_back(self) -> None:
        """Leave the paper; close the side peek; choose one patient; then clear the filters."""
        if self.sides.shows_paper:
            self.sides.put_away()
        elif self.peek.isVisible():
            self.peek.dismiss()
        elif len(self.table.keys_chosen) > 1:
            self.chosen.choose_one()
        else:
            self.clear_filters()

    @Slot()
    def _toggle_peek(self) -> None:
        if self.peek.isVisible():
            self.peek.dismiss()
        elif self.table.chosen is not None:
            self.peek.show_patient(self.table.chosen)

    @Slot()
    def _follow_row(self) -> None:
        row = self.table.chosen
        self.actions_of_table.open.setEnabled(row is not None)
        self.patient.follow(row)
        if row is not None and self.peek.isVisible():
            self.peek.show_patient(row)

    @Slot()
    def _open_chosen(self) -> None:
        if self.table.chosen is not None:
            self.desk.patient_wanted.emit(self.table.chosen.patient_id)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        self.row_menu().popup(place)

    def row_menu(self) -> QMenu:
        """Give a menu of what can be done with the selected patient."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.actions_of_table.open)
        menu.addSeparator()
        menu.addActions(self.patient.of_one)
        return menu

    @Slot(str)
    def _await_new(self, patient_id: str) -> None:
        self._awaited = patient_id

    def _show_awaited(self) -> None:
        """Bring a patient just added into sight, whatever the filter was."""
        awaited, self._awaited = self._awaited, ""
        if awaited and not self.table.choose(awaited):
            self.head.caseload.choose(None)
            self._arrange(Arrangement(chip=Chip.EVERYONE, order=self._arrangement.order))
            self.table.choose(awaited)
