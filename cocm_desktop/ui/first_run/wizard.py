"""Setting up a clinic: five pages, and nothing is made before the last one says so."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.domain.recovery_code import RANDOM_BYTES, generate
from cocm_desktop.errors import CocmError, Refused
from cocm_desktop.paths import PROGRAM
from cocm_desktop.ui.door import Door, FolderLook
from cocm_desktop.ui.first_run.step import Step
from cocm_desktop.ui.first_run.steps import (
    OwnerStep,
    PlaceStep,
    PracticeStep,
    RecoveryStep,
    StartStep,
)
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.busy import BusyBar
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel
from cocm_desktop.ui.widgets.pages import Pages
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.work import Work

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

SIZE = (900, 640)


class FirstRunWizard(QWidget):
    """Made: the workspace of the new clinic, and how the person wants to begin."""

    made = Signal(object, object)  # Workspace, Start
    left = Signal()

    def __init__(self, door: Door, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._work = work
        self._is_busy = False
        self._is_done = False
        self.code = generate(os.urandom(RANDOM_BYTES))
        self.practice = PracticeStep()
        self.owner = OwnerStep(self.practice.practice)
        self.recovery = RecoveryStep(self.code, self._make_sheet)
        self.place = PlaceStep(door.folder, self._look)
        self.start = StartStep()
        self.steps: tuple[Step, ...] = (
            self.practice, self.owner, self.recovery, self.place, self.start,
        )  # fmt: skip
        self.pages = Pages()
        self._number = 0
        self.problems = ProblemLabel()
        self.busy = BusyBar(self.tr("Working"))
        self.back = Button(self.tr("&Back"))
        self.on = PrimaryButton(self.tr("&Next"))
        self.cancel = Button(self.tr("Cancel"))
        self._marks = [Label() for _ in self.steps]
        self._build()

        self.on.clicked.connect(self._go_on)
        self.back.clicked.connect(self._go_back)
        self.cancel.clicked.connect(self.close)
        self.show_step(0)

    @property
    def step(self) -> Step:
        return self.steps[self._number]

    def _build(self) -> None:
        theme = theme_of(self)
        self.setWindowTitle(self.tr("Set up a clinic – %1").replace("%1", PROGRAM))
        rail = QFrame()
        rail.setProperty("role", "rail")
        rail.setFixedWidth(theme.px(216))
        column = QVBoxLayout(rail)
        column.setContentsMargins(10, 18, 10, 18)
        column.setSpacing(theme.px(10))
        column.addWidget(Label(PROGRAM, "brand"))
        column.addSpacing(10)
        for mark in self._marks:
            mark.setIndent(8)
            column.addWidget(mark)
        column.addStretch(1)
        for step in self.steps:
            self.pages.add(step)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(28, 22, 28, 12)
        inside.addWidget(self.pages)
        scroll.setWidget(inner)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(scroll, 1)
        right.addLayout(self._foot())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(rail)
        whole.addLayout(right, 1)
        open_at(self, *SIZE)

    def _foot(self) -> QVBoxLayout:
        self.busy.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.on)
        self.on.setDefault(True)
        foot = QVBoxLayout()
        foot.setContentsMargins(28, 4, 28, 18)
        foot.setSpacing(10)
        foot.addWidget(self.problems)
        foot.addWidget(self.busy)
        foot.addLayout(buttons)
        return foot

    def show_step(self, number: int) -> None:
        self.problems.clear_problems()
        self._number = number
        self.pages.show_page(self.step)
        self.back.setEnabled(number > 0)
        last = number == len(self.steps) - 1
        self.on.setText(self.tr("Create the clinic") if last else self.tr("&Next"))
        for each, (mark, step) in enumerate(zip(self._marks, self.steps, strict=True)):
            sign = "✓" if each < number else str(each + 1)
            mark.setText(f"{sign}   {step.title.text()}")
            mark.set_role("here" if each == number else "secondary")
        self.step.take_focus()

    @Slot()
    def _go_on(self) -> None:
        """Go to the next page, unless something on this one is wrong."""
        if problems := self.step.problems():
            self.problems.show_error(Refused(*problems), self.step.fields)
        elif self.step is self.steps[-1]:
            self._create()
        else:
            self.show_step(self._number + 1)

    @Slot()
    def _go_back(self) -> None:
        self.show_step(self._number - 1)

    def _create(self) -> None:
        self._set_busy(busy=True)
        task = partial(
            self._door.at(self.place.path()).create,
            self.practice.practice(),
            self.owner.owner(),
            password=self.owner.password.text(),
            code=self.code,
        )
        self._work.run(task, done=self._created, failed=self._failed)

    def _created(self, workspace: Workspace) -> None:
        self._set_busy(busy=False)
        self._is_done = True
        self.made.emit(workspace, self.start.start())
        self.close()

    def _failed(self, error: Exception) -> None:
        self._set_busy(busy=False)
        if not isinstance(error, CocmError):
            raise error
        for number, step in enumerate(self.steps):
            named = {p.field for p in getattr(error, "problems", ())} & set(step.fields)
            if named:
                self.show_step(number)
        self.problems.show_error(error, self.step.fields)

    def _make_sheet(self, show: Callable[[bytes], object]) -> None:
        task = partial(self._door.sheet, self.practice.practice().name, self.code)
        self._work.run(task, done=show, failed=self._failed)

    def _look(self, folder: Path, show: Callable[[FolderLook], object]) -> None:
        def answer(found: FolderLook) -> None:
            if folder == self.place.path():
                show(found)

        self._work.run(self._door.at(folder).look, done=answer, failed=self._failed)

    def _set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        self.busy.setVisible(busy)
        for widget in (self.back, self.on, self.cancel, self.pages):
            widget.setDisabled(busy)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.on.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave at any time but while the clinic is being made: until then nothing is on disk."""
        if self._is_busy:
            event.ignore()
            return
        super().closeEvent(event)
        if not self._is_done:
            self.left.emit()
