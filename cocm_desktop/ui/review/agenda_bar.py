"""The row of buttons over an agenda, which its actions enable."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from cocm_desktop.ui.review.agenda_actions import AgendaActions
from cocm_desktop.ui.widgets.buttons import Button, IconButton


class AgendaBar(QWidget):
    """Every button has the key of its action in its tooltip."""

    def __init__(self, actions: AgendaActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add = Button(self.tr("Add…"), "plus")
        self.leave_out = Button(self.tr("Leave out…"), "minus")
        self.put_back = Button(self.tr("Put back"), "arrow-back-up")
        self.up = IconButton(self.tr("Move up"), "chevron-up")
        self.down = IconButton(self.tr("Move down"), "chevron-down")
        flow = QHBoxLayout(self)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(6)
        pairs: tuple[tuple[QAbstractButton, QAction], ...] = (
            (self.add, actions.add),
            (self.leave_out, actions.leave_out),
            (self.put_back, actions.put_back),
            (self.up, actions.up),
            (self.down, actions.down),
        )
        for button, action in pairs:
            flow.addWidget(button)
            follow(button, action, is_spare=button in {self.leave_out, self.put_back})


def follow(button: QAbstractButton, action: QAction, *, is_spare: bool = False) -> None:
    """Have a button do what an action does, whenever that is possible; a spare one hides else."""

    def let() -> None:
        button.setEnabled(action.isEnabled())
        if is_spare:
            button.setVisible(action.isEnabled())

    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    words = action.text().rstrip("…")
    button.setToolTip(f"{words} ({keys})" if keys else words)
    button.clicked.connect(action.trigger)
    action.changed.connect(let)
    let()
