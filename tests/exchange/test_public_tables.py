"""Reading Medicare's files: found by their headers, checked by their sums, refused in words."""

from __future__ import annotations

import json
import os
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cocm_desktop.domain.billing.billing_table import TableChoices, TablePreview
from cocm_desktop.domain.billing.evaluation_facts import SettingFacts, Span
from cocm_desktop.domain.billing.locality import LocalityTable, locality_on
from cocm_desktop.domain.billing.rate_table import RateTable, allowed_cents
from cocm_desktop.domain.described import read_as
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.gpci_file import read_gpci
from cocm_desktop.exchange.icd_file import parse_release, read_icd
from cocm_desktop.exchange.rvu_file import read_rvu
from tests.exchange.public_files import (
    ABOVE,
    DESCRIPTOR,
    GPCI_ROWS,
    HEADER,
    ROWS_2026,
    code_lines,
    gpci_lines,
    order_lines,
    rvu_lines,
    stored,
)

NONE = TableChoices()
CODES = frozenset({"99492", "99493", "99494", "G2214", "99484", "G0512", "G0568", "G0569",
                   "G0570", "G9999"})  # fmt: skip
JULY = "PPRRVU2026_Jul_nonQPP.csv"


def rvu(
    folder: Path, *, name: str = JULY, choices: TableChoices = NONE, said: tuple[str, ...] = ()
) -> RateTable:
    """Read a file whose titles say another year, month and factor than July 2026."""
    file = stored(folder, rvu_lines(*said), name)
    return rates_in(read_rvu(file, choices, codes=CODES))


def rates_in(preview: TablePreview) -> RateTable:
    return read_as(RateTable, json.loads(preview.content))


def test_wisconsin_to_the_cent_through_both_files(tmp_path: Path) -> None:
    """Source: amounts published for locality 00 of Wisconsin, 2026."""
    rates = rvu(tmp_path)
    indices = read_gpci(stored(tmp_path, gpci_lines(), "GPCI2026.csv"), NONE)
    table = read_as(LocalityTable, json.loads(indices.content))
    here = locality_on([table], "06302-00", date(2026, 11, 30))
    assert here is not None
    setting = SettingFacts(
        work_gpci=here.work, expense_gpci=here.expense, malpractice_gpci=here.malpractice
    )

    named = ("99492", "99493", "99494", "G2214", "99484", "G0568", "G0569", "G0570")

    assert [allowed_cents(rates, code, setting) for code in named] == [
        15319, 13871, 5872, 5801, 5504, 15425, 13945, 5536,
    ]  # fmt: skip
    assert rates.words(here.words) == (
        "2026, PPRRVU2026_Jul_nonQPP.csv, released Jun 30, 2026, 06302-00 WISCONSIN"
    )


def test_headers_of_another_year_are_understood(tmp_path: Path) -> None:
    above = ABOVE.replace("NON-FAC,", "FULLY IMPLEMENTED NON-FACILITY,").replace(
        ",MP,", ",MALPRACTICE,"
    )
    spare = "," * 26 + "PHYSICIAN,,,NON-FACILITY,FACILITY,MP"
    lines = [*rvu_lines()[:3], spare, above.replace("CONV,", "CONVERSION,"), *rvu_lines()[4:]]

    preview = read_rvu(stored(tmp_path, lines, JULY, end="\r"), NONE, codes=CODES)

    assert preview.row_count == 8


def test_only_known_codes_are_kept_and_no_descriptor(tmp_path: Path) -> None:
    preview = read_rvu(stored(tmp_path, rvu_lines(), JULY), NONE, codes=CODES)

    assert preview.name == "PFS 2026 July"
    assert preview.valid == Span(date(2026, 7, 1), date(2026, 12, 31))
    assert preview.row_count == 8
    assert DESCRIPTOR.encode() not in preview.content
    assert preview.samples[0] == ("99484", "$57.45 in offices, $38.75 in facilities")
    assert preview.remarks[2:] == (
        "Not paid by Medicare by their status: G0512.",
        "Not in this release: G9999.",
    )


