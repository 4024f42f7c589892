"""The tasks screen: mine, my team's, everybody's, by when they are due."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.task_list import TaskList, read_task_list
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.ids import TaskId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.task import DueGroup
from cocm_desktop.domain.task_list import TaskFilter, TaskLine, lines_for
from cocm_desktop.domain.wording import NOTHING, count_of, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.tasks.actions import TaskActions
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, DangerButton, PrimaryButton
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.fields import ChoiceField, words_of
from cocm_desktop.ui.widgets.filter_row import FilterRow
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

TONES = {DueGroup.OVERDUE: Tone.MODERATE, DueGroup.TODAY: Tone.INFO}
OPEN = "Open"
TASK, TASK_COLUMN = 170, 1
ROOMY, STATE_COLUMN = 760, 5
"""Where there is less room the state of a task stands in its hint only."""


class TaskTable(Table):
    """Enter opens the patient, Space finishes the task."""

    finish_wanted = Signal()
    chart_wanted = Signal()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    @override
    def _fit(self) -> None:
        super()._fit()
        if self.model() is not None:
            self._give_room()

    def _give_room(self) -> None:
        """Give the room that is left to what is to be done."""
        theme, header = theme_of(self), self.horizontalHeader()
        self.setColumnHidden(STATE_COLUMN, self.viewport().width() < theme.px(ROOMY))
        room = self.viewport().width() - header.length() + header.sectionSize(TASK_COLUMN)
        header.resizeSection(TASK_COLUMN, max(room, theme.px(TASK)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.finish_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chart_wanted.emit()
        else:
            super().keyPressEvent(event)


class TasksScreen(Screen):
    topics = Topic.TASK | Topic.PATIENT | Topic.STAFF
    help_page = "tasks"
    menu_title = "Tas&k"
    can_narrow = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: tuple[TaskLine, ...] = ()
        self._group: DueGroup | None = None
        self._find = ""
        self._reads_history = False
        self.table = TaskTable(self.tr("Tasks"))
        self.model: RowsModel[TaskLine] = RowsModel(self._columns(), self)
        self.whose = ChoiceField(words_of(TaskFilter))
        self.groups = FilterRow(self._choices())
        self.task = TaskActions(desk, self)
        self.add = PrimaryButton(self.tr("New task"), "plus")
        self._subtitle = Label("", "secondary")
        self._none = EmptyState("checklist", self.tr("No open tasks"))
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self.whose.choose(TaskFilter.TEAM)
        self.groups.show_choice(None)

    @override
    def read_again(self) -> None:
        self.desk.read(partial(read_task_list, history=self._reads_history), self._show)

    @override
    def narrow(self, words: str) -> None:
        self._find = words
        self._arrange()

    @override
    def take_focus(self) -> None:
        self.table.setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        return self.task.all

    @property
    def chosen(self) -> TaskLine | None:
        return self.model.row_at(self.table.currentIndex())

    def show_whose(self, whose: TaskFilter) -> None:
        self.whose.choose(whose)
        self._arrange()

    @Slot(object)
    def show_group(self, group: DueGroup | None) -> None:
        """Show one group, or all that is open; what was done long ago is read for its own."""
        self._group = group
        self.groups.show_choice(group)
        needs_history = group is DueGroup.DONE
        if needs_history != self._reads_history:
            self._reads_history = needs_history
            self.read_again()
        self._arrange()

    def _choices(self) -> list[tuple[DueGroup | None, str, str]]:
        every = self.tr("What is not done yet, and what was done since yesterday.")
        rules = {DueGroup.DONE: self.tr("What was done in the last 90 days.")}
        groups = [(group, self.tr(group.value), rules.get(group, "")) for group in DueGroup]
        return [(None, self.tr(OPEN), every), *groups]

    def _columns(self) -> tuple[Column[TaskLine], ...]:
        return (
            Column(self.tr("When"), self._when, _chip_words, width=94),
            Column(self.tr("Task"), lambda each: each.task.words, width=TASK, hint=self._hint),
            Column(self.tr("Patient"), lambda each: each.patient_name or NOTHING, width=150),
            Column(self.tr("For"), lambda each: each.whose, width=126),
            Column(self.tr("Due"), lambda each: each.task.due_on, short_date, width=98),
            Column(self.tr("State"), lambda each: each.state, width=124),
        )

    def _when(self, line: TaskLine) -> Chip:
        return Chip(self.tr(line.group.value), TONES.get(line.group, Tone.NEUTRAL))

    def _hint(self, line: TaskLine) -> str:
        given = self.tr("Given by %1").replace("%1", line.given_by)
        return "\n".join(filter(None, (line.task.words, given, line.state)))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(self.tr("Tasks"), "title"))
        head.addWidget(self._subtitle)
        head.addStretch(1)
        self.whose.setAccessibleName(self.tr("Whose tasks"))
        head.addWidget(self.whose)
        head.addWidget(self.add)
        self.table.set_rows_model(self.model)
        add = Button(self.tr("New task"), "plus")
        add.clicked.connect(self._add)
        self._none.add_action(add)
        for page in (self.table, self._none):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.groups)
        column.addWidget(self._pages, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.chart = Button(self.tr("Open chart"), "user")
        self.chart.setVisible(self.desk.may(Permission.SEE_CHART))
        self.chart.clicked.connect(self._open_chart)
        row.addWidget(self.chart)
        row.addStretch(1)
        for action in self.task.all:
            kind = DangerButton if action is self.task.void else Button
            button = kind(action.text())
            button.setEnabled(action.isEnabled())
            button.clicked.connect(action.trigger)
            action.enabledChanged.connect(button.setEnabled)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.add.clicked.connect(self._add)
        self.whose.activated.connect(self._arrange)
        self.groups.chosen.connect(self.show_group)
        self.table.finish_wanted.connect(self.task.finish.trigger)
        self.table.chart_wanted.connect(self._open_chart)
        self.table.doubleClicked.connect(self._open_chart)
        self.table.selectionModel().currentRowChanged.connect(self._follow)

    def _show(self, read: TaskList) -> None:
        self._lines = read.lines
        self._arrange()

    @Slot()
    def _arrange(self, _place: int = 0) -> None:
        kept = self.chosen.task.id if self.chosen else TaskId("")
        mine = lines_for(self._lines, self.whose.choice(), self.desk.staff, find=self._find)
        counts = {group: sum(line.group is group for line in mine) for group in DueGroup}
        opened = len(mine) - counts[DueGroup.DONE]
        self.groups.show_counts({None: opened} | {group: counts[group] for group in DueGroup})
        rows = [line for line in mine if self._group in {None, line.group}]
        self.model.show_rows(sorted(rows, key=lambda line: line.group is DueGroup.DONE))
        ids = [line.task.id for line in self.model.rows]
        self.table.select_row(ids.index(kept) if kept in ids else 0)
        self._pages.setCurrentWidget(self.table if rows else self._none)
        self._say(len(rows), opened, counts[DueGroup.OVERDUE] + counts[DueGroup.TODAY])
        self._follow_chosen()

    def _say(self, shown: int, opened: int, due: int) -> None:
        whose = self.whose.choice().value
        self._subtitle.setText(f"{self.tr(whose)} · {count_of(opened, 'open task')}")
        words = self.tr("No open tasks") if self._group is None else self.tr("No task here")
        self._none.say(words, self.tr("Ctrl+K makes one from anywhere."))
        group = self._group.value if self._group else OPEN
        self.status_changed.emit(
            f"{count_of(shown, 'task')} · {self.tr(whose)} · {self.tr(group)} · by due date"
        )
        if self.whose.choice() is TaskFilter.TEAM and not self._find:
            self.counted.emit(due or None)

    @Slot(QModelIndex, QModelIndex)
    def _follow(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._follow_chosen()

    def _follow_chosen(self) -> None:
        line = self.chosen
        self.task.follow(line.task if line else None)
        self.chart.setEnabled(line is not None and line.task.patient_id is not None)

    @Slot()
    def _open_chart(self) -> None:
        line = self.chosen
        if line and line.task.patient_id and self.desk.may(Permission.SEE_CHART):
            self.desk.patient_wanted.emit(line.task.patient_id)

    @Slot()
    def _add(self) -> None:
        NewTaskDialog(self.desk, self).open()


def _chip_words(chip: Chip) -> str:
    return chip.text
