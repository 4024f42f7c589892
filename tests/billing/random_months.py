"""Months at random, by a seed: most nearly in order, each with a few things out of it."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.billing.by_hand_tables import BOOKS
from tests.billing.month_of import NPI, OTHER_NPI

Json = dict[str, Any]
ROLES = ("care_manager", "psychiatric_consultant", "treating_practitioner", "front_desk")
WORKS = ("contact", "outreach", "registry", "case_review", "clerical")
MONTHS = ("2024-02", "2024-03", "2024-06", "2025-05", "2025-12", "2026-02", "2026-11")
LINES = ("cocm", "cocm", "cocm", "cocm", "bhi", "bhi_clinician")


def month_at_random(seed: int) -> Json:
    """Give the facts of one month; the same seed gives the same month."""
    dice = Random(seed)
    month = dice.choice(MONTHS)
    begun = _months_before(month, dice.choice((0, 0, 1, 1, 2, 3, 7, 8, 14)))
    started = f"{begun}-0{dice.randint(1, 9)}"
    facts = {
        "format": "cocm month facts 1",
        "month": month,
        "today": _today(dice, month),
        "line": dice.choice(LINES),
        "payer": {"rule_set": dice.choice(sorted(BOOKS)), "is_confirmed": dice.random() < 0.8},
        "practitioner": {"npi": NPI, "credential": dice.choice(("MD", "DO", "NP", "PA", "CNM"))},
        "patient": {"member_id": "1EG4TE5MK73", "last_seen_on": f"{begun}-01"},
        "episode": {
            "started_on": started,
            "service_months": _served(dice, begun, month),
            "billed": [],
        },
        "consents": [{"given_on": started, "practitioner_npi": NPI}],
        "visits": [],
        "time": _time(dice, month),
        "proofs": {
            "measures": [{"taken_on": f"{month}-05", "instrument": "PHQ-9", "total": 9}],
            "reviews": [f"{month}-10"],
            "meetings": [f"{month}-11"],
            "plan_on": started,
        },
        "diagnoses": [{"code": dice.choice(("F33.1", "F41.1", "F43.10"))}],
        "setting": {"place_of_service": dice.choice(("11", "11", "22"))},
        "choices": {"service_date": dice.choice(("last_day", "threshold_day", "last_service_day"))},
        "approved_on": f"{month}-28",
    }
    for disturb in dice.sample(DISTURBANCES, dice.choice((0, 0, 1, 1, 2, 4))):
        disturb(dice, facts)
    return facts


def _months_before(month: str, count: int) -> str:
    number = int(month[:4]) * 12 + int(month[5:]) - 1 - count
    return f"{number // 12}-{number % 12 + 1:02}"


def _served(dice: Random, begun: str, month: str) -> list[str]:
    found, each = [], month
    while each > begun:
        each = _months_before(each, 1)
        if each == begun or dice.random() < 0.5:
            found.append(each)
    return found


def _today(dice: Random, month: str) -> str:
    return dice.choice((f"{month}-28", f"{_months_before(month, -1)}-04", "2027-06-01"))


def _time(dice: Random, month: str) -> list[Json]:
    return [_entry(dice, month, n) for n in range(dice.choice((0, 1, 2, 4, 8, 14)))]


def _entry(dice: Random, month: str, number: int) -> Json:
    entry: Json = {
        "id": f"T{number}",
        "worked_on": f"{month}-{dice.randint(1, 28):02}",
        "seconds": dice.choice(
            (0, 59, 300, 301, 600, 960, 1200, 1859, 2160, dice.randint(1, 7200))
        ),
        "performer": dice.choice(("CM1", "CM1", "CM2")),
        "with_patient": dice.random() < 0.7,
        "recorded_on": f"{month}-28",
    }
    if dice.random() < 0.6:
        entry["starts_at"] = dice.randrange(28_800, 50_000, 300)
    odd = {
        "worked_on": f"{_months_before(month, dice.choice((-1, 1)))}-15",
        "is_signed": False,
        "role": dice.choice(ROLES),
        "work": dice.choice(WORKS),
        "billed_as": "99490",
        "meeting": dice.choice(("A", "B")),
        "overlap_elsewhere_seconds": dice.randint(0, 900),
    }
    return entry | {name: value for name, value in odd.items() if dice.random() < 0.07}


def _consents(dice: Random, facts: Json) -> None:
    facts["consents"] = dice.choice(
        (
            [],
            [{"given_on": f"{facts['month']}-12", "practitioner_npi": NPI}],
            [{"given_on": facts["episode"]["started_on"], "practitioner_npi": OTHER_NPI}],
            [{**facts["consents"][0], "withdrawn_on": f"{facts['month']}-20"}],
            [{**facts["consents"][0], "may_stop": False}],
        )
    )


def _visits(dice: Random, facts: Json) -> None:
    facts["patient"]["last_seen_on"] = dice.choice((None, "2022-01-05"))
    made_on = dice.choice((facts["episode"]["started_on"], f"{facts['month']}-14", "2021-02-03"))
    visit = {
        "made_on": made_on,
        "code": dice.choice(("99214", "99211", "G0438", "99495")),
        "practitioner_npi": dice.choice((NPI, NPI, NPI, OTHER_NPI)),
        "is_face_to_face": dice.random() < 0.9,
        "is_about_cocm": dice.random() < 0.9,
    }
    facts["visits"] = [visit] if dice.random() < 0.8 else []


def _proofs(dice: Random, facts: Json) -> None:
    name = dice.choice(("measures", "reviews", "meetings", "plan_on", "is_in_registry"))
    missing: Json = {"plan_on": None, "is_in_registry": False}
    facts["proofs"][name] = missing.get(name, [])


def _coverage(dice: Random, facts: Json) -> None:
    first, last = f"{facts['month']}-06", f"{facts['month']}-19"
    facts["payer"]["coverage"] = dice.choice(
        (
            [{"first": first}],
            [{"first": "2020-01-01", "last": last}],
            [{"first": first, "last": last}],
        )
    )
    facts["episode"]["has_changed_payer"] = dice.random() < 0.5


def _death(dice: Random, facts: Json) -> None:
    facts["patient"]["died_on"] = f"{facts['month']}-{dice.randint(1, 28):02}"


def _other_codes(dice: Random, facts: Json) -> None:
    facts["other_codes"] = [
        {
            "code": dice.choice(("96127", "99484", "99493", "99492", "99490", "90834")),
            "served_on": f"{facts['month']}-{dice.choice((10, 28))}",
            "practitioner_npi": NPI,
        }
    ]


def _billed(dice: Random, facts: Json) -> None:
    facts["episode"]["billed"] = [
        {
            "month": dice.choice((facts["month"], f"{facts['month'][:4]}-01")),
            "code": dice.choice(("99492", "99493", "99494", "G2214", "99484")),
            "state": dice.choice(("issued", "sent", "paid", "denied", "void")),
        }
    ]


def _person(dice: Random, facts: Json) -> None:
    facts["practitioner"] |= dice.choice(
        ({"credential": "LCSW"}, {"bills_incident_to": True}, {"credential": "CNS"})
    )


def _paper(dice: Random, facts: Json) -> None:
    path, value = dice.choice(
        (
            (("patient", "member_id"), ""),
            (("patient", "is_access"), True),
            (("document",), "patient_superbill"),
            (("approved_on",), None),
            (("setting", "claim_form"), "institutional"),
            (("diagnoses",), [{"code": "F33.1"}] * 13),
            (("diagnoses",), [{"code": "I10"}]),
            (("diagnoses",), []),
            (("payer", "is_registered"), True),
            (("payer", "authorized_to"), "2027-12-31"),
            (("payer", "days_to_file"), 90),
        )
    )
    above = facts if len(path) == 1 else facts[path[0]]
    above[path[-1]] = value


def _choices(dice: Random, facts: Json) -> None:
    facts["choices"] |= {
        "g2214_first_minute": dice.choice((16, 30)),
        "bhi_first_minute": dice.choice((11, 20)),
        "counts_practitioner": dice.random() < 0.5,
        "clinic_first_minute": dice.choice((60, 70)),
    }


def _stay(dice: Random, facts: Json) -> None:
    first = dice.randint(1, 20)
    stay = {"first": f"{facts['month']}-{first:02}", "last": f"{facts['month']}-{first + 7:02}"}
    facts["patient"]["inpatient"] = [stay]


def _closing(dice: Random, facts: Json) -> None:
    facts["episode"]["ended_on"] = f"{facts['month']}-{dice.randint(10, 28)}"


def _second_consent(dice: Random, facts: Json) -> None:
    second: Json = {"given_on": f"{facts['month']}-09", "practitioner_npi": NPI}
    second[dice.choice(("to_specialists", "may_stop", "to_cost_share"))] = dice.random() < 0.5
    first = {**facts["consents"][0]} if facts["consents"] else {**second}
    first["may_stop"] = dice.random() < 0.5
    facts["consents"] = [first, second]


def _nobody_named(dice: Random, facts: Json) -> None:
    for entry in facts["time"]:
        entry["performer"] = ""
        if "starts_at" in entry and dice.random() < 0.3:
            entry["starts_at"] = dice.randrange(80_000, 86_400)


def _michigan(dice: Random, facts: Json) -> None:
    """Long treatment, or a first month in a year that had one: this payer limits both."""
    month, first = facts["month"], f"{facts['month'][:4]}-01"
    facts["payer"]["rule_set"] = "MCD-MI"
    if dice.random() < 0.5:
        facts["episode"]["service_months"] = [_months_before(month, n) for n in range(1, 15)]
    else:
        facts["episode"]["service_months"] = []
        facts["episode"]["billed"] = [{"month": first, "code": "99492", "state": "paid"}]


def _together(dice: Random, facts: Json) -> None:
    """A meeting of the three, where the payer counts all of them and a meeting once."""
    facts["payer"]["rule_set"] = dice.choice(("BCBSM", "BCBSM-CLINIC", "MCR"))
    for entry, role in zip(facts["time"], ROLES, strict=False):
        entry |= {"role": role, "meeting": "A", "worked_on": f"{facts['month']}-10"}


def _receipt(dice: Random, facts: Json) -> None:
    facts["payer"]["rule_set"] = dice.choice(("MCR", "MA", "SELFPAY"))
    facts["document"] = "patient_superbill"


def _locality(dice: Random, facts: Json) -> None:
    facts["setting"] |= {
        "work_gpci": dice.choice(("1.000", "1.5", "0.912")),
        "expense_gpci": dice.choice(("0.958", "1", "1.204")),
        "malpractice_gpci": dice.choice(("0.308", "1.000")),
    }
    facts["setting"]["is_qualifying_apm"] = facts["setting"]["work_gpci"] == "0.912"


DISTURBANCES = (
    *(_consents, _visits, _proofs, _coverage, _death, _other_codes, _billed),
    *(_person, _paper, _choices, _stay, _locality),
    *(_closing, _second_consent, _nobody_named, _michigan, _receipt, _together),
)
