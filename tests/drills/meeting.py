"""Kill the program in the middle of a review meeting, and see which minutes are on file.

The clock beside the cases runs fast, a second at a time; the process tells each second before it
passes, and goes from case to case.
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from cocm_desktop.actions.meeting_agenda import read_meeting_agenda
from cocm_desktop.actions.review_meeting import plan_meeting, read_meetings, start_meeting
from cocm_desktop.actions.session import lock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_clock import SAVE_EVERY_SECONDS
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId
from cocm_desktop.domain.review_meeting import ReviewMeetingDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.review.case_ticker import CaseTicker
from cocm_desktop.ui.work import InlineWork
from tests.drills.clinic import AS_OF, make_clinic, opened
from tests.drills.timer import killed_after

LONGEST_SECONDS = 400
SECONDS_A_CASE = 70


class FastTicker(CaseTicker):
    """A ticker on a clock of our own."""

    at_ms = 0

    def now_ms(self) -> int:
        return self.at_ms


def drill(folder: Path, cycles: int, *, seed: int = 1) -> tuple[int, int, list[str]]:
    """Give how many were killed, the most seconds lost, and a sentence for each fault."""
    chance, killed, most, wrong = random.Random(seed), 0, 0, []
    make_clinic(folder)
    workspace = _here(folder)
    meetings = [plan_meeting(workspace, ReviewMeetingDraft(AS_OF.date())) for _ in range(cycles)]
    lock(workspace)
    for number, planned in enumerate(meetings):
        run = ["tests.drills.meeting", str(folder), planned.record_id]
        true = killed_after(run, chance.randint(1, LONGEST_SECONDS), pause=chance.random())
        killed += true is not None
        lost = (true or 0) - _kept(folder, planned.record_id)
        most = max(most, lost)
        if not -1 <= lost <= SAVE_EVERY_SECONDS:
            wrong.append(f"cycle {number}: {lost} of {true} seconds are not on file")
    return killed, most, wrong


def _here(folder: Path) -> Workspace:
    return replace(opened(folder), now=lambda: AS_OF)


def _kept(folder: Path, meeting_id: str) -> int:
    workspace = _here(folder)
    try:
        found = read_meetings(workspace).of(meeting_id)
        if found is None:
            return -LONGEST_SECONDS
        return sum(each.seconds for each in found.case_times)
    finally:
        lock(workspace)


def _run(folder: Path, meeting_id: ReviewMeetingId) -> None:
    """Go from case to case until somebody ends us."""
    _app = QApplication([])
    workspace = _here(folder)
    start_meeting(workspace, meeting_id)
    entries = read_meeting_agenda(workspace, meeting_id).agenda.entries
    cases = [EpisodeId(entry.row.episode_id or "") for entry in entries]
    ticker = FastTicker(Desk(workspace, InlineWork()), lambda: True)
    ticker.begin(meeting_id, ())
    for second in range(LONGEST_SECONDS * 100):
        print(second, flush=True)
        ticker.at_ms = second * 1_000
        if second % SECONDS_A_CASE == 0:
            ticker.turn_to(cases[second // SECONDS_A_CASE % len(cases)])
        ticker.look()


if __name__ == "__main__":
    _run(Path(sys.argv[1]), ReviewMeetingId(sys.argv[2]))
