"""Emergency access: taking it, ending it, and looking at it afterwards."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import Group, json_option
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.emergency import ListedEmergency
    from cocm_desktop.actions.workspace import Workspace


def declare_emergency(parser: ArgumentParser) -> None:
    group = Group(parser)
    taken = group.add("take", "see every chart for 60 minutes, with a reason that is looked at")
    taken.add_argument("--reason", metavar="TEXT", required=True, help="ten characters or more")
    taken.set_defaults(work=take)
    ended = group.add("end", "end one's own emergency access before its hour is over")
    ended.set_defaults(work=end)
    listed = group.add("list", "list every emergency access: for administrators")
    listed.add_argument("--waiting", action="store_true", help="only those nobody looked at")
    json_option(listed)
    listed.set_defaults(work=list_all)
    reviewed = group.add("review", "sign that an emergency access was looked at")
    reviewed.add_argument("access", metavar="ID", help="as emergency list shows it")
    reviewed.add_argument("--words", metavar="TEXT", required=True, help="what was found")
    reviewed.set_defaults(work=review)


def take(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.emergency import take_emergency_access
    from cocm_desktop.domain.wording import clock_time

    changed = take_emergency_access(workspace, options.reason)
    ack(changed.record_id)
    if workspace.emergency is not None:
        ends = clock_time(workspace.emergency.ends_at)
        say(f"Until {ends} you see every chart. What you do is marked and will be looked at.")


def end(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.emergency import end_emergency_access

    ack(end_emergency_access(workspace).record_id)


def list_all(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.emergency import read_emergencies

    listed = [
        each
        for each in read_emergencies(workspace)
        if not options.waiting or each.access.reviewed_at is None
    ]
    if options.json:
        say_json([_content(each) for each in listed])
        return
    rows = [
        (
            each.access.id,
            f"{each.access.began_at:%Y-%m-%d %H:%M}",
            each.who,
            each.access.reason,
            _state(each),
        )
        for each in listed
    ]
    say_table(("id", "from", "who", "reason", "state"), rows)


def review(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.emergency import read_emergencies, review_emergency

    versions = {each.access.id: each.access.version for each in read_emergencies(workspace)}
    version = versions.get(options.access)
    if version is None:
        raise Refused(Problem("access", "There is no emergency access with this id."))
    changed = review_emergency(workspace, options.access, words=options.words, version=version)
    ack(changed.record_id)


def _state(each: ListedEmergency) -> str:
    if each.is_open:
        return "going on"
    if each.access.reviewed_at is None:
        return "to be looked at"
    return f"looked at by {each.reviewer}: {each.access.review_words}"


def _content(each: ListedEmergency) -> dict[str, Any]:
    access = each.access
    return {
        "id": access.id,
        "who": each.who,
        "reason": access.reason,
        "began_at": access.began_at.isoformat(),
        "ends_at": access.ends_at.isoformat(),
        "ended_at": access.ended_at.isoformat() if access.ended_at else None,
        "entries": each.entries,
        "reviewed_by": each.reviewer,
        "review": access.review_words,
    }
