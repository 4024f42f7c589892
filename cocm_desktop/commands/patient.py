"""Patients: adding, listing, and one patient's chart."""

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
from cocm_desktop.domain.listed_patient import Program
from cocm_desktop.domain.patient import Coverage, PatientDraft, Reach, Sex
from cocm_desktop.domain.wording import NOTHING, short_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

DETAILS = ("mrn", "middle_name", "preferred_name", "treating_practitioner")
REACH = ("phone", "email", "address", "city", "state", "postal_code", "language")
COVERAGE = ("payer", "member_id", "group_number")


def declare_patient(parser: ArgumentParser) -> None:
    group = Group(parser)
    added = group.add("add", "add a patient")
    for name in ("last_name", "first_name"):
        added.add_argument(_option(name), metavar="NAME", required=True)
    added.add_argument("--born", metavar="DATE", required=True)
    added.add_argument("--sex", choices=slugs(Sex), default=slug(Sex.UNKNOWN))
    for name in (*DETAILS, *REACH, *COVERAGE):
        added.add_argument(_option(name), metavar="TEXT", default="")
    id_option(added)
    added.set_defaults(work=add)
    listed = group.add("list", "list every patient on file")
    listed.add_argument("--program", choices=slugs(Program), help="only those who stand so")
    json_option(listed)
    listed.set_defaults(work=list_patients)
    shown = group.add("show", "show a patient's chart")
    patient_option(shown)
    shown.add_argument("--voided", action="store_true", help="only the measures that were voided")
    json_option(shown)
    shown.set_defaults(work=show)


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.patient import add_patient

    draft = PatientDraft(
        last_name=options.last_name,
        first_name=options.first_name,
        born_on=typed.day("born_on", options.born, today=workspace.today(), past=True),
        sex=member_of(Sex, options.sex),
        reach=Reach(**{name: getattr(options, name) for name in REACH}),
        coverage=Coverage(**{name: getattr(options, name) for name in COVERAGE}),
        **{name: getattr(options, name) for name in DETAILS},
        **id_given(options),
    )
    ack(add_patient(workspace, draft).record_id)


def list_patients(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.listing import read_listing
    from cocm_desktop.actions.patient import read_patients

    wanted = member_of(Program, options.program) if options.program else None
    programs = {each.patient_id: each.program for each in read_listing(workspace)}
    patients = [
        each for each in read_patients(workspace) if wanted is None or programs[each.id] is wanted
    ]
    if options.json:
        from cocm_desktop.commands.chart_text import patient_fields

        say_json([{**patient_fields(p), "program": programs[p.id].value} for p in patients])
        return
    lines = [
        (
            patient.mrn or NOTHING,
            patient.name,
            short_date(patient.born_on),
            patient.reach.phone or NOTHING,
            programs[patient.id].value,
        )
        for patient in patients
    ]
    say_table(("MRN", "patient", "born", "phone", "program"), lines)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.chart import read_chart
    from cocm_desktop.actions.patient import find_patient
    from cocm_desktop.commands.chart_text import chart_fields, say_chart
    from cocm_desktop.commands.voided import show_voided

    patient_id = find_patient(workspace, options.patient).id
    if options.voided:
        show_voided(workspace, patient_id, as_json=options.json)
        return
    chart = read_chart(workspace, patient_id)
    if options.json:
        say_json(chart_fields(chart))
    else:
        say_chart(chart, workspace.today())


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
