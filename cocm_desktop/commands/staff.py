"""Staff members and their sign-ins."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import (
    Call,
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    slugs,
    whole_number,
)
from cocm_desktop.domain.billing.credential import billing_credential
from cocm_desktop.domain.staff import Role, StaffDraft, StaffMember
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.change import Change


def declare_staff(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list everybody, those switched off too")
    json_option(listed)
    listed.set_defaults(work=list_staff)
    added = group.add("add", "add a staff member; with a sign-in name, ask for their password")
    added.add_argument("--name", metavar="NAME", required=True)
    added.add_argument(
        "--role", action="append", required=True, choices=slugs(Role), help="may be repeated"
    )
    added.add_argument(
        "--new-sign-in", metavar="NAME", default="", help="who only signs papers needs none"
    )
    added.add_argument("--credentials", metavar="LETTERS", default="", help="LCSW, MD, …")
    added.add_argument("--npi", metavar="NUMBER", default="")
    _billing_options(added)
    id_option(added)
    added.set_defaults(outside=add)
    changed = group.add("change", "change the details that are named")
    changed.add_argument("member", metavar="NAME", help="sign-in name, name or id")
    for name in ("name", "credentials", "npi"):
        changed.add_argument(f"--{name}", metavar="TEXT")
    changed.add_argument(
        "--new-sign-in", metavar="NAME", default="", help="for who had none; asks for the password"
    )
    _billing_options(changed)
    changed.set_defaults(outside=change)
    removed = group.add("deactivate", "switch a staff member's sign-in off; their records stay")
    removed.add_argument("member", metavar="NAME", help="sign-in name, name or id")
    removed.set_defaults(work=deactivate)
    again = group.add("reactivate", "switch a sign-in on again; asks for a first password")
    again.add_argument("member", metavar="NAME", help="sign-in name, name or id")
    again.set_defaults(outside=reactivate)
    given = group.add("give-password", "give who forgot theirs a password, to be changed at once")
    given.add_argument("member", metavar="NAME", help="sign-in name, name or id")
    given.set_defaults(outside=give)


def _billing_options(parser: ArgumentParser) -> None:
    parser.add_argument("--taxonomy", metavar="CODE", help="ten signs, such as 207Q00000X")
    parser.add_argument("--incident-to", choices=("yes", "no"), help="bills incident to")
    parser.add_argument("--supervisor", metavar="NAME", help="the physician who supervises")
    parser.add_argument(
        "--percent-of-full-time",
        metavar="N",
        type=whole_number,
        help="of a care manager's post, what the program has",
    )


def list_staff(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.staff import read_staff

    members = read_staff(workspace)
    content = [
        {
            "id": member.id,
            "name": member.name,
            "credentials": member.credentials,
            "sign_in": member.sign_in,
            "roles": sorted(role.value for role in member.roles),
            "npi": member.npi,
            "taxonomy": member.taxonomy,
            "bills_as": billing_credential(member.credentials),
            "bills_incident_to": member.bills_incident_to,
            "supervisor_id": member.supervisor_id,
            "full_time_percent": member.full_time_percent,
            "active": member.active,
        }
        for member in members
    ]
    if options.json:
        say_json(content)
        return
    lines = [
        (
            member.title,
            member.sign_in or "—",
            ", ".join(sorted(role.value for role in member.roles)),
            "active" if member.active else "switched off",
        )
        for member in members
    ]
    say_table(("name", "sign-in", "roles", "state"), lines)


def add(call: Call) -> None:
    from cocm_desktop.actions.staff import add_staff
    from cocm_desktop.commands.unlocking import unlocked

    options = call.options
    draft = StaffDraft(
        name=options.name,
        roles=frozenset(member_of(Role, text) for text in options.role),
        sign_in=options.new_sign_in,
        credentials=options.credentials,
        npi=options.npi,
        **id_given(options),
    )
    with unlocked(call) as workspace:
        draft = replace(draft, **_billing(workspace, options))
        words = f"Password of {options.new_sign_in}"
        password = call.passwords.new_password(words) if options.new_sign_in else ""
        ack(add_staff(workspace, draft, password=password).record_id)


def change(call: Call) -> None:
    from cocm_desktop.actions.staff import change_staff, read_staff
    from cocm_desktop.commands.unlocking import unlocked

    options = call.options
    with unlocked(call) as workspace:
        member = typed.staff_member(read_staff(workspace), options.member, field="member")
        texts = {name: getattr(options, name) for name in ("name", "credentials", "npi")}
        named = {name: text for name, text in texts.items() if text is not None}
        changed = replace(member, **named, **_billing(workspace, options))
        password = ""
        if options.new_sign_in:
            _require_no_sign_in(member)
            changed = replace(changed, sign_in=options.new_sign_in)
            password = call.passwords.new_password(f"Password of {options.new_sign_in}")
        ack(change_staff(workspace, changed, password=password).record_id)


def reactivate(call: Call) -> None:
    from cocm_desktop.actions.staff import reactivate_staff

    def take_back(workspace: Workspace, member: StaffMember, password: str) -> Change:
        return reactivate_staff(workspace, member.id, version=member.version, password=password)

    _with_password(call, take_back, is_off=True)


def give(call: Call) -> None:
    from cocm_desktop.actions.staff import give_password

    def give_it(workspace: Workspace, member: StaffMember, password: str) -> Change:
        return give_password(workspace, member.id, password=password)

    _with_password(call, give_it)


def _with_password(
    call: Call, do: Callable[[Workspace, StaffMember, str], Change], *, is_off: bool = False
) -> None:
    """Ask for a password that somebody else will use first, where they sign in at all."""
    from cocm_desktop.actions.staff import read_staff
    from cocm_desktop.commands.unlocking import unlocked

    with unlocked(call) as workspace:
        members = [
            replace(member, active=True)
            for member in read_staff(workspace)
            if member.active is not is_off
        ]
        member = typed.staff_member(members, call.options.member, field="member")
        words = f"First password of {member.sign_in}"
        password = call.passwords.new_password(words) if member.sign_in else ""
        ack(do(workspace, member, password).record_id)


def _require_no_sign_in(member: StaffMember) -> None:
    if member.sign_in:
        words = f"{member.title} signs in as {member.sign_in}. A sign-in name stays as it is."
        raise Refused(Problem("sign_in", words))


def _billing(workspace: Workspace, options: Namespace) -> dict[str, Any]:
    """Give the details of billing, and the part of full time, that are named."""
    from cocm_desktop.actions.staff import read_staff

    named: dict[str, Any] = {}
    if options.taxonomy is not None:
        named["taxonomy"] = options.taxonomy
    if options.incident_to is not None:
        named["bills_incident_to"] = options.incident_to == "yes"
    if options.percent_of_full_time is not None:
        named["full_time_percent"] = options.percent_of_full_time
    if options.supervisor is not None:
        members = read_staff(workspace)
        found = typed.staff_member(members, options.supervisor, field="supervisor")
        named["supervisor_id"] = found.id
    return named


def deactivate(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.staff import deactivate_staff, read_staff

    member = typed.staff_member(read_staff(workspace), options.member, field="member")
    ack(deactivate_staff(workspace, member.id, version=member.version).record_id)
