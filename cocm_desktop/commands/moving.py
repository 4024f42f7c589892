"""Moving a clinic to a folder of this computer."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from cocm_desktop.commands.console import say
from cocm_desktop.commands.parser import Call
from cocm_desktop.domain.wording import count_of


def declare_move(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to", metavar="FOLDER", type=Path, required=True, help="a new folder of this computer"
    )
    parser.set_defaults(outside=move)


def move(call: Call) -> None:
    """Move the clinic; the old files are kept, and where they are is said."""
    from cocm_desktop.actions.moving import move_clinic
    from cocm_desktop.commands.unlocking import place_of

    moved = move_clinic(place_of(call), place_of(call, call.options.to))
    files, size = count_of(moved.files, "file"), count_of(moved.size, "byte")
    say(f"The clinic is in {moved.to} now: {files} with {size}, each read back and compared.")
    say(f"Its old files are kept in {moved.old_files}. Delete them when the clinic opens.")
