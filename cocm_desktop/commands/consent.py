"""Consent given again, and withdrawn."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    patient_option,
    slug,
    slugs,
)
from cocm_desktop.domain.consent import ConsentDraft, ConsentMethod
from cocm_desktop.domain.described import written
from cocm_desktop.domain.wording import NOTHING

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_consent(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list the consents of a patient's latest episode")
    patient_option(listed)
    json_option(listed)
    listed.set_defaults(work=show)
    added = group.add("add", "record a consent given again, as to another practitioner")
    patient_option(added)
    added.add_argument("--practitioner", metavar="NAME", required=True, help="who bills")
    added.add_argument("--on", metavar="DATE", default="today")
    added.add_argument("--method", choices=slugs(ConsentMethod), default=slug(ConsentMethod.VERBAL))
    id_option(added)
    added.set_defaults(work=add)
    withdrawn = group.add("withdraw", "record the last day on which a consent holds")
    withdrawn.add_argument("consent", metavar="ID")
    withdrawn.add_argument("--on", metavar="DATE", required=True)
    withdrawn.set_defaults(work=withdraw)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.consent import read_consents

    episode = typed.latest_episode(workspace, options.patient)
    rows = [written(each) for each in read_consents(workspace, episode.id)]
    if options.json:
        say_json(rows)
    elif rows:
        lines = [tuple(str(value or NOTHING) for value in row.values()) for row in rows]
        say_table(tuple(rows[0]), lines)


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.consent import record_consent
    from cocm_desktop.actions.staff import read_staff

    practitioner = typed.staff_member(
        read_staff(workspace), options.practitioner, field="practitioner"
    )
    draft = ConsentDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        given_on=typed.day("on", options.on, today=workspace.today(), past=True),
        method=member_of(ConsentMethod, options.method),
        practitioner_id=practitioner.id,
        **id_given(options),
    )
    ack(record_consent(workspace, draft).record_id)


def withdraw(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.consent import withdraw_consent

    day = typed.day("on", options.on, today=workspace.today(), past=True)
    ack(withdraw_consent(workspace, options.consent, withdrawn_on=day).record_id)
