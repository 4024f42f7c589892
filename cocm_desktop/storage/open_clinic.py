"""A clinic that somebody has unlocked: its database, its keys, and the lock on its folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.storage.clinic_keys import ClinicKeys
from cocm_desktop.storage.data_lock import DataLock
from cocm_desktop.storage.database import Database


@dataclass(frozen=True, slots=True)
class OpenClinic:
    """Close it when done; a second program waits for that.

    `staff_id` is who signed in, None where the recovery code did. `notices` are sentences about
    the opening that an administrator should read.
    """

    path: Path
    database: Database
    keys: ClinicKeys
    lock: DataLock
    now: Callable[[], datetime]
    staff_id: StaffId | None = None
    wrong_tries: int = 0
    """How many wrong passwords, or codes, came before the right one."""
    notices: tuple[str, ...] = ()
    upgraded_from: int | None = None
    """The older schema that this opening brought up to date."""
    keys_mended: bool = False
    """Whether the key file was damaged, and put right from its spare copy."""

    @property
    def file(self) -> Path:
        """The database file, which changes when the data key is rotated."""
        return self.path / self.keys.key_file.database

    def close(self) -> None:
        """Close the file and let others in. A second time does nothing."""
        self.database.close()
        self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def remove_database(file: Path) -> None:
    """Remove a database that nothing points to, and its journal; later if it cannot be now."""
    for each in (file, file.with_name(f"{file.name}-journal")):
        with suppress(OSError):
            each.unlink(missing_ok=True)
