"""The decision table by hand, steps 5, 9 and 10: codes, day of service, and amounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.billing.by_hand_tables import (
    ADD_ON_CAPS,
    FACILITIES,
    FACTORS,
    FLORIDA_INSIDE,
    QUALIFYING_FACTORS,
    STATES,
    books_of,
)
from tests.billing.by_hand_time import day, last_day

Json = dict[str, Any]


def reached(facts: Json, kind: str, minutes: int) -> tuple[dict[str, int], set[str]]:
    """Give the codes that the payer takes, and B03 or B10 where it comes to less."""
    codes, book = by_minutes(facts, kind, minutes), facts["payer"]["rule_set"]
    taken = books_of(book, facts["month"])
    if book == "MCD-NY":
        return {}, set()
    if not codes:
        return {}, {"B03"}
    base = next(iter(codes))
    if base not in taken:
        return {}, {"B10", "B03"} if base == "G2214" else {"B10"}
    cap = ADD_ON_CAPS.get(book, 10**6)
    left = {code: min(units, cap) for code, units in codes.items() if code in taken}
    return left, set() if left.keys() == codes.keys() else {"B10"}


def by_minutes(facts: Json, kind: str, minutes: int) -> dict[str, int]:
    choices, book = facts.get("choices", {}), facts["payer"]["rule_set"]
    line = facts.get("line", "cocm")
    if line != "cocm":
        least = choices.get("bhi_first_minute", 20) if book == "MCD-MI" else 20
        is_clinic_code = book == "MCR-CLINIC" and facts["month"] < "2025-01"
        code = "G0323" if line != "bhi" else "G0511" if is_clinic_code else "99484"
        return {code: 1} if minutes >= (least if line == "bhi" else 20) else {}
    if book.endswith("-CLINIC") and facts["month"] < "2026-01":
        first = choices.get("clinic_first_minute", 60) if kind == "initial" else 60
        return {"G0512": 1} if minutes >= first else {}
    base, first, full = ("99492", 36, 70) if kind == "initial" else ("99493", 31, 60)
    if minutes >= first:
        extra = 0 if minutes < full + 16 else (minutes - full - 16) // 30 + 1
        return {base: 1} | ({"99494": extra} if extra else {})
    if minutes >= choices.get("g2214_first_minute", 16):
        return {"G2214": 1}
    return {}


def service_day(facts: Json, counted: list[tuple[date, int]], first_minute: int) -> date:
    choice = facts.get("choices", {}).get("service_date", "last_day")
    wanted = {
        "last_day": last_day(facts["month"]),
        "threshold_day": threshold_day(counted, first_minute),
        "last_service_day": max(when for when, _ in counted),
    }[choice]
    return min([wanted, *limits(facts)])


def limits(facts: Json) -> list[date]:
    died, npi = facts["patient"].get("died_on"), facts["practitioner"]["npi"]
    coverage = facts["payer"].get("coverage", [])
    mine = [each for each in facts.get("consents", []) if each["practitioner_npi"] == npi]
    found = [last_day(facts["month"])] + ([day(died)] if died else [])
    if coverage and all(each.get("last") for each in coverage):
        found.append(max(day(each["last"]) for each in coverage))
    if mine and all(each.get("withdrawn_on") for each in mine):
        found.append(max(day(each["withdrawn_on"]) for each in mine))
    return found


def threshold_day(counted: list[tuple[date, int]], first_minute: int) -> date:
    total = 0
    for when, seconds in sorted(counted):
        total += seconds
        if total >= first_minute * 60:
            return when
    return date.max


def first_minute_of(codes: dict[str, int], facts: Json, kind: str) -> int:
    choices = facts.get("choices", {})
    firsts = {"99492": 36, "99493": 31, "99484": 20, "G0323": 20, "G0511": 20, "G0512": 60}
    firsts["G2214"] = choices.get("g2214_first_minute", 16)
    if facts["payer"]["rule_set"] == "MCD-MI":
        firsts["99484"] = choices.get("bhi_first_minute", 20)
    if kind == "initial":
        firsts["G0512"] = choices.get("clinic_first_minute", 60)
    least = max(firsts.get(code, 0) for code in codes)
    if "99494" in codes:
        least = (70 if kind == "initial" else 60) + 16 + 30 * (codes["99494"] - 1)
    return least


def cents(facts: Json, code: str, on: date) -> int | None:
    book, setting = facts["payer"]["rule_set"], facts.get("setting", {})
    if book in STATES:
        is_inside = setting.get("place_of_service", "11") in FACILITIES
        inside = FLORIDA_INSIDE.get(code) if book == "MCD-FL" and is_inside else None
        return inside or STATES[book].get(code)
    if book not in ("MCR", "MCR-CLINIC", "MA"):
        return None
    for first, last, factor, rows in FACTORS:
        if first <= on.isoformat() <= last and code in rows:
            work, office, facility, malpractice = rows[code]
            is_clinic = book == "MCR-CLINIC"
            is_qualifying = setting.get("is_qualifying_apm") and not is_clinic
            own_factor = QUALIFYING_FACTORS.get(on.year, factor) if is_qualifying else factor
            is_facility = setting.get("place_of_service", "11") in FACILITIES and not is_clinic
            names = ("work_gpci", "expense_gpci", "malpractice_gpci")
            parts = (work, facility if is_facility else office, malpractice)
            local = [0 if is_clinic else thousandths(setting.get(name, "1")) for name in names]
            weight = sum(p * (g or 1000) for p, g in zip(parts, local, strict=True))
            # RVUs in hundredths, GPCIs in thousandths, the factor in ten-thousandths of a dollar.
            amount = half_up(weight * own_factor, 10**7)
            return half_up(amount * 85, 100) if is_reduced(facts) else amount
    return None


def is_reduced(facts: Json) -> bool:
    person, book = facts["practitioner"], facts["payer"]["rule_set"]
    return (
        person["credential"] in ("NP", "PA", "CNS")
        and not person.get("bills_incident_to", False)
        and book in ("MCR", "MA")
    )


def thousandths(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole) * 1000 + int((part + "000")[:3])


def half_up(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)
