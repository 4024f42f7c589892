"""The views of one person: which is shown, what is pinned, the columns as they were left."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.view import Views, keep_habits, read_views, void_view
from cocm_desktop.domain.saved_view import Columns, SavedView, ViewContent, ViewHabits
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.registry.view_dialog import SaveViewDialog
from cocm_desktop.ui.widgets.question import Question

PAUSE_MS = 400


class SavedViews(QObject):
    """Reads the views when asked, and keeps habits a moment after the last change of them."""

    changed = Signal()
    """Views, pins or the view that is shown."""
    show_wanted = Signal(object)  # SavedView, or None for the usual table

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.views = Views()
        self.shown: SavedView | None = None
        self._is_read = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    @property
    def habits(self) -> ViewHabits:
        return self.views.habits

    @property
    def columns(self) -> Columns:
        return self.habits.columns_of(self.shown)

    def read(self) -> None:
        """Read the views; the first time the one to begin with is shown."""
        self._desk.read(read_views, self._show)

    @Slot()
    def keep(self) -> None:
        """Store the habits now."""
        self._pause.stop()
        action = partial(keep_habits, habits=self.habits)
        self._desk.do(action, done=lambda: None, refused=self._desk.tell)

    def note_columns(self, columns: Columns | None) -> None:
        """Remember the columns of the view that is shown, or of the usual table."""
        view_id = self.shown.id if self.shown else ""
        self._set_habits(self.habits.with_columns(view_id, columns))
        self._pause.start()

    def choose(self, view: SavedView | None) -> None:
        self.shown = view
        self.changed.emit()
        self.show_wanted.emit(view)
        if view is not None and view.notes:
            self._desk.told.emit(" ".join(view.notes))

    def leave(self) -> None:
        """Go on with what is shown, but under no view's name: its filter was changed."""
        self.shown = None
        self.changed.emit()

    def pin(self, is_pinned: bool) -> None:
        if self.shown is not None:
            self._set_habits(self.habits.with_pin(self.shown.id, is_pinned=is_pinned))
            self.keep()
            self.changed.emit()

    def begin_with(self, is_first: bool) -> None:
        if self.shown is not None:
            first = self.shown.id if is_first else ""
            habits = self.habits
            self._set_habits(ViewHabits(first, habits.pinned, habits.columns))
            self.keep()
            self.changed.emit()

    def ask_to_save(self, content: ViewContent, *, view: SavedView | None = None) -> SaveViewDialog:
        """Open the dialog that saves; what it saved is then shown."""
        dialog = SaveViewDialog(self._desk, content, self._window, view=view)
        dialog.pinned.setChecked(bool(view and view.id in self.habits.pinned))
        dialog.first.setChecked(bool(view and view.id == self.habits.first))
        dialog.stored.connect(partial(self._take_saved, dialog))
        dialog.open()
        return dialog

    @Slot()
    def ask_to_delete(self) -> None:
        view = self.shown
        if view is None:
            return
        words = self.tr("It goes for everybody who uses it. No patient's record is touched.")
        title = self.tr("Delete the view “%1”?").replace("%1", view.name)
        question = Question(title, words, self.tr("Delete the view"), parent=self._window)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(partial(self._delete, view))
        question.open()

    def _delete(self, view: SavedView) -> None:
        action = partial(void_view, view_id=view.id)
        self._desk.do(action, done=self._deleted, refused=self._desk.tell)

    def _deleted(self) -> None:
        self.choose(None)
        self.read()

    def _take_saved(self, dialog: SaveViewDialog) -> None:
        view_id, habits = dialog.draft.id, self.habits
        habits = habits.with_pin(view_id, is_pinned=dialog.pinned.isChecked())
        others = "" if habits.first == view_id else habits.first
        first = view_id if dialog.first.isChecked() else others
        habits = ViewHabits(first, habits.pinned, habits.columns).with_columns(view_id, None)
        self._set_habits(habits)
        self.keep()
        self._desk.read(read_views, partial(self._show_saved, view_id=view_id))

    def _show_saved(self, views: Views, *, view_id: str) -> None:
        self.views = views
        self.choose(views.by_id(view_id))

    def _show(self, views: Views) -> None:
        self.views = views
        if self.shown is not None:
            self.shown = views.by_id(self.shown.id)
        is_first, self._is_read = not self._is_read, True
        begin = views.by_id(views.habits.first) if is_first else None
        if begin is not None:
            self.choose(begin)
        else:
            self.changed.emit()

    def _set_habits(self, habits: ViewHabits) -> None:
        self.views = Views(self.views.views, habits)
