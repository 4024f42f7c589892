"""Claims as 837P: the worked example, variations of it, all accepted by pyx12."""

from __future__ import annotations

import csv
import io
import logging
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cocm_desktop.domain.billing.claim import Claim, Frequency, PaidBefore
from cocm_desktop.domain.billing.claim_text import ALLOWED
from cocm_desktop.domain.billing.payer import ClaimFiling, Insured, Relation
from cocm_desktop.domain.billing.remittance import Adjustment, ClaimPayment, PaidLine
from cocm_desktop.domain.patient import Sex
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.claim_837 import claims_837
from cocm_desktop.exchange.claim_csv import HEADS, claims_csv
from cocm_desktop.exchange.claim_envelope import envelope_problems
from cocm_desktop.exchange.x12_check import require_structure, structure_problems
from tests.builders import a_coverage, a_payer, a_practitioner
from tests.exchange.claims import JANE, PRACTICE, SETTINGS, a_claim, an_envelope

# Source: billing rules 4.1, with a reference of our own and without what is optional.
WORKED = """\
ISA*00*          *00*          *ZZ*SUBMITTERID    *ZZ*330897513      *261130*0915*^*00501*000000101*0*T*:~
GS*HC*SUBMITTERID*330897513*20261130*0915*101*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*COCM000000101*20261130*0915*CH~
NM1*41*2*RIVERBEND FAMILY MEDICINE*****46*SUBMITTERID~
PER*IC*BILLING OFFICE*TE*5555550100~
NM1*40*2*CLEARINGHOUSE*****46*330897513~
HL*1**20*1~
PRV*BI*PXC*207Q00000X~
NM1*85*2*RIVERBEND FAMILY MEDICINE*****XX*1234567893~
N3*100 MAIN ST~
N4*SPRINGFIELD*IL*627010001~
REF*EI*123456789~
HL*2*1*22*0~
SBR*P*18*******MB~
NM1*IL*1*DOE*JANE****MI*1EG4TE5MK73~
N3*12 OAK AVE~
N4*SPRINGFIELD*IL*62704~
DMG*D8*19580312*F~
NM1*PR*2*MEDICARE PART B IL*****PI*00952~
CLM*COCM-000123-202611*221.78***11:B:1*Y*A*Y*Y~
HI*ABK:F331*ABF:F411~
NM1*82*1*SMITH*ALAN****XX*1245319599~
PRV*PE*PXC*207Q00000X~
LX*1~
SV1*HC:99492*160.32*UN*1***1:2~
DTP*472*D8*20261130~
REF*6R*LN0001~
LX*2~
SV1*HC:99494*61.46*UN*1***1:2~
DTP*472*D8*20261130~
REF*6R*LN0002~
SE*31*0001~
GE*1*101~
IEA*1*000000101~
"""  # noqa: E501  the header of an interchange is one line
FACILITY: dict[str, Any] = {
    "facility_name": "City Hospital",
    "facility_npi": "1497758544",
    "facility_address": "5 Park Rd",
    "facility_city": "Springfield",
    "facility_state": "IL",
    "facility_postal_code": "62702-0001",
}
SPOUSE = Insured(
    *("Doe", "John", date(1957, 1, 2), Sex.MALE),
    *("12 Oak Ave", "Springfield", "IL", "62704"),
)
FIRST = a_payer(name="Blue Cross", payer_number="BC123", filing=ClaimFiling.BLUE_CROSS)
BEFORE = PaidBefore(
    payer=FIRST,
    coverage=a_coverage(member_id="XYZ9"),
    payment=ClaimPayment(
        *("COCM-000123-202611", "1", 221_78, 100_00, 50_00, "ICN1"),
        lines=(
            PaidLine(
                *("99492", 160_32, 80_00, 1, "LN0001"),
                adjustments=(
                    *(Adjustment("CO", str(number), 5_00) for number in range(40, 47)),
                    Adjustment("PR", "2", 45_32),
                ),
            ),
        ),
    ),
    paid_on=date(2026, 12, 15),
    insured_name=("Doe", "Jane"),
)


def lines(*claims: Claim) -> list[str]:
    return claims_837(claims, an_envelope()).splitlines()


