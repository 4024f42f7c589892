"""Keeps the minutes of the case that is talked about, and has them stored as they run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from cocm_desktop.actions.review_meeting import keep_case_time
from cocm_desktop.domain.case_clock import SAVE_EVERY_SECONDS, CaseClock
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId
from cocm_desktop.domain.review_meeting import CaseTime
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk

_A_SECOND = 1_000


class CaseTicker(QObject):
    """Looks at the clock once a second; what it counts is stored every quarter of a minute."""

    moved = Signal()
    """The clock stands otherwise: show it."""

    def __init__(
        self, desk: Desk, is_seen: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        """Count while `is_seen`: a locked program shows nobody the case, and can store nothing."""
        super().__init__(parent)
        self._is_seen = is_seen
        self.clock = CaseClock()
        self._desk = desk
        self._meeting_id = ReviewMeetingId("")
        self._kept: dict[EpisodeId, int] = {}
        self._is_told = False
        self._next_try_ms = 0
        self._steady = QElapsedTimer()
        self._steady.start()
        self._seconds = QTimer(self)
        self._seconds.setInterval(_A_SECOND)
        self._seconds.timeout.connect(self.look)

    def now_ms(self) -> int:
        return self._steady.elapsed()

    def begin(self, meeting_id: ReviewMeetingId, times: Iterable[CaseTime]) -> None:
        """Go on with a meeting from what was kept of it."""
        known = tuple(times)
        self._meeting_id = meeting_id
        self._kept = {each.episode_id: each.seconds for each in known}
        self.clock = CaseClock.of(known).resumed(self.now_ms())
        self._seconds.start()

    def turn_to(self, case: EpisodeId | None) -> None:
        """Go on for another case; that of the one before is stored."""
        self.clock = self.clock.turned_to(case, self.now_ms())
        self.keep()
        self.moved.emit()

    def pause(self) -> None:
        self.clock = self.clock.paused(self.now_ms())
        self.keep()
        self.moved.emit()

    def resume(self) -> None:
        self.clock = self.clock.resumed(self.now_ms())
        self.moved.emit()

    def correct(self, minutes: int) -> None:
        """Set the minutes of the open case, or refuse."""
        self.look()
        self.clock = self.clock.corrected(minutes)
        self.keep()
        self.moved.emit()

    def count_missed(self, *, was_talk: bool) -> None:
        clock = self.clock
        self.clock = clock.with_missed() if was_talk else clock.without_missed()
        self.keep()
        self.moved.emit()

    def stop(self) -> None:
        """Leave the meeting; what was counted is stored."""
        self._seconds.stop()
        self.clock = self.clock.paused(self.now_ms())
        self.keep()

    def stop_without_keeping(self) -> None:
        """Leave a meeting that has ended, and its minutes with it."""
        self._seconds.stop()
        self.clock = CaseClock()

    @Slot()
    def look(self) -> None:
        """Count on, and store what has become a quarter of a minute more."""
        if not self._is_seen():
            self.clock = self.clock.held(self.now_ms())
            return
        self.clock = self.clock.looked_at(self.now_ms())
        is_due = any(more >= SAVE_EVERY_SECONDS for more in self._unkept().values())
        if is_due and self.now_ms() >= self._next_try_ms:
            self.keep()
        self.moved.emit()

    def keep(self) -> None:
        """Store the seconds of every case that has others than were stored."""
        if not self._is_seen():
            return
        for case in self._unkept():
            seconds = self.clock.seconds_of(case)
            self._kept[case] = seconds
            question = partial(
                keep_case_time, meeting_id=self._meeting_id, episode_id=case, seconds=seconds
            )
            self._desk.read(question, self._note_kept, failed=self._tell_once)

    def _unkept(self) -> dict[EpisodeId, int]:
        """Give how many seconds more, or less after a correction, each case has than is stored."""
        counted = {case: self.clock.seconds_of(case) for case in self.clock.spent_ms}
        return {
            case: abs(seconds - self._kept.get(case, 0))
            for case, seconds in counted.items()
            if seconds != self._kept.get(case, 0)
        }

    def _note_kept(self, _change: object) -> None:
        self._is_told = False

    def _tell_once(self, error: CocmError) -> None:
        """Tell of a full disk once, and try again with the next quarter of a minute."""
        self._kept = {}
        self._next_try_ms = self.now_ms() + SAVE_EVERY_SECONDS * _A_SECOND
        if not self._is_told:
            self._desk.tell(error)
        self._is_told = True
