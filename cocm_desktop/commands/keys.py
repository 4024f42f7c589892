"""Passwords, the recovery code, and the key that the file is encrypted under."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands.console import ack, say
from cocm_desktop.commands.parser import Call
from cocm_desktop.domain import recovery_code as recovery_codes

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


BOUND = {"this-computer": True, "any-computer": False, None: None}


def declare_passwd(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--opens-on",
        choices=[name for name in BOUND if name],
        help="bind the password to this computer's key store, or free it (default: as it was)",
    )
    parser.set_defaults(outside=change)


def change(call: Call) -> None:
    """Ask for the old password once: what opens the clinic proves who changes it."""
    from cocm_desktop.actions.session import lock, unlock
    from cocm_desktop.actions.staff import change_password
    from cocm_desktop.commands.unlocking import place_of, sign_in_of

    place = place_of(call)
    sign_in, old = sign_in_of(call.options, place), call.passwords.password()
    workspace = unlock(place, sign_in, old, wait_seconds=float(call.options.wait))
    try:
        changed = change_password(
            workspace,
            old=old,
            new=call.passwords.new_password(),
            this_computer_only=BOUND[call.options.opens_on],
        )
    finally:
        lock(workspace)
    ack(changed.record_id)


def declare_recover(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--upgrade", action="store_true", help="bring an older file up to date first"
    )
    parser.set_defaults(outside=recover_password)


def recover_password(call: Call) -> None:
    from cocm_desktop.actions.session import lock, recover
    from cocm_desktop.commands.unlocking import place_of, sign_in_of

    place = place_of(call)
    sign_in = sign_in_of(call.options, place)
    code = recovery_codes.parse(call.passwords.recovery_code())
    new = call.passwords.new_password()
    upgrade = call.options.upgrade
    workspace = recover(place, code, sign_in=sign_in, password=new, upgrade=upgrade)
    lock(workspace)
    ack(workspace.staff.id)


def declare_rotate_key(parser: ArgumentParser) -> None:
    parser.set_defaults(work=rotate)


def rotate(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.keys import rotate_key

    changed = rotate_key(workspace)
    ack(changed.record_id)
    say("The file is encrypted under a new key. Passwords and recovery code are as before.")
