"""Saving a paper as a file: where, under which name, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.papers import Paper, write_paper
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.lock_dialog import LockPaperDialog
from cocm_desktop.ui.widgets.new_file import ask_new_file

SUFFIX = ".pdf"


class PaperSaving(QObject):
    """Asks where, then writes whole or not at all. The folder is remembered on this computer."""

    saved = Signal(str)
    """The file that was written, as a person reads it."""
    failed = Signal(object)
    """A CocmError; what was on disk before is as it was."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def save(self, paper: Paper, name: str) -> None:
        """Ask where to save a paper; `name` is offered, without its suffix."""
        proposed = self._folder() / f"{name}{SUFFIX}"
        chosen = partial(self.write, paper)
        ask_new_file(self._window, self.tr("Save PDF"), proposed, kind="PDF", chosen=chosen)

    def save_encrypted(self, paper: Paper, name: str) -> None:
        """Ask for a password, then where to save."""
        dialog = LockPaperDialog(self._desk, paper, self._window)
        dialog.locked.connect(lambda locked: self.save(locked, f"{name}-encrypted"))
        dialog.open()

    def write(self, paper: Paper, file: Path) -> None:
        """Write the paper to a file."""
        done: Callable[[None], object] = lambda _nothing: self._done(file)  # noqa: E731
        self._desk.read(lambda _workspace: write_paper(paper, file), done, failed=self._fail)

    def _folder(self) -> Path:
        """Give the folder of the last paper; none where it is gone."""
        kept = self._desk.computer.settings.paper_folder
        return Path(kept) if kept and Path(kept).is_dir() else Path()

    def _done(self, file: Path) -> None:
        self._desk.computer.change(paper_folder=str(file.parent))
        self.saved.emit(str(file))

    def _fail(self, error: CocmError) -> None:
        self.failed.emit(error)
