"""From issued superbills to claims: first, second, corrected, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.domain.billing.claim import Frequency
from cocm_desktop.domain.billing.claim_file import FilingRow
from cocm_desktop.domain.billing.filing import FilingFacts, filing_rows
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.posting import PostedPayment
from cocm_desktop.domain.billing.remittance import ClaimPayment
from cocm_desktop.domain.billing.rule_set import RuleSets
from cocm_desktop.domain.ids import RemittanceId, SuperbillId
from cocm_desktop.domain.patient import Reach
from cocm_desktop.domain.superbill import Superbill
from tests.builders import a_coverage, a_payer, a_practitioner
from tests.exchange.claims import JANE, PAYER, PRACTICE, a_claim

BILL = a_claim().superbill
EARLIER = replace(BILL, id=SuperbillId("earlier"), number="2026-11-0001")
PAID = ClaimPayment("COCM-1", "1", 221_78, 100_00, 20_00, "ICN7")
SECOND = a_coverage(patient_id=JANE.id, rank=2, member_id="W1")


def decided(claim: ClaimPayment = PAID) -> tuple[PostedPayment, ...]:
    return (PostedPayment(RemittanceId("r"), "Payer", date(2026, 12, 15), claim),)


def facts(**changes: Any) -> FilingFacts:
    on_file = {"payers": {PAYER.id: PAYER}, "coverage": {JANE.id: (a_coverage(),)}}
    whole = {"practice": PRACTICE, "patients": {JANE.id: JANE}, "staff": {}, **on_file}
    return FilingFacts(**{**whole, **changes})


def rows(*bills: Superbill, **changes: Any) -> list[FilingRow]:
    return list(filing_rows(bills, facts(**changes), lambda _code, _day: True))


def test_a_self_paying_patient_needs_no_claim() -> None:
    own = a_payer(filing=ClaimFiling.SELF_PAY)

    assert rows(replace(BILL, payer=own)) == []


def test_what_was_empty_at_issue_is_taken_from_today() -> None:
    lacking = replace(
        BILL,
        payer=None,
        coverage=None,
        practice=replace(PRACTICE, postal_code="62701", ein=""),
        patient=replace(JANE, reach=Reach()),
    )

    [row] = rows(lacking)

    assert row.problems == ()
    assert row.superbill.practice == PRACTICE
    assert row.superbill.payer == PAYER


def test_what_stood_at_issue_is_not_changed_by_today() -> None:
    moved = replace(JANE, reach=replace(JANE.reach, city="Chicago"))

    [row] = rows(BILL, patients={JANE.id: moved})

    assert row.superbill.patient.reach.city == "Springfield"


def test_who_bills_incident_to_names_the_supervisor() -> None:
    physician = a_practitioner(npi="1876543210")
    nurse = a_practitioner(bills_incident_to=True, supervisor_id=physician.id)
    bill = replace(BILL, treating_practitioner=nurse)

    [row] = rows(bill, staff={physician.id: physician})

    assert row.claim is not None
    assert row.claim.supervisor == physician


def test_the_second_payer_waits_for_the_first_and_for_something_left() -> None:
    two = {JANE.id: (a_coverage(), SECOND)}
    nothing_left = replace(PAID, patient_cents=0)
    sent_on = replace(PAID, status="19")

    def ranks(claim: ClaimPayment | None) -> list[int]:
        payments = {BILL.id: decided(claim)} if claim else {}
        return [row.rank for row in rows(BILL, coverage=two, payments=payments)]

    assert [ranks(each) for each in (None, nothing_left, sent_on, PAID)] == [[1], [1], [1], [1, 2]]


def test_a_bill_issued_again_replaces_the_claim_that_the_payer_decided() -> None:
    changes = {"voided": (EARLIER,), "payments": {EARLIER.id: decided()}}
    [row] = rows(BILL, **changes)
    [named] = rows(replace(BILL, replaces="ICN1"), **changes)
    [unknown] = rows(BILL, voided=(EARLIER,))

    assert row.claim is not None
    assert (row.claim.frequency, row.claim.original_number) == (Frequency.REPLACEMENT, "ICN7")
    assert named.claim is not None
    assert named.claim.original_number == "ICN1"
    assert unknown.claim is not None
    assert unknown.claim.frequency is Frequency.ORIGINAL


def test_a_withdrawn_bill_that_the_payer_has_is_taken_back_once() -> None:
    changes = {"voided": (EARLIER,), "payments": {EARLIER.id: decided()}}

    [row] = rows(**changes)
    [done] = rows(**changes, void_filed=frozenset({EARLIER.id}))

    assert (row.words, row.is_due, row.is_void) == ("Ready to void", True, True)
    assert row.claim is not None
    assert (row.claim.frequency, row.claim.original_number) == (Frequency.VOID, "ICN7")
    assert (done.words, done.is_due) == ("Void", False)
    assert rows(voided=(EARLIER,)) == []


def test_a_claim_that_comes_too_late_is_kept_back() -> None:
    strict = replace(BILL, payer=replace(PAYER, days_to_file=90))

    words = [
        [problem.message for row in rows(strict, today=day) for problem in row.problems]
        for day in (date(2027, 2, 28), date(2027, 3, 1))
    ]

    assert words[0] == []
    assert "takes claims for 90 days after the service" in words[1][0]


def test_a_payer_without_a_limit_of_its_own_has_that_of_its_rules() -> None:
    shipped = load_tables().rule_sets.holding(PAYER.rule_set, BILL.service_on, is_clinic=False)
    strict = RuleSets([replace(shipped, days_to_file=90)])
    own = replace(BILL, payer=replace(PAYER, days_to_file=365))
    late = date(2027, 3, 1)

    [row] = rows(BILL, today=late, rule_sets=strict)

    assert "takes claims for 90 days" in row.problems[0].message
    assert rows(own, today=late, rule_sets=strict)[0].problems == ()
    assert rows(BILL, today=late)[0].problems == ()


def test_a_bill_in_a_file_is_not_due() -> None:
    [row] = rows(BILL, filed=frozenset({(BILL.id, 1)}))

    assert (row.words, row.is_due, row.is_ready) == ("In a file", False, True)
