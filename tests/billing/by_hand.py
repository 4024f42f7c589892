"""The decision table once more, over plain JSON: what a month must come to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.billing.by_hand_checks import claim_faults, prerequisites, standing, warned
from tests.billing.by_hand_codes import (
    cents,
    first_minute_of,
    reached,
    service_day,
    threshold_day,
)
from tests.billing.by_hand_tables import DAYS_TO_FILE
from tests.billing.by_hand_time import day, kind_of, share_out, why_dropped

Json = dict[str, Any]
DROPPED = {
    "unsigned": "W33",
    "role": "W05",
    "clerical": "W06",
    "billed_elsewhere": "W24",
    "outside_consent": "W03",
    "before_visit": "W29",
    "outside_coverage": "W34",
    "meeting_twice": "W04",
    "overlap": "W04",
}
# Step 4 and section 5: the others stop the whole month.
FOR_ONE_LINE = {"B09", "B10", "B11", "B12", "B13", "B24"}
# The warnings that are told here; the others are left to the tests of each check.
TOLD = {"W01", "W02", "W07", "W09", "W10", "W12", "W16", "W17", "W19", "W22", "W25", "W30"}
TOLD |= {"W35", *DROPPED.values()}


def by_hand(facts: Json) -> Json:
    """Tell kind, time, codes, lines, checks, day and amount of one month."""
    kind = kind_of(facts)
    counted, excluded, worked = time_of(facts)
    minutes = sum(counted.values()) // 60
    codes, below = reached(facts, kind, minutes)
    month = [each for each in facts.get("time", []) if each["worked_on"][:7] == facts["month"]]
    days = [day(each["worked_on"]) for each in month]
    lines, refused = standing(facts, codes)
    blocks = prerequisites(facts, kind, days) | claim_faults(facts) | below | refused
    on = service_day(facts, worked, first_minute_of(codes, facts, kind)) if codes else None
    if on:
        blocks |= day_faults(facts, on, threshold_day(worked, first_minute_of(codes, facts, kind)))
    if blocks - FOR_ONE_LINE:
        lines = {}
    warnings = {DROPPED[reason] for _, reason in excluded if reason in DROPPED}
    warnings |= warned(facts, kind, minutes, codes=codes, lines=lines, on=on)
    return {
        "kind": kind,
        "minutes": minutes,
        "counted": counted,
        "excluded": excluded,
        "reached": codes,
        "lines": lines,
        "blocks": blocks,
        "warnings": warnings,
        "served_on": on.isoformat() if on else None,
        "allowed_cents": amount_of(facts, lines, on) if on else None,
    }


def time_of(
    facts: Json,
) -> tuple[dict[str, int], dict[tuple[str, str], int], list[tuple[date, int]]]:
    """Give the seconds that count by entry, those that do not by entry and reason, and by day."""
    entries = facts.get("time", [])
    why = {each["id"]: why_dropped(facts, each) for each in entries}
    kept = [each for each in entries if not why[each["id"]]]
    once = facts["payer"]["rule_set"].startswith("BCBSM")
    counted, excluded = share_out(kept, meeting_once=once)
    excluded |= {
        (each["id"], why[each["id"]]): each["seconds"]
        for each in entries
        if why[each["id"]] and each["seconds"]
    }
    worked = [(day(e["worked_on"]), counted[e["id"]]) for e in kept if e["id"] in counted]
    return counted, excluded, worked


def day_faults(facts: Json, on: date, reached_on: date) -> set[str]:
    today = day(facts["today"])
    limit = facts["payer"].get("days_to_file", DAYS_TO_FILE.get(facts["payer"]["rule_set"]))
    is_wrong = on < reached_on or on > today or on < day(facts["month"] + "-01")
    is_late = limit is not None and on + timedelta(days=limit) < today
    return ({"B18"} if is_wrong else set()) | ({"B22"} if is_late else set())


def amount_of(facts: Json, lines: dict[str, int], on: date) -> int | None:
    amounts = [cents(facts, code, on) for code in lines]
    known = [each for each in amounts if each is not None]
    if not lines or len(known) < len(amounts):
        return None
    return sum(units * each for units, each in zip(lines.values(), known, strict=True))
