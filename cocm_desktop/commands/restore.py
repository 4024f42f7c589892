"""Making a clinic out of a backup."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from cocm_desktop.commands.console import ack, say
from cocm_desktop.commands.parser import Call
from cocm_desktop.domain import recovery_code as recovery_codes
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.restore import Secret
    from cocm_desktop.actions.session import Place


def declare_restore(parser: ArgumentParser) -> None:
    parser.add_argument("backup", metavar="FILE", type=Path)
    parser.add_argument(
        "--over",
        action="store_true",
        help="take the place of the clinic that is there, which is kept in a folder of its own",
    )
    parser.add_argument(
        "--recovery",
        action="store_true",
        help="with --over: open the backup by the printed recovery code, not by a password",
    )
    parser.set_defaults(outside=restore)


def restore(call: Call) -> None:
    """Restore; over a clinic only after the secret has proved right on the backup."""
    from cocm_desktop.actions.restore import restore_backup, restore_over
    from cocm_desktop.commands.unlocking import place_of

    place, file = place_of(call), call.options.backup
    if not call.options.over:
        restored = restore_backup(place, file)
        say(f"{place.folder} holds the clinic as of {restored.as_of.isoformat()}.")
        ack(restored.vault_id)
        return
    done = restore_over(place, file, _secret(call, place))
    if done.is_keys_only:
        say(f"The clinic's own file in {place.folder} is whole: only its keys were put back.")
        say(f"Passwords are those of {done.backup.as_of.isoformat()}.")
    else:
        say(f"{place.folder} holds the clinic as of {done.backup.as_of.isoformat()}.")
    if done.kept is not None:
        say(f"What was there before is kept in {done.kept}.")
    ack(done.backup.vault_id)


def _secret(call: Call, place: Place) -> Secret:
    from cocm_desktop.actions.restore import Secret, sign_ins_in
    from cocm_desktop.commands.unlocking import SIGN_IN

    if call.options.recovery:
        return Secret(code=recovery_codes.parse(call.passwords.recovery_code()))
    names = sign_ins_in(place, call.options.backup)
    named = call.options.sign_in or os.environ.get(SIGN_IN, "")
    if not named and len(names) != 1:
        words = f"Say who signs in: --sign-in {' or '.join(names) or 'NAME'}."
        raise Refused(Problem("sign_in", words))
    return Secret(named or names[0], call.passwords.password())
