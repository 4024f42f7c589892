"""Reading XLSX, XLS and ODS by a child process that is killed when it takes too much."""

from __future__ import annotations

import json
import multiprocessing
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cocm_desktop.domain.patient_list import ListRow
from cocm_desktop.errors import Problem, Refused, Unavailable
from cocm_desktop.exchange.layout import looks_like_a_list
from cocm_desktop.exchange.limits import CHILD_WALL_SECONDS, LARGEST_UNPACKED, refuse
from cocm_desktop.exchange.spreadsheet_child import answer_from_child

_TOO_MUCH = (
    "Reading the spreadsheet took more time or memory than a list of patients needs. "
    "Store the list as CSV and choose that."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet of a workbook."""

    name: str
    rows: tuple[ListRow, ...]


def read_spreadsheet(path: Path, *, sha256: str) -> tuple[tuple[ListRow, ...], tuple[str, ...]]:
    """Give the rows of the sheet that looks most like a list of patients, and notices.

    `sha256` is of the bytes that were looked at before; another file in their place is refused.
    """
    told = _ask_child(path)
    if words := told.get("refused"):
        raise Refused(Problem("file", str(words)))
    if told["sha256"] != sha256:
        raise refuse("The file changed while it was read. Choose it again.")
    sheets = [_sheet(sheet) for sheet in told["sheets"]]
    if not sheets:
        raise refuse("The workbook has no visible sheet with something in it.")
    chosen = max(sheets, key=lambda sheet: looks_like_a_list(sheet.rows))
    several = len(sheets) > 1
    notice = f"The sheet “{chosen.name}” was read; the workbook has {len(sheets)} sheets."
    return chosen.rows, (notice,) if several else ()


def _sheet(told: dict[str, Any]) -> Sheet:
    rows = enumerate(told["rows"], start=1)
    return Sheet(
        str(told["name"]), tuple(ListRow(line, tuple(cells), line) for line, cells in rows)
    )


def _ask_child(path: Path) -> dict[str, Any]:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    child = spawn.Process(target=answer_from_child, args=(str(path), theirs), daemon=True)
    try:
        child.start()
    except OSError as error:
        words = "The computer could not start a process to read the spreadsheet. Try again."
        raise Unavailable(words) from error
    finally:
        theirs.close()
    killer = threading.Timer(CHILD_WALL_SECONDS, child.kill)
    killer.start()
    try:
        return _received(ours)
    finally:
        killer.cancel()
        child.kill()
        child.join()
        ours.close()


def _received(connection: Connection) -> dict[str, Any]:
    try:
        told = json.loads(connection.recv_bytes(2 * LARGEST_UNPACKED))
    except (EOFError, OSError) as error:
        raise refuse(_TOO_MUCH) from error
    if not isinstance(told, dict):
        raise refuse(_TOO_MUCH)
    return told
