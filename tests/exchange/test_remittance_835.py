"""Remittance files: read whole, or refused."""

from __future__ import annotations

import random
from datetime import date

import pytest

from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.remittance import Adjustment, RemittanceFile
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.remittance_835 import read_remittance
from cocm_desktop.exchange.x12_check import structure_problems
from cocm_desktop.exchange.x12_read import cents_of
from tests.exchange.claims import a_claim
from tests.exchange.remittances import DENIED, PAID, REVERSED, an_835
from tests.exchange.test_claim_837 import WORKED


def read(content: bytes) -> RemittanceFile:
    return read_remittance(content, file_name="era.835")


def test_every_adjustment_of_a_line_is_read() -> None:
    (payment,) = read(an_835(PAID, DENIED)).payments

    paid, denied = payment.claims
    assert paid.account_number == a_claim().account_number
    assert paid.lines[0].adjustments == (
        Adjustment("CO", "45", 15_36),
        Adjustment("CO", "253", 2_32),
        Adjustment("PR", "2", 28_99),
    )
    assert (paid.lines[0].control, paid.lines[0].allowed_cents) == ("LN0001", 144_96)
    assert (paid.payer_number, paid.remarks, paid.patient_name) == (
        "ICN0001",
        ("MA01",),
        "DOE, JANE",
    )
    assert (denied.is_denied, denied.lines[0].remarks) == (True, ("N362",))
    assert (payment.trace_number, payment.paid_on) == ("EFT0000777", date(2026, 12, 15))
    assert (payment.payer_name, payment.payee_npi) == ("MEDICARE PART B IL", "1234567893")
    assert [check.id for check in payment.checks()] == []


def test_a_reversal_is_read_with_its_signs() -> None:
    (payment,) = read(
        an_835(REVERSED, paid="0", more=("PLB*1234567893*20261231*WO:ICN0001*-113.65",))
    ).payments

    assert payment.claims[0].is_reversal
    assert payment.claims[0].paid_cents == -113_65
    assert list(payment.claims[0].checks()) == []
    assert payment.provider_adjustments[0].cents == -113_65
    assert payment.provider_adjustments[0].reference == "ICN0001"
    assert list(payment.checks()) == []


def test_pairs_of_a_provider_adjustment_are_all_read() -> None:
    more = ("PLB*1234567893*20261231*WO:A*10*L6:B*-2.5",)

    (payment,) = read(an_835(PAID, paid="106.15", more=more)).payments

    assert [each.cents for each in payment.provider_adjustments] == [10_00, -2_50]
    assert list(payment.checks()) == []


def test_money_that_is_not_accounted_for_is_told() -> None:
    (payment,) = read(an_835(PAID, paid="113.60")).payments

    assert [check.id for check in payment.checks()] == [CheckId.W38]


def test_a_debit_is_money_taken() -> None:
    content = an_835(REVERSED, paid="113.65").replace(b"*113.65*C*ACH", b"*113.65*D*ACH")

    (payment,) = read(content).payments

    assert payment.paid_cents == -113_65
    assert list(payment.checks()) == []


def test_pyx12_accepts_the_files_that_these_tests_read() -> None:
    assert structure_problems(an_835(PAID, DENIED, REVERSED).decode()) == ()


@pytest.mark.parametrize("separators", [("|", ">", "\n"), ("*", ":", "'")])
def test_other_delimiters_and_line_ends_are_read(separators: tuple[str, str, str]) -> None:
    element, part, end = separators
    text = an_835(PAID, usage="T").decode().replace("\n", "")
    other = text.replace("*", element).replace(":", part).replace("~", end)

    found = read(b"\xef\xbb\xbf" + other.encode())

    assert found.is_test
    assert found.claims[0].lines[0].code == "99493"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no X12 file"),
        (b"account,paid\n1,2\n" * 40, "no X12 file"),
        (an_835(PAID)[:-200], "cut short"),
        (an_835(PAID).replace(b"SE*", b"SE*1", 1), "count up"),
        (an_835(PAID).replace(b"GE*1*501", b"GE*1*502"), "count up"),
        (an_835(PAID).replace(b"*113.65*C", b"*1E9*C"), "amount"),
        (an_835(PAID).replace(b"*113.65*C", b"*113.655*C"), "amount"),
        (an_835(PAID).replace(b"*113.65*C", b"*999999999999*C"), "amount"),
        (an_835(PAID).replace(b"BPR*", b"BPX*"), "does not say what was paid"),
        (an_835(PAID).replace(b"MEDICARE", b"M" * 20_001), "larger than"),
        (an_835(PAID).replace(b"ISA*00*", b"ISAA00A", 1), "delimiters"),
        (an_835(PAID) + b"ST*835*1~", "cut short"),
        (an_835(PAID).replace(b"GS*HP", b"ISA*HP"), "count up"),
        (b"ISA*" + b"x" * (20 * 1024 * 1024), "larger than 20 MB"),
        (WORKED.encode(), "no remittance"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(content)


def test_damage_anywhere_is_refused_or_read_and_never_a_fault() -> None:
    chance, whole = random.Random(835), an_835(PAID, DENIED, REVERSED)

    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        try:
            found = read(bytes(damaged))
        except Refused as refused:
            assert "Nothing was stored" in str(refused)  # noqa: PT017  either end is right
        else:
            assert all(len(claim.account_number) <= 80 for claim in found.claims)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("", 0), ("5", 500), ("-5.1", -510), (".05", 5), ("12.3400", 1234), ("+1", 100)],
)
def test_amounts_are_read_to_the_cent(text: str, cents: int) -> None:
    assert cents_of(text) == cents
