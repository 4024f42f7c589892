"""The decision table by hand, steps 2 and 3: kind of month, and the time that counts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from tests.billing.by_hand_tables import VISITS

Json = dict[str, Any]
Seconds = dict[tuple[str, str], int]
TRIAD = ("care_manager", "psychiatric_consultant", "treating_practitioner")


def day(text: str) -> date:
    return date.fromisoformat(text)


def month_number(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7])


def last_day(month: str) -> date:
    number = month_number(month)
    return date(number // 12, number % 12 + 1, 1) - timedelta(days=1)


def within(spans: list[Json], when: date) -> bool:
    return any(
        day(span["first"]) <= when and (not span.get("last") or when <= day(span["last"]))
        for span in spans
    )


def served_months(facts: Json) -> list[int]:
    episode, now = facts["episode"], month_number(facts["month"])
    earlier = {month_number(each) for each in episode.get("service_months", [])}
    return sorted(each for each in earlier if each < now)


def kind_of(facts: Json) -> str:
    now, earlier = month_number(facts["month"]), served_months(facts)
    if not earlier:
        return "initial"
    return "initial" if now - earlier[-1] - 1 >= 6 else "subsequent"


def episode(facts: Json) -> list[int]:
    """Give the earlier months of this episode: back to the last gap of six."""
    months = [*served_months(facts), month_number(facts["month"])]
    gaps = [n for n in range(1, len(months)) if months[n] - months[n - 1] > 6]
    return months[gaps[-1] if gaps else 0 : -1]


def consents_for(facts: Json) -> tuple[list[Json], list[Json]]:
    """Give the consents that name the practitioner, and those of them with every box ticked."""
    boxes = ("to_specialists", "to_cost_share", "may_stop")
    npi = facts["practitioner"]["npi"]
    named = [each for each in facts.get("consents", []) if each["practitioner_npi"] == npi]
    return named, [each for each in named if all(each.get(box, True) for box in boxes)]


def holds(consent: Json, when: date) -> bool:
    withdrawn = consent.get("withdrawn_on")
    return day(consent["given_on"]) <= when and (not withdrawn or when <= day(withdrawn))


def year_before(when: date) -> date:
    is_leap_day = (when.month, when.day) == (2, 29)
    return when.replace(year=when.year - 1, day=28 if is_leap_day else when.day)


def visit_is_needed(facts: Json) -> bool:
    seen = facts["patient"].get("last_seen_on")
    return not seen or day(seen) < year_before(day(facts["episode"]["started_on"]))


def good_visits(facts: Json) -> list[date]:
    since = year_before(day(facts["episode"]["started_on"]))
    return sorted(
        day(visit["made_on"])
        for visit in facts.get("visits", [])
        if visit["code"] in VISITS
        and visit["practitioner_npi"] == facts["practitioner"]["npi"]
        and visit.get("is_face_to_face", True)
        and visit.get("is_about_cocm", True)
        and day(visit["made_on"]) >= since
    )


def counted_roles(facts: Json) -> tuple[str, ...]:
    if facts["payer"]["rule_set"].startswith("BCBSM"):
        return TRIAD
    counts = facts.get("choices", {}).get("counts_practitioner", False)
    return ("care_manager", "treating_practitioner") if counts else ("care_manager",)


def why_dropped(facts: Json, entry: Json) -> str:
    when, (named, whole) = day(entry["worked_on"]), consents_for(facts)
    coverage = facts["payer"].get("coverage", [])
    visits, ended = good_visits(facts), facts["episode"].get("ended_on")
    died = facts["patient"].get("died_on")
    is_dead = bool(died) and when > day(died)
    reasons = {
        "other_month": entry["worked_on"][:7] != facts["month"],
        "unsigned": not entry.get("is_signed", True),
        "role": entry.get("role", "care_manager") not in counted_roles(facts),
        "clerical": entry.get("work", "contact") == "clerical",
        "billed_elsewhere": entry.get("billed_as", "") != "",
        "outside_consent": not any(holds(each, when) for each in whole or named),
        "after_closing": bool(ended) and when > day(ended or entry["worked_on"]),
        "before_visit": visit_is_needed(facts) and (not visits or when < visits[0]),
        "after_death": is_dead,
        "outside_coverage": bool(coverage) and not within(coverage, when),
    }
    return next((name for name, is_so in reasons.items() if is_so), "")


def longest_of_meetings(entries: list[Json]) -> set[str]:
    """Name the entries that stand: those of no meeting, and the longest of each."""
    meetings: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for entry in entries:
        name = entry.get("meeting") or f"alone {entry['id']}"
        meetings[entry["worked_on"], name].append(entry)
    return {min(each, key=lambda e: (-e["seconds"], e["id"]))["id"] for each in meetings.values()}


def share_out(entries: list[Json], *, meeting_once: bool) -> tuple[dict[str, int], Seconds]:
    """Tick every second off on its performer's clock; the earlier entry has it."""
    taken: dict[str, set[int]] = defaultdict(set)
    counted: dict[str, int] = {}
    dropped: Seconds = {}
    longest = longest_of_meetings(entries)
    for entry in sorted(entries, key=order):
        seconds, name = entry["seconds"], entry["id"]
        if meeting_once and name not in longest:
            dropped[name, "meeting_twice"] = seconds
            continue
        if entry.get("starts_at") is not None:
            mine, person = clock(entry), entry.get("performer") or entry.get("role", "care_manager")
            seconds = len(mine - taken[person])
            taken[person] |= mine
        seconds = max(0, seconds - entry.get("overlap_elsewhere_seconds", 0))
        if seconds < entry["seconds"]:
            dropped[name, "overlap"] = entry["seconds"] - seconds
        if seconds:
            counted[name] = seconds
    return counted, {key: seconds for key, seconds in dropped.items() if seconds}


def clock(entry: Json) -> set[int]:
    begin = day(entry["worked_on"]).toordinal() * 86_400 + entry["starts_at"]
    return set(range(begin, begin + entry["seconds"]))


def order(entry: Json) -> tuple[Any, ...]:
    starts = entry.get("starts_at")
    return (entry["worked_on"], -1 if starts is None else starts, entry["seconds"], entry["id"])
