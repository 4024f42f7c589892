"""Writing out what can be read of a damaged file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from cocm_desktop.commands.console import say, tell
from cocm_desktop.commands.parser import Call
from cocm_desktop.domain import recovery_code as recovery_codes
from cocm_desktop.domain.wording import count_of


def declare_rescue(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out", metavar="FOLDER", type=Path, required=True, help="an empty folder for the files"
    )
    parser.add_argument(
        "--recovery", action="store_true", help="open the file by the printed recovery code"
    )
    parser.set_defaults(outside=rescue)


def rescue(call: Call) -> None:
    """Read a copy of the file; the file itself is left as it is."""
    from cocm_desktop.actions.rescue import rescue_records
    from cocm_desktop.actions.restore import Secret
    from cocm_desktop.commands.unlocking import place_of, sign_in_of

    place = place_of(call)
    if call.options.recovery:
        secret = Secret(code=recovery_codes.parse(call.passwords.recovery_code()))
    else:
        secret = Secret(sign_in_of(call.options, place), call.passwords.password())
    done = rescue_records(place, secret, call.options.out)
    say(done.words)
    for name, count in done.missing.items():
        say(f"{name}: {count_of(count, 'row')} missing")
    say(f"The files are in {done.folder}.")
    tell("These files are not encrypted. Keep them like the chart, and destroy them after use.")
