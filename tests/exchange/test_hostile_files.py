"""Files made to harm: each is refused or read in full, in bounded time, and never with a crash."""

from __future__ import annotations

import os
import random
import time
from itertools import pairwise
from pathlib import Path

import pytest

from cocm_desktop.errors import Refused
from cocm_desktop.exchange import spreadsheet
from cocm_desktop.exchange.limits import CHILD_WALL_SECONDS
from cocm_desktop.exchange.patient_list import read_patient_list
from cocm_desktop.exchange.spreadsheet_child import answer
from tests.exchange.lists import (
    ANNA,
    BEN,
    HEADER,
    bytes_at,
    csv_at,
    package_of,
    workbook_at,
    xlsx_with_sheet,
)

SEED = 20261122
CELL = b'<c r="A1" t="inlineStr"><is><t>MRN</t></is></c>'
FAR_CELL = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BOMBS = {
    "claims every cell": xlsx_with_sheet(
        b'<sheetData><row r="1">' + CELL + b"</row>" + FAR_CELL + b"</sheetData>"
    ),
    "claims every row": xlsx_with_sheet(
        b'<sheetData><row r="1">' + CELL + b'</row><row r="1048576"/></sheetData>'
    ),
    "claims every column": xlsx_with_sheet(
        b'<sheetData><row r="1">' + CELL + b'<c r="XFD1"><v>1</v></c></row></sheetData>'
    ),
    "unpacks to zeros": package_of({"[Content_Types].xml": b"", "xl/a.xml": b"\0" * 60_000_000}),
    "many parts": package_of({"[Content_Types].xml": b"", **{f"x/{i}": b"" for i in range(300)}}),
    "leaves its folder": package_of({"[Content_Types].xml": b"", "../../etc/passwd": b"x"}),
    "laughs": xlsx_with_sheet(
        b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
        b"<sheetData><row><c><v>&c;</v></c></row></sheetData>"
    ),
    "looks outside": xlsx_with_sheet(
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData>'
    ),
    "only a packed folder": package_of({"list.csv": b"MRN,Name\n1,x"}),
    "only the first bytes": b"PK\x03\x04",
    "half a workbook": xlsx_with_sheet(b"<sheetData/>")[:400],
    "an old workbook of noise": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "protected": b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + bytes(600),
    "nothing in it": xlsx_with_sheet(b"<sheetData/>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_workbook_is_refused_in_words(tmp_path: Path, name: str) -> None:
    began = time.monotonic()

    with pytest.raises(Refused) as refusal:
        read_patient_list(bytes_at(tmp_path, BOMBS[name], "list.xlsx"))

    assert "Nothing was imported" in str(refusal.value) or "CSV" in str(refusal.value)
    assert "passwd" not in str(refusal.value)
    assert "root:" not in str(refusal.value)
    assert time.monotonic() - began < CHILD_WALL_SECONDS


def test_a_child_that_hangs_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "CHILD_WALL_SECONDS", 0.01)

    with pytest.raises(Refused, match="more time or memory"):
        read_patient_list(workbook_at(tmp_path, [["MRN", "Name", "DOB"]]))


def test_a_child_says_why_where_the_file_is_gone(tmp_path: Path) -> None:
    told = answer(tmp_path / "gone.xlsx")

    assert "cannot be opened" in told["refused"]


def test_another_file_in_the_place_of_the_first_is_refused(tmp_path: Path) -> None:
    path = workbook_at(tmp_path, [["MRN", "Name", "DOB"], [1, "Ng, Kim", "1/2/1980"]])

    with pytest.raises(Refused, match="changed while it was read"):
        spreadsheet.read_spreadsheet(path, sha256="0" * 64)


def test_two_hundred_damaged_lists_crash_nothing_and_lose_nobody(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    whole = csv_at(tmp_path, HEADER, *[ANNA, BEN] * 6).read_bytes()
    noise = [b'"', b"\0", b"\n", b"\r", b",", b"\xff", b'""', b"\xc3", b"\xef\xbb\xbf", b"=", b"'"]

    for number in range(200):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(content))
            content[at : at + chance.randint(0, 4)] = chance.choice(noise)
        path = bytes_at(tmp_path, bytes(content), f"{number}.csv")
        try:
            read = read_patient_list(path)
        except Refused:
            continue
        ends = [(row.line, row.last_line) for row in read.rows]
        assert all(line > last for (_, last), (line, _) in pairwise(ends)), "records overlap"


def test_damaged_workbooks_are_refused_or_read(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    rows = [
        ["MRN", "Last Name", "First Name", "DOB"],
        *([n, "Ng", "Kim", "1/2/1980"] for n in "123"),
    ]
    whole = workbook_at(tmp_path, rows).read_bytes()

    for number in range(60):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path = bytes_at(tmp_path, bytes(content), f"{number}.xlsx")
        told = answer(path)
        assert ("refused" in told) != ("sheets" in told)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limits of this kind")
def test_the_child_keeps_what_a_parser_prints_to_itself(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = bytes_at(tmp_path, BOMBS["half a workbook"], "list.xlsx")

    with pytest.raises(Refused):
        read_patient_list(path)

    assert capfd.readouterr() == ("", "")
