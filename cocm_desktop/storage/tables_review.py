"""Tables of the caseload review, of the rules' settings, and of the phases of an episode."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.case_review import (
    RecommendationKind,
    RecommendationOwner,
    RecommendationStatus,
    RecommendationUrgency,
    ReviewMode,
)
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


class CaseReviewTable(Recorded, Voidable, Table):
    """One patient at one caseload review. Attendance without discussion is kept, and counts not."""

    __tablename__ = "case_review"
    __table_args__ = (
        CheckConstraint("seconds >= 0", name="seconds"),
        Index("ix_case_review_episode_id", "episode_id", "voided_at", "reviewed_on", "id"),
    )

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    consultant_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    reviewed_on: Mapped[date]
    discussed: Mapped[bool]
    seconds: Mapped[int]
    impression: Mapped[str]
    mode: Mapped[ReviewMode]
    meeting_id: Mapped[str | None] = mapped_column(ID, ForeignKey("review_meeting.id"))
    documents: Mapped[str]
    next_review_on: Mapped[date | None]


class RecommendationTable(Recorded, Voidable, Table):
    """What the consultant recommended. Voided with its review, never alone.

    `episode_id` and `made_on` repeat its review, `status` and `agreed_on` its steps: the registry
    asks for every patient at once and looks nowhere else.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        Index("ix_recommendation_review_id", "review_id", "number"),
        Index("ix_recommendation_made", "episode_id", "voided_at", "made_on", "recheck_on"),
        Index(
            "ix_recommendation_status",
            "episode_id",
            "voided_at",
            "status",
            "kind",
            "made_on",
            "due_on",
        ),
        Index("ix_recommendation_agreed", "episode_id", "voided_at", "agreed_on", "kind"),
    )

    review_id: Mapped[str] = mapped_column(ID, ForeignKey("case_review.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    made_on: Mapped[date]
    number: Mapped[int]
    kind: Mapped[RecommendationKind]
    words: Mapped[str]
    owner: Mapped[RecommendationOwner]
    urgency: Mapped[RecommendationUrgency]
    due_on: Mapped[date | None]
    recheck_on: Mapped[date | None]
    status: Mapped[RecommendationStatus]
    agreed_on: Mapped[date | None]


class RecommendationStepTable(Recorded, Table):
    """What became of a recommendation by a day; the latest row is where it stands."""

    __tablename__ = "recommendation_step"
    __table_args__ = (
        Index("ix_recommendation_step_recommendation_id", "recommendation_id", "noted_on"),
    )

    recommendation_id: Mapped[str] = mapped_column(ID, ForeignKey("recommendation.id"))
    status: Mapped[RecommendationStatus]
    noted_on: Mapped[date]
    reason: Mapped[str]


class ClinicalSettingTable(Recorded, Table):
    """A setting as the practice chose it, from a day on; the latest row that is valid holds."""

    __tablename__ = "clinical_setting"
    __table_args__ = (Index("ix_clinical_setting_name", "name", "valid_from", "id"),)

    name: Mapped[str]
    value: Mapped[str]
    valid_from: Mapped[date]


class EpisodePhaseTable(Recorded, Table):
    """That an episode went from one status to another, on a day, and why."""

    __tablename__ = "episode_phase"
    __table_args__ = (Index("ix_episode_phase_episode_id", "episode_id", "changed_on", "id"),)

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    from_status: Mapped[EpisodeStatus | None]
    to_status: Mapped[EpisodeStatus]
    changed_on: Mapped[date]
    reason: Mapped[str]
