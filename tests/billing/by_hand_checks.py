"""The decision table by hand: the blocks and warnings of section 5, and step 7."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.billing.by_hand_codes import by_minutes, is_reduced, reached
from tests.billing.by_hand_tables import (
    BEHAVIORAL,
    MEDICARE_BOOKS,
    UNCONFIRMED,
    UNCONFIRMED_CODES,
)
from tests.billing.by_hand_time import (
    consents_for,
    day,
    episode,
    good_visits,
    holds,
    last_day,
    month_number,
    served_months,
    visit_is_needed,
    within,
)

Json = dict[str, Any]
COCM = {"99492", "99493", "99494", "G2214", "G0512"}
# 1.6: which code is blocked beside which, in one month.
GIVES_WAY_TO = {
    "99492": {"99493"},
    "99493": {"99492"},
    "G2214": {"99492", "99493"},
    "99484": COCM,
}
OPEN = ("issued", "sent", "paid")


def proofs_missing(facts: Json, kind: str) -> set[str]:
    proofs, month = facts.get("proofs", {}), facts["month"]
    is_initial = kind == "initial"
    seen = {each[:7] for each in proofs.get("reviews", [])}
    met = {each[:7] for each in proofs.get("meetings", [])}
    measured = {each["taken_on"][:7] for each in proofs.get("measures", [])}
    planned = proofs.get("plan_on")
    found = set()
    if month not in (seen if is_initial else seen | met):
        found.add("B04")
    if is_initial and month not in measured:
        found.add("B05")
    if not proofs.get("is_in_registry", True):
        found.add("B06")
    if is_initial and (not planned or day(planned) > last_day(month)):
        found.add("B07")
    return found


def luhn(npi: str) -> bool:
    if not (len(npi) == 10 and npi.isdigit() and npi[0] in "12"):
        return False
    digits = [int(each) for each in reversed("80840" + npi)]
    doubled = [sum(divmod(2 * each, 10)) for each in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def has_good_visit(facts: Json) -> bool:
    visits = good_visits(facts)
    return bool(visits) and visits[0] <= day(facts["episode"]["started_on"])


def has_consent(facts: Json, days: list[date]) -> bool:
    _, whole = consents_for(facts)
    return any(holds(each, when) for each in whole for when in days or [last_day(facts["month"])])


def prerequisites(facts: Json, kind: str, days: list[date]) -> set[str]:
    payer, book = facts["payer"], facts["payer"]["rule_set"]
    able = {"MD", "DO", "NP", "PA", "CNS", "CNM"}
    treated = len(episode(facts)) + 1
    until = payer.get("authorized_to")
    clinicians = {"LCSW"} if facts.get("line") == "bhi_clinician" else set[str]()
    rows = {
        "B01": not has_consent(facts, days),
        "B02": visit_is_needed(facts) and not has_good_visit(facts),
        "B08": not any(each["code"] in BEHAVIORAL for each in facts.get("diagnoses", [])),
        "B14": facts["practitioner"]["credential"] not in able | clinicians,
        "B19": book == "MCD-MI" and treated > 12 and (not until or until[:7] < facts["month"]),
        "B20": not facts.get("approved_on"),
        "B21": book in ("BCBSNC", "MCD-NY") and not payer.get("is_registered", False),
    }
    found = {name for name, is_so in rows.items() if is_so}
    return found | (proofs_missing(facts, kind) if facts.get("line", "cocm") == "cocm" else set())


def claim_faults(facts: Json) -> set[str]:
    book, person = facts["payer"]["rule_set"], facts["practitioner"]
    is_medicare = book in MEDICARE_BOOKS
    form = facts.get("setting", {}).get("claim_form", "professional")
    rows = {
        "B15": not luhn(person["npi"]),
        "B16": book != "SELFPAY" and not facts["patient"]["member_id"],
        "B17": book == "MCR-CLINIC" and form == "professional",
        "B23": is_medicare and facts.get("document", "claim") == "patient_superbill",
        "B25": len(facts.get("diagnoses", [])) > 12,
    }
    return {name for name, is_so in rows.items() if is_so}


def standing(facts: Json, codes: dict[str, int]) -> tuple[dict[str, int], set[str]]:
    """Take away what conflicts and what was billed before; an add-on goes with its base."""
    book, month = facts["payer"]["rule_set"], facts["month"]
    billed = [e for e in facts["episode"].get("billed", []) if e.get("state", "issued") in OPEN]
    this_month = {each["code"] for each in billed if each["month"] == month}
    that_year = {each["code"] for each in billed if each["month"][:4] == month[:4]}
    npi = facts["practitioner"]["npi"]
    beside = this_month | {
        each["code"]
        for each in facts.get("other_codes", [])
        if each.get("practitioner_npi", "") in ("", npi) and each["served_on"][:7] == month
    }
    found, left = set(), {}
    for code, units in codes.items():
        faults = {
            "B11": bool(GIVES_WAY_TO.get(code, set()) & (beside - {code})),
            "B13": code in this_month,
            "B24": book == "MCD-MI" and code == "99492" and code in that_year - this_month,
        }
        found |= {name for name, is_so in faults.items() if is_so}
        if any(code in GIVES_WAY_TO[other] for other in beside & {"G2214", "99484"}):
            found |= {"B11"}
        if not any(faults.values()):
            left[code] = units
    if codes and "99494" in beside and not {"99492", "99493"} & (beside | codes.keys()):
        found |= {"B12"}
    return (left if next(iter(codes), "") in left else {}), found


def changes_within(facts: Json) -> bool:
    month, end = facts["month"], last_day(facts["month"]).isoformat()
    return any(
        (each["first"][:7] == month and each["first"][8:] != "01")
        or ((each.get("last") or "")[:7] == month and each["last"] != end)
        for each in facts["payer"].get("coverage", [])
    )


def warned(
    facts: Json,
    kind: str,
    minutes: int,
    *,
    codes: dict[str, int],
    lines: dict[str, int],
    on: date | None,
) -> set[str]:
    payer, month = facts["payer"], facts["month"]
    is_open = facts["today"] <= last_day(month).isoformat()
    others = facts.get("other_codes", [])
    asked = {each["served_on"] for each in others if each["code"] == "96127"}
    inpatient = facts["patient"].get("inpatient", [])
    earlier = served_months(facts)
    treated = len(episode(facts)) + 1
    near = [reached(facts, kind, minutes + more)[0] for more in range(1, 6)]
    in_month = [each for each in facts.get("time", []) if each["worked_on"][:7] == month]
    is_cocm = facts.get("line", "cocm") == "cocm"
    contacts = facts.get("proofs", {}).get("contacts", [])
    book = payer["rule_set"]
    doubtful = book in UNCONFIRMED or any((book, code) in UNCONFIRMED_CODES for code in codes)
    units = by_minutes(facts, kind, minutes).get("99494", 0)
    rows = {
        "W01": "99494" in codes and units > 4,
        "W02": "G2214" in codes and minutes < 30,
        "W07": codes and on and on.isoformat() in asked and not {"G0323", "G0511"} & codes.keys(),
        "W09": is_open and minutes and any(each != codes for each in near),
        "W10": earlier and month_number(month) - earlier[-1] > 1,
        "W12": is_cocm
        and not any(each.get("with_patient", False) for each in in_month)
        and not any(each[:7] == month for each in contacts),
        "W16": doubtful and not payer.get("is_confirmed", False),
        "W17": any(within(inpatient, day(each["worked_on"])) for each in in_month),
        "W19": treated > 12,
        "W22": facts["patient"].get("is_access", False),
        "W25": lines and is_reduced(facts),
        "W30": on and COCM & codes.keys() and any(each != on.isoformat() for each in asked),
        "W34": facts["episode"].get("has_changed_payer", False) or changes_within(facts),
        "W35": is_open,
    }
    return {name for name, is_so in rows.items() if is_so}
