"""What can be done with several patients at once: a bar that is there while several are chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import Button, LinkButton
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import Label


class SelectionBar(QFrame):
    """Says how many are chosen; what a person may not do is not offered."""

    cleared = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.count = Label("", "strong")
        self.assign = Button(self.tr("Assign care manager…"), "users")
        self.task = Button(self.tr("Add a task…"), "check")
        self.mark = Button(self.tr("Set a mark…"), "flag")
        self.sheets = Button(self.tr("Print sheets"), "file-text")
        self.paper = Button(self.tr("Print list"), "printer")
        self.mail = Button(self.tr("Labels…"))
        self.export = Button(self.tr("Export…"), "download")
        self.clear = LinkButton(self.tr("Choose nobody"))
        offered = (
            (self.assign, Permission.ENROLL),
            (self.task, Permission.WORK_ON_TASKS),
            (self.mark, Permission.WORK_ON_TASKS),
            (self.sheets, Permission.PRINT_PACKET),
            (self.paper, Permission.PRINT_PACKET),
            (self.mail, Permission.WRITE_LETTER),
            (self.export, Permission.EXPORT_LIST),
        )
        inner = QWidget()
        flow = FlowLayout(inner, gap=8)
        flow.addWidget(self.count)
        for button, permission in offered:
            button.setVisible(desk.may(permission))
            flow.addWidget(button)
        flow.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.addWidget(inner)
        self.setAccessibleName(self.tr("Patients chosen"))
        self.clear.clicked.connect(self.cleared)
        self.hide()

    def show_count(self, count: int) -> None:
        """Be there for two or more."""
        self.count.setText(self.tr("%n patients chosen", "", count).replace("%n", f"{count:,}"))
        self.setVisible(count > 1)
