"""Episodes: the order of their dates, weeks in treatment, closing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.consent import CONSENT_STATEMENTS, ConsentMethod
from cocm_desktop.domain.episode import (
    CloseReason,
    EnrollDraft,
    EpisodeStatus,
    weeks_between,
)
from cocm_desktop.domain.ids import EpisodeId, is_id
from cocm_desktop.errors import Refused
from tests.builders import (
    BELL,
    CONSENTED_ON,
    ENROLLED_ON,
    MARIAS_EPISODE,
    OSEI,
    REFERRED_ON,
    TODAY,
    a_close_draft,
    a_closed_episode,
    an_enroll_draft,
    an_episode,
    id_of,
)

BORN_ON = date(1971, 4, 5)
TOMORROW = TODAY + timedelta(days=1)


def problems(draft: EnrollDraft) -> list[tuple[str, str]]:
    return [(p.field, p.message) for p in draft.problems(today=TODAY, born_on=BORN_ON)]


def test_enrolling_makes_the_episode_the_consent_and_the_diagnosis() -> None:
    draft = an_enroll_draft(diagnosis_code=" f331 ")

    episode, consent, diagnosis = draft.accept(today=TODAY, born_on=BORN_ON, staff_id=BELL)

    assert (episode.id, episode.status) == (MARIAS_EPISODE, EpisodeStatus.ACTIVE)
    assert episode.version == 1
    assert (episode.referred_on, episode.enrolled_on) == (REFERRED_ON, ENROLLED_ON)
    assert (episode.care_manager_id, episode.treating_practitioner_id) == (BELL, OSEI)
    assert (consent.episode_id, consent.given_on) == (MARIAS_EPISODE, CONSENTED_ON)
    assert (consent.method, consent.obtained_by) == (ConsentMethod.VERBAL, BELL)
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.noted_on) == ("F33.1", ENROLLED_ON)
    assert is_id(consent.id)
    assert is_id(diagnosis.id)


def test_consent_alone_is_no_enrollment() -> None:
    draft = an_enroll_draft(enrolled_on=None)

    episode, consent, diagnosis = draft.accept(today=TODAY, born_on=BORN_ON, staff_id=BELL)

    assert (episode.status, episode.enrolled_on) == (EpisodeStatus.CONSENTED, None)
    assert consent.given_on == CONSENTED_ON
    assert diagnosis is not None
    assert diagnosis.noted_on == CONSENTED_ON


def test_a_diagnosis_may_wait() -> None:
    draft = an_enroll_draft(diagnosis_code="  ")

    assert draft.accept(today=TODAY, born_on=BORN_ON, staff_id=BELL)[2] is None


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        pytest.param({"care_manager_id": None}, "care_manager_id", "Choose", id="care manager"),
        pytest.param({"consented_on": None}, "consented_on", "gave consent", id="consent"),
        pytest.param({"told": frozenset()}, "told", "each statement; 3 left", id="told nothing"),
        pytest.param(
            {"told": frozenset(CONSENT_STATEMENTS[:2])}, "told", "1 left", id="told in part"
        ),
        pytest.param({"diagnosis_code": "sad"}, "diagnosis_code", "sad is not", id="diagnosis"),
        pytest.param({"enrolled_on": TOMORROW}, "enrolled_on", "future", id="enrolled tomorrow"),
        pytest.param(
            {"consented_on": ENROLLED_ON + timedelta(days=1)},
            "enrolled_on",
            "The initial assessment cannot come before the consent, Sep 5, 2026.",
            id="assessed before consent",
        ),
        pytest.param(
            {"referred_on": CONSENTED_ON + timedelta(days=1)},
            "consented_on",
            "The consent cannot come before the referral, Sep 2, 2026.",
            id="consent before referral",
        ),
        pytest.param(
            {"referred_on": date(1971, 4, 4)},
            "referred_on",
            "before the patient's birth",
            id="birth",
        ),
    ],
)
def test_a_slip_is_refused_beside_its_field(
    changes: dict[str, Any], field: str, message: str
) -> None:
    draft = an_enroll_draft(**changes)

    with pytest.raises(Refused, match=message) as refusal:
        draft.accept(today=TODAY, born_on=BORN_ON, staff_id=BELL)

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_all_three_dates_may_be_today_and_the_day_of_birth() -> None:
    draft = an_enroll_draft(referred_on=TODAY, consented_on=TODAY, enrolled_on=TODAY)

    assert list(draft.problems(today=TODAY, born_on=TODAY)) == []


def test_without_a_consent_date_the_assessment_is_held_against_the_referral() -> None:
    draft = an_enroll_draft(consented_on=None, enrolled_on=REFERRED_ON - timedelta(days=1))

    assert [field for field, _ in problems(draft)] == ["consented_on", "enrolled_on"]


DAYS = st.dates(date(2026, 8, 1), TODAY)


@given(st.none() | DAYS, DAYS, st.none() | DAYS)
def test_only_dates_in_order_are_accepted(
    referred_on: date | None, consented_on: date, enrolled_on: date | None
) -> None:
    draft = an_enroll_draft(
        referred_on=referred_on, consented_on=consented_on, enrolled_on=enrolled_on
    )

    typed = [day for day in (referred_on, consented_on, enrolled_on) if day]
    assert (problems(draft) == []) is (typed == sorted(typed))


# Source: clinical rules 2.9: week 8 opens on day 56, the plateau on day 70, week 12 on day 84.
@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 1, 4), 0),
        (date(2026, 1, 5), 0),
        (date(2026, 1, 11), 0),
        (date(2026, 1, 12), 1),
        (date(2026, 2, 2), 4),
        (date(2026, 3, 1), 7),
        (date(2026, 3, 2), 8),
        (date(2026, 3, 15), 9),
        (date(2026, 3, 16), 10),
        (date(2026, 3, 30), 12),
    ],
)
def test_weeks_in_treatment_are_whole_weeks(day: date, week: int) -> None:
    assert an_episode(enrolled_on=date(2026, 1, 5)).week_on(day) == week


def test_seventy_days_from_new_year_2025() -> None:
    assert weeks_between(date(2025, 1, 1), date(2025, 3, 12)) == 10
    assert weeks_between(date(2025, 1, 1), date(2025, 3, 11)) == 9


def test_weeks_stop_at_the_closing_and_do_not_begin_before_enrollment() -> None:
    closed = a_closed_episode(closed_on=ENROLLED_ON + timedelta(weeks=3))

    assert closed.week_on(TODAY) == 3
    assert closed.week_on(ENROLLED_ON + timedelta(weeks=2)) == 2
    assert an_episode(enrolled_on=None).week_on(TODAY) is None


def test_a_referral_is_not_yet_open_and_a_closed_episode_no_longer() -> None:
    not_open = {status for status in EpisodeStatus if not status.is_open}

    assert not_open == {
        EpisodeStatus.REFERRED,
        EpisodeStatus.WAIT_LISTED,
        EpisodeStatus.CLOSED,
    }


@pytest.mark.parametrize(
    ("reason", "status", "fits"),
    [
        (CloseReason.GRADUATED, EpisodeStatus.ACTIVE, True),
        (CloseReason.GRADUATED, EpisodeStatus.REFERRED, False),
        (CloseReason.DECLINED, EpisodeStatus.REFERRED, True),
        (CloseReason.DECLINED, EpisodeStatus.ACTIVE, False),
        (CloseReason.NOT_ELIGIBLE, EpisodeStatus.CONSENTED, False),
        (CloseReason.REDIRECTED, EpisodeStatus.WAIT_LISTED, True),
        (CloseReason.REDIRECTED, EpisodeStatus.ACTIVE, False),
        (CloseReason.LOST_TO_FOLLOW_UP, EpisodeStatus.WAIT_LISTED, False),
        (CloseReason.ENROLLED_IN_ERROR, EpisodeStatus.ACTIVE, True),
        (CloseReason.MOVED, EpisodeStatus.REFERRED, True),
        (CloseReason.MOVED, EpisodeStatus.ON_HOLD, True),
    ],
)
def test_a_referral_ends_for_other_reasons_than_care(
    reason: CloseReason, status: EpisodeStatus, *, fits: bool
) -> None:
    draft = a_close_draft(reason=reason, note="In a few words")

    found = [*draft.problems(today=TODAY, consented_on=None, last_record_on=None, status=status)]

    assert reason.fits(status) is fits
    assert [problem.field for problem in found] == ([] if fits else ["reason"])


def test_an_enrollment_goes_on_in_the_episode_of_its_referral() -> None:
    referred = an_episode(
        id=EpisodeId(id_of("referral")), status=EpisodeStatus.REFERRED, enrolled_on=None
    )
    draft = an_enroll_draft(referred_on=None, diagnosis_code="F33.1")

    episode, consent, diagnosis = draft.of(referred).accept(
        today=TODAY, born_on=BORN_ON, staff_id=BELL
    )

    assert diagnosis is not None
    assert episode.id == consent.episode_id == diagnosis.episode_id == referred.id
    assert (str(consent.id), episode.referred_on) == (str(draft.id), referred.referred_on)
    assert draft.of(None) is draft


def closing(**changes: Any) -> list[str]:
    draft = a_close_draft(**changes)
    found = draft.problems(
        today=TODAY, consented_on=CONSENTED_ON, last_record_on=date(2026, 11, 10)
    )
    return [f"{problem.field}: {problem.message}" for problem in found]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="today"),
        pytest.param({"closed_on": date(2026, 11, 10)}, [], id="on the day of the last record"),
        pytest.param(
            {"closed_on": date(2026, 11, 9)},
            ["closed_on: The episode has a record of Nov 10, 2026. Close it on or after that day."],
            id="before the last record",
        ),
        pytest.param({"reason": None}, ["reason: Choose why the episode closes."], id="no reason"),
        pytest.param(
            {"reason": CloseReason.OTHER, "note": "  "},
            ["note: Say in a few words why the episode closes."],
            id="other, without words",
        ),
        pytest.param({"reason": CloseReason.OTHER, "note": "Left the state"}, [], id="in words"),
        pytest.param(
            {"is_confirmed": False},
            ["is_confirmed: Compare name and date of birth, then tick the box."],
            id="not sure who it is",
        ),
        pytest.param(
            {"closed_on": None},
            ["closed_on: Type the date on which the episode closes."],
            id="date",
        ),
        pytest.param(
            {"closed_on": TOMORROW},
            ["closed_on: An episode cannot close in the future."],
            id="soon",
        ),
    ],
)
def test_closing(changes: dict[str, Any], expected: list[str]) -> None:
    assert closing(**changes) == expected


def test_an_episode_does_not_close_before_consent() -> None:
    draft = a_close_draft(closed_on=CONSENTED_ON - timedelta(days=1))

    [problem] = draft.problems(today=TODAY, consented_on=CONSENTED_ON, last_record_on=None)

    assert problem.message == "The patient consented on Sep 1, 2026."
    assert list(draft.problems(today=TODAY, consented_on=None, last_record_on=None)) == []
    same_day = a_close_draft(closed_on=CONSENTED_ON)
    assert not [*same_day.problems(today=TODAY, consented_on=CONSENTED_ON, last_record_on=None)]


def test_consent_is_asked_for_the_consultant_the_cost_and_the_right_to_stop() -> None:
    assert len(CONSENT_STATEMENTS) == 3


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (CloseReason.NOT_ELIGIBLE, "Say in a few words why the patient is not eligible."),
        (CloseReason.REDIRECTED, "Say where the patient was directed to."),
    ],
)
def test_why_a_patient_was_not_enrolled_is_kept_in_words(reason: CloseReason, words: str) -> None:
    def found(note: str) -> list[str]:
        draft = a_close_draft(reason=reason, note=note)
        status = EpisodeStatus.REFERRED
        problems = draft.problems(
            today=TODAY, consented_on=None, last_record_on=None, status=status
        )
        return [problem.message for problem in problems]

    assert found(" ") == [words]
    assert found("Outpatient psychiatry") == []


def test_nobody_is_enrolled_before_two_identifiers_are_compared() -> None:
    draft = an_enroll_draft(is_confirmed=False)

    with pytest.raises(Refused, match="Compare name and date of birth"):
        draft.accept(today=TODAY, born_on=BORN_ON, staff_id=BELL)


def test_who_died_is_known_by_the_reason_of_the_closing() -> None:
    closed = an_episode(status=EpisodeStatus.CLOSED, closed_on=TODAY, close_reason=CloseReason.DIED)
    moved = an_episode(status=EpisodeStatus.CLOSED, closed_on=TODAY, close_reason=CloseReason.MOVED)

    assert (closed.died_on, moved.died_on) == (TODAY, None)
