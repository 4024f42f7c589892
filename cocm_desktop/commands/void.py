"""Withdrawing records, which are kept."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands.console import ack
from cocm_desktop.domain.ids import SuperbillId

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

KINDS = ("contact", "measure", "time", "review", "superbill")


def declare_void(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("record", metavar="ID")
    parser.add_argument("--reason", metavar="TEXT", required=True)
    parser.set_defaults(work=void)


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.contact import void_contact
    from cocm_desktop.actions.measure import void_measure
    from cocm_desktop.actions.review_record import void_review
    from cocm_desktop.actions.time_entry import void_time

    if options.kind == "superbill":
        from cocm_desktop.actions.superbill import void_superbill

        changed = void_superbill(workspace, SuperbillId(options.record), reason=options.reason)
    else:
        actions = {
            "contact": void_contact,
            "measure": void_measure,
            "review": void_review,
            "time": void_time,
        }
        changed = actions[options.kind](workspace, options.record, reason=options.reason)
    ack(changed.record_id)
