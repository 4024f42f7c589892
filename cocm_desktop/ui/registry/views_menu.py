"""The menu of saved views: choose, save, pin, begin with, delete."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cocm_desktop.actions.view import Views
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.saved_view import SavedView


class ViewsMenu(QMenu):
    """Filled anew each time it opens. Views of others are marked as shared."""

    chosen = Signal(object)  # SavedView, or None for the usual table
    save_wanted = Signal()
    change_wanted = Signal()
    pin_wanted = Signal(bool)
    first_wanted = Signal(bool)
    delete_wanted = Signal()

    def __init__(self, me: StaffId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._me = me
        self._views = Views()
        self._shown: SavedView | None = None
        self.setToolTipsVisible(True)

    def follow(self, views: Views, shown: SavedView | None) -> None:
        """Offer these views, and what can be done with the one that is shown."""
        self._views, self._shown = views, shown
        self.clear()
        self._offer(self.tr("All columns and filters as usual"), None)
        own = [view for view in views.views if view.staff_id == self._me]
        shared = [view for view in views.views if view.staff_id != self._me]
        for title, group in ((self.tr("My views"), own), (self.tr("Shared by others"), shared)):
            if group:
                self.addSection(title)
                for view in group:
                    self._offer(view.name, view)
        self.addSeparator()
        self._add(self.tr("Save as a view…"), self.save_wanted)
        if shown is not None:
            self._offer_changes(shown)

    def _offer_changes(self, shown: SavedView) -> None:
        habits = self._views.habits
        if shown.staff_id == self._me:
            self._add(self.tr("Change this view…"), self.change_wanted)
        for words, wanted, is_on in (
            (self.tr("Pin this view"), self.pin_wanted, shown.id in habits.pinned),
            (self.tr("Begin with this view"), self.first_wanted, shown.id == habits.first),
        ):
            action = self.addAction(words)
            action.setCheckable(True)
            action.setChecked(is_on)
            action.toggled.connect(wanted)
        if shown.staff_id == self._me:
            self._add(self.tr("Delete this view…"), self.delete_wanted)

    def _offer(self, words: str, view: SavedView | None) -> None:
        action = self.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked((view.id if view else None) == (self._shown and self._shown.id))
        if view is not None:
            action.setToolTip(view.content.filter.words or view.content.chip.value)
        action.triggered.connect(partial(self._choose, view))

    def _choose(self, view: SavedView | None, _is_on: bool = False) -> None:  # noqa: FBT002
        self.chosen.emit(view)

    def _add(self, words: str, wanted: SignalInstance) -> QAction:
        action = self.addAction(words)
        action.triggered.connect(lambda _on=False: wanted.emit())
        return action
