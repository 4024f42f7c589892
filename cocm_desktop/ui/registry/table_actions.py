"""What can be done with the registry's table as a whole, as menu and keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk


class TableActions(QObject):
    """Each is heard while the registry has the focus; what a person may not do is not there."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.open = QAction(self.tr("Open chart"), self)
        self.filter = self._action(self.tr("Filter…"), "Ctrl+Shift+F")
        self.columns = self._action(self.tr("Choose columns…"), "Ctrl+Shift+C")
        self.sort = self._action(self.tr("Sort by several columns…"))
        self.widths = self._action(self.tr("Fit the widths again"))
        self.choose_all = self._action(self.tr("Choose all shown"))
        self.save_view = self._action(self.tr("Save as a view…"))
        self.print = self._action(self.tr("Print list…"), "Ctrl+P", needs=Permission.PRINT_PACKET)
        self.export = self._action(self.tr("Export list…"), needs=Permission.EXPORT_LIST)

    @property
    def of_table(self) -> tuple[QAction | None, ...]:
        """The actions in the order of a menu; None parts it."""
        return (
            self.columns,
            self.sort,
            self.widths,
            None,
            self.choose_all,
            self.save_view,
            None,
            self.print,
            self.export,
        )

    @property
    def all(self) -> tuple[QAction, ...]:
        return (self.filter, *(action for action in self.of_table if action is not None))

    def _action(self, words: str, keys: str = "", *, needs: Permission | None = None) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        is_allowed = needs is None or self._desk.may(needs)
        action.setVisible(is_allowed)
        action.setEnabled(is_allowed)
        self._window.addAction(action)
        return action
