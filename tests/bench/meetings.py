"""What a weekly meeting costs in a clinic of 2,000 patients: agenda, start, steps, what follows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.downtime import print_downtime_list
from cocm_desktop.actions.meeting_agenda import read_meeting_agenda
from cocm_desktop.actions.registry import read_registry_table
from cocm_desktop.actions.review_loop import read_follow_through, read_loop
from cocm_desktop.actions.review_meeting import plan_meeting, start_meeting
from cocm_desktop.actions.session import Place, lock, unlock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    RecommendationKind,
    RecommendationOwner,
    RecommendationStatus,
    RecommendationUrgency,
    ReviewMode,
)
from cocm_desktop.domain.follow_through_report import ReportChoice
from cocm_desktop.domain.review_meeting import ReviewMeetingDraft
from cocm_desktop.storage.table_base import Table
from tests.bench.caseload import NOW, PASSWORD, SIGN_IN, TODAY, Rows, caseload_at, clock
from tests.bench.figures import Figure, cpu_seconds_of, median_of
from tests.builders.people import id_of

PATIENTS, REVIEWS, ADVICE = 2_000, 6, 2
DAYS_BETWEEN = 28
TIMES, STEPS = 5, 40
MS = 1_000
CPU = "processor time"
_SENT_AND_ANSWERED = (RecommendationStatus.SENT, RecommendationStatus.ACCEPTED)
_VOIDED = dict.fromkeys(("voided_at", "voided_by", "void_reason"))


def measure(folder: Path) -> Iterator[Figure]:
    """Hold a meeting about everybody, then look at what half a year of advice came to."""
    workspace = unlock(Place(caseload_at(folder / "meetings", PATIENTS), clock), SIGN_IN, PASSWORD)
    read_registry_table(workspace)
    yield from _meeting(workspace)
    yield from _downtime(workspace)
    _advise(workspace)
    gc.collect()
    gc.freeze()  # as the program does: what stays is not looked through again
    yield from _following(workspace)
    gc.unfreeze()
    lock(workspace)


def _meeting(workspace: Workspace) -> Iterator[Figure]:
    meeting_id, other = (
        plan_meeting(workspace, ReviewMeetingDraft(TODAY)).record_id for _ in range(2)
    )
    agenda = partial(read_meeting_agenda, workspace, meeting_id)
    first = cpu_seconds_of(agenda)
    size = f"{len(agenda().agenda.entries):,} patients"
    yield Figure(f"agenda of {size}, first", first * MS, "ms", note=f"{CPU}; reasons worked out")
    yield Figure("  read again", _usual(agenda) * MS, "ms", note=f"{CPU}; {size} on it")
    begun = cpu_seconds_of(partial(start_meeting, workspace, other))
    yield Figure("  started and held", begun * MS, "ms", note=f"{CPU}; reasons kept of each")
    held = _usual(partial(read_meeting_agenda, workspace, other))
    yield Figure("  read while it goes on", held * MS, "ms", note=CPU)
    charts = (entry.row.patient_id for entry in agenda().agenda.entries)
    step = median_of(STEPS, lambda: read_chart(workspace, next(charts)))
    yield Figure("  a step to the next case", step * MS, "ms", 100, "its chart read; unpainted")


def _downtime(workspace: Workspace) -> Iterator[Figure]:
    taken = _usual(partial(print_downtime_list, workspace))
    yield Figure("downtime list of everybody", taken, "s", note=f"{CPU}; with its PDF")


def _following(workspace: Workspace) -> Iterator[Figure]:
    lists = _usual(partial(read_loop, workspace))
    words = f"{CPU}; {PATIENTS * REVIEWS:,} reviews on file"
    yield Figure("letters, answers and actions", lists * MS, "ms", note=words)
    for days in (60, 365):
        choice = ReportChoice(TODAY - timedelta(days=days), TODAY)
        taken = _usual(partial(read_follow_through, workspace, choice))
        yield Figure(f"  report of {days} days", taken * MS, "ms", note=CPU)


def _usual(task: Any) -> float:
    return min(cpu_seconds_of(task) for _ in range(TIMES))


def _advise(workspace: Workspace) -> None:
    """Write half a year of monthly reviews in bulk: the newest open, a quarter of all undone."""
    rows: Rows = {"case_review": [], "recommendation": [], "recommendation_step": []}
    made = {"recorded_at": NOW, "recorded_by": workspace.staff.id, "device": "bench"}
    for patient in range(PATIENTS):
        for number in range(REVIEWS):
            day = TODAY - timedelta(days=DAYS_BETWEEN * number + patient % DAYS_BETWEEN)
            review = _review(made, (patient, number), day)
            rows["case_review"].append(review)
            for place in range(1, ADVICE + 1):
                given = _recommendation(review, patient + number + place, place)
                rows["recommendation"].append(given)
                rows["recommendation_step"] += _steps(given, made) if number else []
    with workspace.database.write() as session:
        for name, content in rows.items():
            session.connection().execute(Table.metadata.tables[name].insert(), content)


def _review(made: dict[str, Any], which: tuple[int, int], day: date) -> dict[str, Any]:
    return {
        **made,
        **_VOIDED,
        "id": id_of(f"review {which}"),
        "episode_id": id_of(f"episode {which[0]}"),
        "consultant_id": made["recorded_by"],
        "reviewed_on": day,
        "discussed": True,
        "seconds": 480,
        "impression": "Partial response",
        "mode": ReviewMode.VIDEO,
        "meeting_id": None,
        "documents": "",
        "next_review_on": None,
    }


def _recommendation(review: dict[str, Any], turn: int, place: int) -> dict[str, Any]:
    kinds, owners, day = list(RecommendationKind), list(RecommendationOwner), review["reviewed_on"]
    is_newest = day > TODAY - timedelta(days=DAYS_BETWEEN)
    told = RecommendationStatus.DONE if turn % 4 else RecommendationStatus.ACCEPTED
    shared = {name: review[name] for name in ("episode_id", "recorded_at", "recorded_by", "device")}
    return {
        **shared,
        **_VOIDED,
        "id": id_of(f"advice {place} of {review['id']}"),
        "review_id": review["id"],
        "made_on": day,
        "number": place,
        "kind": kinds[turn % len(kinds)],
        "words": "Raise sertraline to 100 mg",
        "owner": owners[turn % len(owners)],
        "urgency": RecommendationUrgency.ROUTINE,
        "due_on": day + timedelta(days=14),
        "recheck_on": None,
        "status": RecommendationStatus.OPEN if is_newest else told,
        "agreed_on": None if is_newest else day,
    }


def _steps(given: dict[str, Any], made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for later, status in enumerate((*_SENT_AND_ANSWERED, given["status"])):
        yield {
            **made,
            "id": id_of(f"step {later} of {given['id']}"),
            "recommendation_id": given["id"],
            "status": status,
            "noted_on": given["made_on"] + timedelta(days=later),
            "reason": "",
        }
