"""Payers, and what a first claim still needs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    slug,
    slugs,
    whole_number,
)
from cocm_desktop.domain.billing.payer import ClaimFiling, Payer
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import NOTHING, count_of, dollars
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

TEXTS = ("name", "rule_set", "payer_number", "phone", "confirmed_note")
DAYS = ("confirmed_on", "registered_on")


def declare_payer(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list the payers, the retired ones too")
    json_option(listed)
    listed.set_defaults(work=list_payers)
    added = group.add("add", "set up a payer")
    _details(added, required=True)
    id_option(added)
    added.set_defaults(work=add)
    changed = group.add("change", "change the details that are named")
    changed.add_argument("payer", metavar="PAYER", help="name or id")
    _details(changed, required=False)
    changed.set_defaults(work=change)
    for name, words, active in (
        ("retire", "offer a payer no more; whom it covered keeps it", False),
        ("restore", "offer a retired payer again", True),
    ):
        one = group.add(name, words)
        one.add_argument("payer", metavar="PAYER", help="name or id")
        one.set_defaults(work=set_active, active=active)
    named = group.add("named", "list the payers that patients without coverage name")
    json_option(named)
    named.set_defaults(work=list_named)
    covers = group.add("covers", "give a payer to every patient who names it by these words")
    covers.add_argument("payer", metavar="PAYER", help="name or id")
    covers.add_argument("words", metavar="WORDS", help="as the patients' details have it")
    covers.add_argument("--from", dest="since", metavar="DATE", help="first day of the coverage")
    covers.set_defaults(work=cover)


def declare_setup(parser: ArgumentParser) -> None:
    json_option(parser)
    parser.set_defaults(work=show_set_up)


def payer_called(payers: tuple[Payer, ...], text: str) -> Payer:
    """Find a payer by name or id, or refuse."""
    wanted = fold(text)
    for payer in payers:
        if text == payer.id or (wanted and fold(payer.name) == wanted):
            return payer
    raise Refused(Problem("payer", f"No payer is called “{text}”."))


def list_payers(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.payer import read_payers

    read = read_payers(workspace)
    if options.json:
        say_json([_content(payer, read.covered.get(payer.id, 0)) for payer in read.payers])
        return
    lines = [
        (
            payer.name,
            payer.payer_number or NOTHING,
            payer.rule_set,
            payer.filing.value,
            str(read.covered.get(payer.id, 0)),
            payer.confirmed_on.isoformat() if payer.confirmed_on else "not confirmed",
            "" if payer.active else "retired",
        )
        for payer in read.payers
    ]
    say_table(("name", "id", "rules", "filed as", "patients", "confirmed", "state"), lines)


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.payer import add_payer

    blank = PayerDraft("", "", ClaimFiling.COMMERCIAL, **id_given(options))
    ack(add_payer(workspace, _typed(workspace, options, blank)).record_id)


def change(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.payer import change_payer, read_payers

    payer = payer_called(read_payers(workspace).payers, options.payer)
    draft = _typed(workspace, options, PayerDraft.of(payer))
    ack(change_payer(workspace, draft, version=payer.version).record_id)


def set_active(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.payer import change_payer, read_payers

    payer = payer_called(read_payers(workspace).payers, options.payer)
    draft = replace(PayerDraft.of(payer), active=options.active)
    ack(change_payer(workspace, draft, version=payer.version).record_id)


def list_named(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.payer import read_payers

    found = read_payers(workspace).named
    if options.json:
        say_json(
            [
                {
                    "words": each.words,
                    "patients": len(each.patients),
                    "without_member_id": each.without_member_id,
                    "payer_id": each.payer.id if each.payer else None,
                }
                for each in found
            ]
        )
        return
    lines = [
        (
            each.words,
            str(len(each.patients)),
            str(each.without_member_id),
            each.payer.name if each.payer else "not set up",
        )
        for each in found
    ]
    say_table(("as written", "patients", "without member id", "payer"), lines)


def cover(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.payer import cover_named, read_payers

    payer = payer_called(read_payers(workspace).payers, options.payer)
    since = typed.day_or_none("from", options.since, today=workspace.today())
    ack(cover_named(workspace, options.words, payer.id, first_on=since).record_id)


def show_set_up(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.charge_setup import read_set_up

    read = read_set_up(workspace)
    if options.json:
        gaps = [
            {"place": slug(gap.place), "words": gap.words, "needed": gap.is_needed}
            for gap in read.gaps
        ]
        amounts = [
            {
                "code": each.code,
                "office_cents": each.office_cents,
                "facility_cents": each.facility_cents,
            }
            for each in read.place.amounts
        ]
        place = {"place_of_service": read.place.place, "rates": read.place.rates}
        say_json({"gaps": gaps, **place, "amounts": amounts})
        return
    marks = {True: "needed", False: "worth a look"}
    say_table(
        ("where", "what", ""),
        [(gap.place.value, gap.words, marks[gap.is_needed]) for gap in read.gaps],
    )
    say(f"{count_of(read.needed, 'thing')} a claim needs.")
    say(f"Rates: {read.place.rates or 'not loaded'}; allowed, before deductible and coinsurance.")
    say_table(
        ("code", "office", "facility"),
        [(a.code, _money(a.office_cents), _money(a.facility_cents)) for a in read.place.amounts],
    )


def _money(cents: int | None) -> str:
    return NOTHING if cents is None else dollars(cents)


def _details(parser: ArgumentParser, *, required: bool) -> None:
    for name in TEXTS:
        is_needed = required and name in {"name", "rule_set"}
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT", required=is_needed)
    parser.add_argument("--filing", choices=slugs(ClaimFiling), required=required)
    parser.add_argument(
        "--days-to-file", metavar="DAYS", type=whole_number, help="0: as the rules say"
    )
    for name in DAYS:
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="DATE")


def _typed(workspace: Workspace, options: Namespace, draft: PayerDraft) -> PayerDraft:
    """Put what was typed in place of what stands in a draft; an empty day takes one away."""
    named: dict[str, Any] = {name: getattr(options, name) for name in TEXTS}
    named["filing"] = member_of(ClaimFiling, options.filing) if options.filing else None
    changes = {name: value for name, value in named.items() if value is not None}
    for name in DAYS:
        if (text := getattr(options, name)) is not None:
            changes[name] = typed.day_or_none(name, text, today=workspace.today())
    if options.days_to_file is not None:
        changes["days_to_file"] = options.days_to_file or None
    return replace(draft, **changes)


def _content(payer: Payer, patients: int) -> dict[str, object]:
    return {
        "id": payer.id,
        "name": payer.name,
        "rule_set": payer.rule_set,
        "filing": slug(payer.filing),
        "payer_number": payer.payer_number,
        "phone": payer.phone,
        "days_to_file": payer.days_to_file,
        "confirmed_on": payer.confirmed_on.isoformat() if payer.confirmed_on else None,
        "confirmed_note": payer.confirmed_note,
        "registered_on": payer.registered_on.isoformat() if payer.registered_on else None,
        "active": payer.active,
        "patients": patients,
    }
