"""The step after a form whose answer opens a safety task. It opens by itself, at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.safety_list import print_clinician_slip
from cocm_desktop.domain.ids import MeasureId, PatientId
from cocm_desktop.domain.safety import FRONT_DESK_WORDS, SafetyTask
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import CocmError, Unavailable
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.printing import print_paper
from cocm_desktop.ui.patient.dialog import PatientStrip
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import IconLabel, Label, ProblemLabel

NOTICE_WIDTH = 520


class SafetyNotice(QDialog):
    """One sentence that has to be read. The task behind it is stored already."""

    def __init__(
        self, subject: Subject, words: str, *, more: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._subject = subject
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Safety"))
        self.setMinimumWidth(theme_of(self).px(NOTICE_WIDTH))
        self.words = Label(words, "banner", wraps=True)
        self.button = PrimaryButton(self.tr("I have read this"))
        self.column = column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(IconLabel("shield-exclamation", "error", size=40))
        column.addWidget(self.words)
        if more:
            column.addWidget(Label(more, "secondary", wraps=True))
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addStretch(1)
        self.row.addWidget(self.button)
        column.addLayout(self.row)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(PatientStrip(subject))
        page.addLayout(column)

        self.button.clicked.connect(self.accept)


class FrontDeskNotice(SafetyNotice):
    """The same, with the slip that goes with the patient. It says nothing of the answers."""

    def __init__(
        self, desk: Desk, subject: Subject, *, more: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(subject, FRONT_DESK_WORDS, more=more, parent=parent)
        self._desk = desk
        self.slip = Button(self.tr("Print slip…"), "printer")
        self.problems = ProblemLabel()
        self.row.insertWidget(1, self.slip)
        self.column.insertWidget(self.column.count() - 1, self.problems)
        self.slip.clicked.connect(self._print)

    @Slot()
    def _print(self) -> None:
        self.problems.clear_problems()
        question = partial(print_clinician_slip, patient_id=self._subject.patient_id)
        self._desk.read(question, self._show_printer, failed=self.problems.show_error)

    def _show_printer(self, paper: Paper) -> None:
        print_paper(paper.content, self, failed=self._tell_not_printed)

    @Slot()
    def _tell_not_printed(self) -> None:
        words = self.tr("The printer did not answer. Go with the patient yourself.")
        self.problems.show_error(Unavailable(words))


def open_safety_step(
    desk: Desk, subject: Subject, *, measure_id: MeasureId, parent: QWidget | None
) -> None:
    """Ask a clinician for each task that a measure opened; send the front desk for one.

    A screener that is part of a closing opens no step of its own: that closing covers it. Where
    the tasks cannot be read, a notice says what to do: the step is never silent.
    """

    def ask(tasks: tuple[tuple[SafetyTask, PatientId], ...]) -> None:
        for task, _ in tasks:
            if task.measure_id == measure_id:
                CloseSafetyTaskDialog(desk, subject, task, parent=parent).open()

    def tell(error: CocmError) -> None:
        FrontDeskNotice(desk, subject, more=str(error), parent=parent).open()

    if isinstance(parent, CloseSafetyTaskDialog):
        return
    if desk.may(Permission.CLOSE_SAFETY_TASK):
        desk.read(read_open_safety_tasks, ask, failed=tell)
    else:
        FrontDeskNotice(desk, subject, parent=parent).open()
