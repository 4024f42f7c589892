"""A closing made in error is taken back; who comes back later begins a new episode."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cocm_desktop.actions.episode import close_episode, enroll, read_latest_episode
from cocm_desktop.actions.episode_phase import change_phase, read_phases, refer
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.reopening import reopen_episode
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft, EpisodeStatus
from cocm_desktop.domain.episode_phase import PhaseDraft, ReferralDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.reopening import DAYS_TO_REOPEN, ReopenDraft
from cocm_desktop.errors import Refused
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage.audit import Action
from cocm_desktop.storage.tables import AuditEntryTable
from tests.actions.work import at, rows_stored
from tests.conftest import CARE_MANAGER, EVENING

CLOSED_ON = date(2026, 11, 20)
WHY = "The daughter called: it was her aunt"


def closed(workspace: Workspace, episode_id: EpisodeId, reason: CloseReason) -> ReopenDraft:
    """Close an episode, and give what takes the closing back."""
    close_episode(workspace, CloseDraft(episode_id, CLOSED_ON, reason, note="words", version=1))
    return ReopenDraft(episode_id, WHY, version=2)


def test_a_death_recorded_in_error_is_taken_back(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = closed(workspace, maria, CloseReason.DIED)
    [dead] = read_registry(workspace).rows

    reopen_episode(workspace, draft)

    episode = read_latest_episode(workspace, maria_patient)
    [row] = read_registry(workspace).rows
    assert (dead.status_words, dead.died_on) == ("Died", CLOSED_ON)
    assert (row.status_words, row.died_on) == ("Active", None)
    assert (episode.closed_on, episode.close_reason, episode.close_note) == (None, None, "")
    assert episode.enrolled_on == date(2026, 10, 1)


def test_closing_and_error_stay_in_the_history_and_in_the_audit(
    workspace: Workspace, maria: EpisodeId
) -> None:
    reopen_episode(workspace, closed(workspace, maria, CloseReason.DIED))

    *_, closing, back = read_phases(workspace, maria)
    assert (closing.to_status, closing.reason) == (EpisodeStatus.CLOSED, "Died")
    assert (back.from_status, back.to_status) == (EpisodeStatus.CLOSED, EpisodeStatus.ACTIVE)
    assert (back.changed_on, back.reason) == (CLOSED_ON, f"Closing taken back: {WHY}")
    with workspace.database.read() as session:
        written = select(AuditEntryTable.code).where(AuditEntryTable.action != Action.READ.value)
        codes = session.scalars(written.order_by(AuditEntryTable.seq)).all()
    assert codes[-2:] == ["episode.closed", "episode.reopened"]


def test_an_episode_goes_on_in_the_phase_in_which_it_was_closed(
    workspace: Workspace, maria: EpisodeId
) -> None:
    held = PhaseDraft(maria, EpisodeStatus.ON_HOLD, date(2026, 11, 10), "Abroad", version=1)
    change_phase(workspace, held)
    withdrew = CloseDraft(maria, CLOSED_ON, CloseReason.WITHDREW, version=2)
    close_episode(workspace, withdrew)

    reopen_episode(workspace, ReopenDraft(maria, WHY, version=3))

    [row] = read_registry(workspace).rows
    assert row.status is EpisodeStatus.ON_HOLD
    back = PhaseDraft(maria, EpisodeStatus.ACTIVE, date(2026, 11, 15), version=4)
    change_phase(workspace, back)
    earlier = CloseDraft(maria, date(2026, 11, 18), CloseReason.WITHDREW, version=5)
    close_episode(workspace, earlier)
    assert read_registry(workspace).rows[0].closed_on == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("enrolled_on", "status"),
    [(date(2026, 10, 1), EpisodeStatus.ACTIVE), (None, EpisodeStatus.CONSENTED)],
)
def test_an_episode_closed_before_phases_were_kept_goes_on_by_its_dates(
    workspace: Workspace, maria: EpisodeId, enrolled_on: date | None, status: EpisodeStatus
) -> None:
    with workspace.database.write() as session:
        closed_then = replace(
            episodes.get(session, maria),
            status=EpisodeStatus.CLOSED,
            enrolled_on=enrolled_on,
            closed_on=CLOSED_ON,
            close_reason=CloseReason.DIED,
        )
        episodes.update(session, closed_then)

    reopen_episode(workspace, ReopenDraft(maria, WHY, version=2))

    assert read_registry(workspace).rows[0].status is status


def test_a_referral_closed_in_error_is_a_referral_again(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    referral = ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 2))
    episode_id = EpisodeId(refer(workspace, referral).record_id)
    close_episode(workspace, CloseDraft(episode_id, CLOSED_ON, CloseReason.DECLINED))

    reopen_episode(workspace, ReopenDraft(episode_id, WHY, version=2))

    assert read_registry(workspace).rows[0].status is EpisodeStatus.REFERRED


@pytest.mark.parametrize("reason", [CloseReason.WITHDREW, CloseReason.DIED])
@pytest.mark.parametrize("days", [DAYS_TO_REOPEN, DAYS_TO_REOPEN + 1])
def test_a_closing_is_taken_back_within_a_week_and_a_death_at_any_time(
    workspace: Workspace, maria: EpisodeId, reason: CloseReason, days: int
) -> None:
    draft = closed(workspace, maria, reason)
    later = at(workspace, EVENING + timedelta(days=days))
    stored = rows_stored(workspace)

    if days > DAYS_TO_REOPEN and reason is not CloseReason.DIED:
        with pytest.raises(Refused, match="until Dec 7, 2026"):
            reopen_episode(later, draft)
        assert rows_stored(workspace) == stored
    else:
        reopen_episode(later, draft)
        assert read_registry(workspace).rows[0].is_open


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        pytest.param(ReopenDraft(EpisodeId(""), " "), "Say why", id="no reason"),
        pytest.param(ReopenDraft(EpisodeId(""), "x" * 201), "at most 200", id="a long one"),
        pytest.param(
            ReopenDraft(EpisodeId(""), WHY, is_confirmed=False), "tick the box", id="not compared"
        ),
        pytest.param(ReopenDraft(EpisodeId(""), WHY, version=1), "another screen", id="stale"),
    ],
)
def test_what_does_not_hold_takes_nothing_back(
    workspace: Workspace, maria: EpisodeId, draft: ReopenDraft, message: str
) -> None:
    closed(workspace, maria, CloseReason.DIED)
    stored = rows_stored(workspace)
    version = 1 if message == "another screen" else 2
    whole = ReopenDraft(maria, draft.reason, version, is_confirmed=draft.is_confirmed)

    with pytest.raises(Refused, match=message):
        reopen_episode(workspace, whole)

    assert rows_stored(workspace) == stored
    assert read_registry(workspace).rows[0].died_on == CLOSED_ON


def test_an_open_episode_is_not_reopened(workspace: Workspace, maria: EpisodeId) -> None:
    stored = rows_stored(workspace)

    with pytest.raises(Refused, match="open already"):
        reopen_episode(workspace, ReopenDraft(maria, WHY))

    assert rows_stored(workspace) == stored


def test_an_earlier_episode_stays_closed_beside_a_later_one(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = closed(workspace, maria, CloseReason.WITHDREW)
    again = EnrollDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 25), ConsentMethod.VERBAL)
    enroll(workspace, again)
    stored = rows_stored(workspace)

    with pytest.raises(Refused, match="a later episode"):
        reopen_episode(workspace, draft)

    assert rows_stored(workspace) == stored
