"""Saved views of the registry: list, save, show and delete them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    slug,
    slugs,
)
from cocm_desktop.domain.filter_text import read_filter
from cocm_desktop.domain.registry import Chip
from cocm_desktop.domain.registry_columns import BY_KEY
from cocm_desktop.domain.row_filter import NO_FILTER
from cocm_desktop.domain.row_order import SortKey, order_words
from cocm_desktop.domain.saved_view import (
    EVERYONES,
    MINE,
    NAME_COLUMN,
    Columns,
    SavedView,
    ShownColumn,
    ViewContent,
    ViewDraft,
)
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

HEADS = ("id", "name", "whose", "chip", "filter", "order")


def declare_view(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list one's own views and those that others share")
    json_option(listed)
    listed.set_defaults(work=show_all)
    saved = group.add("save", "save a view, or replace one's own of the same name")
    saved.add_argument("name", metavar="NAME")
    saved.add_argument("--chip", choices=slugs(Chip), default=slug(Chip.OPEN))
    saved.add_argument("--filter", metavar="CONDITIONS", help="such as: phq9>=10 and weeks>=8")
    saved.add_argument("--sort", metavar="COLUMNS", help="such as --sort=-change,due")
    saved.add_argument("--columns", metavar="COLUMNS", help="such as: now,change,why")
    saved.add_argument("--mine", action="store_true", help="only patients of whoever looks")
    saved.add_argument("--share", action="store_true", help="everybody at the practice may use it")
    id_option(saved)
    saved.set_defaults(work=save)
    shown = group.add("show", "show what a view keeps, as JSON")
    shown.add_argument("name", metavar="NAME", help="name or id")
    shown.set_defaults(work=show_one)
    deleted = group.add("delete", "delete one's own view")
    deleted.add_argument("name", metavar="NAME", help="name or id")
    deleted.set_defaults(work=delete)


def show_all(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.view import read_views

    views = read_views(workspace).views
    if options.json:
        say_json([view_fields(workspace, view) for view in views])
        return
    say_table(HEADS, [_line(workspace, view) for view in views])


def save(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.view import read_views, record_view

    content = ViewContent(
        chip=member_of(Chip, options.chip),
        whose=MINE if options.mine else EVERYONES,
        filter=read_filter(options.filter) if options.filter else NO_FILTER,
    )
    if options.sort:
        content = replace(content, order=_order(options.sort))
    if options.columns:
        content = replace(content, columns=_columns(options.columns))
    draft = ViewDraft(options.name, content, options.share, **id_given(options))
    for view in read_views(workspace).views:
        is_own = view.staff_id == workspace.staff.id
        if is_own and not options.id and view.name.casefold() == options.name.strip().casefold():
            draft = replace(draft, id=view.id)
    ack(record_view(workspace, draft).record_id)


def show_one(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.view import find_view

    say_json(view_fields(workspace, find_view(workspace, options.name)))


def delete(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.view import find_view, void_view

    ack(void_view(workspace, find_view(workspace, options.name).id).record_id)


def view_fields(workspace: Workspace, view: SavedView) -> dict[str, Any]:
    """Give a view as JSON shows it; what this release does not know stands in notes."""
    content = view.content
    return {
        "id": view.id,
        "name": view.name,
        "own": view.staff_id == workspace.staff.id,
        "shared": view.is_shared,
        "chip": content.chip.value,
        "whose": content.whose,
        "filter": content.filter.content() if content.filter else None,
        "filter_words": content.filter.words,
        "order": [{"column": k.column.key, "descending": k.descending} for k in content.order],
        "columns": [each.key for each in content.columns],
        "notes": list(view.notes),
    }


def _line(workspace: Workspace, view: SavedView) -> tuple[str, ...]:
    own = "mine, shared" if view.is_shared else "mine"
    whose = own if view.staff_id == workspace.staff.id else "shared"
    content = view.content
    words = content.filter.words or "–"
    return view.id, view.name, whose, content.chip.value, words, order_words(content.order)


def _order(text: str) -> tuple[SortKey, ...]:
    keys = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(
        SortKey(BY_KEY[_known(key.removeprefix("-"), "sort")], key.startswith("-")) for key in keys
    )


def _columns(text: str) -> Columns:
    keys = [_known(part.strip(), "columns") for part in text.split(",") if part.strip()]
    return tuple(map(ShownColumn, dict.fromkeys((NAME_COLUMN, *keys))))


def _known(key: str, field: str) -> str:
    if key not in BY_KEY:
        words = f"No column is called “{key}”. Known: {', '.join(BY_KEY)}."
        raise Refused(Problem(field, words))
    return key
