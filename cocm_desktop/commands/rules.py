"""The rule sets of payers: listing, showing, keeping one's own, confirming them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import Call, Group, id_given, id_option, json_option
from cocm_desktop.domain.billing.own_rule_set import Confirmation, ListedRuleSet, RuleSetDraft
from cocm_desktop.domain.billing.rule_set import RuleSet
from cocm_desktop.domain.described import schema_of, written

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

HEADS = ("name", "title", "valid", "from", "state")


def declare_rules(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list the rule sets: whose, for which days, how far confirmed")
    json_option(listed)
    listed.set_defaults(work=list_all)
    shown = group.add("show", "write one rule set as JSON, to change it and put it back")
    shown.add_argument("name", metavar="NAME")
    shown.add_argument("--on", metavar="DATE", default="today", help="the rules of this day")
    shown.set_defaults(work=show)
    put = group.add("put", "keep a rule set of the practice's own, from a JSON file")
    put.add_argument("file", metavar="FILE", type=Path)
    put.add_argument("--confirmed", metavar="DATE", help="the day the payer confirmed it")
    put.add_argument("--note", metavar="TEXT", default="", help="with whom, or where it is written")
    id_option(put)
    put.set_defaults(work=keep)
    confirmed = group.add("confirm", "record that the payer confirmed the rules")
    confirmed.add_argument("name", metavar="NAME")
    confirmed.add_argument("--on", metavar="DATE", default="today", help="when it confirmed them")
    confirmed.add_argument("--note", metavar="TEXT", required=True)
    confirmed.set_defaults(work=confirm)
    described = group.add("schema", "write the JSON Schema of a rule set, without any clinic")
    described.set_defaults(outside=describe)
    withdrawn = group.add("withdraw", "go back to the program's rules of that name")
    withdrawn.add_argument("name", metavar="NAME")
    withdrawn.add_argument("--on", metavar="DATE", default="today", help="the rules of this day")
    withdrawn.add_argument("--reason", metavar="TEXT", required=True)
    withdrawn.set_defaults(work=withdraw)


def list_all(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.rule_set import read_rule_sets

    listed = read_rule_sets(workspace).rule_sets
    if options.json:
        say_json([_fields(each) for each in listed])
        return
    rows = [
        (
            each.rules.id,
            each.rules.title,
            each.valid_words,
            each.origin_words,
            each.state_words,
        )
        for each in listed
    ]
    say_table(HEADS, rows)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.rule_set import read_rule_sets

    day = typed.day("on", options.on, today=workspace.today())
    say_json(written(read_rule_sets(workspace).on_day(options.name, day).rules))


def describe(_call: Call) -> None:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "cocm rule set"}
    say_json({**head, **schema_of(RuleSet)})


def keep(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.rule_set import put_rule_set, rule_set_in

    rules = rule_set_in(options.file)
    confirmation = None
    if options.confirmed:
        confirmed_on = typed.day("confirmed", options.confirmed, today=workspace.today())
        confirmation = Confirmation(confirmed_on, options.note)
    draft = RuleSetDraft(rules, confirmation, **id_given(options))
    ack(put_rule_set(workspace, draft).record_id)


def confirm(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.rule_set import confirm_rule_set

    confirmed_on = typed.day("on", options.on, today=workspace.today())
    confirmation = Confirmation(confirmed_on, options.note)
    ack(confirm_rule_set(workspace, options.name, confirmation).record_id)


def withdraw(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.rule_set import read_rule_sets, withdraw_rule_set

    day = typed.day("on", options.on, today=workspace.today())
    listed = read_rule_sets(workspace).on_day(options.name, day)
    if listed.own is None:
        say(f"{listed.rules.id} is as the program comes. Nothing was changed.")
        return
    ack(withdraw_rule_set(workspace, listed.own.id, reason=options.reason).record_id)


def _fields(listed: ListedRuleSet) -> dict[str, Any]:
    confirmation = listed.own.confirmation if listed.own else None
    return {
        "name": listed.rules.id,
        "title": listed.rules.title,
        "program": written(listed.rules.program),
        "first": written(listed.rules.valid.first),
        "last": written(listed.rules.valid.last),
        "origin": listed.origin_words.lower(),
        "state": listed.state_words,
        "is_open": listed.is_open,
        "confirmed_on": written(confirmation.confirmed_on) if confirmation else None,
        "confirmed_note": confirmation.note if confirmation else "",
        "recorded_by": listed.recorded_by,
        "source": listed.rules.source,
        "codes": list(listed.rules.codes),
    }
