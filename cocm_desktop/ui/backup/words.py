"""How backups read: what one holds, why it was made, how the clinic stands with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cocm_desktop.actions.backup import BackupLine, BackupStatus
from cocm_desktop.domain.backup_plan import Cause
from cocm_desktop.domain.wording import count_of, long_moment

_MEGABYTE = 1_000_000
_PATIENTS = "patient"
_WHY = {
    Cause.ASKED_FOR.value: "Asked for",
    Cause.INTERVAL.value: "By itself",
    Cause.CLOSING.value: "On closing",
    Cause.BEFORE_IMPORT.value: "Before an import",
    Cause.BEFORE_RESTORE.value: "Before a restore",
    Cause.BEFORE_NEW_KEY.value: "Before a new key",
}


def rows_words(rows: Mapping[str, int]) -> str:
    """Say what is held: 75 patients, 4,312 rows."""
    total = count_of(sum(rows.values()), "row")
    if _PATIENTS not in rows:
        return total
    return f"{count_of(rows[_PATIENTS], 'patient')}, {total}"


def size_words(size: int) -> str:
    """Say 1.4 MB."""
    return f"{size / _MEGABYTE:,.1f} MB"


def why_words(label: str) -> str:
    """Say why a backup was made."""
    if label.startswith("before-schema"):
        return "Before an update"
    return _WHY.get(label, label)


def check_words(line: BackupLine) -> str:
    """Say what is known about a backup's state."""
    if line.backup is None:
        return "Damaged"
    return "Good, read whole now" if line.is_checked else "Read back when made"


def newest_words(status: BackupStatus) -> str:
    """Say how old the newest backup is and whether it lacks anything."""
    if status.newest_at is None:
        return "No backup has been made yet."
    made = f"The newest backup was made {long_moment(status.newest_at)}."
    if status.is_changed:
        return f"{made} Records are newer; the next one is made by itself within half an hour."
    return f"{made} It holds everything recorded."


def place_words(status: BackupStatus) -> str:
    """Say where copies go and whether they get there."""
    if status.place is None:
        return "No second place yet. A backup beside the clinic is lost with the computer."
    copied = _since(status.copied_at, "Last copy", "No copy yet")
    if not status.is_place_there:
        return f"{status.place.folder} is not there now: connect the disk. {copied}"
    late = " A copy is due." if status.is_copy_due else ""
    return f"{status.place.folder}. {copied}{late}"


def drill_words(status: BackupStatus) -> str:
    """Say when a restore was tried last."""
    tried = _since(status.tried_at, "Tried last", "No backup has been tried yet")
    due = " Try one now: once a quarter shows that the backups are good." if (
        status.is_drill_due
    ) else ""  # fmt: skip
    return f"{tried}{due}"


def _since(moment: datetime | None, words: str, never: str) -> str:
    return f"{words}: {long_moment(moment)}." if moment else f"{never}."
