"""Keeps the program's memory out of files: no core dump, no crash dump, no reader from outside.

What is open lies in memory unencrypted. A dump would carry it to the disk, and to whoever collects
dumps. crash.log holds names of functions and lines, and no value.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Any, Final

# Source: prctl(2): a process that is not dumpable leaves no core and lets no other of the same
# account read its memory or its environment.
_PR_SET_DUMPABLE: Final = 4
# Source: the documentation of Windows: SetErrorMode and WerSetFlags.
_NO_FAULT_BOX: Final = 0x0001 | 0x0002
_NO_HEAP_IN_REPORTS: Final = 1


def leave_no_dump() -> None:
    """Do what this system offers; a system that offers nothing is no reason not to start."""
    with suppress(OSError, ValueError, ImportError, AttributeError):
        _forbid_cores()
    with suppress(OSError, AttributeError):
        if sys.platform.startswith("linux"):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    with suppress(OSError, AttributeError):
        _tell_windows()


def _forbid_cores() -> None:
    import resource  # noqa: PLC0415  Windows has none

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell_windows() -> None:
    libraries: Any = getattr(ctypes, "windll")  # noqa: B009  only Windows has it
    libraries.kernel32.SetErrorMode(_NO_FAULT_BOX)
    libraries.kernel32.WerSetFlags(_NO_HEAP_IN_REPORTS)
