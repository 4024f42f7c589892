"""A paper as it will be printed, with what can be done with it: print, save, save encrypted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.papers import Paper
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError, Unavailable
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.contents import Contents
from cocm_desktop.ui.paper.overtaken import Overtaken
from cocm_desktop.ui.paper.pdf import Pdf
from cocm_desktop.ui.paper.printing import PaperPrinting
from cocm_desktop.ui.paper.progress import PrintProgress
from cocm_desktop.ui.paper.saving import PaperSaving
from cocm_desktop.ui.paper.strip import PageStrip
from cocm_desktop.ui.paper.view import PaperView
from cocm_desktop.ui.paper.zoom import Fit
from cocm_desktop.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.labels import IconLabel, Label, ProblemLabel

_ZOOM_KEYS = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Equal: 1,
    Qt.Key.Key_Minus: -1,
    Qt.Key.Key_Underscore: -1,
    Qt.Key.Key_0: 0,
}


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper and its words. None of them names a patient: `name` becomes a file's name."""

    paper: Paper
    title: str
    facts: str
    name: str


class PaperPage(QWidget):
    """Keeps the paper in memory until another is shown or it is put away."""

    left = Signal()
    new_wanted = Signal()
    """The records have changed: the paper is wanted anew."""

    def __init__(self, desk: Desk, back: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: ShownPaper | None = None
        self._pdf: Pdf | None = None
        self.saving = PaperSaving(desk, self)
        self.overtaken = Overtaken(desk, self)
        self.printing = PaperPrinting(desk.computer, self)
        self.back = LinkButton(back, "chevron-left")
        self.title = Label("", "title")
        self.print_button = PrimaryButton(self.tr("Print…"), "printer")
        self.save_button = Button(self.tr("Save PDF…"), "device-floppy")
        self.lock_button = Button(self.tr("Save encrypted PDF…"), "lock")
        self.again = Button(self.tr("Prepare again"), "refresh")
        self.stale_words = Label("", wraps=True)
        self.stale = self._stale_note()
        self.progress = PrintProgress(self.printing)
        self.problems = ProblemLabel()
        self.view = PaperView()
        self.strip = PageStrip(self.view)
        self.facts = self.strip.facts
        self.contents = Contents()
        self.print_action = self._action(self.tr("Print…"), self._ask_to_print, "Ctrl+P")
        self.save_action = self._action(self.tr("Save PDF…"), self._save, "Ctrl+S")
        self.lock_action = self._action(
            self.tr("Save encrypted PDF…"), self._save_encrypted, "Ctrl+Shift+S"
        )
        self._build()
        self._connect()
        self._let()

    @property
    def shown(self) -> ShownPaper | None:
        return self._shown

    @property
    def actions_of_paper(self) -> Sequence[QAction]:
        return (self.print_action, self.save_action, self.lock_action)

    def show_paper(self, shown: ShownPaper) -> None:
        """Show a paper from its first page."""
        self._shown = shown
        self._pdf = Pdf.of(shown.paper.content)
        pages = count_of(self._pdf.page_count, "page")
        self.title.setText(shown.title)
        self.facts.setText(f"{shown.facts} · {pages}" if shown.facts else pages)
        self.problems.clear_problems()
        self.stale.hide()
        self.contents.show_bookmarks(self._pdf.bookmarks)
        self.view.show_pdf(self._pdf)
        self.strip.show_count(self._pdf.page_count)
        self.contents.follow(1)
        self._let()
        self.view.setFocus()

    def overtake(self, paper: Paper, words: str) -> None:
        """Put the same pages, stamped, in the place of those that the records have overtaken."""
        if self._shown is None:
            return
        page = self.view.page
        self._shown = replace(self._shown, paper=paper)
        self._pdf = Pdf.of(paper.content)
        self.view.show_pdf(self._pdf)
        self.view.go_to(page)
        self.stale_words.setText(words)
        self.stale.show()

    def put_away(self) -> None:
        """Forget the paper: it must not outlive what it was made for."""
        self._shown = self._pdf = None
        self.view.show_nothing()
        self._let()

    def mark_stale(self) -> None:
        """Say that the records are newer than the paper."""
        if self.stale.isHidden():
            self.stale_words.setText(self.tr("The records have changed since this was made."))
        self.stale.setVisible(self._shown is not None)

    @override
    def event(self, event: QEvent) -> bool:
        """Take the keys for larger and smaller: here they are about the paper."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and _zoom_step(cast("QKeyEvent", event)) is not None:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _zoom_step(event)
        if step is None:
            super().keyPressEvent(event)
        elif step:
            self.view.step_zoom(step)
        else:
            self.view.set_zoom(Fit.WIDTH)

    def _action(self, words: str, do: Callable[[], object], keys: str) -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda _on=False: do())
        self.addAction(made)
        return made

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addStretch(1)
        for button in (self.lock_button, self.save_button, self.print_button):
            head.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.contents, 1)
        middle.addWidget(self.view, 3)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 8)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self.stale)
        page.addWidget(self.problems)
        page.addWidget(self.progress)
        page.addWidget(self.strip)
        page.addLayout(middle, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.again.clicked.connect(self.new_wanted)
        self.print_button.clicked.connect(self.print_action.trigger)
        self.save_button.clicked.connect(self.save_action.trigger)
        self.lock_button.clicked.connect(self.lock_action.trigger)
        self.contents.page_wanted.connect(self.view.go_to)
        self.view.page_changed.connect(self.contents.follow)
        self.saving.saved.connect(self._tell_saved)
        self.saving.failed.connect(self._show_error)
        self.printing.progressed.connect(self._let)
        self.printing.finished.connect(self._let)
        self.printing.failed.connect(self._tell_not_printed)

    def _stale_note(self) -> QFrame:
        note = QFrame()
        note.setProperty("role", "note")
        row = QHBoxLayout(note)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(IconLabel("alert-circle", "primary"))
        row.addWidget(self.stale_words, 1)
        row.addWidget(self.again)
        note.hide()
        return note

    @Slot()
    def _ask_to_print(self) -> None:
        self.problems.clear_problems()
        if self._pdf is not None and not self.printing.is_running:
            self.printing.ask(self._pdf, shown=self.view.page)

    @Slot()
    def _save(self) -> None:
        self.problems.clear_problems()
        if self._shown is not None:
            self.saving.save(self._shown.paper, self._shown.name)

    @Slot()
    def _save_encrypted(self) -> None:
        self.problems.clear_problems()
        if self._shown is not None:
            self.saving.save_encrypted(self._shown.paper, self._shown.name)

    @Slot(str)
    def _tell_saved(self, file: str) -> None:
        self._desk.told.emit(self.tr("Saved: %1").replace("%1", file))

    @Slot(object)
    def _show_error(self, error: CocmError) -> None:
        self.problems.show_error(error)

    @Slot()
    def _tell_not_printed(self) -> None:
        self._let()
        words = self.tr(
            "Not everything was printed: the printer did not answer. The paper is still here. "
            "Check that the printer is on and has paper, then print again, or save the PDF."
        )
        self.problems.show_error(Unavailable(words))

    @Slot()
    def _let(self) -> None:
        """Offer what can be done now: a paper that is not shown has no keys."""
        is_shown = self._shown is not None
        self.print_action.setEnabled(is_shown and not self.printing.is_running)
        self.print_button.setEnabled(self.print_action.isEnabled())
        for action in (self.save_action, self.lock_action):
            action.setEnabled(is_shown)


def _zoom_step(event: QKeyEvent) -> int | None:
    """Read Ctrl with plus, minus or 0; None for any other key."""
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return None
    return _ZOOM_KEYS.get(Qt.Key(event.key()))