@pytest.mark.parametrize(
    ("name", "said", "whose"),
    [
        (JULY, (), (False,)),
        ("PPRRVU2026_Jul_QPP.csv", ("2026", "July", "33.5675"), (True,)),
        ("pprrvu2026-oct-nonqpp.csv", ("2026", "October"), (False,)),
        ("PPRRVU25_JAN.csv", ("2025", "January", "32.3465"), (None,)),
    ],
)
def test_the_name_says_whose_factor_it_is(
    tmp_path: Path, name: str, said: tuple[str, ...], whose: tuple[bool | None]
) -> None:
    table = rvu(tmp_path, name=name, said=said)

    assert (table.is_qualifying,) == whose
    assert table.factor == Decimal(said[2] if len(said) > 2 else "33.4009")


def test_a_name_that_does_not_say_whose_factor_it_is_needs_a_choice(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="does not say whose"):
        rvu(tmp_path, name="rvu26c.csv")

    assert rvu(tmp_path, name="rvu26c.csv", choices=TableChoices(is_qualifying=True)).is_qualifying


def test_days_that_are_typed_come_before_those_of_the_file(tmp_path: Path) -> None:
    choices = TableChoices(date(2026, 9, 1), date(2026, 9, 30))

    assert rvu(tmp_path, choices=choices).valid == Span(date(2026, 9, 1), date(2026, 9, 30))
    with pytest.raises(Refused, match="before the first"):
        rvu(tmp_path, choices=TableChoices(date(2026, 9, 1), date(2026, 8, 30)))


def moved(header: str, *, column: int) -> str:
    cells = header.split(",")
    cells[column], cells[column + 1] = cells[column + 1], cells[column]
    return ",".join(cells)


BAD_RVU = {
    "nothing in it": [""],
    "no header": ["a,b,c", "1,2,3"],
    "no column for work": [ABOVE.replace("WORK", "X"), HEADER, *rvu_lines()[5:]],
    "two columns for work": [ABOVE.replace("ENDO", "WORK RVU"), HEADER, *rvu_lines()[5:]],
    "columns that moved": [moved(ABOVE, column=5), moved(HEADER, column=5), *rvu_lines()[5:]],
    "no row of ours": rvu_lines()[:5],
    "a number that is none": [line.replace("1.88", "1,88") for line in rvu_lines()],
    "a row twice": [*rvu_lines(), rvu_lines()[8]],
    "two factors": [*rvu_lines(rows=ROWS_2026[:4]), *rvu_lines(factor="33.5675")[-1:]],
    "no factor": rvu_lines(factor="0.0000"),
    "a cell of a formula": [line.replace("1.88", "=1+1") for line in rvu_lines()],
    "digits of another script": [
        line.replace("1.88", "\u0661.\u0668\u0668") for line in rvu_lines()
    ],
    "a line too long": ["x" * 5_000],
    "many columns": ["x," * 200 + "y", *rvu_lines()],
}


@pytest.mark.parametrize("name", BAD_RVU)
def test_another_file_is_refused_in_words(tmp_path: Path, name: str) -> None:
    file = stored(tmp_path, BAD_RVU[name], JULY, encoding="utf-8")

    with pytest.raises(Refused, match="Nothing was loaded"):
        read_rvu(file, NONE, codes=CODES)


