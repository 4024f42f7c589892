"""Reviews on record: what counts, what becomes of advice, and what the rules see of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.episode_phase import refer
from cocm_desktop.actions.meeting_agenda import read_meeting_agenda
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review_meeting import plan_meeting, start_meeting
from cocm_desktop.actions.review_record import (
    answer_recommendation,
    finish_recommendation,
    read_reviews,
    record_review,
    send_recommendation,
    void_review,
)
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    Recommendation,
    RecommendationDraft,
    RecommendationKind,
    RecommendationStatus,
    ReviewDraft,
    StepDraft,
)
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.episode_phase import ReferralDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, RecommendationId, StaffId
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_meeting import ReviewMeetingDraft
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused
from cocm_desktop.storage import review as stored
from cocm_desktop.storage.tables import AuditEntryTable
from tests.actions.work import at, rows_stored
from tests.conftest import CARE_MANAGER

REVIEWED_ON = date(2026, 11, 4)
ACCEPTED, DECLINED = RecommendationStatus.ACCEPTED, RecommendationStatus.DECLINED
DONE, SENT = RecommendationStatus.DONE, RecommendationStatus.SENT


@pytest.fixture
def chen(workspace: Workspace) -> StaffId:
    draft = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    return StaffId(add_staff(workspace, draft).record_id)


def advice(kind: RecommendationKind = RecommendationKind.DOSE) -> RecommendationDraft:
    return RecommendationDraft("Raise to 100 mg", kind)


def a_review(
    episode_id: EpisodeId, chen: StaffId, *given: RecommendationDraft, on: date = REVIEWED_ON
) -> ReviewDraft:
    return ReviewDraft(episode_id, chen, on, given or (advice(),), minutes=8)


def row(workspace: Workspace) -> RegistryRow:
    [only] = read_registry(workspace).rows
    return only


def only_advice(workspace: Workspace, episode_id: EpisodeId) -> Recommendation:
    [review] = read_reviews(workspace, episode_id)
    [given] = review.recommendations
    return given


def step(
    given: RecommendationId, status: RecommendationStatus, on: date = REVIEWED_ON, reason: str = ""
) -> StepDraft:
    return StepDraft(given, status, on, reason)


def test_a_review_is_kept_with_what_was_recommended(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, chen: StaffId
) -> None:
    lab = RecommendationDraft("TSH", RecommendationKind.LAB, due_on=date(2026, 11, 11))
    draft = a_review(maria, chen, advice(), lab)

    record_review(workspace, draft)

    [review] = read_reviews(workspace, maria)
    assert (review.consultant_id, review.seconds, review.counts) == (chen, 480, True)
    assert [given.words for given in review.recommendations] == ["Raise to 100 mg", "TSH"]
    assert read_chart(workspace, maria_patient).reviews == (review,)
    assert row(workspace).last_review_on == REVIEWED_ON
    assert row(workspace).open_recommendations == (
        OpenRecommendation(REVIEWED_ON),
        OpenRecommendation(REVIEWED_ON, date(2026, 11, 11)),
    )


def test_a_retried_review_is_one(workspace: Workspace, maria: EpisodeId, chen: StaffId) -> None:
    draft = a_review(maria, chen)

    assert record_review(workspace, draft) == record_review(workspace, draft)

    assert rows_stored(workspace)["case_review"] == 1


def test_a_patient_who_was_not_discussed_was_not_reviewed(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    draft = replace(a_review(maria, chen), recommendations=(), discussed=False)

    record_review(workspace, draft)

    assert row(workspace).last_review_on is None
    assert not read_reviews(workspace, maria)[0].counts


def test_a_blank_recommendation_is_refused_and_nothing_is_stored(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="counts only with a recommendation"):
        record_review(workspace, a_review(maria, chen, RecommendationDraft("   ")))

    assert rows_stored(workspace) == before


def test_only_a_consultant_reviews(workspace: Workspace, maria: EpisodeId) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="active psychiatric consultant"):
        record_review(workspace, a_review(maria, CARE_MANAGER.id))

    assert rows_stored(workspace) == before


def test_a_review_lies_within_its_episode(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    with pytest.raises(Refused, match="began on Oct 1, 2026"):
        record_review(workspace, a_review(maria, chen, on=date(2026, 9, 30)))
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 2), CloseReason.MOVED, version=1))

    with pytest.raises(Refused, match="closed on Nov 2, 2026"):
        record_review(workspace, a_review(maria, chen))
    record_review(workspace, a_review(maria, chen, on=date(2026, 11, 2)))

    assert rows_stored(workspace)["case_review"] == 1


def test_an_episode_does_not_close_before_its_last_review(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    record_review(workspace, a_review(maria, chen))

    with pytest.raises(Refused, match="record of Nov 4, 2026"):
        close_episode(workspace, CloseDraft(maria, date(2026, 11, 3), CloseReason.MOVED, version=1))


def test_a_referred_patient_is_not_reviewed(
    workspace: Workspace, maria_patient: PatientId, chen: StaffId
) -> None:
    referral = ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 2))
    episode_id = EpisodeId(refer(workspace, referral).record_id)

    with pytest.raises(Refused, match="not enrolled yet"):
        record_review(workspace, a_review(episode_id, chen))

    assert rows_stored(workspace)["case_review"] == 0


def test_advice_goes_from_sent_over_accepted_to_done(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    record_review(workspace, a_review(maria, chen))
    given = only_advice(workspace, maria).id

    send_recommendation(workspace, step(given, SENT))
    answer_recommendation(workspace, step(given, ACCEPTED, REVIEWED_ON + timedelta(days=1)))
    assert len(row(workspace).open_recommendations) == 1
    finish_recommendation(workspace, step(given, DONE, REVIEWED_ON + timedelta(days=9)))

    kept = only_advice(workspace, maria)
    assert [taken.status for taken in kept.steps] == [SENT, ACCEPTED, DONE]
    assert kept.steps[0].by == CARE_MANAGER.id
    assert row(workspace).open_recommendations == ()
    assert row(workspace).plan_changed_on == REVIEWED_ON + timedelta(days=1)


def test_declined_advice_is_settled_and_changes_no_plan(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    record_review(workspace, a_review(maria, chen))
    given = only_advice(workspace, maria).id

    answer_recommendation(workspace, step(given, ACCEPTED))
    answer_recommendation(workspace, step(given, DECLINED, reason="Pregnant"))

    assert row(workspace).open_recommendations == ()
    assert row(workspace).plan_changed_on is None


@pytest.mark.parametrize(
    ("kind", "changes"),
    [(RecommendationKind.THERAPY, True), (RecommendationKind.LAB, False)],
)
def test_only_accepted_advice_on_treatment_is_a_change_of_plan(
    workspace: Workspace,
    maria: EpisodeId,
    chen: StaffId,
    kind: RecommendationKind,
    *,
    changes: bool,
) -> None:
    record_review(workspace, a_review(maria, chen, advice(kind)))

    answer_recommendation(workspace, step(only_advice(workspace, maria).id, ACCEPTED))

    assert (row(workspace).plan_changed_on == REVIEWED_ON) is changes


def test_advice_that_was_done_without_a_word_is_a_change_of_plan(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    record_review(workspace, a_review(maria, chen))

    finish_recommendation(workspace, step(only_advice(workspace, maria).id, DONE))

    assert row(workspace).plan_changed_on == REVIEWED_ON


def test_advice_that_was_agreed_to_and_not_done_changes_no_plan(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    record_review(workspace, a_review(maria, chen))
    given = only_advice(workspace, maria).id

    answer_recommendation(workspace, step(given, ACCEPTED))
    finish_recommendation(workspace, step(given, RecommendationStatus.NOT_DONE, reason="Costs"))

    assert row(workspace).plan_changed_on is None


def test_to_continue_waits_for_nobody(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    record_review(workspace, a_review(maria, chen, advice(RecommendationKind.CONTINUE)))

    assert row(workspace).open_recommendations == ()
    assert row(workspace).last_review_on == REVIEWED_ON


def test_a_step_that_does_not_fit_is_refused_and_not_stored(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    record_review(workspace, a_review(maria, chen))
    given = only_advice(workspace, maria).id
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="Choose one of: sent"):
        send_recommendation(workspace, step(given, DONE))
    with pytest.raises(Refused, match="accepted, accepted with changes, declined"):
        answer_recommendation(workspace, step(given, DONE))
    with pytest.raises(Refused, match="done, not done"):
        finish_recommendation(workspace, step(given, ACCEPTED))
    with pytest.raises(Refused, match="Say why"):
        answer_recommendation(workspace, step(given, DECLINED))
    with pytest.raises(Refused, match="not on file"):
        answer_recommendation(workspace, step(RecommendationId("nothing"), ACCEPTED))

    assert rows_stored(workspace) == before


def test_a_voided_review_counts_for_nothing_and_takes_its_advice_along(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    draft = a_review(maria, chen)
    record_review(workspace, draft)
    given = only_advice(workspace, maria).id
    answer_recommendation(workspace, step(given, ACCEPTED))
    with pytest.raises(Refused, match="Say why"):
        void_review(workspace, draft.id, reason=" ")

    void_review(workspace, draft.id, reason="Wrong patient")

    assert read_reviews(workspace, maria) == ()
    now = row(workspace)
    assert (now.last_review_on, now.open_recommendations, now.plan_changed_on) == (None, (), None)
    with pytest.raises(Refused, match="not on file"):
        finish_recommendation(workspace, step(given, DONE))


def test_what_comes_later_is_not_seen_earlier(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    record_review(workspace, a_review(maria, chen))

    earlier = at(workspace, workspace.now().replace(day=3))

    assert row(earlier).last_review_on is None
    assert row(earlier).open_recommendations == ()
    assert read_reviews(earlier, maria) == ()


def test_no_path_keeps_a_recommendation_without_words(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    review = a_review(maria, chen).accept(today=workspace.today(), started_on=None)
    unseen = replace(review.recommendations[0], words="\u200b")
    review = replace(review, recommendations=(unseen,))
    before = rows_stored(workspace)

    with workspace.database.write() as session, pytest.raises(Refused, match="without words"):
        stored.add(session, review, workspace.stamp())

    assert rows_stored(workspace) == before


def test_who_came_onto_the_agenda_since_the_meeting_began_keeps_the_reason(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    assert maria
    today = workspace.today()
    meeting = ReviewMeetingDraft(today)
    plan_meeting(workspace, meeting)
    start_meeting(workspace, meeting.id)
    assert seen_in_audit(workspace, meeting.id) == ["review_meeting.planned", "review_meeting.held"]
    patient = PatientDraft("Okafor", "Ngozi", date(1980, 1, 2))
    add_patient(workspace, patient)
    late = EnrollDraft(patient.id, CARE_MANAGER.id, today, ConsentMethod.VERBAL, enrolled_on=today)
    episode_id = EpisodeId(enroll(workspace, late).record_id)

    record_review(workspace, replace(a_review(episode_id, chen, on=today), meeting_id=meeting.id))

    entries = read_meeting_agenda(workspace, meeting.id).agenda.entries
    [entry] = [each for each in entries if each.row.episode_id == episode_id]
    assert (entry.is_discussed, entry.reasons[0].rule) == (True, "R1")
    assert seen_in_audit(workspace, meeting.id)[2:] == ["review_meeting.held"]


def seen_in_audit(workspace: Workspace, object_id: str) -> list[str]:
    with workspace.database.read() as session:
        entry = AuditEntryTable
        codes = select(entry.code).where(entry.object_id == object_id).order_by(entry.seq)
        return list(session.scalars(codes))
