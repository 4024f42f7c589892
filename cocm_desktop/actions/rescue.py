"""Writing out what can be read of a file that is damaged, or that a newer program made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cocm_desktop.actions.restore import Secret, opener
from cocm_desktop.domain.audit_event import event_of
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.wording import count_of, long_moment
from cocm_desktop.errors import Problem, Refused, Unavailable
from cocm_desktop.exchange.safe_file import write_whole
from cocm_desktop.exchange.table_file import table_csv
from cocm_desktop.storage import backup_folder, rescue
from cocm_desktop.storage.backup import Backup
from cocm_desktop.storage.backup_file import check_backup
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_copies import KeyCopies
from cocm_desktop.storage.rescue import RescuedTable

if TYPE_CHECKING:
    from cocm_desktop.actions.session import Place

MISSING: Final = "missing.csv"
NEWER: Final = "newer than the last backup.csv"
ALL: Final = "records.json"
_NOT_ALLOWED: Final = (
    "Only an administrator may write the records out, or whoever holds the recovery code. "
    "Nothing was written."
)


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was written, and what is missing of it."""

    folder: Path
    rows: int
    missing: dict[str, int]
    """Tables of which rows are known to be missing, and how many."""
    last_backup: Backup | None
    newer: int
    """Audit entries that the last backup does not hold, of those that can be read."""

    @property
    def words(self) -> str:
        """Say what a person should know first. Source: reliability 7.4."""
        lost = sum(self.missing.values())
        words = (
            f"{count_of(self.rows, 'row')} could be read and {'were' if self.rows != 1 else 'was'} "
            f"written; {count_of(lost, 'row')} known to be missing: see “{MISSING}”."
        )
        if self.last_backup is None:
            return words
        newer = count_of(self.newer, "entry", "entries")
        file = self.last_backup.path.name
        return f"{words} {newer} newer than the last good backup, {file}: see “{NEWER}”."


def rescue_words(last_backup: Backup | None, newer: int | None, place: Place) -> str:
    """Say that a file is damaged, what is safe, and what the last good backup lacks."""
    is_there = place.door().state is FolderState.CLINIC
    start = "This file is damaged. Nothing was changed." if is_there else ""
    if last_backup is None:
        return f"{start} There is no good backup beside it.".strip()
    zone = place.clock(None).tzinfo
    made = long_moment(last_backup.as_of.astimezone(zone))
    if newer is None:
        return f"{start} Last good backup: {made}.".strip()
    entries = count_of(newer, "entry", "entries")
    return f"{start} Last good backup: {made}, {entries} newer will be missing."


def last_good_backup(place: Place) -> Backup | None:
    """Give the newest backup beside a clinic that reads as it should, without a password."""
    for backup in backup_folder.backups_in(place.folder):
        with suppress(Unavailable):
            return check_backup(backup.path)
    return None


def rescue_records(place: Place, secret: Secret, folder: Path) -> Rescue:
    """Read what can be read and write it out, a CSV for each table and one JSON of everything.

    For administrators, or with the recovery code: the files are not encrypted.
    """
    last = last_good_backup(place)
    expected = last.contents.rows if last else {}
    with rescue.damaged_copy(place.folder, place.tools.policy, opener(place, secret)) as copy:
        found = [
            rescue.rescue_table(copy, name, expected=expected.get(name))
            for name in rescue.tables(copy)
        ]
    _require_entitled(place, secret, found)
    newer = _newer(found, last)
    _write(folder, found, newer)
    return Rescue(
        folder=folder,
        rows=sum(len(table.rows) for table in found),
        missing={table.name: table.missing for table in found if table.missing},
        last_backup=last,
        newer=len(newer),
    )


def _require_entitled(place: Place, secret: Secret, found: Sequence[RescuedTable]) -> None:
    if secret.code is not None:
        return
    keys = KeyCopies(place.folder, place.tools.policy).read()
    slot = keys.slot_of(secret.sign_in)
    staff = next((table for table in found if table.name == "staff"), None)
    for row in _records(staff) if staff else ():
        is_own = slot is not None and row.get("id") == slot.staff_id
        if is_own and row.get("active") and Role.ADMINISTRATOR.name in str(row.get("roles")):
            return
    raise Refused(Problem("sign_in", _NOT_ALLOWED))


def _newer(found: Sequence[RescuedTable], last: Backup | None) -> list[tuple[str, ...]]:
    """List the audit entries that the last backup does not hold, oldest first."""
    audit = next((table for table in found if table.name == "audit_entry"), None)
    if audit is None or last is None:
        return []
    rows = [row for row in _records(audit) if int(row["seq"]) > last.head.seq]
    rows.sort(key=lambda row: int(row["seq"]))
    return [
        (
            str(row["seq"]), str(row["at"]), str(row["staff_name"]),
            event_of(str(row["code"])).sentence.replace("{patient}", "a patient"),
            str(row["patient_id"] or ""),
        )
        for row in rows
    ]  # fmt: skip


def _write(folder: Path, found: Sequence[RescuedTable], newer: Sequence[tuple[str, ...]]) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise Refused(Problem("folder", "This folder holds files already. Choose an empty one."))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable("The folder cannot be made. Nothing was written.") from error
    for table in found:
        rows = ([_text(value) for value in row] for row in table.rows)
        write_whole(folder / f"{table.name}.csv", table_csv(table.columns, rows))
    missing = [
        (table.name, str(len(table.rows)), str(table.missing), " ".join(table.missing_ids))
        for table in found
    ]
    heads = ("table", "rows read", "rows missing", "ids of missing rows")
    write_whole(folder / MISSING, table_csv(heads, missing))
    newer_heads = ("number", "at (UTC)", "who", "what", "patient id")
    write_whole(folder / NEWER, table_csv(newer_heads, newer))
    whole = {table.name: _records(table) for table in found}
    write_whole(folder / ALL, json.dumps(whole, ensure_ascii=False, default=_text).encode())


def _records(table: RescuedTable) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.hex() if isinstance(value, bytes) else str(value)