@pytest.mark.parametrize("raw", [b"%PDF-1.7", b"PK\x03\x04", b"\x00\x01\x02" * 900, b"<html>"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / JULY
    file.write_bytes(raw)

    for reader in (read_gpci, read_icd):
        with pytest.raises(Refused):
            reader(file, NONE)


def test_noise_never_gets_past_the_readers(tmp_path: Path) -> None:
    dice = random.Random(20261122)
    good = "\n".join([*rvu_lines(), *gpci_lines(), *code_lines()]).encode()
    file = tmp_path / JULY
    refused = 0
    for _ in range(40):
        raw = bytearray(good)
        for _ in range(30):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        file.write_bytes(bytes(raw))
        for reader in (lambda f, c: read_rvu(f, c, codes=CODES), read_gpci, read_icd):
            try:
                reader(file, NONE)
            except Refused:
                refused += 1

    assert refused > 40


def test_localities_are_read_with_their_zeros_and_without_footnotes(tmp_path: Path) -> None:
    preview = read_gpci(stored(tmp_path, gpci_lines(), "GPCI2026.csv"), NONE)

    assert preview.row_count == 3
    assert preview.valid == Span(date(2026, 1, 1), date(2026, 12, 31))
    assert preview.samples == (
        ("02102-01", "ALASKA, AK: work 1.500, expense 1.065, malpractice 0.551"),
        ("06302-00", "WISCONSIN, WI: work 1.000, expense 0.958, malpractice 0.308"),
        ("09202-20", "PUERTO RICO, PR: work 1.000, expense 0.869, malpractice 0.575"),
    )


def test_of_two_work_indices_the_one_with_the_floor_counts(tmp_path: Path) -> None:
    header = (
        "MAC,State,Locality Number,Locality Name,2024 PW GPCI (without 1.0 Floor),"
        "2024 PW GPCI (with 1.0 Floor),2024 PE GPCI,2024 MP GPCI"
    )
    lines = [header, "06302,WI,00,WISCONSIN,0.964,1.000,0.958,0.308"]

    preview = read_gpci(stored(tmp_path, lines, "GPCI.csv"), NONE)

    assert "work 1.000" in preview.samples[0][1]
    assert preview.valid.first.year == 2024


BAD_GPCI = {
    "no header": ["a,b"],
    "no work": [line.replace("PW", "XX") for line in gpci_lines()],
    "no locality": gpci_lines("x,y,z,a,1,1,1"),
    "an index of nine": gpci_lines(GPCI_ROWS[0].replace("1.065", "9.065")),
    "an index of nothing": gpci_lines(GPCI_ROWS[0].replace("1.065", "")),
    "a locality twice": gpci_lines(GPCI_ROWS[0], GPCI_ROWS[0]),
}


@pytest.mark.parametrize("name", BAD_GPCI)
def test_another_file_of_indices_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="Nothing was loaded"):
        read_gpci(stored(tmp_path, BAD_GPCI[name], "GPCI2026.csv"), NONE)


def test_indices_without_a_year_need_their_first_day(tmp_path: Path) -> None:
    lines = [line.replace("2026", "") for line in gpci_lines()]
    file = stored(tmp_path, lines, "GPCI.csv")

    with pytest.raises(Refused, match="does not say its year"):
        read_gpci(file, NONE)

    assert read_gpci(file, TableChoices(date(2027, 1, 1))).name == "GPCI 2027"


@pytest.mark.parametrize(
    ("name", "lines"),
    [("icd10cm_codes_2027.txt", code_lines()), ("icd10cm_order_2027.txt", order_lines())],
)
def test_a_release_of_codes_is_read_from_either_file(
    tmp_path: Path, name: str, lines: list[str]
) -> None:
    preview = read_icd(stored(tmp_path, lines, name), NONE)
    release = parse_release(preview.name, preview.valid, preview.content)

    assert (preview.name, preview.row_count) == ("ICD-10-CM 2027", 26)
    assert preview.valid == Span(date(2026, 10, 1), date(2027, 9, 30))
    assert (
        release.title("F33.10") == "Major depressive disorder, recurrent, moderate, by a new digit"
    )
    assert release.title("F33") == ""


def test_a_release_of_april_begins_in_april(tmp_path: Path) -> None:
    file = stored(tmp_path, code_lines(), "icd10cm-codes-April-2027.txt")

    assert read_icd(file, NONE).valid == Span(date(2027, 4, 1), date(2027, 9, 30))


BAD_ICD = {
    "nothing": [""],
    "words": ["These are the codes of a release", "and nothing else"] * 20,
    "no mental disorders": code_lines({f"E{number:03}": "x" for number in range(40)}),
    "a code twice": [*code_lines(), code_lines()[-1]],
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_ICD)
def test_another_list_of_codes_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="Nothing was loaded"):
        read_icd(stored(tmp_path, BAD_ICD[name], "icd10cm_codes_2027.txt"), NONE)


def test_a_list_of_codes_without_a_year_needs_its_first_day(tmp_path: Path) -> None:
    file = stored(tmp_path, code_lines(), "codes.txt")

    with pytest.raises(Refused, match="does not say its year"):
        read_icd(file, NONE)
    with pytest.raises(Refused, match="before the first"):
        read_icd(file, TableChoices(date(2026, 10, 1), date(2026, 9, 1)))


@pytest.mark.skipif(os.name != "posix", reason="only here can a file of holes be made")
def test_a_file_larger_than_any_of_these_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / JULY
    with file.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)

    with pytest.raises(Refused, match="larger than"):
        read_icd(file, NONE)
