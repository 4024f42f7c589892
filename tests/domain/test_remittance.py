"""Whether a remittance's sums fit, and what it says became of a claim."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.reason_card import explained, group_words, read_cards
from cocm_desktop.domain.billing.remittance import (
    Adjustment,
    ClaimPayment,
    PaidLine,
    Payment,
    ProviderAdjustment,
    RemittanceFile,
)
from cocm_desktop.paths import resources

CARDS = read_cards(json.loads((resources() / "billing" / "carc.json").read_text("utf-8")))
# Source: billing rules 4.2, the worked line.
LINE = PaidLine(
    "99493",
    160_32,
    113_65,
    adjustments=(
        Adjustment("CO", "45", 15_36),
        Adjustment("PR", "2", 28_99),
        Adjustment("CO", "253", 2_32),
    ),
)
CLAIM = ClaimPayment("COCM-1", "1", 160_32, 113_65, 28_99, "ICN1", lines=(LINE,))
FULL = Adjustment("CO", "119", 160_32)


def test_the_worked_line_balances() -> None:
    assert LINE.is_balanced
    assert (LINE.allowed_cents, LINE.patient_cents) == (144_96, 28_99)
    assert list(CLAIM.checks()) == []
    assert (CLAIM.state, CLAIM.allowed_cents, CLAIM.owed_cents) == (
        MonthState.PAID,
        144_96,
        28_99,
    )


@pytest.mark.parametrize(
    "broken",
    [
        replace(CLAIM, lines=(replace(LINE, paid_cents=113_66),)),
        replace(CLAIM, paid_cents=113_64),
        replace(CLAIM, adjustments=(Adjustment("OA", "23", 1_00),)),
    ],
)
def test_a_claim_that_does_not_add_up_is_told(broken: ClaimPayment) -> None:
    assert {check.id for check in broken.checks()} == {CheckId.W38}


def test_adjustments_of_a_claim_count_against_it_once() -> None:
    lines = (replace(LINE, adjustments=(), paid_cents=160_32),)
    whole = (Adjustment("CO", "45", 15_36), Adjustment("PR", "2", 31_31))

    claim = replace(CLAIM, lines=lines, adjustments=whole)

    assert list(claim.checks()) == []
    assert (claim.allowed_cents, claim.owed_cents) == (144_96, 31_31)


def test_a_payment_less_what_was_kept_is_the_amount_paid() -> None:
    kept = ProviderAdjustment("WO", "ICN9", 13_65)
    payment = Payment("Payer", "EFT1", None, 100_00, (CLAIM,), (kept,))

    assert list(payment.checks()) == []
    assert payment.words == "Payer · $100.00 · — · EFT1 · $13.65 kept by the payer (WO ICN9)"
    assert replace(kept, cents=-5).words == "$0.05 added by the payer (WO ICN9)"
    assert [each.id for each in replace(payment, paid_cents=113_65).checks()] == [CheckId.W38]
    assert RemittanceFile("a", "b", (payment,)).paid_cents == 100_00
    assert RemittanceFile("a", "b", (payment,)).claims == (CLAIM,)


@pytest.mark.parametrize(
    ("claim", "state"),
    [
        (replace(CLAIM, status="4", paid_cents=0, lines=(), adjustments=(FULL,)), "DENIED"),
        (replace(CLAIM, paid_cents=0, patient_cents=0, lines=(), adjustments=(FULL,)), "DENIED"),
        (
            replace(CLAIM, paid_cents=0, lines=(), adjustments=(Adjustment("PR", "1", 160_32),)),
            "PAID",
        ),
        (replace(CLAIM, status="22"), "DENIED"),
    ],
)
def test_what_became_of_a_claim(claim: ClaimPayment, state: str) -> None:
    assert claim.state.name == state


def test_a_denial_names_its_reasons() -> None:
    denied = replace(
        CLAIM, status="4", paid_cents=0, patient_cents=0, lines=(), adjustments=(FULL,)
    )

    assert [check.words for check in denied.checks()] == ["Denied: CO 119 $160.32."]
    assert replace(denied, status="99").status_words == "Status 99"


def test_every_reason_named_by_the_rules_has_a_card() -> None:
    # Source: billing rules 4.2.
    named = (
        "4 5 8 11 12 13 16 18 22 23 24 26 27 29 31 45 50 96 97 109 119 146 151 170 181 185 197 "
        "204 222 226 236 252 253 272 273 B7 B20 1 2 3"
    )

    assert set(named.split()) == set(CARDS)
    assert all(card.title and card.meaning and card.next_step for card in CARDS.values())


def test_an_unknown_reason_says_that_it_is_unknown() -> None:
    card = explained(Adjustment("ZZ", "999", 1), CARDS)

    assert "no words" in card.meaning
    assert explained(Adjustment("CO", "45", 1), CARDS).title == "Charge above the allowed amount"
    assert "look at it" in group_words("ZZ")
