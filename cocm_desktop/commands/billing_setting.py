"""What the practice has chosen about billing, from which day on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import Group, id_given, id_option, json_option
from cocm_desktop.domain.billing.setting_list import BY_NAME, BillingSettingDraft
from cocm_desktop.domain.wording import NOTHING, count_of, short_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_billing_setting(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list the settings as they hold today, with what they rest on")
    json_option(listed)
    listed.set_defaults(work=show)
    history = group.add("history", "list every change, who made it and from when it holds")
    history.set_defaults(work=show_history)
    change = group.add("set", "choose a setting, from a day on")
    change.add_argument("name", metavar="NAME", help=", ".join(BY_NAME))
    change.add_argument("value", metavar="VALUE")
    change.add_argument("--from", dest="since", metavar="DATE", default="today")
    id_option(change)
    change.set_defaults(work=change_one)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.billing_settings import read_billing_settings

    lines = read_billing_settings(workspace).lines
    if options.json:
        say_json(
            [
                {
                    "name": line.setting.name,
                    "title": line.setting.title,
                    "value": line.value,
                    "choices": list(line.setting.choices),
                    "default": line.setting.default,
                    "valid_from": line.change.valid_from.isoformat() if line.change else None,
                    "by": line.by,
                    "source": line.setting.source,
                }
                for line in lines
            ]
        )
        return
    rows = [
        (
            line.setting.name,
            line.words,
            short_date(line.change.valid_from) if line.change else NOTHING,
            line.setting.source,
        )
        for line in lines
    ]
    say_table(("name", "value", "from", "rests on"), rows)


def show_history(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.billing_settings import read_billing_settings

    read = read_billing_settings(workspace)
    rows = [
        (short_date(change.valid_from), change.name, change.value, read.staff_names.get(by, ""))
        for change, by in read.history
    ]
    say_table(("from", "name", "value", "by"), rows)
    say(f"{count_of(len(rows), 'change')}.")


def change_one(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.billing_settings import change_billing_setting

    since = typed.day("from", options.since, today=workspace.today())
    draft = BillingSettingDraft(options.name, options.value, since, **id_given(options))
    ack(change_billing_setting(workspace, draft).record_id)
