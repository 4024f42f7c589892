"""Phases of an episode: from where to where, on which day, with what in hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.episode_phase import PaceDraft, Phase, PhaseDraft, ReferralDraft
from cocm_desktop.domain.follow_up import INTERVALS
from cocm_desktop.errors import Refused
from tests.builders import BELL, ENROLLED_ON, MARIA, MARIAS_EPISODE, TODAY, an_episode

ACTIVE, HOLD = EpisodeStatus.ACTIVE, EpisodeStatus.ON_HOLD
PREVENTION = EpisodeStatus.RELAPSE_PREVENTION
BORN_ON = date(1971, 4, 5)
SINCE = ENROLLED_ON + timedelta(days=30)


def to(status: EpisodeStatus, **changes: Any) -> PhaseDraft:
    given: dict[str, Any] = {"changed_on": TODAY, "reason": "In hospital", **changes}
    return PhaseDraft(MARIAS_EPISODE, status, **given)


def problems(
    draft: PhaseDraft, now: EpisodeStatus = ACTIVE, *, plan_on: date | None = TODAY
) -> list[str]:
    episode = an_episode(status=now)
    found = draft.problems(episode, today=TODAY, since=SINCE, plan_on=plan_on)
    return [f"{problem.field}: {problem.message}" for problem in found]


ALLOWED = {
    (ACTIVE, PREVENTION),
    (ACTIVE, HOLD),
    (PREVENTION, ACTIVE),
    (PREVENTION, HOLD),
    (HOLD, ACTIVE),
    (HOLD, PREVENTION),
    (EpisodeStatus.REFERRED, EpisodeStatus.WAIT_LISTED),
    (EpisodeStatus.WAIT_LISTED, EpisodeStatus.REFERRED),
}


@pytest.mark.parametrize("now", EpisodeStatus)
@pytest.mark.parametrize("then", EpisodeStatus)
def test_from_where_to_where(now: EpisodeStatus, then: EpisodeStatus) -> None:
    allowed = problems(to(then), now) == []

    assert allowed is ((now, then) in ALLOWED)


@pytest.mark.parametrize(
    ("draft", "plan_on", "words"),
    [
        pytest.param(to(PREVENTION), None, "plan: Write the relapse", id="no plan"),
        pytest.param(
            to(PREVENTION, changed_on=TODAY - timedelta(days=1)),
            TODAY,
            "changed_on: The relapse prevention plan is of Nov 20, 2026.",
            id="the plan came later",
        ),
        pytest.param(to(HOLD, reason=" "), None, "reason: Say why", id="no reason to hold"),
        pytest.param(
            PhaseDraft(MARIAS_EPISODE, None, TODAY),
            None,
            "status: Choose the phase.",
            id="no phase",
        ),
        pytest.param(to(HOLD, reason="x" * 201), None, "reason: A reason has", id="long"),
        pytest.param(to(HOLD, changed_on=None), None, "changed_on: Type the day", id="no day"),
        pytest.param(
            to(HOLD, changed_on=TODAY + timedelta(days=1)), None, "changed_on: A change", id="soon"
        ),
        pytest.param(
            to(HOLD, changed_on=SINCE - timedelta(days=1)),
            None,
            "changed_on: The last phase began on Oct 4, 2026.",
            id="before the last phase",
        ),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    draft: PhaseDraft, plan_on: date | None, words: str
) -> None:
    [found] = problems(draft, plan_on=plan_on)

    assert found.startswith(words)
    with pytest.raises(Refused):
        draft.accept(an_episode(), today=TODAY, since=SINCE, plan_on=plan_on)


def test_on_the_day_of_the_plan_and_of_the_last_phase_is_early_enough() -> None:
    assert problems(to(PREVENTION, changed_on=SINCE), plan_on=SINCE) == []


def test_without_a_phase_on_record_the_start_counts() -> None:
    draft = to(HOLD, changed_on=ENROLLED_ON - timedelta(days=1))

    [problem] = draft.problems(an_episode(), today=TODAY, since=None, plan_on=None)

    assert "Sep 4, 2026" in problem.message


def test_an_accepted_change_says_from_where_to_where() -> None:
    phase = to(HOLD, reason=" In hospital ").accept(
        an_episode(), today=TODAY, since=SINCE, plan_on=None
    )

    assert phase == Phase(MARIAS_EPISODE, ACTIVE, HOLD, TODAY, "In hospital")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"care_manager_id": None}, "care_manager_id"),
        ({"referred_on": None}, "referred_on"),
        ({"referred_on": TODAY + timedelta(days=1)}, "referred_on"),
        ({"referred_on": BORN_ON}, None),
        ({"referred_on": BORN_ON - timedelta(days=1)}, "referred_on"),
    ],
)
def test_a_referral(changes: dict[str, Any], field: str | None) -> None:
    given: dict[str, Any] = {"care_manager_id": BELL, "referred_on": TODAY, **changes}
    draft = ReferralDraft(MARIA, **given)

    found = [problem.field for problem in draft.problems(today=TODAY, born_on=BORN_ON)]

    assert found == ([field] if field else [])
    if field:
        with pytest.raises(Refused):
            draft.accept(today=TODAY, born_on=BORN_ON)
    else:
        episode, phase = draft.accept(today=TODAY, born_on=BORN_ON)
        assert (episode.status, episode.enrolled_on) == (EpisodeStatus.REFERRED, None)
        assert phase.changed_on == episode.referred_on


@pytest.mark.parametrize(
    ("interval", "target", "fields"),
    [
        *((weeks, None, []) for weeks in (None, 0, *INTERVALS)),
        (5, None, ["interval_weeks"]),
        (-1, None, ["interval_weeks"]),
        (None, 1, []),
        (None, 27, []),
        (None, 0, ["target_below"]),
        (None, 28, ["target_below"]),
    ],
)
def test_a_pace_and_a_target(interval: int | None, target: int | None, fields: list[str]) -> None:
    draft = PaceDraft(MARIAS_EPISODE, interval, target)

    assert [problem.field for problem in draft.problems(highest_total=27)] == fields


def test_the_wait_list_has_its_reason_and_comes_after_the_referral() -> None:
    waits = to(EpisodeStatus.WAIT_LISTED, reason="")
    referred = an_episode(
        status=EpisodeStatus.REFERRED, enrolled_on=None, referred_on=TODAY + timedelta(days=1)
    )

    found = waits.problems(referred, today=TODAY, since=None, plan_on=None)

    assert [problem.message for problem in found] == [
        "The last phase began on Nov 21, 2026. Choose that day or a later one.",
        "Say what the patient waits for.",
    ]
