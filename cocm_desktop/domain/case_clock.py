"""The clock of a review meeting: how long each case is talked about, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from cocm_desktop.domain.case_review import LONGEST_MINUTES
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.review_meeting import CaseTime
from cocm_desktop.domain.wording import SECONDS_A_MINUTE, count_of, minutes_of
from cocm_desktop.errors import Problem, Refused

SAVE_EVERY_SECONDS = 15
LONGEST_SILENCE_MS = 60_000
_MS = 1_000


@dataclass(frozen=True, slots=True)
class CaseClock:
    """Runs for one case at a time. Moments are milliseconds of a clock that never goes back.

    It is looked at once a second; what passes between two looks counts only where it is short: a
    computer that slept was not talking. `missed_ms` is what was left out that way.
    """

    spent_ms: Mapping[EpisodeId, int] = field(default_factory=dict)
    case: EpisodeId | None = None
    is_running: bool = False
    looked_ms: int = 0
    missed_ms: int = 0

    @classmethod
    def of(cls, times: Iterable[CaseTime]) -> CaseClock:
        """Go on from what was kept."""
        return cls({each.episode_id: each.seconds * _MS for each in times})

    def looked_at(self, now_ms: int) -> CaseClock:
        """Add what has passed since the last look to the case that is open."""
        passed = max(0, now_ms - self.looked_ms)
        if not self.is_running or self.case is None:
            return replace(self, looked_ms=now_ms)
        if passed > LONGEST_SILENCE_MS:
            return replace(self, looked_ms=now_ms, missed_ms=self.missed_ms + passed)
        return replace(self, spent_ms=self._added(passed), looked_ms=now_ms)

    def turned_to(self, case: EpisodeId | None, now_ms: int) -> CaseClock:
        """Go on for another case; a paused clock stays paused."""
        looked = self.looked_at(now_ms)
        return looked if case == self.case else replace(looked, case=case, missed_ms=0)

    def paused(self, now_ms: int) -> CaseClock:
        return replace(self.looked_at(now_ms), is_running=False)

    def resumed(self, now_ms: int) -> CaseClock:
        return replace(self.looked_at(now_ms), is_running=True)

    def held(self, now_ms: int) -> CaseClock:
        """Stand still while nobody can see the meeting; what passes is missed, not counted."""
        missed = max(0, now_ms - self.looked_ms) if self.is_running else 0
        return replace(self, looked_ms=now_ms, missed_ms=self.missed_ms + missed)

    def with_missed(self) -> CaseClock:
        """Count what was left out after all: somebody says it was talk."""
        return replace(self, spent_ms=self._added(self.missed_ms), missed_ms=0)

    def without_missed(self) -> CaseClock:
        return replace(self, missed_ms=0)

    def corrected(self, minutes: int) -> CaseClock:
        """Set the time of the open case by hand, or refuse."""
        if not 0 <= minutes <= LONGEST_MINUTES:
            raise Refused(Problem("minutes", f"Type 0 to {LONGEST_MINUTES} minutes."))
        if self.case is None:
            return self
        spent = {**self.spent_ms, self.case: minutes * SECONDS_A_MINUTE * _MS}
        return replace(self, spent_ms=spent)

    @property
    def seconds(self) -> int:
        """What the open case has taken so far."""
        return self.seconds_of(self.case) if self.case else 0

    def seconds_of(self, case: EpisodeId) -> int:
        return self.spent_ms.get(case, 0) // _MS

    @property
    def minutes(self) -> int:
        """The open case in minutes as they are recorded: a started one counts once half is gone."""
        return (self.seconds + SECONDS_A_MINUTE // 2) // SECONDS_A_MINUTE

    @property
    def total_seconds(self) -> int:
        return sum(self.spent_ms.values()) // _MS

    @property
    def missed_words(self) -> str:
        """Say what was left out; empty where it is less than a minute."""
        minutes = minutes_of(self.missed_ms // _MS)
        return count_of(minutes, "minute") if minutes else ""

    def _added(self, more_ms: int) -> Mapping[EpisodeId, int]:
        if self.case is None:
            return self.spent_ms
        return {**self.spent_ms, self.case: self.spent_ms.get(self.case, 0) + more_ms}


@dataclass(frozen=True, slots=True)
class Pace:
    """How a meeting stands: cases done of all, and what is left of its length."""

    done: int
    cases: int
    planned_minutes: int
    spent_seconds: int

    @property
    def left_minutes(self) -> int:
        """Minutes left; below nothing where the meeting has run over."""
        return self.planned_minutes - minutes_of(self.spent_seconds)

    @property
    def left_words(self) -> str:
        if self.left_minutes < 0:
            return f"{-self.left_minutes} min over"
        return f"{self.left_minutes} min left"

    @property
    def pace_words(self) -> str:
        """Minutes for each case that is still to come; empty where there is none or no time."""
        to_come = self.cases - self.done
        if to_come <= 0 or self.left_minutes <= 0:
            return ""
        tenths = self.left_minutes * 10 // to_come
        return f"{tenths // 10}.{tenths % 10} min a case"

    @property
    def words(self) -> str:
        """Say 7 of 18 discussed · 62 min left · 5.6 min a case."""
        done = f"{self.done} of {self.cases} discussed"
        return " · ".join(filter(None, (done, self.left_words, self.pace_words)))