def test_the_worked_claim_is_written_as_the_rules_show_it() -> None:
    written = claims_837([a_claim()], an_envelope())

    assert written == WORKED


def test_pyx12_accepts_the_worked_claim() -> None:
    assert structure_problems(WORKED) == ()


@pytest.mark.no_cover
def test_pyx12_accepts_whatever_the_program_can_write() -> None:
    second = a_payer(name="Aetna", payer_number="60054", filing=ClaimFiling.COMMERCIAL)
    child = a_coverage(relation=Relation.CHILD, insured=Insured("Doe", "Ann"))
    spouse = a_coverage(relation=Relation.SPOUSE, insured=SPOUSE, group_number="G7")
    claims = [
        a_claim(frequency=Frequency.REPLACEMENT, original_number="ICN0001"),
        a_claim(coverage=spouse),
        a_claim(coverage=child),
        a_claim(coverage=a_coverage(authorization="AUTH-1")),
        a_claim(supervisor=a_practitioner(name="Ann Osei", npi="1876543210")),
        a_claim(payer=second, coverage=a_coverage(rank=2), paid_before=BEFORE),
        a_claim({"patient": replace(JANE, sex=Sex.UNKNOWN, last_name="Muñoz*~:" + "x" * 90)}),
        *(
            a_claim(payer=a_payer(filing=each))
            for each in ClaimFiling
            if each is not ClaimFiling.SELF_PAY
        ),
    ]

    assert structure_problems(claims_837(claims, an_envelope())) == ()


def test_whatever_people_are_called_the_file_holds_together() -> None:
    chance = random.Random(837)
    letters = [chr(code) for code in (*range(32, 592), *range(0x4E00, 0x4E20), 0x1F600)]
    claims = []
    for _ in range(60):
        words = "".join(chance.choices(letters, k=chance.randint(1, 70)))
        patient = replace(
            JANE, last_name=f"X{words}", reach=replace(JANE.reach, address=words + "1")
        )
        claims.append(a_claim({"patient": patient}))

    written = claims_837(claims, an_envelope())

    parts = [line.removesuffix("~").split("*") for line in written.splitlines()]
    charges = [Decimal(each[2]) for each in parts if each[0] == "CLM"]
    lines = [Decimal(each[2]) for each in parts if each[0] == "SV1"]
    assert charges == [sum(pair) for pair in zip(lines[::2], lines[1::2], strict=True)]
    assert set(written) <= ALLOWED | set("*:~^\n")
    assert len(written.splitlines()[0]) == 106
    assert structure_problems(written) == ()


def test_a_service_facility_stands_between_who_did_it_and_who_supervised() -> None:
    settings = replace(SETTINGS, **FACILITY)
    claim = a_claim(
        {"settings": settings}, supervisor=a_practitioner(name="B. Jones", npi="1497758544")
    )

    written = lines(claim)

    at = written.index("NM1*77*2*CITY HOSPITAL*****XX*1497758544~")
    assert written[at + 1 : at + 3] == ["N3*5 PARK RD~", "N4*SPRINGFIELD*IL*627020001~"]
    assert written[at - 1].startswith("PRV*PE")
    assert written[at + 3].startswith("NM1*DQ*1*JONES")
    assert structure_problems("\n".join((*written, ""))) == ()
    [row, _second] = csv.DictReader(io.StringIO(claims_csv([claim]).decode()))
    assert row["facility_npi"] == "1497758544"


def test_a_correction_names_the_claim_that_it_replaces() -> None:
    written = lines(a_claim(frequency=Frequency.REPLACEMENT, original_number="ICN0001"))

    assert "CLM*COCM-000123-202611*221.78***11:B:7*Y*A*Y*Y~" in written
    assert "REF*F8*ICN0001~" in written


def test_a_dependent_patient_stands_below_the_insured() -> None:
    spouse = a_coverage(relation=Relation.SPOUSE, insured=SPOUSE, group_number="G7")
    written = lines(a_claim(coverage=spouse), a_claim())

    assert "SBR*P**G7******MB~" in written
    assert [each for each in written if each.startswith("HL")] == [
        "HL*1**20*1~",
        "HL*2*1*22*1~",
        "HL*3*2*23*0~",
        "HL*4*1*22*0~",
    ]
    assert written[written.index("PAT*01~") + 1] == "NM1*QC*1*DOE*JANE~"


