"""Reading a spreadsheet in a process of its own, which may be killed: the file is not trusted."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

from cocm_desktop.errors import Refused
from cocm_desktop.exchange.limits import (
    CHILD_CPU_SECONDS,
    CHILD_MEMORY,
    HIGHEST_RATIO,
    LARGEST_UNPACKED,
    MOST_COLUMNS,
    MOST_ENTRIES,
    MOST_ROWS,
    refuse,
    too_many_columns,
    too_many_rows,
)

MOST_SHEETS = 20
UNREADABLE_WORDS = "The spreadsheet cannot be read: it is damaged or of an unknown kind."
PROTECTED_WORDS = "The file is protected by a password. Store it without one for the import."
_TITLE_ROWS = 60
_CHUNK = 1024 * 1024
_OVERLAP = 200
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_ROW = re.compile(rb'<(?:x:)?row\b[^>]*?\br="(\d{1,10})"')
_COLUMN = re.compile(rb'<(?:x:)?c\b[^>]*?\br="([A-Z]{1,4})\d')
_SMALL_ENTRY = 100_000
_ENCRYPTED = 0x1


def answer_from_child(path: str, connection: Connection) -> None:
    """Send what a spreadsheet holds, or why it is refused, and end. Runs in the child."""
    _give_up_rights()
    connection.send_bytes(json.dumps(answer(Path(path))).encode("ascii"))
    connection.close()


def answer(path: Path) -> dict[str, Any]:
    """Give the visible sheets as rows of text, or the sentence by which the file is refused."""
    try:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        return {"sha256": digest, "sheets": list(sheets_of(content))}
    except Refused as refusal:
        return {"refused": refusal.problems[0].message}
    except MemoryError:
        return {"refused": too_many_rows().problems[0].message}
    except OSError:
        return {"refused": "The file cannot be opened. Nothing was imported."}


def sheets_of(content: bytes) -> Iterator[dict[str, Any]]:
    """Give each visible sheet that holds something: its name and its rows of text."""
    from python_calamine import (  # noqa: PLC0415  only the child needs it
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    check_package(content)
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        for sheet in book.sheets_metadata[:MOST_SHEETS]:
            shown = sheet.visible is SheetVisibleEnum.Visible
            if not shown or sheet.typ is not SheetTypeEnum.WorkSheet:
                continue
            cells = book.get_sheet_by_name(sheet.name)
            _refuse_size(cells.total_height, cells.total_width)
            table = cells.to_python(skip_empty_area=False)
            rows = [[as_text(cell) for cell in row] for row in table]
            if any(any(row) for row in rows):
                yield {"name": sheet.name, "rows": rows}
    except PasswordError as error:
        raise refuse(PROTECTED_WORDS) from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise refuse(UNREADABLE_WORDS) from error


def check_package(content: bytes) -> None:
    """Refuse a package that unpacks to more than it should, before anything reads it."""
    if not content.startswith(b"PK"):
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content:
            raise refuse(PROTECTED_WORDS)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_entries(package.infolist())
            _check_sheets(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise refuse(UNREADABLE_WORDS) from error
    except (RuntimeError, ValueError) as error:
        raise refuse(PROTECTED_WORDS if "password" in str(error) else UNREADABLE_WORDS) from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if not {"[Content_Types].xml", "mimetype"} & set(names):
        words = "This is a packed folder (ZIP). Unpack it and choose the list inside."
        raise refuse(words)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refuse(PROTECTED_WORDS)
    unpacked = sum(entry.file_size for entry in entries)
    bombs = [
        entry
        for entry in entries
        if entry.file_size > max(_SMALL_ENTRY, HIGHEST_RATIO * max(1, entry.compress_size))
    ]
    strange = [name for name in names if name.startswith("/") or ".." in name.split("/")]
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or bombs or strange:
        raise refuse("The file unpacks to far more than a list of patients needs.")


def _check_sheets(package: zipfile.ZipFile) -> None:
    """Read where the cells say they are: a parser may make room for all the cells between."""
    left = LARGEST_UNPACKED
    for entry in package.infolist():
        if _SHEET_PART.fullmatch(entry.filename):
            with package.open(entry) as part:
                left -= _check_sheet(part, left)


def _check_sheet(part: IO[bytes], left: int) -> int:
    kept, size = b"", 0
    while chunk := part.read(_CHUNK):
        size += len(chunk)
        if size > left:
            raise refuse("The file unpacks to far more than a list of patients needs.")
        text = kept + chunk
        rows = max(map(int, _ROW.findall(text)), default=0)
        columns = max(map(_column_number, set(_COLUMN.findall(text))), default=0)
        _refuse_size(rows, columns)
        kept = text[-_OVERLAP:]
    return size


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _refuse_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS + _TITLE_ROWS:
        raise too_many_rows()
    if columns > MOST_COLUMNS:
        raise too_many_columns()


def as_text(cell: object) -> str:
    """Write a cell's value as it would stand in a CSV file; a day as 1971-04-05."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _give_up_rights() -> None:
    """Limit what this process may take, and keep what a parser says about a cell to itself."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        with suppress(OSError):
            os.dup2(nowhere, stream)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  Windows has none

    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CPU: CHILD_CPU_SECONDS,
        resource.RLIMIT_AS: CHILD_MEMORY,
    }
    for kind, most in limits.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
