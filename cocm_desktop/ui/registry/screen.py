"""The registry screen: every patient in one table, filtered, sorted, one key from the chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.registry import Registry, read_registry_table
from cocm_desktop.domain.arrangement import Arrangement, hidden_due
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.registry import Chip, RegistryRow, counts
from cocm_desktop.domain.registry_column import Look
from cocm_desktop.domain.registry_columns import COLUMNS
from cocm_desktop.domain.row_order import by_column
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.registry.filters import CaseloadField, ChipRow
from cocm_desktop.ui.registry.model import RegistryModel
from cocm_desktop.ui.registry.peek import PeekPanel
from cocm_desktop.ui.registry.table import RegistryTable
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.labels import EmptyState, Label


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
    )
    help_page = "registry"
    can_narrow = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._everyone: tuple[RegistryRow, ...] = ()
        self._awaited = ""
        self._arrangement = Arrangement()
        self._shown = self._arrangement
        self.model = RegistryModel(self)
        self.table = RegistryTable(self.tr("Patients"), self.model)
        self.chips = ChipRow()
        self.caseload = CaseloadField(desk.staff)
        self.peek = PeekPanel(desk)
        self.patient = PatientActions(desk, self)
        self.hidden_overdue = LinkButton("")
        self.clear = LinkButton(self.tr("Clear filters"))
        self._subtitle = Label("", "secondary")
        self._build()
        self._connect()
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
        self.table.setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        return (self._open, *self.patient.all)

    @Slot()
    def clear_filters(self) -> None:
        """Show every open episode again, of everybody where it was so already. Esc does this."""
        if not self._arrangement.is_filtered:
            self.caseload.choose(None)
        self.chips.show_chip(Chip.OPEN)
        of = self.caseload.choice()
        self._arrange(replace(self._arrangement, chip=Chip.OPEN, of=of, find=""))
        self.find_cleared.emit()

    @Slot(object)
    def show_chip(self, chip: Chip) -> None:
        """Show what a chip stands for, as a click on it does."""
        self.chips.show_chip(chip)
        self._arrange(replace(self._arrangement, chip=chip))

    @Slot(int)
    def sort_by(self, place: int) -> None:
        """Sort by a column; the same column again turns the order round."""
        order = by_column(self._arrangement.order, COLUMNS[place], add=False)
        self._arrange(replace(self._arrangement, order=order))

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 8)
        page.setSpacing(10)
        page.addLayout(self._heading())
        page.addWidget(self.chips)
        self._nobody = EmptyState(
            "users",
            self.tr("No patients yet"),
            words=self.tr("Import the patient list of your record system, or add one patient."),
        )
        self._none_match = EmptyState("search", self.tr("No patient matches"))
        self._pages = QStackedWidget()
        for each in (self.table, self._none_match, self._nobody):
            self._pages.addWidget(each)
        self._offer_ways_on()
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._pages, 1)
        middle.addWidget(self.peek)
        page.addLayout(middle, 1)

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(self.tr("Registry"), "title"))
        row.addWidget(self._subtitle)
        row.addWidget(self.hidden_overdue)
        row.addStretch(1)
        row.addWidget(self.clear)
        row.addWidget(self.caseload)
        self._columns = Button(self.tr("Columns"), "columns")
        self._columns.setMenu(self._column_menu())
        row.addWidget(self._columns)
        self.add_patient = PrimaryButton(self.tr("New patient"), "user-plus")
        self.add_patient.setVisible(self.desk.may(Permission.CHANGE_PATIENT))
        row.addWidget(self.add_patient)
        return row

    def _column_menu(self) -> QMenu:
        hidden = self.desk.computer.settings.hidden_columns.split(",")
        menu = QMenu(self)
        for place, column in enumerate(COLUMNS):
            if column.look is Look.NAME:
                continue
            action = menu.addAction(self.tr(column.title))
            action.setCheckable(True)
            action.setChecked(column.key not in hidden)
            action.setData(place)
            self.table.setColumnHidden(place, column.key in hidden)
            action.toggled.connect(self._show_columns)
        self._column_actions = menu.actions()
        return menu

    def _offer_ways_on(self) -> None:
        if self.desk.may(Permission.IMPORT_PATIENTS):
            bring = PrimaryButton(self.tr("Import a patient list"), "database-import")
            bring.clicked.connect(self._go_import)
            self._nobody.add_action(bring)
        if self.desk.may(Permission.CHANGE_PATIENT):
            add = Button(self.tr("Add one patient"), "user-plus")
            add.clicked.connect(self.patient.add.trigger)
            self._nobody.add_action(add)
        clear = PrimaryButton(self.tr("Clear filters"))
        clear.clicked.connect(self.clear_filters)
        self._none_match.add_action(clear)

    def _connect(self) -> None:
        self._open = QAction(self.tr("Open chart"), self)
        self._open.triggered.connect(self._open_chosen)
        self.chips.chosen.connect(self.show_chip)
        self.caseload.activated.connect(self._choose_caseload)
        self.table.sort_wanted.connect(self.sort_by)
        self.table.chart_wanted.connect(self.desk.patient_wanted)
        self.table.peek_wanted.connect(self._toggle_peek)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.row_changed.connect(self._follow_row)
        self.peek.chart_wanted.connect(self.desk.patient_wanted)
        self.peek.closed.connect(self.table.setFocus)
        self.add_patient.clicked.connect(self.patient.add.trigger)
        self.patient.added.connect(self._await_new)
        self.clear.clicked.connect(self.clear_filters)
        self.hidden_overdue.clicked.connect(self._show_overdue)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._step_back)

    def _show(self, registry: Registry) -> None:
        is_first = bool(registry.rows) and not self._everyone
        self._everyone = registry.rows
        self.caseload.offer_managers(registry.care_managers)
        if is_first and self.desk.staff.id in {member.id for member in registry.care_managers}:
            self.caseload.choose(self.desk.staff.id)
        self._arrange(replace(self._arrangement, of=self.caseload.choice()))
        if is_first:
            self.table.fit_columns(registry.rows)
        self._show_awaited()

    def _arrange(self, arrangement: Arrangement) -> None:
        """Filter and sort anew; the patient who was selected stays selected, where shown."""
        chosen = self.table.chosen
        self._arrangement = arrangement
        self._shown = arrangement.found_in(self._everyone)
        rows = self._shown.apply(self._everyone)
        self.model.show_rows(rows)
        self.chips.show_chip(self._shown.chip)
        if chosen is None or not self.table.choose(chosen.key):
            self.table.select_row(0)
        first = arrangement.order[0]
        self.model.show_sorting(COLUMNS.index(first.column), descending=first.descending)
        self._show_words(rows)
        self._follow_row()

    def _show_words(self, rows: Sequence[RegistryRow]) -> None:
        mine = self._arrangement.of_care_manager(self._everyone)
        of_chips = counts(mine)
        self.chips.show_counts(of_chips)
        whose = self.caseload.whose
        owner = self.tr("Caseload of %1").replace("%1", whose) if whose else ""
        opened = self.tr("%1 open").replace("%1", f"{of_chips[Chip.OPEN]:,}")
        self._subtitle.setText(f"{owner or self.tr('All care managers')} · {opened}")
        words = self._shown.words(
            rows, self._everyone, whose=whose if self._shown.of is not None else ""
        )
        self.status_changed.emit(words)
        self.counted.emit(of_chips[Chip.OPEN])
        hidden = hidden_due(rows, mine)
        self.hidden_overdue.setText(self.tr("%n overdue not shown", "", hidden))
        self.hidden_overdue.setVisible(bool(hidden))
        self.clear.setVisible(self._arrangement.is_filtered)
        empty = self._none_match if self._everyone else self._nobody
        self._pages.setCurrentWidget(self.table if rows else empty)
        self._none_match.say(self.tr("No patient matches"), words)

    @Slot(int)
    def _choose_caseload(self, _place: int) -> None:
        self._arrange(replace(self._arrangement, of=self.caseload.choice()))

    @Slot()
    def _step_back(self) -> None:
        """Close the side peek; then clear the filters."""
        if self.peek.isVisible():
            self.peek.dismiss()
        else:
            self.clear_filters()

    @Slot()
    def _show_overdue(self) -> None:
        self.show_chip(Chip.OVERDUE)

    @Slot()
    def _go_import(self) -> None:
        self.desk.place_wanted.emit("import")

    @Slot()
    def _toggle_peek(self) -> None:
        if self.peek.isVisible():
            self.peek.dismiss()
        elif self.table.chosen is not None:
            self.peek.show_patient(self.table.chosen)

    @Slot()
    def _follow_row(self) -> None:
        row = self.table.chosen
        self._open.setEnabled(row is not None)
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
        menu.addAction(self._open)
        menu.addSeparator()
        menu.addActions(self.patient.of_one)
        return menu

    @Slot(bool)
    def _show_columns(self, _is_shown: bool) -> None:
        hidden = [action.data() for action in self._column_actions if not action.isChecked()]
        for place in range(len(COLUMNS)):
            self.table.setColumnHidden(place, place in hidden)
        keys = ",".join(COLUMNS[place].key for place in hidden)
        self.desk.computer.change(hidden_columns=keys)

    @Slot(str)
    def _await_new(self, patient_id: str) -> None:
        self._awaited = patient_id

    def _show_awaited(self) -> None:
        """Bring a patient just added into sight, whatever the filter was."""
        awaited, self._awaited = self._awaited, ""
        if awaited and not self.table.choose(awaited):
            self.caseload.choose(None)
            self._arrange(replace(self._arrangement, of=None, find=""))
            self.show_chip(Chip.EVERYONE)
            self.table.choose(awaited)
