"""The step after a form whose answer opens a safety task. It opens by itself, at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.domain.ids import MeasureId, PatientId
from cocm_desktop.domain.safety import FRONT_DESK_WORDS, SafetyTask
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientStrip
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import PrimaryButton
from cocm_desktop.ui.widgets.labels import IconLabel, Label

NOTICE_WIDTH = 520


class SafetyNotice(QDialog):
    """One sentence that has to be read. The task behind it is stored already."""

    def __init__(
        self, subject: Subject, words: str, *, more: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Safety"))
        self.setMinimumWidth(theme_of(self).px(NOTICE_WIDTH))
        self.words = Label(words, "banner", wraps=True)
        self.button = PrimaryButton(self.tr("I have read this"))
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(IconLabel("shield-exclamation", "error", size=40))
        column.addWidget(self.words)
        if more:
            column.addWidget(Label(more, "secondary", wraps=True))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(PatientStrip(subject))
        page.addLayout(column)

        self.button.clicked.connect(self.accept)


def open_safety_step(
    desk: Desk, subject: Subject, *, measure_id: MeasureId, parent: QWidget | None
) -> None:
    """Ask a clinician for each task that a measure opened; send the front desk for one.

    Where the tasks cannot be read, a notice says what to do: the step is never silent.
    """

    def ask(tasks: tuple[tuple[SafetyTask, PatientId], ...]) -> None:
        for task, _ in tasks:
            if task.measure_id == measure_id:
                CloseSafetyTaskDialog(desk, subject, task, parent=parent).open()

    def tell(error: CocmError) -> None:
        SafetyNotice(subject, FRONT_DESK_WORDS, more=str(error), parent=parent).open()

    if desk.may(Permission.CLOSE_SAFETY_TASK):
        desk.read(read_open_safety_tasks, ask, failed=tell)
    else:
        SafetyNotice(subject, FRONT_DESK_WORDS, parent=parent).open()