def test_a_second_payer_reads_what_the_first_one_paid() -> None:
    second = a_payer(name="Aetna", payer_number="60054", filing=ClaimFiling.COMMERCIAL)
    claim = a_claim(payer=second, coverage=a_coverage(rank=2, member_id="W1"), paid_before=BEFORE)

    written = lines(claim)

    assert "SBR*S*18*******CI~" in written
    assert "SBR*P*18*******BL~" in written
    assert "AMT*D*100~" in written
    assert "SVD*BC123*80*HC:99492**1~" in written
    assert [each.count("*5") for each in written if each.startswith("CAS*CO")] == [6, 1]
    assert "DTP*573*D8*20261215~" in written


def test_a_file_is_marked_as_a_test_until_the_practice_turns_production_on() -> None:
    live = an_envelope(settings=replace(SETTINGS, is_production=True))

    assert an_envelope().file_name == "COCM-837P-TEST-20261130-000000101.txt"
    assert live.file_name == "COCM-837P-20261130-000000101.txt"
    assert claims_837([a_claim()], live).splitlines()[0].endswith("*0*P*:~")


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"makes_claim_files": False}, "makes_claim_files"),
        ({"submitter_id": ""}, "submitter_id"),
        ({"receiver_id": "longer than fifteen"}, "receiver_id"),
        ({"receiver_name": ""}, "receiver_name"),
        ({"contact_phone": "12"}, "contact_phone"),
    ],
)
def test_what_a_file_needs_is_asked_for_by_name(missing: dict[str, Any], field: str) -> None:
    settings = replace(SETTINGS, **missing)

    assert [each.field for each in envelope_problems(PRACTICE, settings)] == [field]
    assert list(envelope_problems(PRACTICE, SETTINGS)) == []
    assert [each.field for each in envelope_problems(replace(PRACTICE, name="李"), SETTINGS)] == [
        "name"
    ]


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("HI*ABK:F331*ABF:F411~\n", "HI Health Care Diagnosis Code"),
        ("SBR*P*18*******MB~\n", "SBR Subscriber Information"),
        ("DTP*472*D8*20261130~\n", "DTP"),
    ],
)
def test_a_broken_file_is_refused_by_the_name_of_the_segment(piece: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        require_structure(WORKED.replace(piece, ""))


def test_what_is_wrong_is_named_without_what_stands_there(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = WORKED.replace("NM1*IL*1*DOE*", "NM1*IL*1*" + "DOE" * 30 + "*")

    with caplog.at_level(logging.DEBUG):
        found = structure_problems(broken)

    assert found
    assert "DOE" not in " ".join(found)
    assert "DOE" not in caplog.text
    assert structure_problems("hello") == ("it is no X12 file",)
    assert structure_problems(WORKED.replace("005010X222A1~\nST", "005010X999~\nST")) != ()


def test_the_csv_has_a_row_for_each_line() -> None:
    text = claims_csv([a_claim()]).decode()

    rows = list(csv.DictReader(io.StringIO(text)))

    assert tuple(rows[0]) == HEADS
    assert [(row["code"], row["units"], row["charge"]) for row in rows] == [
        ("99492", "1", "160.32"),
        ("99494", "1", "61.46"),
    ]
    assert (rows[0]["pt_dob"], rows[0]["dx2"], rows[0]["ptr"]) == ("19580312", "F411", "AB")
    assert (rows[0]["member_id"], rows[0]["billing_ein"]) == ("1EG4TE5MK73", "123456789")


def test_a_spreadsheet_calculates_nothing_of_the_csv() -> None:
    patient = replace(JANE, last_name="=1+1", first_name="@x")

    (row, _) = csv.DictReader(io.StringIO(claims_csv([a_claim({"patient": patient})]).decode()))

    assert (row["pt_last"], row["pt_first"]) == ("'=1+1", "'@x")
