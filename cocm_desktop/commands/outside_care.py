"""Visits, other services, stays and deaths: what decides a month from outside."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    patient_option,
)
from cocm_desktop.domain.billing.outside_care import (
    BilledBeside,
    Death,
    DeathDraft,
    OtherServiceDraft,
    Stay,
    StayDraft,
    Visit,
    VisitDraft,
)
from cocm_desktop.domain.described import written
from cocm_desktop.domain.wording import NOTHING

if TYPE_CHECKING:
    from datetime import date

    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.ids import StaffId

KINDS = {"visit": Visit, "service": BilledBeside, "stay": Stay, "death": Death}


def declare_visit(parser: ArgumentParser) -> None:
    added = _group(parser, "visit")
    added.add_argument("--code", metavar="CODE", default="", help="such as 99214; none: only seen")
    _practitioner_option(added)
    added.add_argument("--not-face-to-face", action="store_true")
    added.add_argument("--not-about-cocm", action="store_true", help="CoCM was not discussed")
    added.set_defaults(work=add_visit)


def declare_service(parser: ArgumentParser) -> None:
    added = _group(parser, "service")
    added.add_argument("--code", metavar="CODE", required=True, help="such as 96127 or G0556")
    _practitioner_option(added)
    added.set_defaults(work=add_service)


def declare_stay(parser: ArgumentParser) -> None:
    added = _group(parser, "stay")
    added.add_argument("--to", metavar="DATE", help="the last day; none while it goes on")
    added.add_argument("--place", metavar="TEXT", default="")
    added.set_defaults(work=add_stay)


def declare_death(parser: ArgumentParser) -> None:
    _group(parser, "death").set_defaults(work=add_death)


def _group(parser: ArgumentParser, name: str) -> ArgumentParser:
    group = Group(parser)
    listed = group.add("list", "list everything of this kind that is on file for a patient")
    patient_option(listed)
    json_option(listed)
    listed.set_defaults(work=show, kind=name)
    voided = group.add("void", "withdraw a record, keeping it")
    voided.add_argument("record", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void, kind=name)
    added = group.add("add", "record one")
    patient_option(added)
    added.add_argument("--on", metavar="DATE", required=True, help="the day, or the first one")
    id_option(added)
    return added


def _practitioner_option(parser: ArgumentParser) -> None:
    parser.add_argument("--by", metavar="NAME", help="who of the practice did it")


def add_visit(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.outside_care import read_visit_outlook, record_visit

    draft = VisitDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        made_on=_day(workspace, options.on),
        code=options.code,
        practitioner_id=_practitioner(workspace, options.by),
        is_face_to_face=not options.not_face_to_face,
        is_about_cocm=not options.not_about_cocm,
        **id_given(options),
    )
    ack(record_visit(workspace, draft).record_id)
    if words := read_visit_outlook(workspace, draft):
        say(words)


def add_service(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.outside_care import record_other_service

    draft = OtherServiceDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        code=options.code,
        served_on=_day(workspace, options.on),
        practitioner_id=_practitioner(workspace, options.by),
        **id_given(options),
    )
    ack(record_other_service(workspace, draft).record_id)


def add_stay(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.outside_care import record_stay

    draft = StayDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        first_on=_day(workspace, options.on),
        last_on=_day(workspace, options.to) if options.to else None,
        place=options.place,
        **id_given(options),
    )
    ack(record_stay(workspace, draft).record_id)


def add_death(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.outside_care import record_death

    patient_id = typed.patient(workspace, options.patient).id
    draft = DeathDraft(patient_id, _day(workspace, options.on), **id_given(options))
    ack(record_death(workspace, draft).record_id)


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.outside_care import void_outside_care

    kind = KINDS[options.kind]
    ack(void_outside_care(workspace, kind, options.record, reason=options.reason).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.outside_care import read_outside_care

    found = read_outside_care(workspace, typed.patient(workspace, options.patient).id)
    listed: dict[str, Any] = {
        "visit": found.visits,
        "service": found.services,
        "stay": found.stays,
        "death": (found.death,) if found.death else (),
    }
    rows = [written(each) for each in listed[options.kind]]
    if options.json:
        say_json(rows)
    elif rows:
        say_table(
            tuple(rows[0]),
            [tuple(str(value or NOTHING) for value in row.values()) for row in rows],
        )


def _day(workspace: Workspace, text: str) -> date:
    return typed.day("on", text, today=workspace.today(), past=True)


def _practitioner(workspace: Workspace, named: str | None) -> StaffId | None:
    from cocm_desktop.actions.staff import read_staff

    if not named:
        return None
    return typed.staff_member(read_staff(workspace), named, field="by").id
