"""Sub-queries of the registry about reviews, changes of plan, flags and tasks."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, case, cast, func, or_, select

from cocm_desktop.domain.case_review import (
    ANSWERS,
    CHANGES_PLAN,
    UNRESOLVED,
    RecommendationKind,
    RecommendationOwner,
    RecommendationStatus,
)
from cocm_desktop.domain.flag import FlagKind
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.storage.tables import EpisodeTable, PatientTable
from cocm_desktop.storage.tables_clinical import DoseTable, InterventionTable, MedicationTable
from cocm_desktop.storage.tables_review import (
    CaseReviewTable,
    RecommendationStepTable,
    RecommendationTable,
)
from cocm_desktop.storage.tables_work import FlagTable, TaskDoneTable, TaskTable

CHANGES = ("dose_changed_on", "intervention_began_on", "advice_taken_on")
_ANSWERED = frozenset(status.name for status in ANSWERS)
_BETWEEN, _WITHIN = "\x1e", "\x1f"


def review_columns(today: date) -> tuple[ColumnElement[Any], ...]:
    """Give the last review that counts, and what it recommended and nobody has done yet."""
    return (
        _last_review(today).label("last_review_on"),
        _next_review(today).label("next_review_on"),
        _recheck(today).label("recheck_on"),
        _open_recommendations(today).label("open_recommendations"),
    )


def plan_columns(today: date) -> tuple[ColumnElement[Any], ...]:
    """Give the days on which the plan changed, one for each way to change it: `CHANGES`."""
    return (
        _dose_changed(today).label("dose_changed_on"),
        _intervention_began(today).label("intervention_began_on"),
        _advice_taken(today).label("advice_taken_on"),
    )


def work_columns(today: date) -> tuple[ColumnElement[Any], ...]:
    return (_flags(today).label("flags"), _open_tasks().label("open_tasks"))


def read_recommendations(written: str | None) -> tuple[OpenRecommendation, ...]:
    """Read what `_open_recommendations` wrote: made and due on, whose, how far, sent on."""
    if not written:
        return ()
    by_days = sorted(written.split(), key=lambda each: each.split(":")[:2])
    return tuple(map(_recommendation, by_days))


@lru_cache(maxsize=1 << 12)
def _recommendation(written: str) -> OpenRecommendation:
    made, due, owner, status, sent = written.split(":")
    return OpenRecommendation(
        date.fromisoformat(made),
        date.fromisoformat(due) if due else None,
        of_practitioner=owner == RecommendationOwner.PRACTITIONER.name,
        of_both=owner == RecommendationOwner.BOTH.name,
        is_unsent=status == RecommendationStatus.OPEN.name,
        sent_on=date.fromisoformat(sent) if sent else None,
        is_answered=status in _ANSWERED,
    )


def read_flags(written: str | None) -> tuple[str, ...]:
    """Read what `_flags` wrote: the words of each flag, or else its kind."""
    if not written:
        return ()
    pairs = (part.split(_WITHIN) for part in written.split(_BETWEEN))
    return tuple(words or FlagKind[kind].value for kind, words in pairs)


def _last_review(today: date) -> ScalarSelect[date]:
    """Find the last review that counts: one with a recommendation, which only a discussion has."""
    given = RecommendationTable
    return (
        select(func.max(given.made_on))
        .where(
            given.episode_id == EpisodeTable.id, given.voided_at.is_(None), given.made_on <= today
        )
        .correlate(EpisodeTable)
        .scalar_subquery()
    )


def _next_review(today: date) -> ScalarSelect[date | None]:
    """Find for which day the last review that was discussed asked to have the next."""
    review = CaseReviewTable
    return (
        select(review.next_review_on)
        .where(
            review.episode_id == EpisodeTable.id,
            review.voided_at.is_(None),
            review.reviewed_on <= today,
            review.discussed,
        )
        .order_by(review.reviewed_on.desc(), review.id.desc())
        .limit(1)
        .correlate(EpisodeTable)
        .scalar_subquery()
    )


def _recheck(today: date) -> ScalarSelect[date | None]:
    """Find the first day of a recheck after the last review: that review came to those before."""
    given = RecommendationTable
    return (
        select(func.min(given.recheck_on))
        .where(
            given.episode_id == EpisodeTable.id,
            given.voided_at.is_(None),
            given.made_on <= today,
            given.recheck_on.is_not(None),
            given.recheck_on > _last_review(today),
        )
        .correlate(EpisodeTable)
        .scalar_subquery()
    )


def _open_recommendations(today: date) -> ScalarSelect[str]:
    given = RecommendationTable
    due_on = func.coalesce(cast(given.due_on, String), "")
    facts = (cast(given.made_on, String), due_on, cast(given.owner, String))
    stands = cast(given.status, String) + ":" + _sent_on()
    written = facts[0] + ":" + facts[1] + ":" + facts[2] + ":" + stands
    return (
        select(func.aggregate_strings(written, " "))
        .where(
            given.episode_id == EpisodeTable.id,
            given.voided_at.is_(None),
            given.status.in_(UNRESOLVED),
            given.kind != RecommendationKind.CONTINUE,
            given.made_on <= today,
        )
        .correlate(EpisodeTable)
        .scalar_subquery()
    )


def _sent_on() -> ColumnElement[str]:
    """Find when a recommendation was sent, while nobody has answered it; an empty text without."""
    given, step = RecommendationTable, RecommendationStepTable
    sent_on = (
        select(func.max(step.noted_on))
        .where(step.recommendation_id == given.id, step.status == RecommendationStatus.SENT)
        .correlate(given)
        .scalar_subquery()
    )
    waits = given.status == RecommendationStatus.SENT
    return func.coalesce(case((waits, cast(sent_on, String))), "")


def _dose_changed(today: date) -> ScalarSelect[date]:
    """Find the last new psychotropic medicine or dose."""
    dose, medication = DoseTable, MedicationTable
    return (
        select(func.max(dose.since))
        .join(medication, medication.id == dose.medication_id)
        .where(
            medication.patient_id == PatientTable.id,
            medication.is_psychotropic,
            medication.voided_at.is_(None),
            dose.voided_at.is_(None),
            dose.since <= today,
        )
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _intervention_began(today: date) -> ScalarSelect[date]:
    """Find the day on which the newest kind of intervention was first given."""
    given = InterventionTable
    first_on = func.min(given.given_on)
    return (
        select(first_on)
        .where(
            given.episode_id == EpisodeTable.id,
            given.voided_at.is_(None),
            given.given_on <= today,
        )
        .group_by(given.kind)
        .order_by(first_on.desc())
        .limit(1)
        .correlate(EpisodeTable)
        .scalar_subquery()
    )


def _advice_taken(today: date) -> ScalarSelect[date | None]:
    """Find the last day on which a recommendation of another treatment was accepted."""
    given = RecommendationTable
    return (
        select(given.agreed_on)
        .where(
            given.episode_id == EpisodeTable.id,
            given.voided_at.is_(None),
            given.agreed_on <= today,
            given.kind.in_(CHANGES_PLAN),
        )
        .order_by(given.agreed_on.desc())
        .limit(1)
        .correlate(EpisodeTable)
        .scalar_subquery()
    )


def _flags(today: date) -> ScalarSelect[str]:
    flag = FlagTable
    written = cast(flag.kind, String) + _WITHIN + flag.words
    return (
        select(func.aggregate_strings(written, _BETWEEN).aggregate_order_by(flag.id))
        .where(
            flag.patient_id == PatientTable.id,
            flag.voided_at.is_(None),
            or_(flag.expires_on.is_(None), flag.expires_on >= today),
        )
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _open_tasks() -> ScalarSelect[int]:
    task, done = TaskTable, TaskDoneTable
    finished = select(done.id).where(done.task_id == task.id, done.voided_at.is_(None)).exists()
    return (
        select(func.count(task.id))
        .where(task.patient_id == PatientTable.id, task.voided_at.is_(None), ~finished)
        .correlate(PatientTable)
        .scalar_subquery()
    )
