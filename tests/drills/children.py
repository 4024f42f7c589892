"""The real command line in a process forked from this one: the same work, in a tenth of the time.

What a password costs to try is no part of these trials, so their clinics open cheaply. Nothing of
this computer's own is touched: no key store, no settings, no clinic but those of the trial.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import IO, NoReturn

from cocm_desktop import actions, commands, exchange, printing
from cocm_desktop.actions import session
from cocm_desktop.commands import main as command_line
from cocm_desktop.commands import unlocking
from cocm_desktop.commands.parser import Call
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.drills.clinic import PASSWORD, arguments, nothing_of_this_computer
from tests.storage.clinics import CHEAP, SharesInMemory

CHEAP_TOOLS = KeyTools(CHEAP, SharesInMemory())
NEW_PASSWORD = "copper meadow lantern quiz"
LONGEST_SECONDS = 120
PR_SET_PDEATHSIG = 1
can_fork = sys.platform not in {"win32", "darwin"}
"""Windows has no fork, and the libraries of macOS do not bear one."""


@dataclass(slots=True)
class Child:
    """A command at work, or ended. `out` can be read while it goes on."""

    pid: int
    out: IO[bytes]
    told: IO[bytes]
    code: int | None = None
    lines: list[bytes] = field(default_factory=list)
    errors: str = ""
    """What it said of what went wrong, once it has ended."""

    def read_lines(self, wanted: int) -> None:
        """Wait until it has said so many lines more, or ends."""
        for _ in range(wanted):
            line = self.out.readline()
            if not line:
                break
            self.lines.append(line)

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def stopped(self) -> bool:
        """Wait until it stops itself, which is True, or ends."""
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            return True
        self.code = os.waitstatus_to_exitcode(status)
        return False

    def ended(self) -> Child:
        """Wait for its end; the code of one that was killed is the signal's, below zero."""
        self.lines += self.out.read().splitlines(keepends=True)
        self.out.close()
        if self.code is None:
            _, status = os.waitpid(self.pid, 0)
            self.code = os.waitstatus_to_exitcode(status)
        with self.told:
            self.told.seek(0)
            self.errors = self.told.read().decode(errors="replace")
        return self

    @property
    def acknowledged(self) -> list[str]:
        """Which records it said were on the disk. Half a line is no word."""
        whole = [line for line in self.lines if line.startswith(b"ACK ") and line[-1:] == b"\n"]
        return [line.split()[1].decode() for line in whole]


def forked(
    folder: Path,
    command: Sequence[str],
    *,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    first: Callable[[], object] = lambda: None,
) -> Child:
    """Start a command on a clinic. `first` is called in the child right before it begins.

    No clinic may be open in this process: its lock would go over to the child.
    """
    given = tempfile.TemporaryFile()  # noqa: SIM115  closed below
    given.write(stdin)
    given.seek(0)
    told = tempfile.TemporaryFile()  # noqa: SIM115  read after the end
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if not pid:
        os.close(reader)
        _be_the_child((given.fileno(), writer, told.fileno()), folder, command, env or {}, first)
    os.close(writer)
    given.close()
    return Child(pid, os.fdopen(reader, "rb"), told)


def done(
    folder: Path,
    command: Sequence[str],
    *,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    first: Callable[[], object] = lambda: None,
) -> Child:
    """Let a command come to its end."""
    return forked(folder, command, stdin=stdin, env=env, first=first).ended()


def load_everything() -> None:
    """Load what the commands load, once, and not again in each child."""
    for package in (actions, exchange, printing, commands):
        for found in iter_modules(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                import_module(found.name)
    command_line.parser_for([])


def _be_the_child(
    streams: tuple[int, int, int],
    folder: Path,
    command: Sequence[str],
    env: Mapping[str, str],
    first: Callable[[], object],
) -> NoReturn:
    code = 1
    try:
        if sys.platform == "linux":  # nothing works on in a folder that its drill has left
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  by number
            for number, mode in enumerate("rww")
        )
        home = nothing_of_this_computer(folder.parent)
        os.environ.update({**home, "COCM_PASSWORD": PASSWORD, **env})
        _open_cheaply(folder.parent / "state")
        signal.alarm(LONGEST_SECONDS)
        first()
        code = command_line.main(arguments(folder, *command)[3:])
        sys.stdout.flush()
    finally:  # a fork must never return, whatever was raised
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(code)


def _open_cheaply(state: Path) -> None:
    def place_of(call: Call, folder: Path | None = None) -> session.Place:
        at = folder or unlocking.folder_of(call.options)
        return session.Place(at, call.clock, tools)

    tools = replace(CHEAP_TOOLS, state=lambda: state)

    vars(unlocking)["place_of"] = place_of
