"""The checklist of a month: done, missing or not needed, each with its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.checklist import (
    Proof,
    ProofState,
    checklist,
    missing,
)
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.evaluation_facts import (
    ConsentFacts,
    MeasureFacts,
    PatientFacts,
    PatientMonth,
    PayerFacts,
    ProofFacts,
    VisitFacts,
)
from cocm_desktop.domain.billing.mending import MENDED_AT
from tests.builders.bills import NPI, a_first_month, a_month, a_spell, evaluated

DONE, MISSING, NOT_NEEDED = ProofState
SEEN_LONG_AGO = PatientFacts("1EG4TE5MK73", last_seen_on=date(2024, 5, 14))
BARE = ProofFacts()


def item_of(facts: PatientMonth, proof: Proof) -> tuple[ProofState, str]:
    [found] = [each for each in checklist(facts, evaluated(facts)) if each.proof is proof]
    return found.state, found.words


def test_a_month_without_a_fault_lacks_nothing() -> None:
    items = checklist(a_month(), evaluated(a_month()))

    assert [each.proof for each in items] == list(Proof)
    assert missing(items) == ()
    assert all(each.words.endswith(".") for each in items)


@pytest.mark.parametrize(
    ("proof", "facts", "state", "words"),
    [
        (Proof.CONSENT, a_month(), DONE, "Given on Sep 1, 2026."),
        (Proof.CONSENT, a_month(consents=()), MISSING, "No consent for this practitioner"),
        (
            Proof.CONSENT,
            a_month(consents=(ConsentFacts(date(2026, 9, 1), NPI, to_cost_share=False),)),
            MISSING,
            "The consent does not say all three",
        ),
        (
            Proof.CONSENT,
            a_month(
                consents=(ConsentFacts(date(2026, 9, 1), NPI, withdrawn_on=date(2026, 11, 20)),)
            ),
            DONE,
            "Given on Sep 1, 2026, withdrawn on Nov 20, 2026.",
        ),
        (Proof.VISIT, a_month(), NOT_NEEDED, "Seen on May 14, 2026, within a year"),
        (Proof.VISIT, a_month(patient=SEEN_LONG_AGO), DONE, "99214 on Aug 28, 2026."),
        (
            Proof.VISIT,
            a_month(patient=SEEN_LONG_AGO, visits=(VisitFacts(date(2026, 8, 28), "90791", NPI),)),
            DONE,
            "90791 on Aug 28, 2026. 90791 on Aug 28, 2026 is not on the list of CMS.",
        ),
        (
            Proof.VISIT,
            a_month(patient=SEEN_LONG_AGO, visits=()),
            MISSING,
            "there is no qualifying visit",
        ),
        (Proof.MINUTES, a_first_month(), DONE, "116 minutes count: 99492 + 2 × 99494."),
        (Proof.MINUTES, a_first_month(1), MISSING, "1 minute count; the first code begins at 16."),
        (
            Proof.MINUTES,
            a_month(payer=PayerFacts("MCD-NY")),
            NOT_NEEDED,
            "This payer does not pay by codes and minutes.",
        ),
        (Proof.MEASURE, a_month(), DONE, "PHQ-9 8 on Nov 5, 2026."),
        (
            Proof.MEASURE,
            a_month(proofs=replace(BARE, measures=(MeasureFacts(date(2026, 11, 5), "PHQ-9"),))),
            DONE,
            "PHQ-9 on Nov 5, 2026.",
        ),
        (
            Proof.MEASURE,
            a_month(proofs=BARE),
            NOT_NEEDED,
            "Needed in the initial month only. No measure was scored this month.",
        ),
        (Proof.MEASURE, a_first_month(proofs=BARE), MISSING, "No measure was scored"),
        (
            Proof.MEASURE,
            a_month(line=Line.BHI, proofs=BARE),
            NOT_NEEDED,
            "This service does not ask for it.",
        ),
        (Proof.REVIEW, a_month(), DONE, "The patient was reviewed on Nov 17, 2026."),
        (
            Proof.REVIEW,
            a_month(proofs=replace(BARE, meetings=(date(2026, 11, 3),))),
            DONE,
            "The caseload was gone through on Nov 3, 2026.",
        ),
        (Proof.REVIEW, a_month(proofs=BARE), MISSING, "No caseload consultation took place"),
        (Proof.REVIEW, a_month(line=Line.BHI, proofs=BARE), NOT_NEEDED, "does not ask for it"),
        (Proof.REGISTRY, a_month(), DONE, "In the registry this month."),
        (
            Proof.REGISTRY,
            a_month(proofs=ProofFacts(is_in_registry=False)),
            MISSING,
            "not in the registry",
        ),
        (
            Proof.REGISTRY,
            a_month(line=Line.BHI, proofs=ProofFacts(is_in_registry=False)),
            NOT_NEEDED,
            "does not ask for it",
        ),
        (Proof.PLAN, a_month(), DONE, "Care plan of Sep 10, 2026."),
        (Proof.PLAN, a_month(proofs=BARE), NOT_NEEDED, "Needed in the initial month only."),
        (Proof.PLAN, a_first_month(proofs=BARE), MISSING, "no care plan"),
        (Proof.DIAGNOSIS, a_month(), DONE, "F33.1, F41.1."),
        (Proof.DIAGNOSIS, a_month(diagnoses=()), MISSING, "no behavioral diagnosis"),
        (Proof.APPROVAL, a_month(), DONE, "Approved by the practitioner on Dec 1, 2026."),
        (Proof.APPROVAL, a_month(approved_on=None), MISSING, "has not approved"),
    ],
)
def test_each_item_says_what_was_found_or_lacks(
    proof: Proof, facts: PatientMonth, state: ProofState, words: str
) -> None:
    found, said = item_of(facts, proof)

    assert found is state
    assert words in said


def test_minutes_left_out_for_consent_stand_beside_the_consent() -> None:
    late = a_month(
        consents=(ConsentFacts(date(2026, 11, 10), NPI),), time=(a_spell(30, 5), a_spell(40, 12))
    )

    assert "30 minutes left out" in item_of(late, Proof.CONSENT)[1]


def test_whoever_lacks_minutes_is_not_sent_to_add_any() -> None:
    assert CheckId.B03 not in MENDED_AT
    assert CheckId.W09 not in MENDED_AT
