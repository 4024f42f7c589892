"""Claims as CSV, a row for each line: for portals that take it, or for keying from."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from datetime import date

from cocm_desktop.domain.billing.claim import MOST_DIAGNOSES, Claim, sex_letter
from cocm_desktop.domain.billing.claim_text import claim_day, claim_digits
from cocm_desktop.domain.superbill import ServiceLine
from cocm_desktop.exchange.table_file import table_csv

MODIFIERS = 4
# Source: billing rules 4.3.
HEADS = (
    *("account_no", "payer_id", "payer_name", "member_id", "group_no", "pt_last", "pt_first"),
    *("pt_dob", "pt_sex", "pt_addr1", "pt_city", "pt_state", "pt_zip", "rel_code"),
    *("ins_last", "ins_first", "ins_dob", "billing_npi", "billing_ein", "billing_taxonomy"),
    *("rendering_npi", "rendering_taxonomy", "facility_npi", "pos", "dos_from", "dos_to", "code"),
    *(f"mod{place + 1}" for place in range(MODIFIERS)),
    *("units", "charge"),
    *(f"dx{place + 1}" for place in range(MOST_DIAGNOSES)),
    *("ptr", "auth_no", "orig_claim_no", "freq_code"),
)


def claims_csv(claims: Sequence[Claim]) -> bytes:
    """Write UTF-8 without a mark in front: some portals would read it into the first name."""
    rows = (row for claim in claims for row in _rows(claim))
    return table_csv(HEADS, rows).removeprefix(codecs.BOM_UTF8)


def _rows(claim: Claim) -> Iterator[tuple[str, ...]]:
    for line in claim.superbill.lines:
        yield (*_who(claim), *_where(claim), *_what(claim, line))


def _who(claim: Claim) -> tuple[str, ...]:
    patient, coverage, insured = claim.patient, claim.coverage, claim.insured
    reach = patient.reach
    return (
        *(claim.account_number, claim.payer.payer_number, claim.payer.name),
        *(claim.member_id, coverage.group_number, patient.last_name, patient.first_name),
        *(claim_day(patient.born_on), sex_letter(patient.sex), reach.address, reach.city),
        *(reach.state, reach.postal_code, coverage.relation.relation_code),
        *(insured.last_name, insured.first_name, _day(insured.born_on)),
    )


def _where(claim: Claim) -> tuple[str, ...]:
    bill = claim.superbill
    served_on = claim_day(bill.service_on)
    return (
        *(bill.practice.npi, claim_digits(bill.practice.ein), bill.settings.group_taxonomy),
        *(claim.practitioner.npi, claim.practitioner.taxonomy, bill.settings.facility_npi),
        *(bill.settings.place_of_service, served_on, served_on),
    )


def _what(claim: Claim, line: ServiceLine) -> tuple[str, ...]:
    codes = claim.diagnosis_codes[:MOST_DIAGNOSES]
    letters = "".join(chr(ord("A") + place - 1) for place in claim.pointers(line))
    cents = line.amount_cents or 0
    return (
        *(line.code, *[""] * MODIFIERS, str(line.units), f"{cents // 100}.{cents % 100:02}"),
        *(*codes, *[""] * (MOST_DIAGNOSES - len(codes))),
        *(letters, claim.coverage.authorization, claim.original_number, claim.frequency.digit),
    )


def _day(day: date | None) -> str:
    return claim_day(day) if day is not None else ""
