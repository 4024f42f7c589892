"""The thresholds of the clinical rules, and the crisis numbers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.episode_history import declare_definitions
from cocm_desktop.commands.parser import Group, id_given, id_option, json_option
from cocm_desktop.domain.clinical_settings import SETTINGS, SettingDraft
from cocm_desktop.domain.wording import count_of, short_date

LONGEST_CELL = 120

if TYPE_CHECKING:
    from cocm_desktop.actions.settings import ReadSettings, SettingPreview
    from cocm_desktop.actions.workspace import Workspace


def declare_setting(parser: ArgumentParser) -> None:
    group = Group(parser)
    shown = group.add("list", "list the settings with their sources")
    json_option(shown)
    shown.set_defaults(work=show)
    history = group.add("history", "list every change, who made it and from when it holds")
    history.set_defaults(work=show_history)
    preview = group.add("preview", "count the patients whom a change would concern today")
    change = group.add("change", "change a setting, from a day on")
    for one in (preview, change):
        one.add_argument("name", metavar="NAME")
        one.add_argument("value", metavar="VALUE")
        one.add_argument("--from", dest="since", metavar="DATE", default="today")
    id_option(change)
    declare_definitions(group)
    preview.set_defaults(work=preview_change)
    change.set_defaults(work=change_one)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.settings import read_settings

    read = read_settings(workspace)
    rows = [
        {
            "name": setting.name,
            "title": setting.title,
            "value": read.now.value(setting.name),
            "unit": setting.unit,
            "long_text": setting.is_long_text,
            "default": setting.default,
            "lowest": setting.lowest,
            "highest": setting.highest,
            "source": setting.source,
        }
        for setting in SETTINGS
    ]
    if options.json:
        say_json(rows)
        return
    names = ("name", "title", "value", "unit", "default", "source")
    say_table(names, [tuple(_one_line(row[name]) for name in names) for row in rows])


def _one_line(value: object) -> str:
    """Write a value as one cell: of a long text its beginning."""
    words = " ".join(str(value).split())
    return words if len(words) <= LONGEST_CELL else f"{words[: LONGEST_CELL - 1]}…"


def show_history(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.settings import read_settings
    from cocm_desktop.actions.staff import read_staff

    members = {member.id: member.name for member in read_staff(workspace)}
    read: ReadSettings = read_settings(workspace)
    lines = [
        (short_date(change.valid_from), change.name, _one_line(change.value), members[by])
        for change, by in read.history
    ]
    say_table(("from", "name", "value", "by"), lines)
    say(f"{count_of(len(lines), 'change')}.")


def preview_change(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.settings import preview_setting

    _say_preview(preview_setting(workspace, _draft(workspace, options)))


def change_one(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.settings import change_setting

    ack(change_setting(workspace, _draft(workspace, options)).record_id)


def _draft(workspace: Workspace, options: Namespace) -> SettingDraft:
    since = typed.day("from", options.since, today=workspace.today())
    given = id_given(options) if "id" in options else {}
    return SettingDraft(options.name, options.value, since, **given)


def _say_preview(preview: SettingPreview) -> None:
    setting = preview.setting
    before, after = _one_line(preview.before), _one_line(preview.after)
    say(f"{setting.title}: {before} becomes {after} {setting.unit}".rstrip())
    say_table(
        ("rule", "what", "before", "after"),
        [
            (count.rule.id, count.rule.title, str(count.before), str(count.after))
            for count in preview.effect.counts
        ],
    )
    say(f"{count_of(preview.effect.patients_affected, 'patient')} would see something else due.")
