"""Looks after the file behind the work: whether its audit is whole, and the newest seen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.anchors import (
    ChainReport,
    FileLook,
    LongCheck,
    continue_check,
    keep_anchor,
    look_at_file,
    require_newest,
)
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.unlock.older import OlderFileDialog

FIRST_LOOK_MS = 4_000
"""After the first screen has been read: nobody waits for this."""
KEEP_EVERY_MS = 5 * 60 * 1_000
"""Source: an anchor of the audit each five minutes, so that no more can be cut off unnoticed."""


class AuditGuard(QObject):
    """A look soon after each unlock; all entries once a week, in steps; an anchor now and then."""

    lock_wanted = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(FIRST_LOOK_MS)
        self._first.timeout.connect(self.look)
        self._often = QTimer(self)
        self._often.setInterval(KEEP_EVERY_MS)
        self._often.timeout.connect(self.keep)

    def begin(self) -> None:
        """Look soon, and keep an anchor every few minutes from then on."""
        self._first.start()
        self._often.start()

    @Slot()
    def look(self) -> None:
        self._desk.read(look_at_file, self._show)

    @Slot()
    def keep(self) -> None:
        self._desk.read(partial(keep_anchor, everywhere=True), lambda _none: None)

    def _show(self, look: FileLook) -> None:
        if look.broken:
            self._tell_broken(look.broken)
        elif look.older:
            self._ask(look.older)
        elif look.is_check_due:
            self._go_on(LongCheck(), None)

    def _go_on(self, check: LongCheck, report: ChainReport | None) -> None:
        """Check a step more, and let what a person asked for come between."""
        if report is None:
            step = partial(continue_check, check=check)
            self._desk.read(step, partial(self._go_on, check))
        elif report.words:
            self._tell_broken(report.words)

    def _tell_broken(self, words: str) -> None:
        safe = self.tr(
            "Nothing was changed. Make a backup to another disk, keep this file, and find out "
            "who worked on it."
        )
        self._desk.unavailable.emit(f"{words} {safe}")

    def _ask(self, words: str) -> None:
        dialog = OlderFileDialog(words, self._window)
        dialog.accepted_because.connect(self._accept)
        dialog.rejected.connect(self.lock_wanted)
        dialog.open()

    @Slot(str)
    def _accept(self, reason: str) -> None:
        accept = partial(require_newest, accepted=reason, everywhere=True)
        self._desk.read(accept, lambda _accepted: None, failed=self._refuse)

    def _refuse(self, error: CocmError) -> None:
        self._ask(str(error))
