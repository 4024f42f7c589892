"""One patient's chart on the console, in words and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from cocm_desktop.commands.console import say, say_table
from cocm_desktop.commands.registry_fields import row_fields, written
from cocm_desktop.domain.eight_lines import eight_lines
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.wording import NOT_RECORDED, NOTHING, long_date, short_date

Fields = dict[str, Any]
LONGEST_NOTE_SHOWN = 60


def patient_fields(patient: Patient) -> dict[str, object]:
    """Give a patient as JSON shows them, reach and coverage beside the rest."""
    content = asdict(patient)
    reach, coverage = content.pop("reach"), content.pop("coverage")
    content |= {"born_on": patient.born_on.isoformat(), "sex": patient.sex.value}
    return {**content, **reach, **coverage}


def chart_fields(chart: Chart) -> Fields:
    episode, consent = chart.episode, chart.consent
    return {
        "patient": patient_fields(chart.patient),
        "registry": row_fields(chart.row),
        "episode": episode
        and {
            "id": episode.id,
            "status": episode.status.value,
            "referred_on": written(episode.referred_on),
            "enrolled_on": written(episode.enrolled_on),
            "closed_on": written(episode.closed_on),
            "close_reason": episode.close_reason.value if episode.close_reason else None,
            "close_note": episode.close_note,
            "care_manager": chart.care_manager.title if chart.care_manager else None,
            "treating_practitioner": chart.practitioner_words,
        },
        "consent": consent
        and {"given_on": written(consent.given_on), "method": consent.method.value},
        "diagnoses": [
            {"code": diagnosis.code, "title": diagnosis.title} for diagnosis in chart.diagnoses
        ],
        "measures": _measures(chart),
        "contacts": _contacts(chart),
        "safety_tasks": _safety_tasks(chart),
        "eight_lines": [asdict(line) for line in eight_lines(chart)],
    }


def _measures(chart: Chart) -> list[Fields]:
    return [
        {
            "id": measure.id,
            "instrument": measure.instrument_id,
            "version": measure.instrument_version,
            "taken_on": written(measure.taken_on),
            "answers": measure.answers,
            "total": measure.total,
            "total_only": measure.total_only,
            "complete": measure.is_complete,
            "critical": measure.critical,
            "difficulty": measure.difficulty,
            "mode": measure.mode.value,
            "language": measure.language,
            "administered_by": measure.administered_by,
            "recorded_by": measure.recorded_by,
            "corrects": measure.corrects,
        }
        for measure in chart.measures
    ]


def _contacts(chart: Chart) -> list[Fields]:
    return [
        {
            "id": each.contact.id,
            "made_on": written(each.contact.made_on),
            "kind": each.contact.kind.value,
            "outcome": each.contact.outcome.value,
            "safety": each.contact.safety.value if each.contact.safety else None,
            "minutes": each.minutes,
            "staff": each.staff_name,
            "note": each.contact.note,
            "next_contact_on": written(each.contact.next_contact_on),
        }
        for each in chart.contacts
    ]


def _safety_tasks(chart: Chart) -> list[Fields]:
    return [
        {
            **asdict(task),
            "answered_on": written(task.answered_on),
            "closed_at": task.closed_at.isoformat() if task.closed_at else None,
        }
        for task in chart.safety_tasks
    ]


def say_chart(chart: Chart, today: date) -> None:
    """Write the banner, the episode, and its records, oldest first."""
    patient, row = chart.patient, chart.row
    age, mrn = patient.age_on(today), patient.mrn_or_words
    say(f"{patient.name}, born {patient.born}, {age} y, MRN {mrn}")
    for task in chart.open_safety_tasks:
        say(task.words)
    say(f"{row.status_words}{_since(chart)}")
    if chart.episode is None:
        return
    manager = chart.care_manager.title if chart.care_manager else NOT_RECORDED
    say(f"Care manager: {manager}. Practitioner: {chart.practitioner_words or NOT_RECORDED}.")
    say(f"Diagnoses: {', '.join(d.code for d in chart.diagnoses) or NOT_RECORDED}.")
    say(f"Minutes this month: {row.minutes_this_month}. {row.month_kind.value}.")
    if row.question:
        say(f"For review: {row.question}")
    for line in eight_lines(chart):
        say(f"{line.title}: {line.words}")
    _say_measures(chart)
    _say_contacts(chart)


def _since(chart: Chart) -> str:
    given = (
        ("consent", chart.consent.given_on if chart.consent else None),
        ("enrolled", chart.row.enrolled_on),
        ("closed", chart.row.closed_on),
    )
    return "".join(f", {words} {long_date(day)}" for words, day in given if day)


def _say_measures(chart: Chart) -> None:
    lines = [
        (
            short_date(measure.taken_on),
            measure.instrument_id,
            measure.total_words,
            ",".join("-" if answer is None else str(answer) for answer in measure.answers),
            measure.id,
        )
        for measure in chart.measures
    ]
    say_table(("measured", "instrument", "total", "answers", "id"), lines)


def _say_contacts(chart: Chart) -> None:
    lines = [
        (
            short_date(each.contact.made_on),
            each.contact.kind.value,
            each.contact.outcome.value,
            each.contact.safety_words or NOTHING,
            str(each.minutes),
            each.staff_name,
            " ".join(each.contact.note.split())[:LONGEST_NOTE_SHOWN],
            each.contact.id,
        )
        for each in chart.contacts
    ]
    say_table(("contact", "kind", "outcome", "safety", "min", "by", "note", "id"), lines)
