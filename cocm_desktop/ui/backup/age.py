"""The age of the newest backup, for the status line; said aloud when it is too old."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Slot

from cocm_desktop.actions.backup import BackupStatus, read_status
from cocm_desktop.domain.backup_plan import Age
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.wording import clock_time, days_ago, long_moment
from cocm_desktop.ui.desk import Desk


class ShowsAge(Protocol):
    def __call__(self, words: str, *, is_late: bool) -> None: ...


class BackupAge(QObject):
    """Reads when the newest backup was made, and says it in a few words."""

    def __init__(self, desk: Desk, show: ShowsAge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._show = show
        self._is_told = False
        desk.changed.connect(self._read_if_shown)

    def read_again(self) -> None:
        self._desk.read(read_status, self._say)

    def _say(self, status: BackupStatus) -> None:
        made_at = status.newest_at
        if made_at is None:
            words = self.tr("No backup yet")
        else:
            day = days_ago(made_at.date(), self._desk.now().date())
            words = self.tr("Backup %1, %2").replace("%1", day).replace("%2", clock_time(made_at))
            if status.is_copy_due:
                words = self.tr("%1; copy to the second place due").replace("%1", words)
            self._warn(status, long_moment(made_at))
        self._show(words, is_late=status.age is not Age.GOOD)

    def _warn(self, status: BackupStatus, moment: str) -> None:
        """Say once a sitting that a backup is overdue."""
        if status.age is Age.LATE and not self._is_told:
            self._is_told = True
            words = self.tr(
                "The newest backup was made %1, and records are newer. They are safe in the "
                "clinic's file. Make a backup under Settings, Backup."
            )
            self._desk.unavailable.emit(words.replace("%1", moment))

    @Slot(object)
    def _read_if_shown(self, change: Change) -> None:
        if change.topics & Topic.BACKUP:
            self.read_again()
