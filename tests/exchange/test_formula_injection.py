"""No spreadsheet calculates what a stranger wrote into a name, in any file that leaves."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path

import pytest

from cocm_desktop.domain.import_preview import PreviewRow, RowState
from cocm_desktop.exchange.left_out import left_out_list
from cocm_desktop.exchange.patient_list import read_patient_list
from cocm_desktop.exchange.table_file import as_it_was, harmless, table_csv
from tests.source_tree import PACKAGE, ROOT

_FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1,1)", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "@cmd|' /C calc'!A0", '=IMPORTXML("x","//a")',
    '=WEBSERVICE("http://x")', "=2+5+cmd|' /C powershell'!A1", "--1", "-1-1", "-a", "=", "+", "@",
    "-", "+49 30 1234", '="02149"', "-2+3", '=DDE("a","b","c")', "=1\n=2", "-1e9x",
]  # fmt: skip
_HIDDEN = ["\t", "\r", "\n", " ", "\u00a0", "\u200b", "\ufeff", "\u200f", " \t "]
_WIDE = ["\uff1d1+1", "\uff0b1", "\uff0d1", "\uff201"]
PAYLOADS = [*_FORMULAS, *(f"{hides}=1+1" for hides in _HIDDEN), *(f"{h}@x" for h in _HIDDEN),
            *_WIDE, "\t1", "\r1", "\n1", "\uff1dHYPERLINK()"]  # fmt: skip
PLAIN = [
    "",
    "-1",
    "-12.5",
    "0",
    "O'Brien",
    "a=b",
    "1+1",
    "María",
    "'quoted'",
    "x@y.org",
    "5-4-1971",
]


def cells_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_there_are_fifty_payloads() -> None:
    assert len(PAYLOADS) >= 50
    assert len(set(PAYLOADS)) == len(PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_payload_is_text_and_comes_back_as_it_was(payload: str) -> None:
    [_, [written]] = cells_of(table_csv(["name"], [[payload]]))

    assert written == f"'{payload}"
    assert as_it_was(written) == payload


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
    assert as_it_was(text) == text


def test_no_cell_of_any_file_begins_like_a_formula() -> None:
    rows = [
        PreviewRow(n, RowState.REJECTED, name=p, born_on=None, mrn=p, reasons=(p,))
        for n, p in enumerate(PAYLOADS)
    ]

    files = [table_csv(["a", "b"], [[p, p] for p in PAYLOADS]), left_out_list(rows)]

    cells = [cell for file in files for line in cells_of(file)[1:] for cell in line]
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")] == []


def test_what_we_wrote_is_read_again_without_its_guard(tmp_path: Path) -> None:
    names = ["=Smith", "+Jones", "@Lee", "-Ng"]
    file = tmp_path / "list.csv"
    heads = ["MRN", "Last Name", "First Name", "DOB"]
    file.write_bytes(table_csv(heads, [[str(n), p, "A", "1/1/1970"] for n, p in enumerate(names)]))

    read = read_patient_list(file)

    assert [row.cells[1] for row in read.rows] == names


def test_csv_is_written_in_three_modules_that_guard_their_cells() -> None:
    writers = {
        file.stem
        for file in (ROOT / PACKAGE / "exchange").glob("*.py")  # the only part that may import csv
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"csv.writer", "csv.DictWriter", "openpyxl.Workbook"}
    }

    assert writers == {"table_file", "left_out", "patient_list"}
