"""Opening the clinic that a command works on."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cocm_desktop.actions.session import Place, lock, sign_ins_of, unlock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.commands.console import tell
from cocm_desktop.commands.parser import Call
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.paths import default_data_folder

DATA = "COCM_DATA"
SIGN_IN = "COCM_SIGN_IN"


def place_of(call: Call, folder: Path | None = None) -> Place:
    """Give where the clinic is, or shall be, with the command's clock."""
    return Place(folder or folder_of(call.options), call.clock)


def folder_of(options: Namespace) -> Path:
    """Give the clinic's folder: as named, as the environment names it, or the usual one."""
    if options.data == "":
        raise Refused(Problem("data", "Name the clinic's folder."))
    named = options.data or os.environ.get(DATA)
    return Path(named) if named else default_data_folder()


def sign_in_of(options: Namespace, place: Place) -> str:
    """Give who signs in: as named, or the only one who can."""
    named: str = options.sign_in or os.environ.get(SIGN_IN, "")
    if named:
        return named
    names = sign_ins_of(place)
    if len(names) != 1:
        words = f"Say who signs in: --sign-in {' or '.join(names) or 'NAME'}."
        raise Refused(Problem("sign_in", words))
    return names[0]


@contextmanager
def unlocked(call: Call, *, upgrade: bool = False) -> Iterator[Workspace]:
    """Sign in, and lock again at the end. Notices of the opening go to the errors."""
    place = place_of(call)
    workspace = unlock(
        place,
        sign_in_of(call.options, place),
        call.passwords.password(),
        upgrade=upgrade,
        wait_seconds=float(call.options.wait),
    )
    with locking(workspace):
        yield workspace


@contextmanager
def locking(workspace: Workspace) -> Iterator[None]:
    """Tell the notices of the opening, and lock the clinic at the end whatever happens."""
    try:
        for notice in workspace.clinic.notices if workspace.clinic else ():
            tell(notice)
        yield
    finally:
        lock(workspace)
