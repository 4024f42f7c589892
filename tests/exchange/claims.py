"""Claims and envelopes of the made-up practice, as files of claims need them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.claim import Claim
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.patient import Reach, Sex
from cocm_desktop.domain.superbill import ServiceLine
from cocm_desktop.exchange.claim_envelope import Envelope
from tests.builders import (
    a_coverage,
    a_diagnosis,
    a_patient,
    a_payer,
    a_practice,
    a_practitioner,
    an_issued_bill,
)

MADE_AT = datetime(2026, 11, 30, 9, 15, tzinfo=ZoneInfo("America/Chicago"))
SETTINGS = BillingSettings(
    group_taxonomy="207Q00000X",
    submitter_id="SUBMITTERID",
    receiver_id="330897513",
    receiver_name="Clearinghouse",
    contact_name="Billing office",
    contact_phone="555-555-0100",
    makes_claim_files=True,
)
PRACTICE = a_practice(
    name="Riverbend Family Medicine",
    address="100 Main St",
    city="Springfield",
    state="IL",
    postal_code="62701-0001",
    npi="1234567893",
    ein="12-3456789",
)
JANE = a_patient(
    last_name="Doe",
    first_name="Jane",
    born_on=date(1958, 3, 12),
    sex=Sex.FEMALE,
    reach=Reach(address="12 Oak Ave", city="Springfield", state="IL", postal_code="62704"),
)
PAYER = a_payer(name="Medicare Part B IL", payer_number="00952", filing=ClaimFiling.MEDICARE_B)


def a_claim(bill: dict[str, Any] | None = None, **changes: Any) -> Claim:
    """Give the claim of billing rules 4.1: 99492 and one 99494 for Jane Doe."""
    whole: dict[str, Any] = {
        "practice": PRACTICE,
        "patient": JANE,
        "settings": SETTINGS,
        "payer": PAYER,
        "service_on": date(2026, 11, 30),
        "account_number": "COCM-000123-202611",
        "diagnoses": (a_diagnosis(code="F33.1"), a_diagnosis(code="F41.1", title="GAD")),
        "lines": (
            ServiceLine("99492", "First month", 1, 160_32, 160_32, (1, 2)),
            ServiceLine("99494", "Further time", 1, 61_46, 61_46, (1, 2)),
        ),
    }
    superbill = an_issued_bill(**{**whole, **(bill or {})})
    claim = Claim(
        superbill=superbill,
        payer=superbill.payer or PAYER,
        coverage=a_coverage(member_id="1EG4-TE5-MK73"),
        practitioner=a_practitioner(name="Alan Smith", npi="1245319599", taxonomy="207Q00000X"),
    )
    return replace(claim, **changes)


def an_envelope(**changes: Any) -> Envelope:
    return replace(Envelope(101, MADE_AT, PRACTICE, SETTINGS), **changes)
