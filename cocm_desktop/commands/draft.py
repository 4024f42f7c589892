"""What one typed in a window and has not saved: list it, or throw it away."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import Group, json_option

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.draft import ListedDraft

HEADS = ("id", "form", "patient", "typed", "computer")


def declare_draft(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list one's own drafts, the last one typed first")
    json_option(listed)
    listed.set_defaults(work=show_all)
    discarded = group.add("discard", "throw away a draft of one's own")
    discarded.add_argument("draft", metavar="ID")
    discarded.set_defaults(work=discard)


def show_all(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.draft import read_drafts

    found = [_fields(each) for each in read_drafts(workspace)]
    if options.json:
        say_json(found)
    else:
        say_table(HEADS, [tuple(each[name] for name in HEADS) for each in found])


def discard(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.draft import discard_draft

    ack(discard_draft(workspace, options.draft).record_id)


def _fields(listed: ListedDraft) -> dict[str, Any]:
    draft = listed.draft
    return {
        "id": draft.id,
        "form": draft.title,
        "patient": listed.patient_name,
        "patient_id": draft.patient_id,
        "typed": draft.kept_at.isoformat(timespec="seconds"),
        "computer": draft.device,
    }
