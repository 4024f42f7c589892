"""One program at a time: a lock that the operating system releases when its holder dies.

The lock is the truth; what stands in the file is only there to say who holds it. So an old, an
empty or a foreign lock file never keeps anybody out.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from cocm_desktop.errors import InUse
from cocm_desktop.safe_file import OWNER_ONLY, blaming_the_disk

_LONGEST_CONTENT: Final = 4096
_POLL_SECONDS: Final = 0.05

if sys.platform == "win32":  # pragma: no cover  run by hand on Windows
    import msvcrt

    # Windows locks keep others from reading: lock a byte far behind the words.
    _LOCKED_BYTE: Final = 1024 * 1024

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        # Not lockf: its lock goes as soon as this program closes the file anywhere else.
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class DataLock:
    """The right to use a clinic's folder."""

    def __init__(self, file: Path, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now
        self._handle: int | None = None

    def acquire(self, *, wait_seconds: float = 0.0, reading: bool = False) -> None:
        """Take the lock, or raise InUse with the name of who has it.

        For `reading` a folder that may not be written, its file is locked as it is; where there
        is none nothing is: whoever could write here would have made it.
        """
        with blaming_the_disk("Nothing was changed."):
            if reading and not self._file.exists():
                return
            flags = os.O_RDONLY if reading else os.O_RDWR | os.O_CREAT
            handle = os.open(self._file, flags | getattr(os, "O_BINARY", 0), OWNER_ONLY)
        until = time.monotonic() + wait_seconds
        while not _try_lock(handle):
            if time.monotonic() >= until:
                os.close(handle)
                raise InUse(_who_has(self._file))
            time.sleep(_POLL_SECONDS)
        self._handle = handle
        if not reading:
            self.announce("")

    def announce(self, person: str) -> None:
        """Write down who has the lock. It holds also where that fails."""
        held = {
            "person": person,
            "machine": platform.node(),
            "pid": os.getpid(),
            "since": self._now().isoformat(timespec="minutes"),
        }
        self._write(json.dumps(held).encode())

    def release(self) -> None:
        """Give the lock back. A second time does nothing."""
        if self._handle is None:
            return
        self._write(b"")
        os.close(self._handle)
        self._handle = None

    def _write(self, content: bytes) -> None:
        if self._handle is None:
            raise RuntimeError("the lock is not held")
        with suppress(OSError):
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, content)


def _who_has(file: Path) -> str:
    held = _content(file)
    person = _text(held, "person") or "Somebody"
    machine = _text(held, "machine") or "this computer"
    since = _time(_text(held, "since"))
    return (
        f"{person} has this clinic open on {machine}{since}. Nothing was changed. "
        "Close CoCM Desktop there, then try again."
    )


def _content(file: Path) -> dict[str, object]:
    try:
        with file.open("rb") as stream:
            content = json.loads(stream.read(_LONGEST_CONTENT))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _text(held: dict[str, object], name: str) -> str:
    value = held.get(name)
    return value if isinstance(value, str) and value.isprintable() else ""


def _time(since: str) -> str:
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        return ""
    return f" since {moment:%Y-%m-%d %H:%M}"
