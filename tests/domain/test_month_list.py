"""A month's superbills as a list: states, next steps, filters, totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.domain.billing.bill_step import BillStep, MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.checklist import Proof, ProofState
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth, PayerFacts
from cocm_desktop.domain.billing.mending import Mend
from cocm_desktop.domain.billing.month_list import (
    RULES,
    SHOWN_BY,
    MonthFilter,
    Notices,
    checks,
    counts,
    month_rows,
    notices,
    shown,
    to_acknowledge,
    to_approve,
    to_issue,
    to_print,
)
from cocm_desktop.domain.billing.month_row import WAITS, MonthRow
from cocm_desktop.domain.billing.month_totals import MonthTotals
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.ids import PatientId, SuperbillId
from cocm_desktop.domain.superbill import Superbill
from tests.builders import a_patient, id_of
from tests.builders.bills import a_bill, a_month, a_payer, a_spell, an_issued_bill

IN_MONTH, AFTER = date(2026, 11, 22), date(2026, 12, 2)
UNPRICED: dict[str, Any] = {"fees_cents": ()}
TIME_40 = (a_spell(40),)


def named(name: str) -> dict[str, Any]:
    patient_id = PatientId(id_of(f"patient {name}"))
    patient = a_patient(id=patient_id, last_name=name, first_name="Kim")
    return {"id": SuperbillId(id_of(f"bill {name}")), "patient": patient}


def bill_of(name: str, *, is_issued: bool = False, **facts: Any) -> Superbill:
    make = an_issued_bill if is_issued else a_bill
    return make(a_month(**{"time": TIME_40, **facts}), **named(name))


def row_of(facts: PatientMonth | None = None, *, state: MonthState | None = None) -> MonthRow:
    bill = a_bill(facts or a_month(time=TIME_40))
    today = bill.facts.today if bill.facts else AFTER
    [row] = month_rows([bill], today=today, steps={bill.id: (a_step(state),)} if state else None)
    return row


def a_step(state: MonthState, **changes: Any) -> BillStep:
    step = BillStep(id_of(state.value), SuperbillId(id_of("bill")), state, date(2026, 12, 9))
    return replace(step, **changes)


@pytest.fixture(scope="module")
def rows() -> tuple[MonthRow, ...]:
    """One for each state, one that awaits approval, and one without a charge."""
    bills = (
        bill_of("Ready"),
        bill_of("Approve", approved_on=None),
        bill_of("Short", time=(a_spell(4),)),
        bill_of("Unpriced", **UNPRICED),
        *(bill_of(name, is_issued=True) for name in ("Issued", "Sent", "Paid", "Denied")),
    )
    by_name = {bill.patient.last_name: bill.id for bill in bills}
    steps = {
        by_name["Sent"]: (a_step(MonthState.SENT),),
        by_name["Paid"]: (a_step(MonthState.SENT), a_step(MonthState.PAID, paid_cents=113_65)),
        by_name["Denied"]: (a_step(MonthState.DENIED, reason="Duplicate"),),
    }
    return month_rows(bills, today=AFTER, steps=steps)


def names(found: Sequence[MonthRow]) -> list[str]:
    return [row.bill.patient.last_name for row in found]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (MonthFilter.NOT_READY, ["Short"]),
        (MonthFilter.TO_APPROVE, ["Approve"]),
        (MonthFilter.READY, ["Ready", "Unpriced"]),
        (MonthFilter.ISSUED, ["Issued"]),
        (MonthFilter.SENT, ["Sent"]),
        (MonthFilter.PAID, ["Paid"]),
        (MonthFilter.DENIED, ["Denied"]),
        (MonthFilter.TO_CHECK, []),
    ],
)
def test_a_filter_shows_what_its_count_says(
    rows: tuple[MonthRow, ...], only: MonthFilter, expected: list[str]
) -> None:
    assert names(shown(rows, only=only)) == expected
    assert counts(rows)[only] == len(expected)
    assert len(shown(rows)) == len(rows)


def test_every_filter_has_its_rule() -> None:
    assert set(RULES) == set(SHOWN_BY) == set(MonthFilter)


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        ("kim deni", ["Denied"]),
        ("99493 unpr", ["Unpriced"]),
        ("national government ready", ["Ready"]),
        ("nobody", []),
    ],
)
def test_words_find_names_payers_and_codes(
    rows: tuple[MonthRow, ...], find: str, expected: list[str]
) -> None:
    assert names(shown(rows, find=find)) == expected


def test_issued_ones_say_their_number_in_the_month(rows: tuple[MonthRow, ...]) -> None:
    said = {row.bill.patient.last_name: row.state_words for row in rows}

    assert said["Issued"] == "Issued 0007"
    assert said["Denied"] == "Denied 0007"
    assert said["Short"] == "Not ready"
    assert said["Approve"] == "To approve"


def test_what_can_be_done_is_told_from_the_state(rows: tuple[MonthRow, ...]) -> None:
    assert names(to_issue(rows)) == ["Ready", "Unpriced"]
    assert names(to_approve(rows)) == ["Approve"]
    printed = [bill.patient.last_name for bill in to_print(rows)]
    assert printed == [name for name in names(rows) if name != "Short"]


def test_how_far_the_next_code_is_is_told_only_while_the_month_is_open() -> None:
    opened = row_of(a_month(time=TIME_40, today=IN_MONTH))
    over = row_of()
    [closed] = month_rows([opened.bill], today=IN_MONTH, is_closed=True)

    assert (opened.short_words, opened.next_words) == ("36 short", "99494 at 76")
    for row in (over, closed):
        assert (row.next_code, row.short_words, row.next_words) == (None, "", "")


def test_an_open_month_is_not_asked_to_be_over() -> None:
    whole = row_of(a_month(time=TIME_40, today=IN_MONTH))
    lacking = row_of(a_month(time=TIME_40, today=IN_MONTH, consents=(), approved_on=None))

    assert whole.state is MonthState.NOT_READY
    assert whole.next_step.words == WAITS
    assert CheckId.B18 in {each.id for each in whole.blocks}
    assert whole.stopping == ()
    assert lacking.next_step.mend is Mend.CONSENT
    assert not row_of(a_month(time=TIME_40, today=IN_MONTH, approved_on=None)).awaits_approval


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (MonthState.READY, "Issue it"),
        (MonthState.ISSUED, "mark it as sent"),
        (MonthState.SENT, "Wait for the payer"),
        (MonthState.PAID, "Nothing more"),
        (MonthState.DENIED, "Read the payer's reason"),
    ],
)
def test_each_state_says_what_comes_next(state: MonthState, words: str) -> None:
    step = row_of(state=state).next_step

    assert words in step.words
    assert step.mend is None


def test_the_approval_comes_after_everything_else() -> None:
    both = row_of(a_month(time=TIME_40, approved_on=None, diagnoses=()))
    alone = row_of(a_month(time=TIME_40, approved_on=None))

    assert both.next_step.mend is Mend.DIAGNOSIS
    assert alone.next_step.mend is Mend.APPROVAL


def test_codes_and_amounts_that_are_stopped_are_told_as_reached() -> None:
    stopped = row_of(a_month(time=(a_spell(110),), approved_on=None))
    ready = row_of(a_month(time=(a_spell(110),)))

    assert stopped.bill.lines == ()
    assert stopped.code_words == ready.code_words == "99493 + 2 × 99494"
    assert stopped.allowed_words == ready.allowed_words == "$267.88"
    assert stopped.charge_words == ready.charge_words == "$540.00"


def test_amounts_are_told_only_where_they_are_known(rows: tuple[MonthRow, ...]) -> None:
    said = {row.bill.patient.last_name: (row.allowed_words, row.charge_words) for row in rows}

    assert said["Ready"] == ("$144.96", "$290.00")
    assert said["Unpriced"] == ("$144.96", "No charge")
    assert said["Short"] == ("", "")


def test_a_superbill_of_an_earlier_release_has_no_checklist() -> None:
    old = replace(an_issued_bill(), facts=None, result=None)
    [row] = month_rows([old], today=AFTER)

    assert row.checklist == ()
    assert row.item(Proof.CONSENT) is None
    assert (row.blocks, row.warnings, row.suggested) == ((), (), ())
    assert row.state is MonthState.ISSUED
    assert row.code_words == "99493"


def test_an_item_is_found_by_its_name() -> None:
    found = row_of(a_month(time=TIME_40, consents=())).item(Proof.CONSENT)

    assert found is not None
    assert found.state is ProofState.MISSING


def test_totals_are_those_of_the_rows(rows: tuple[MonthRow, ...]) -> None:
    totals = MonthTotals.of(rows)

    assert totals.words == (
        "8 patients",
        "284 minutes",
        "$1,740.00 charged, $1,014.72 allowed",
        "1 to approve $290.00",
        "1 not ready",
        "2 ready $290.00",
        "1 issued $290.00",
        "1 sent $290.00",
        "1 paid $290.00, $113.65 received",
        "1 denied $290.00",
        "1 without a charge",
    )


def test_what_no_rate_is_known_of_is_not_told_as_zero() -> None:
    bill = bill_of("One", payer=PayerFacts("COMMERCIAL-DEFAULT", is_confirmed=True))

    assert MonthTotals.of(month_rows([bill], today=AFTER)).amount_words == (
        "40 minutes",
        "$290.00 charged",
        "1 without a rate",
    )


def test_totals_of_nobody_are_nothing() -> None:
    totals = MonthTotals.of(())

    assert totals.words == ("0 patients", "0 minutes", "$0.00 charged, $0.00 allowed")
    assert totals.amount_words == ("0 minutes", "$0.00 charged, $0.00 allowed")


OVERLAPPING = (a_spell(40, starts_at=36000), a_spell(20, starts_at=36060))


def test_a_warning_is_acknowledged_once_for_all_that_have_it() -> None:
    bills = [bill_of("One", time=OVERLAPPING), bill_of("Two", time=OVERLAPPING), bill_of("Three")]
    rows = month_rows(bills, today=AFTER)

    found = {each.id: each.count for each in to_acknowledge(rows)}

    assert found[CheckId.W04] == 2
    assert found[CheckId.W15] == 3
    assert set(found) == {each for bill in bills for each in bill.to_acknowledge}
    assert list(found) == [each for each in CheckId if each in found]


def test_warnings_in_different_words_say_so() -> None:
    bills = [bill_of("One", time=OVERLAPPING), bill_of("Two", time=(*OVERLAPPING, a_spell(9, 6)))]
    longer = bill_of("Three", time=(a_spell(40, starts_at=36000), a_spell(30, starts_at=36060)))

    [overlap] = [
        each
        for each in to_acknowledge(month_rows([*bills, longer], today=AFTER))
        if each.id is CheckId.W04
    ]

    assert overlap.count == 3
    assert overlap.words.endswith("(And others like it.)")


def test_the_same_thing_to_check_is_told_once_with_its_count() -> None:
    bills = [bill_of(name, time=(a_spell(20),)) for name in ("One", "Two")]

    assert checks(month_rows([*bills, bill_of("Three")], today=AFTER)) == {
        "G2214 with 20 of 30 minutes: some payers dispute it.": 2,
    }


def test_what_concerns_the_whole_month_is_told_once() -> None:
    bills = [bill_of("One", time=OVERLAPPING), bill_of("Two", **UNPRICED), bill_of("Three")]

    found = notices(month_rows(bills, today=AFTER))

    said = " ".join(found.words)
    assert found.is_about_tables
    assert "diagnosis codes that are loaded end before" in said
    assert "No charge is set for a code of 1 patient." in said
    assert "Time overlaps for 1 patient." in said
    assert "Medicare's rates" not in said
    assert notices(()) == Notices((), is_about_tables=False)


def test_rates_that_are_not_loaded_are_told_for_medicare_alone() -> None:
    bill = bill_of("One")
    assert bill.result is not None
    unpriced = replace(bill.lines[0], allowed_cents=None)
    medicare = replace(bill, lines=(unpriced,))
    other = replace(medicare, payer=a_payer(filing=ClaimFiling.COMMERCIAL))

    told = "Medicare's rates of this month are not loaded."
    assert told in notices(month_rows([medicare], today=AFTER)).words
    assert told not in notices(month_rows([other], today=AFTER)).words


def test_what_became_of_an_issued_one_is_told_in_order(rows: tuple[MonthRow, ...]) -> None:
    said = {row.bill.patient.last_name: row.step_words for row in rows}

    assert said["Issued"] == ()
    assert said["Paid"] == ("Sent on Dec 9, 2026", "Paid on Dec 9, 2026, $113.65")
    assert said["Denied"] == ("Denied on Dec 9, 2026: Duplicate",)


def test_an_issued_one_has_nothing_left_to_check() -> None:
    [row] = month_rows([bill_of("One", is_issued=True, time=(a_spell(20),))], today=AFTER)

    assert row.warnings == ()
    assert [each.id for each in row.remarks] == [CheckId.W02]
