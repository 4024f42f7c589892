"""Time and the clock: what would end after now, and whose clock the log goes by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from cocm_desktop.actions.time_entry import read_entry, record_time, void_time
from cocm_desktop.actions.time_log import read_time_log
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.time_entry import Activity, TimeEntryDraft
from cocm_desktop.domain.time_log import history_words
from cocm_desktop.errors import Refused
from tests.actions.billing import NOVEMBER
from tests.actions.work import rows_stored


@pytest.mark.parametrize(("minutes", "is_asked"), [(16, False), (17, True)])
def test_time_that_ends_after_now_waits_for_a_yes(
    workspace: Workspace, maria: EpisodeId, minutes: int, *, is_asked: bool
) -> None:
    tonight = workspace.today()
    draft = TimeEntryDraft(maria, tonight, minutes, Activity.OUTREACH, started_at=time(19, 45))
    before = rows_stored(workspace)

    if is_asked:
        with pytest.raises(Refused, match="end at 8:02 PM, which is still to come"):
            record_time(workspace, draft)
        assert rows_stored(workspace) == before
    record_time(workspace, replace(draft, is_confirmed=is_asked))

    assert read_entry(workspace, draft.id).minutes == minutes


def test_the_log_tells_moments_by_the_clock_of_the_practice(
    workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    draft = TimeEntryDraft(maria, date(2026, 11, 9), 20, Activity.OUTREACH)
    record_time(workspace, draft)
    void_time(workspace, draft.id, reason="Twice")

    log = read_time_log(workspace, maria_patient, NOVEMBER)

    told = history_words(log.lines[0], log)
    assert "Signed by M. Bell, LCSW, Nov 30, 2026 8:00 PM" in told
    assert "Voided by M. Bell, LCSW, Nov 30, 2026 8:00 PM: Twice" in told
