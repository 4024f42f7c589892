"""Put another database into the place of a clinic's, so that a crash leaves the one or the other.

keys.json is the only pointer to the database: its rename is the moment of change. What was there
before goes into a folder of its own, which can be opened like any clinic. A marker tells the next
opening what a crash left undone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cocm_desktop.safe_file import (
    OWNER_ONLY_FOLDER,
    flush_folder,
    rename_over,
    write_safely,
)
from cocm_desktop.storage.key_copies import NAME, SPARE_NAME
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.open_clinic import remove_database

MARKER: Final = "restoring.json"
NOTE: Final = "restored.json"
"""What was restored, until somebody has signed in and the audit says it."""
KEPT: Final = ".before-restore"
_JOURNAL: Final = "-journal"
_NUMBERED: Final = re.compile(r"clinic-(\d{4})\.db")


def next_name(folder: Path, generation: int) -> str:
    """Return a name that no database of this folder has."""
    taken = [
        int(match[1])
        for file in folder.glob("clinic-*.db")
        if (match := _NUMBERED.fullmatch(file.name))
    ]
    return f"clinic-{max([generation, *taken]) + 1:04}.db"


def begin(folder: Path, database: str, *, told: Mapping[str, Any], at: datetime) -> Path:
    """Note that this database is to take the place of what is there; give the folder for that."""
    kept = _kept_name(folder, at)
    content = {"database": database, "kept": kept.name, "told": {**told, "kept": kept.name}}
    write_safely(folder / MARKER, json.dumps(content).encode())
    flush_folder(folder)
    return kept


def keep_keys(folder: Path, kept: Path) -> None:
    """Copy the key files as they are, before other ones take their names."""
    kept.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
    for name in (NAME, SPARE_NAME):
        if (folder / name).exists():
            write_safely(kept / name, (folder / name).read_bytes())
    flush_folder(kept)


def finish(folder: Path, keys: KeyFile) -> None:
    """End what a restore began, or undo it: the keys tell which of the two.

    Called with the folder locked, by a restore itself and by every opening. Doing it twice does
    no harm.
    """
    content = _content(folder / MARKER)
    if content is None:
        return
    database = str(content.get("database", ""))
    kept = folder / Path(str(content.get("kept", ""))).name
    if keys.database == database:
        write_safely(folder / NOTE, note_of(dict(content.get("told", {}))))
        _keep_databases(folder, kept, database)
    elif _NUMBERED.fullmatch(database):
        remove_database(folder / database)
        _forget(kept)
    (folder / MARKER).unlink(missing_ok=True)
    flush_folder(folder)


def undo(folder: Path, database: str, kept: Path) -> None:
    """Take back what a restore had done before its moment of change."""
    remove_database(folder / database)
    _forget(kept)
    with suppress(OSError):
        (folder / MARKER).unlink(missing_ok=True)


def note_of(told: Mapping[str, Any]) -> bytes:
    """Write what was restored, for whoever signs in next."""
    return json.dumps(dict(told)).encode()


def pending_note(folder: Path) -> dict[str, str]:
    """Tell what was restored and is not in the audit yet; empty where nothing was."""
    content = _content(folder / NOTE) or {}
    return {str(name): str(value) for name, value in content.items()}


def forget_note(folder: Path) -> None:
    with suppress(OSError):
        (folder / NOTE).unlink(missing_ok=True)


def _keep_databases(folder: Path, kept: Path, current: str) -> None:
    """Move every other database, and with each its journal, without which it may not be whole."""
    for file in sorted(folder.glob("clinic*.db")):
        if file.name == current:
            continue
        kept.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
        journal = file.with_name(file.name + _JOURNAL)
        if journal.exists():
            rename_over(journal, kept / journal.name)
        rename_over(file, kept / file.name)
        flush_folder(kept)
    for journal in sorted(folder.glob(f"clinic*.db{_JOURNAL}")):
        if journal.name != current + _JOURNAL:
            kept.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
            rename_over(journal, kept / journal.name)


def _kept_name(folder: Path, at: datetime) -> Path:
    stem = f"{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    number, name = 1, folder / f"{stem}{KEPT}"
    while name.exists():
        number += 1
        name = folder / f"{stem}_{number}{KEPT}"
    return name


def _forget(kept: Path) -> None:
    """Remove the copies of the keys that a restore had begun to keep: the clinic has its own."""
    if kept.name.endswith(KEPT) and not list(kept.glob("clinic*")):
        with suppress(OSError):
            for copy in kept.glob(f"{NAME}*"):
                copy.unlink(missing_ok=True)
            kept.rmdir()


def _content(file: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
