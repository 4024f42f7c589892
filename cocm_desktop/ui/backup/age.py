"""How old the newest backup is, for the status line."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Slot

from cocm_desktop.actions.backup import newest_backup_at
from cocm_desktop.domain.backup_age import is_late
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.wording import clock_time, days_ago
from cocm_desktop.ui.desk import Desk


class ShowsAge(Protocol):
    def __call__(self, words: str, *, is_late: bool) -> None: ...


class BackupAge(QObject):
    """Reads when the newest backup was made, and says it in a few words."""

    def __init__(self, desk: Desk, show: ShowsAge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._show = show
        desk.changed.connect(self._read_if_shown)

    def read_again(self) -> None:
        self._desk.read(newest_backup_at, self._say)

    def _say(self, made_at: datetime | None) -> None:
        now = self._desk.now()
        if made_at is None:
            words = self.tr("No backup yet")
        else:
            day = days_ago(made_at.date(), now.date())
            words = self.tr("Backup %1, %2").replace("%1", day).replace("%2", clock_time(made_at))
        self._show(words, is_late=is_late(made_at, now))

    @Slot(object)
    def _read_if_shown(self, change: Change) -> None:
        if change.topics & Topic.BACKUP:
            self.read_again()
