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
from cocm_desktop.domain.patient import Coverage, PatientDraft, Reach, Sex
from cocm_desktop.domain.wording import short_date

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
    json_option(listed)
    listed.set_defaults(work=list_patients)
    shown = group.add("show", "show a patient's chart")
    patient_option(shown)
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
    from cocm_desktop.actions.patient import read_patients

    patients = read_patients(workspace)
    if options.json:
        from cocm_desktop.commands.chart_text import patient_fields

        say_json([patient_fields(patient) for patient in patients])
        return
    lines = [
        (patient.mrn or "—", patient.name, short_date(patient.born_on), patient.reach.phone or "—")
        for patient in patients
    ]
    say_table(("MRN", "patient", "born", "phone"), lines)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.chart import read_chart
    from cocm_desktop.actions.patient import find_patient
    from cocm_desktop.commands.chart_text import chart_fields, say_chart

    chart = read_chart(workspace, find_patient(workspace, options.patient).id)
    if options.json:
        say_json(chart_fields(chart))
    else:
        say_chart(chart, workspace.today())


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
