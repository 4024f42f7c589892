"""Recording what was said at a caseload review, and what became of the recommendations."""

from __future__ import annotations

from dataclasses import replace

from cocm_desktop.actions.looking import ChartPart, look_at_episode
from cocm_desktop.actions.meeting_agenda import hold_before_review
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    ANSWERS,
    ENDS,
    CaseReview,
    RecommendationStatus,
    ReviewDraft,
    StepDraft,
)
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import ReviewMeetingId, StaffId
from cocm_desktop.domain.staff import Permission, Role
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, review_time
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import letter as letters
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import review_meeting as meetings
from cocm_desktop.storage import staff as staff_members

TOUCHES = Topic.REVIEW | Topic.EPISODE


def read_reviews(workspace: Workspace, episode_id: str) -> tuple[CaseReview, ...]:
    """Give the reviews of an episode with their recommendations, oldest first."""
    workspace.require(Permission.SEE_CHART)
    look_at_episode(workspace, episode_id, ChartPart.NOTES)
    with workspace.database.read() as session:
        return reviews.of_episode(session, episode_id, until=workspace.today())


def record_review(workspace: Workspace, draft: ReviewDraft) -> Change:
    """Keep one patient's review. It counts only if discussed, with a recommendation."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.write() as session:
        if reviews.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        episode = episodes.get(session, draft.episode_id)
        if episode.status.is_referral:
            raise Refused(Problem("episode_id", "The patient is not enrolled yet."))
        _require_consultant(workspace, draft.consultant_id)
        if episode.closed_on and draft.reviewed_on and draft.reviewed_on > episode.closed_on:
            words = f"The episode closed on {long_date(episode.closed_on)}."
            raise Refused(Problem("reviewed_on", words))
        consent = episodes.consent_of(session, episode.id)
        started_on = consent.given_on if consent else episode.enrolled_on
        draft = replace(draft, meeting_id=_meeting_of(workspace, draft, episode.care_manager_id))
        review = draft.accept(today=workspace.today(), started_on=started_on)
        if review.meeting_id is not None:
            hold_before_review(workspace, review.meeting_id, review.episode_id)
        reviews.add(session, review, workspace.stamp())
        note = audit.created("review.recorded", review.id, episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def void_review(workspace: Workspace, review_id: str, *, reason: str) -> Change:
    """Withdraw a review with its recommendations and the letters about it, keeping them."""
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        review = reviews.get(session, review_id)
        patient_id = episodes.get(session, review.episode_id).patient_id
        for letter in letters.of_reviews(session, [review_id]).get(review.id, ()):
            letters.void_letter(session, letter.id, workspace.stamp(), reason=reason)
            note = audit.voided("letter.voided", letter.id, reason=reason, patient_id=patient_id)
            audit.write(session, workspace.stamp(), note)
        reviews.void_review(session, review_id, workspace.stamp(), reason=reason)
        note = audit.voided("review.voided", review_id, reason=reason, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES | Topic.LETTER, review_id)


def send_recommendation(workspace: Workspace, draft: StepDraft) -> Change:
    """Record that a recommendation went to whom it asks to act."""
    return _step(workspace, draft, allowed=(RecommendationStatus.SENT,))


def answer_recommendation(workspace: Workspace, draft: StepDraft) -> Change:
    """Record that a recommendation was accepted, accepted with changes, or declined."""
    return _step(workspace, draft, allowed=ANSWERS)


def finish_recommendation(workspace: Workspace, draft: StepDraft) -> Change:
    """Record that a recommendation was done, or was not."""
    return _step(workspace, draft, allowed=ENDS)


def record_step(workspace: Workspace, draft: StepDraft) -> Change:
    """Record any step that a recommendation may take from where it stands."""
    return _step(workspace, draft, allowed=tuple(RecommendationStatus))


def _step(
    workspace: Workspace, draft: StepDraft, *, allowed: tuple[RecommendationStatus, ...]
) -> Change:
    workspace.require(Permission.RECORD_REVIEW)
    if draft.status not in allowed:
        choices = ", ".join(status.value.lower() for status in allowed)
        raise Refused(Problem("status", f"Choose one of: {choices}."))
    with workspace.database.write() as session:
        review = reviews.of_recommendation(session, draft.recommendation_id)
        [asked] = [r for r in review.recommendations if r.id == draft.recommendation_id]
        step = draft.accept(
            asked, reviewed_on=review.reviewed_on, today=workspace.today(), by=workspace.staff.id
        )
        reviews.add_step(session, draft.recommendation_id, workspace.stamp(), step=step)
        patient_id = episodes.get(session, review.episode_id).patient_id
        code = f"recommendation.{draft.status.name.lower()}"
        audit.write(
            session, workspace.stamp(), audit.created(code, draft.recommendation_id, patient_id)
        )
    return Change(TOUCHES, draft.recommendation_id)


def _meeting_of(
    workspace: Workspace, draft: ReviewDraft, manager_id: StaffId
) -> ReviewMeetingId | None:
    """Name the meeting that the review belongs to.

    Without one told, it is the only meeting of that day about the caseload: whoever was reviewed
    from the chart must not be carried over as not reached.
    """
    with workspace.database.read() as session:
        if draft.meeting_id is not None:
            meets_on = meetings.without_agenda(session, draft.meeting_id).meets_on
            if draft.reviewed_on is not None and draft.reviewed_on < meets_on:
                words = f"The meeting is on {long_date(meets_on)}. A review at it is not earlier."
                raise Refused(Problem("reviewed_on", words))
        elif draft.reviewed_on is not None:
            found = review_time.meetings_about(session, draft.reviewed_on, manager_id)
            return found[0] if len(found) == 1 else None
    return draft.meeting_id


def _require_consultant(workspace: Workspace, consultant_id: StaffId | None) -> None:
    with workspace.database.read() as session:
        consultants = staff_members.with_role(session, Role.PSYCHIATRIC_CONSULTANT)
        ids = {member.id for member in consultants}
    if consultant_id is not None and consultant_id not in ids:
        raise Refused(Problem("consultant_id", "Choose an active psychiatric consultant."))
