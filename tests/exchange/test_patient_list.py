from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest

from cocm_desktop.domain.patient_list import PatientList
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.limits import LARGEST_FILE, MOST_ROWS
from cocm_desktop.exchange.patient_list import read_patient_list, template
from tests.exchange.lists import (
    ANNA,
    BEN,
    HEADER,
    bytes_at,
    csv_at,
    package_of,
    workbook_at,
)


def cells(patient_list: PatientList) -> list[tuple[str, ...]]:
    return [row.cells for row in patient_list.rows]


def lines(patient_list: PatientList) -> list[int]:
    return [row.line for row in patient_list.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_accents_survive_every_unicode(tmp_path: Path, encoding: str) -> None:
    path = csv_at(tmp_path, HEADER, "7,Nguyễn,Thị Hương,01/02/1980,F,", encoding=encoding)

    read = read_patient_list(path)

    assert cells(read)[0][1:3] == ("Nguyễn", "Thị Hương")
    assert read.notices == ()


def test_windows_text_is_read_and_said(tmp_path: Path) -> None:
    path = csv_at(tmp_path, HEADER, "7,Müller,José,01/02/1980,M,", encoding="cp1252")

    read = read_patient_list(path)

    assert cells(read)[0][1:3] == ("Müller", "José")
    assert "cp1252" in read.notices[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_though_names_hold_commas(tmp_path: Path, delimiter: str) -> None:
    header = delimiter.join(["MRN", "Name", "DOB", "PCP"])
    row = delimiter.join(["7", '"Ng, Kim"', "01/02/1980", '"Smith, Alan MD"'])

    read = read_patient_list(csv_at(tmp_path, header, row, row))

    assert read.columns == ("MRN", "Name", "DOB", "PCP")
    assert cells(read)[0] == ("7", "Ng, Kim", "01/02/1980", "Smith, Alan MD")


def test_a_spreadsheet_may_name_the_delimiter(tmp_path: Path) -> None:
    read = read_patient_list(csv_at(tmp_path, "sep=;", "MRN;Last Name;DOB", "7;Ng;1/2/1980"))

    assert cells(read) == [("7", "Ng", "1/2/1980")]


def test_lines_above_the_header_are_left_out_and_said(tmp_path: Path) -> None:
    path = csv_at(tmp_path, "Riverbend Family Medicine", "", "Active patients", HEADER, ANNA)

    read = read_patient_list(path)

    assert read.columns[0] == "MRN"
    assert lines(read) == [5]
    assert read.notices == ("Lines 1–3 above the header were left out.",)


def test_a_list_without_headers_is_read_from_its_first_line(tmp_path: Path) -> None:
    read = read_patient_list(csv_at(tmp_path, ANNA, BEN))

    assert not read.has_header
    assert read.columns[:2] == ("Column 1", "Column 2")
    assert len(read.rows) == 2


def test_headers_that_come_twice_get_names_of_their_own(tmp_path: Path) -> None:
    path = csv_at(tmp_path, "MRN,Last Name,DOB,Phone,Phone,", "7,Ng,1/2/1980,1,2,kept")

    read = read_patient_list(path)

    assert read.columns == ("MRN", "Last Name", "DOB", "Phone", "Phone (2)", "Column 6")


def test_empty_columns_without_a_name_are_left_out(tmp_path: Path) -> None:
    path = csv_at(tmp_path, "MRN,Last Name,DOB,,,", "7,Ng,1/2/1980,,,")

    assert read_patient_list(path).columns == ("MRN", "Last Name", "DOB")


def test_a_cell_over_two_lines_is_one_cell(tmp_path: Path) -> None:
    path = csv_at(tmp_path, "MRN,Name,DOB,Note", '7,Ng,1/2/1980,"first\r\nsecond"', "8,Ono,,")

    read = read_patient_list(path)

    assert cells(read)[0][3] == "first\nsecond"
    assert lines(read) == [2, 4]


@pytest.mark.parametrize(
    "damaged",
    [
        '1003,"Lost,Carl,01/02/1980,M,555',
        '1003,Lost,"Carl,01/02/1980,M,555',
        '1003,Lost,"Carl" x,01/02/1980,M,555',
        '1003,"Lost,Carl",01/02/1980,M,555-111-2222',
    ],
)
def test_a_stray_quote_costs_its_own_line_and_no_other(tmp_path: Path, damaged: str) -> None:
    path = csv_at(tmp_path, HEADER, ANNA, damaged, BEN, '1004,"O""Hara",Di,1/2/1980,F,', ANNA)

    read = read_patient_list(path)

    assert lines(read) == [2, 3, 4, 5, 6]
    assert [bool(row.damage) for row in read.rows] == [False, True, False, False, False]
    assert "quotation marks" in read.rows[1].damage


def test_a_quote_closed_lines_later_swallows_nobody(tmp_path: Path) -> None:
    path = csv_at(
        tmp_path, HEADER, '1,"Meyer,Anna,1/2/1980,F,1', BEN, '3,Roe",Di,1/2/1981,F,1', ANNA
    )

    read = read_patient_list(path)

    assert lines(read) == [2, 3, 4, 5]
    assert cells(read)[1][1] == "Bergstrom"
    assert cells(read)[3][1] == "Meyer"


@pytest.mark.parametrize(
    ("text", "word"), [("Ng\0uyen", "NUL"), ("Ng\N{REPLACEMENT CHARACTER}", "character")]
)
def test_a_row_with_unreadable_characters_says_so(tmp_path: Path, text: str, word: str) -> None:
    read = read_patient_list(csv_at(tmp_path, HEADER, f"7,{text},Kim,1/2/1980,F,", ANNA))

    assert word in read.rows[0].damage
    assert not read.rows[1].damage


def test_a_column_of_social_security_numbers_is_never_kept(tmp_path: Path) -> None:
    path = csv_at(
        tmp_path,
        "MRN,Last Name,First Name,DOB,SSN,Other",
        "7,Ng,Kim,1/2/1980,123456789,078-05-1120",
        "8,Ono,Ken,1/2/1981,987654321,078-05-1121",
    )

    read = read_patient_list(path)

    assert read.columns == ("MRN", "Last Name", "First Name", "DOB")
    assert "123456789" not in repr(read)
    assert "078-05-1120" not in repr(read)
    assert sum("Social Security" in notice for notice in read.notices) == 2


def test_a_single_social_security_number_is_emptied(tmp_path: Path) -> None:
    path = csv_at(tmp_path, HEADER, "078-05-1120,Ng,Kim,1/2/1980,F,", ANNA, BEN)

    read = read_patient_list(path)

    assert cells(read)[0][0] == ""
    assert "1 cell that looks like a Social Security number" in read.notices[0]


def test_text_guards_of_spreadsheets_are_undone(tmp_path: Path) -> None:
    path = csv_at(tmp_path, "MRN,Last Name,DOB,Zip", '="007",\'=cmd|x,1/2/1980,="02149"')

    assert cells(read_patient_list(path))[0] == ("007", "=cmd|x", "1/2/1980", "02149")


def test_a_workbook_gives_the_sheet_that_looks_like_a_list(tmp_path: Path) -> None:
    cover: list[list[object]] = [["Report"], ["Made for Riverbend"]]
    patients: list[list[object]] = [
        ["Patients"],
        [],
        ["MRN", "Last Name", "First Name", "Birth Date", "Zip"],
        [1001, "Meyer", "Anna", datetime(1971, 4, 5), 2149.0],  # noqa: DTZ001  as Excel has it
        [],
        [1002, "=1+1", "Ben", date(1985, 10, 4), "02150"],
    ]
    path = workbook_at(tmp_path, cover, patients)

    read = read_patient_list(path)

    assert read.columns == ("MRN", "Last Name", "First Name", "Birth Date", "Zip")
    assert cells(read)[0] == ("1001", "Meyer", "Anna", "1971-04-05", "2149")
    assert lines(read) == [4, 6]
    assert "Sheet 2" in read.notices[0]


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    path = csv_at(tmp_path, HEADER.replace(",", "\t"), ANNA.replace(",", "\t"), name="list.xls")

    assert len(read_patient_list(path).rows) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table><tr><td>MRN</td></tr></table></html>", "web page"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(1, 32)) * 50, "cannot be read"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(
    tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        read_patient_list(bytes_at(tmp_path, content))

    assert "Nothing was imported" in str(refusal.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "no.csv", tmp_path):
        with pytest.raises(Refused, match="cannot be opened"):
            read_patient_list(path)


def test_too_much_is_refused(tmp_path: Path) -> None:
    rows = f"{HEADER}\n" + f"{ANNA}\n" * (MOST_ROWS + 1)
    wide = ",".join(["MRN", "Last Name", "DOB", *map(str, range(300))])
    long = f"{HEADER}\n7,{'x' * 33_000},Kim,1/2/1980,F,"
    for content, words in ((rows, "20,000 rows"), (wide, "200 columns"), (long, "32 KB")):
        with pytest.raises(Refused, match=words):
            read_patient_list(bytes_at(tmp_path, content.encode()))


def test_a_file_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 10)

    with pytest.raises(Refused, match="50 MB"):
        read_patient_list(path)


def test_the_template_reads_back(tmp_path: Path) -> None:
    read = read_patient_list(bytes_at(tmp_path, template()))

    assert len(read.rows) == 1
    assert next(csv.reader(io.StringIO(template().decode("utf-8-sig")))) == list(read.columns)


def test_the_same_columns_have_the_same_fingerprint(tmp_path: Path) -> None:
    one = read_patient_list(csv_at(tmp_path, HEADER, ANNA))
    other = read_patient_list(csv_at(tmp_path, HEADER.lower(), BEN, name="other.csv"))
    third = read_patient_list(csv_at(tmp_path, f"{HEADER},Zip", f"{BEN},1", name="third.csv"))

    assert one.fingerprint == other.fingerprint != third.fingerprint


def test_an_open_document_spreadsheet_is_read(tmp_path: Path) -> None:
    names = (
        b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )

    def row(*cells: bytes) -> bytes:
        kind = b'<table:table-cell office:value-type="string"><text:p>'
        filled = b"".join(kind + cell + b"</text:p></table:table-cell>" for cell in cells)
        return b"<table:table-row>" + filled + b"</table:table-row>"

    sheet = row(b"MRN", b"Name", b"DOB") + row(b"007", b"Ng, Kim", b"1/2/1980")
    content = package_of(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest:manifest "
            b'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            "content.xml": b"<office:document-content " + names + b"><office:body>"
            b'<office:spreadsheet><table:table table:name="List">' + sheet + b"</table:table>"
            b"</office:spreadsheet></office:body></office:document-content>",
        }
    )

    read = read_patient_list(bytes_at(tmp_path, content, "list.ods"))

    assert read.columns == ("MRN", "Name", "DOB")
    assert cells(read) == [("007", "Ng, Kim", "1/2/1980")]
