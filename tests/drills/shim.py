"""The shim of shim.c: built where it is needed, loaded before the C library, told what to do.

Where there is no Linux or no C compiler it cannot be; `why_not()` says so in words.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from functools import cache
from pathlib import Path

from tests.source_tree import ROOT

SOURCE = Path(__file__).with_name("shim.c")
LONGEST_PATH = 4096
EVERY = -1


class Kind(IntFlag):
    """What a program asks of the disk."""

    WRITE = 1
    SYNC = 2
    FOLDER_SYNC = 4
    TRUNCATE = 8
    UNLINK = 16
    RENAME = 32
    READ = 64


CHANGES = Kind.WRITE | Kind.SYNC | Kind.FOLDER_SYNC | Kind.TRUNCATE | Kind.UNLINK | Kind.RENAME


class Action(IntEnum):
    """What becomes of the call: the last two happen right before it."""

    FAIL = 0
    SHORT = 1
    SLEEP = 2
    KILL = 3
    STOP = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """The nth call of these kinds, and so many from there on. Without `nth` they are counted."""

    kinds: Kind
    nth: int = 0
    action: Action = Action.FAIL
    error: int = 0
    times: int = 1
    milliseconds: int = 0


class _Plan(ctypes.Structure):
    _fields_ = (
        ("kinds", ctypes.c_int),
        ("action", ctypes.c_int),
        ("error", ctypes.c_int),
        ("milliseconds", ctypes.c_int),
        ("nth", ctypes.c_long),
        ("times", ctypes.c_long),
        ("seen", ctypes.c_long),
        ("hit", ctypes.c_long),
        ("folder", ctypes.c_char * LONGEST_PATH),
    )


def why_not() -> str:
    """Say what this computer lacks for the shim; nothing if it can be."""
    if sys.platform != "linux":
        return "it needs Linux, whose programs can be given calls of ours"
    if not (shutil.which("gcc") or shutil.which("cc")):
        return "it needs a C compiler (Debian, Ubuntu: apt-get install gcc)"
    return ""


def build(folder: Path) -> Path:
    """Compile the shim into a folder."""
    target = folder / "shim.so"
    compiler = shutil.which("gcc") or shutil.which("cc") or "cc"
    words = ["-shared", "-fPIC", "-O2", "-o", str(target), str(SOURCE), "-ldl"]
    subprocess.run([compiler, *words], check=True)
    return target


def run_under(shim: Path, module: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a module of ours with the shim loaded before anything else."""
    return subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(shim)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )


def plan(fault: Fault, folder: Path) -> None:
    """Tell the shim what the next armed process shall meet, on files below the folder."""
    at = _plan()
    at.kinds, at.action, at.error = fault.kinds, fault.action, fault.error
    at.nth, at.times, at.milliseconds = fault.nth, fault.times, fault.milliseconds
    at.seen, at.hit, at.folder = 0, 0, os.fsencode(folder)


def seen() -> int:
    """Tell how many calls of the planned kinds were made."""
    return int(_plan().seen)


def hit() -> int:
    """Tell how many calls met what was planned."""
    return int(_plan().hit)


def arm() -> None:
    """From here on the calls of this process count."""
    _library().drill_arm(1)


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None)


@cache
def _plan() -> _Plan:
    where = _library().drill_plan
    where.restype = ctypes.POINTER(_Plan)
    found: _Plan = where().contents
    return found
