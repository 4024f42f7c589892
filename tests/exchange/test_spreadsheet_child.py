from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from cocm_desktop.errors import Refused
from cocm_desktop.exchange import spreadsheet_child as child
from cocm_desktop.exchange.spreadsheet_child import answer, as_text, check_package, sheets_of
from tests.exchange.lists import package_of, workbook_at, xlsx_with_sheet


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "text"),
        (True, "TRUE"),
        (2149.0, "2149"),
        (2149.5, "2149.5"),
        (float("1e300"), "1e+300"),
        (datetime(1971, 4, 5), "1971-04-05"),  # noqa: DTZ001  as Excel has it
        (datetime(1971, 4, 5, 8, 30), "1971-04-05 08:30:00"),  # noqa: DTZ001
        (date(1971, 4, 5), "1971-04-05"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        (7, "7"),
    ],
)
def test_values_read_as_in_a_csv_file(value: object, expected: str) -> None:
    assert as_text(value) == expected


def test_hidden_and_empty_sheets_are_passed_over(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "Empty"
    book.create_sheet("Hidden").append(["secret"])
    book["Hidden"].sheet_state = "hidden"
    book.create_sheet("List").append(["MRN"])
    book.create_chartsheet("Chart")
    book.save(tmp_path / "list.xlsx")

    sheets = list(sheets_of((tmp_path / "list.xlsx").read_bytes()))

    assert [sheet["name"] for sheet in sheets] == ["List"]


def test_a_workbook_is_answered_with_its_digest(tmp_path: Path) -> None:
    told = answer(workbook_at(tmp_path, [["MRN"], [7]]))

    assert told["sheets"][0]["rows"] == [["MRN"], ["7"]]
    assert len(told["sha256"]) == 64


def test_too_many_rows_in_a_real_sheet_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "MOST_ROWS", 5)
    path = workbook_at(tmp_path, [["MRN"], *([n] for n in range(80))])

    assert "rows" in answer(path)["refused"]


def test_more_than_is_declared_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    package = xlsx_with_sheet(b"<sheetData>" + b"<row/>" * 500 + b"</sheetData>")
    monkeypatch.setattr(child, "_check_entries", lambda _entries: None)
    monkeypatch.setattr(child, "LARGEST_UNPACKED", 1000)

    with pytest.raises(Refused, match="far more"):
        check_package(package)


def test_no_memory_is_told_as_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(_content: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr(child, "sheets_of", none_left)

    assert "Split it" in answer(workbook_at(tmp_path, [["MRN"]]))["refused"]


def test_an_encrypted_package_is_told_as_protected() -> None:
    package = bytearray(package_of({"[Content_Types].xml": b"x", "xl/worksheets/a.xml": b"x"}))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = package.find(mark)
        while place >= 0:
            package[place + at] |= 1
            place = package.find(mark, place + 4)

    with pytest.raises(Refused, match="protected by a password"):
        check_package(bytes(package))


def test_a_package_that_is_no_workbook_is_unreadable() -> None:
    with pytest.raises(Refused, match="cannot be read"):
        list(sheets_of(package_of({"[Content_Types].xml": b"not xml"})))
