"""Writing out what can be read of a damaged clinic."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.errors import CocmError, Problem, Refused, WrongSecret
from cocm_desktop.ui.door import Door
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.unlock.secret_fields import SecretFields
from cocm_desktop.ui.widgets.busy import BusyBar
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.file_choice import ask_folder
from cocm_desktop.ui.widgets.form import StackedForm
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel
from cocm_desktop.ui.widgets.room import grow_to_fit
from cocm_desktop.ui.work import Work


class RescueDialog(QDialog):
    """Stays open with what was found. The clinic's own file is only read."""

    def __init__(self, door: Door, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._work = work
        self._is_busy = False
        self.setWindowTitle(self.tr("Rescue what can be read"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.words = Label(
            self.tr(
                "A copy of the file is read row by row, around what is damaged. The rows are "
                "written as tables that any spreadsheet opens, with a list of what is missing. "
                "They are not encrypted: keep them like the chart, and destroy them after use."
            ),
            "secondary",
            wraps=True,
        )
        self.secret = SecretFields()
        self.folder = QLineEdit()
        self.choose = Button(self.tr("Choose a folder…"), "folder-open")
        self.problems = ProblemLabel()
        self.outcome = Label("", "success", wraps=True)
        self.busy = BusyBar(self.tr("Reading"))
        self.do_it = PrimaryButton(self.tr("Write out what can be read"))
        self.leave = Button(self.tr("Close"))
        self._build()
        self.do_it.clicked.connect(self._do)
        self.leave.clicked.connect(self.reject)
        self.choose.clicked.connect(self._ask)

    @Slot()
    @override
    def reject(self) -> None:
        if not self._is_busy:
            self.secret.clear()
            super().reject()

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            grow_to_fit(self)
        return done

    def _build(self) -> None:
        self.busy.hide()
        self.outcome.hide()
        form = StackedForm()
        form.add(self.tr("&Empty folder for the files"), self.folder)
        buttons = QDialogButtonBox()
        buttons.addButton(self.do_it, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.leave, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("Rescue what can be read"), "section", wraps=True))
        column.addWidget(self.words)
        column.addWidget(self.secret)
        column.addLayout(form)
        for widget in (self.choose, self.problems, self.outcome, self.busy, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(theme_of(self).px(480))

    @Slot()
    def _ask(self) -> None:
        title = self.tr("Where shall the files go?")
        ask_folder(self, title, lambda folder: self.folder.setText(str(folder)))

    @Slot()
    def _do(self) -> None:
        fields = {**self.secret.fields, "folder": self.folder}
        try:
            secret = self.secret.secret()
            if not self.folder.text().strip():
                raise Refused(Problem("folder", "Choose an empty folder for the files."))
        except CocmError as error:
            self.problems.show_error(error, fields)
            return
        self._set_busy(busy=True)
        task = partial(self._door.rescue, Path(self.folder.text().strip()), secret)
        self._work.run(task, done=self._show_done, failed=self._fail)

    def _show_done(self, words: str) -> None:
        self._set_busy(busy=False)
        self.secret.clear()
        self.outcome.setText(words)
        self.outcome.show()

    def _fail(self, error: Exception) -> None:
        self._set_busy(busy=False)
        if not isinstance(error, CocmError):
            raise error
        self.secret.password.clear()
        self.problems.show_error(error, {**self.secret.fields, "folder": self.folder})
        if isinstance(error, WrongSecret):
            self.secret.take_focus()

    def _set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        self.busy.setVisible(busy)
        self.problems.clear_problems()
        for widget in (self.secret, self.folder, self.choose, self.do_it, self.leave):
            widget.setDisabled(busy)
