"""Making a clinic, opening it to see that it opens, bringing it up to date."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cocm_desktop.commands.console import ack, say
from cocm_desktop.commands.parser import Call, member_of, slug, slugs
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.errors import Problem, Refused, Unavailable

OWNER_ONLY = 0o600


def declare_init(parser: ArgumentParser) -> None:
    parser.add_argument("--practice", metavar="NAME", required=True, help="as on its letters")
    parser.add_argument("--time-zone", metavar="ZONE", required=True, help="America/New_York, …")
    parser.add_argument("--owner", metavar="NAME", required=True, help="who may change everything")
    parser.add_argument("--credentials", metavar="LETTERS", default="", help="LCSW, MD, …")
    parser.add_argument(
        "--role",
        action="append",
        choices=slugs(Role),
        help=f"besides administrator; may be repeated (default: {slug(Role.CARE_MANAGER)})",
    )
    parser.add_argument(
        "--recovery-code-file",
        metavar="FILE",
        type=Path,
        help="write the recovery code there, for its owner's eyes only, instead of showing it",
    )
    parser.set_defaults(outside=make)


def make(call: Call) -> None:
    """Make the clinic. The recovery code is given out before it opens anything, never after."""
    from cocm_desktop.actions.session import (
        NewClinic,
        create_clinic,
        lock,
        new_recovery_code,
        state_of,
    )
    from cocm_desktop.commands.unlocking import SIGN_IN, place_of

    options = call.options
    roles = frozenset(member_of(Role, text) for text in options.role or [slug(Role.CARE_MANAGER)])
    sign_in = options.sign_in or os.environ.get(SIGN_IN, "")
    owner = StaffDraft(options.owner, roles, sign_in, options.credentials)
    practice = Practice(name=options.practice.strip(), time_zone=options.time_zone)
    place = place_of(call)
    state = state_of(place)
    if not state.may_be_created_in:
        raise Refused(Problem("data", state.value))
    new = NewClinic(practice, owner, call.passwords.first_password())
    if problems := new.problems():
        raise Refused(*problems)
    code = new_recovery_code()
    with _given_out(str(code), options.recovery_code_file):
        workspace = create_clinic(place, new, code)
    lock(workspace)
    ack(workspace.staff.id)


def declare_check(parser: ArgumentParser) -> None:
    parser.set_defaults(outside=check)


def check(call: Call) -> None:
    from cocm_desktop.actions.practice import read_practice
    from cocm_desktop.commands.unlocking import unlocked

    with unlocked(call) as workspace:
        roles = ", ".join(sorted(role.value.lower() for role in workspace.staff.roles))
        say(read_practice(workspace).name)
        say(f"{workspace.staff.title} ({roles})")
        say(long_moment(workspace.now()))


def declare_migrate(parser: ArgumentParser) -> None:
    parser.set_defaults(outside=migrate)


def migrate(call: Call) -> None:
    from cocm_desktop.commands.unlocking import unlocked

    with unlocked(call, upgrade=True) as workspace:
        say("The clinic's file is up to date.")
        if workspace.clinic:
            ack(workspace.clinic.keys.vault_id)


@contextmanager
def _given_out(code: str, file: Path | None) -> Iterator[None]:
    """Show the code, or write it to a new file that goes again if no clinic comes of it."""
    if file is None:
        say("Recovery code, to be printed and locked away. It opens the clinic made now:")
        say(code)
        sys.stdout.flush()
        yield
        return
    _write_for_owner(file, code)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            file.unlink()
        raise


def _write_for_owner(file: Path, text: str) -> None:
    """Write a file that was not there before and that nobody else may read."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(handle)
    except FileExistsError:
        words = "The file for the recovery code is there already. No clinic was made."
        raise Refused(Problem("recovery_code_file", words)) from None
    except OSError as error:
        reason = error.strerror or "the disk refused"
        words = f"The recovery code could not be written: {reason}. No clinic was made."
        raise Unavailable(words) from error
