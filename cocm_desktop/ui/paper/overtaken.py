"""Telling of the packet in sight which pages the records have overtaken, and marking it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.printed_packet import supersede
from cocm_desktop.domain.printed_packet import PacketState
from cocm_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from cocm_desktop.ui.paper.page import PaperPage

LOOK_EVERY_MS = 10 * 60 * 1_000
"""A packet grows old while nobody changes anything."""


class Overtaken(QObject):
    """Looks after each change, and now and then, as long as a packet is in sight."""

    def __init__(self, desk: Desk, page: PaperPage) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._as_made: Paper | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        desk.changed.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        shown = self._page.shown
        if shown is None or not shown.paper.packet_id:
            self._as_made = None
            return
        if self._as_made is None or self._as_made.packet_id != shown.paper.packet_id:
            self._as_made = shown.paper
        self._desk.read(partial(supersede, paper=self._as_made), self._tell)

    def _tell(self, found: tuple[Paper, PacketState]) -> None:
        paper, state = found
        shown = self._page.shown
        if shown is None or shown.paper.packet_id != paper.packet_id or not state.is_superseded:
            return
        words = self.tr("%1 Every page says so now: prepare it again before you use it.")
        self._page.overtake(paper, words.replace("%1", state.words))
