"""Small lists of patients in every kind of file, written for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

HEADER = "MRN,Last Name,First Name,DOB,Sex,Phone"
ANNA = "1001,Meyer,Anna,04/05/1971,F,555-712-4709"
BEN = "1002,Bergstrom,Ben,10/04/1985,M,555-593-7481"
TODAY = date(2026, 11, 30)


def csv_at(folder: Path, *lines: str, name: str = "list.csv", encoding: str = "utf-8") -> Path:
    """Write lines as a file, with the line ends that Windows writes."""
    path = folder / name
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def bytes_at(folder: Path, content: bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def workbook_at(folder: Path, *sheets: Iterable[Sequence[object]], name: str = "list.xlsx") -> Path:
    """Write each list of rows as a sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def package_of(parts: dict[str, bytes]) -> bytes:
    """Give a ZIP of parts, as a spreadsheet is one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def xlsx_with_sheet(sheet: bytes) -> bytes:
    """Give a workbook whose only sheet is the XML told."""
    namespace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = b"http://schemas.openxmlformats.org/package/2006"
    return package_of(
        {
            "[Content_Types].xml": b'<Types xmlns="' + kinds + b'/content-types"/>',
            "_rels/.rels": b'<Relationships xmlns="' + kinds + b'/relationships"><Relationship '
            b'Id="a" Type="' + relations + b'/officeDocument" Target="xl/workbook.xml"/>'
            b"</Relationships>",
            "xl/workbook.xml": b"<workbook " + namespace + b' xmlns:r="' + relations + b'">'
            b'<sheets><sheet name="List" sheetId="1" r:id="b"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="' + kinds + b'/relationships">'
            b'<Relationship Id="b" Type="' + relations + b'/worksheet" '
            b'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": b"<worksheet " + namespace + b">" + sheet + b"</worksheet>",
        }
    )
