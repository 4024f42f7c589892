"""A row of the registry as JSON shows it. The names are a promise: see the help page."""

from __future__ import annotations

from datetime import date
from typing import Any

from cocm_desktop.domain.due_item import DueItem
from cocm_desktop.domain.follow_up import interval_words
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.outcome_sets import verdicts
from cocm_desktop.domain.registry import SHOWN_BY, RegistryRow

Fields = dict[str, Any]


def row_fields(row: RegistryRow) -> Fields:
    """Give everything that the registry knows of a patient; null where there is nothing."""
    return {
        "patient_id": row.patient_id,
        "episode_id": row.episode_id,
        "mrn": row.mrn,
        "last_name": row.last_name,
        "first_name": row.first_name,
        "preferred_name": row.preferred_name,
        "born_on": written(row.born_on),
        "age": row.age,
        "phone": row.phone,
        "status": row.status_words,
        "care_manager": row.care_manager,
        "referred_on": written(row.referred_on),
        "consented_on": written(row.consented_on),
        "enrolled_on": written(row.enrolled_on),
        "closed_on": written(row.closed_on),
        "weeks": row.weeks,
        "phq9": _course_fields(row.phq9, row.phq9_band.name if row.phq9_band else None),
        "gad7": _course_fields(row.gad7, row.gad7_band.name if row.gad7_band else None),
        "primary": row.primary_instrument.id,
        "verdicts": [
            {"set": verdict.of.title, "rule": verdict.rule, "reached": verdict.is_met}
            for verdict in verdicts(row.primary, row.primary_instrument.id)
        ],
        "target": row.target_words,
        "at_target": row.is_at_target,
        "interval": interval_words(row.interval_weeks),
        "last_review_on": written(row.last_review_on),
        "overdue_recommendations": row.overdue_recommendations,
        "plan_since": written(row.plan_since),
        "flags": list(row.flags),
        "open_tasks": row.open_tasks,
        "treating_practitioner": row.treating_practitioner,
        "due_now": [_item_fields(item) for item in row.due_now],
        "last_contact_on": written(row.last_contact_on),
        "last_attempt_on": written(row.last_attempt_on),
        "next_due": _due_fields(row),
        "minutes_this_month": row.minutes_this_month,
        "month_kind": row.month_kind.value,
        "reached_codes": [
            {"code": reached.code, "units": reached.units} for reached in row.reached_codes
        ],
        "next_code": {"code": row.next_code.code, "at_minute": row.next_code.at_minute},
        **_safety_fields(row),
        "question": row.question,
        "chips": [chip.value for chip, shows in SHOWN_BY.items() if shows(row)],
    }


def written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _safety_fields(row: RegistryRow) -> Fields:
    return {
        "safety_answer": row.safety_answer,
        "safety_answered_on": written(row.safety_answered_on),
        "safety_since": written(row.safety_since),
    }


def _course_fields(course: Course, band: str | None) -> Fields:
    return {
        "baseline": _score_fields(course.baseline),
        "last": _score_fields(course.last),
        "band": band,
        "change": course.change,
        "change_percent": course.change_percent,
        "trajectory": course.trajectory.value,
        "at_target": course.is_at_target,
        "scores": [_score_fields(score) for score in course.scores],
    }


def _score_fields(score: Score | None) -> Fields | None:
    if score is None:
        return None
    return {
        "on": written(score.taken_on),
        "total": score.total,
        "critical": score.critical,
        "total_only": score.is_total_alone,
    }


def _item_fields(item: DueItem) -> Fields:
    return {
        "rule": item.rule.id,
        "title": item.rule.title,
        "due_on": written(item.due_on),
        "why": item.why,
    }


def _due_fields(row: RegistryRow) -> Fields | None:
    due = row.next_due
    if due is None:
        return None
    return {
        "on": written(due.on),
        "what": due.title,
        "days_over": due.days_over(row.today),
    }
