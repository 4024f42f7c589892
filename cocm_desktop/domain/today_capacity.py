"""How full a caseload is, beside its goal, and when the next case review is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import FULL_TIME
from cocm_desktop.domain.today_viewer import Viewer


@dataclass(frozen=True, slots=True)
class Capacity:
    """Who is in treatment now, beside the goal for the part of full time that cares for them."""

    active: int
    in_prevention: int
    on_hold: int
    least: int
    most: int

    @property
    def words(self) -> str:
        """Write 62 active · 9 in relapse prevention · goal 60–100."""
        parts = (
            f"{self.active:,} active",
            f"{self.in_prevention:,} in relapse prevention" if self.in_prevention else "",
            f"{self.on_hold:,} on hold" if self.on_hold else "",
            f"goal {self.least:,}–{self.most:,}",
        )
        return " · ".join(filter(None, parts))

    @property
    def stands(self) -> str:
        """Say in a word how the caseload stands to its goal."""
        if self.active < self.least:
            return f"{self.least - self.active:,} below the goal"
        return f"{self.active - self.most:,} above the goal" if self.active > self.most else ""


def capacity_of(
    viewer: Viewer, rows: Sequence[RegistryRow], *, full_time_percent: int
) -> Capacity | None:
    """Count the caseload of a board; None for whoever has none.

    `full_time_percent` is that of all care managers together: it makes the goal of a team.

    Source of the goal: the practice's clinical settings, per full-time care manager.
    """
    if not rows or not (viewer.is_care_manager or viewer.whole_team):
        return None
    mine = [r for r in rows if viewer.whole_team or r.care_manager_id == viewer.member.id]
    settings = rows[0].settings
    of_team = full_time_percent or FULL_TIME
    percent = of_team if viewer.whole_team else viewer.member.full_time_percent
    return Capacity(
        active=_in(mine, EpisodeStatus.ACTIVE),
        in_prevention=_in(mine, EpisodeStatus.RELAPSE_PREVENTION),
        on_hold=_in(mine, EpisodeStatus.ON_HOLD),
        least=settings.caseload_least * percent // FULL_TIME,
        most=settings.caseload_most * percent // FULL_TIME,
    )


def _in(rows: Sequence[RegistryRow], status: EpisodeStatus) -> int:
    return sum(row.status is status for row in rows)


def next_review_on(
    rows: Sequence[RegistryRow], *, today: date, planned_on: date | None = None
) -> date | None:
    """Give the day of the next case review: as planned, or one meeting after the last.

    None before the first.
    """
    if planned_on is not None and rows:
        return planned_on
    last = max((row.last_review_on for row in rows if row.last_review_on), default=None)
    if last is None:
        return None
    return max(last + timedelta(days=rows[0].settings.meeting_days), today)
