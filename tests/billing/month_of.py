"""A month's facts as JSON has them: one without any fault, changed path by path."""

from __future__ import annotations

import copy
from typing import Any

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.domain.billing.evaluation import MonthResult, evaluate_month
from cocm_desktop.domain.billing.evaluation_facts import FORMAT, PatientMonth
from cocm_desktop.domain.described import read_as

NPI, OTHER_NPI = "1245319599", "1234567893"
Facts = dict[str, Any]


def entry(minutes: float = 40, **changed: Any) -> Facts:
    """Give a signed entry of the care manager, on November 5 unless said otherwise."""
    entry = {
        "id": "T1",
        "worked_on": "2026-11-05",
        "seconds": round(minutes * 60),
        "performer": "CM1",
        "with_patient": True,
        "recorded_on": "2026-11-05",
    }
    return {**entry, **changed}


def faultless() -> Facts:
    """Give a second month of 40 minutes, closed and looked at in December."""
    return {
        "format": FORMAT,
        "month": "2026-11",
        "today": "2026-12-02",
        "payer": {"rule_set": "MCR", "is_confirmed": True},
        "practitioner": {"npi": NPI, "credential": "MD"},
        "patient": {"member_id": "1EG4TE5MK73", "last_seen_on": "2026-05-14"},
        "episode": {
            "started_on": "2026-10-06",
            "service_months": ["2026-10"],
            "billed": [{"month": "2026-10", "code": "99492", "state": "paid"}],
        },
        "consents": [{"given_on": "2026-10-06", "practitioner_npi": NPI}],
        "time": [entry()],
        "proofs": {
            "measures": [
                {"taken_on": "2026-10-06", "instrument": "PHQ-9", "total": 18},
                {"taken_on": "2026-11-05", "instrument": "PHQ-9", "total": 8},
            ],
            "meetings": ["2026-11-10"],
            "reviews": ["2026-11-10"],
            "plan_on": "2026-10-06",
        },
        "diagnoses": [{"code": "F33.1"}],
        "fees_cents": [
            {"code": "99492", "cents": 32000},
            {"code": "99493", "cents": 28000},
            {"code": "99494", "cents": 12500},
            {"code": "G2214", "cents": 12500},
            {"code": "99484", "cents": 11000},
        ],
        "approved_on": "2026-12-01",
    }


def initial(minutes: float = 40) -> dict[str, Any]:
    """Give the changes that make it the episode's first month, without a fault."""
    return {
        "episode.started_on": "2026-11-03",
        "episode.service_months": [],
        "episode.billed": [],
        "consents.0.given_on": "2026-11-03",
        "proofs.plan_on": "2026-11-05",
        "time": [entry(minutes)],
    }


def changed(*changes: dict[str, Any]) -> Facts:
    """Give the faultless month with values put in at paths such as time.0.role."""
    facts: Any = copy.deepcopy(faultless())
    for path, value in ((p, v) for each in changes for p, v in each.items()):
        *above, last = path.split(".")
        part = facts
        for name in above:
            part = part[int(name)] if isinstance(part, list) else part.setdefault(name, {})
        part[int(last) if isinstance(part, list) else last] = value
    return dict(facts)


def evaluated(*changes: dict[str, Any]) -> MonthResult:
    return evaluate_month(read_as(PatientMonth, changed(*changes)), load_tables())


def codes(result: MonthResult) -> dict[str, int]:
    """Give the units of each line that stands."""
    return {line.code: line.units for line in result.lines}


def fired(result: MonthResult) -> set[str]:
    return {check.id.name for check in result.checks}
