"""Papers for patients and for the day: forms, the summary, the day list, the downtime list."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import say, say_json, say_table
from cocm_desktop.commands.papers import write_paper_to
from cocm_desktop.commands.parser import (
    Group,
    care_manager_option,
    json_option,
    language_given,
    out_option,
    patient_language_option,
    patient_option,
    slug,
    slugs,
)
from cocm_desktop.domain.day_list import DayLine, DayList
from cocm_desktop.domain.downtime import DowntimeLine
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient_summary import PatientSummary
from cocm_desktop.domain.wording import NOTHING, count_of
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_print(parser: ArgumentParser) -> None:
    group = Group(parser)
    form = group.add("home-form", "print questionnaires that a patient fills in at home")
    form.add_argument(
        "--instrument", metavar="NAME", action="append", help="repeated; default: PHQ-9 and GAD-7"
    )
    patient_option(form, required=False)
    words = "default: the patient's where every form is here in it, and English elsewhere"
    form.add_argument("--language", choices=slugs(Language), help=words)
    out_option(form)
    form.set_defaults(work=home_form)
    forms = group.add("forms", "list the questionnaires that may be printed, with the languages")
    json_option(forms)
    forms.set_defaults(work=list_forms)
    summary = group.add("summary", "print a patient's own summary in plain words")
    patient_option(summary)
    patient_language_option(summary)
    _out_or_json(summary)
    summary.set_defaults(work=patient_summary)
    day = group.add("day-list", "print who is expected on a day")
    day.add_argument("--on", metavar="DATE", default="today", help="default: today")
    care_manager_option(day)
    day.add_argument("--front-desk", action="store_true", help="nothing clinical")
    _out_or_json(day)
    day.set_defaults(work=day_list)
    downtime = group.add("downtime", "print the caseload for when the computer is down")
    care_manager_option(downtime)
    _out_or_json(downtime)
    downtime.set_defaults(work=downtime_list)


def _out_or_json(parser: ArgumentParser) -> None:
    out_option(parser, required=False)
    json_option(parser)


def home_form(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.home_form import USUAL, FormChoice, print_home_form

    patient = typed.patient(workspace, options.patient) if options.patient else None
    choice = FormChoice(
        instruments=tuple(options.instrument or USUAL),
        language=language_given(options),
        patient_id=patient.id if patient else None,
    )
    write_paper_to(print_home_form(workspace, choice), options)


def list_forms(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.home_form import read_printable

    found = read_printable(workspace)
    if options.json:
        say_json(
            [
                {
                    "instrument": each.instrument,
                    "title": each.title,
                    "languages": [slug(language) for language in each.languages],
                }
                for each in found
            ]
        )
        return
    lines = [
        (each.instrument, each.title, ", ".join(language.value for language in each.languages))
        for each in found
    ]
    say_table(("form", "title", "languages"), lines)


def patient_summary(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.patient_summary import print_patient_summary, read_patient_summary

    patient_id = typed.patient(workspace, options.patient).id
    language = language_given(options)
    if options.json:
        say_json(_summary_fields(read_patient_summary(workspace, patient_id, language)))
    else:
        _need_file(options)
        write_paper_to(print_patient_summary(workspace, patient_id, language), options)


def _summary_fields(summary: PatientSummary) -> dict[str, Any]:
    return {
        "patient_id": summary.patient.id,
        "language": slug(summary.language),
        "why": list(summary.why),
        "team": list(summary.team),
        "medicines": [{"name": name, "taken": taken} for name, taken in summary.medicines],
        "allergies": summary.allergies or None,
        "goals": [{"words": words, "note": note or None} for words, note in summary.goals],
        "scores": [
            {
                "instrument": each.instrument.id,
                "first": each.first.total if each.first else None,
                "last": each.last.total,
            }
            for each in summary.scores
        ],
        "next_steps": list(summary.next_steps),
    }


def day_list(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.day_list import DayChoice, print_day_list, read_day_list

    choice = DayChoice(
        day=typed.day("on", options.on, today=workspace.today()),
        care_manager_id=typed.care_manager_id(workspace, options.care_manager),
        is_for_front_desk=options.front_desk,
    )
    if options.out:
        write_paper_to(print_day_list(workspace, choice), options)
        return
    made = read_day_list(workspace, choice)
    if options.json:
        say_json([_day_fields(line) for line in made.lines])
    else:
        _say_day(made)


def _day_fields(line: DayLine) -> dict[str, Any]:
    return {
        "patient_id": line.patient_id,
        "mrn": line.mrn or None,
        "name": line.name,
        "born_on": line.born_on.isoformat(),
        "phone": line.phone or None,
        "expected": slug(line.expected),
        "since": line.since.isoformat(),
        "form": line.form or None,
        "care_manager": line.care_manager or None,
        "marks": list(line.marks),
        "score": line.score or None,
        "safety": line.safety or None,
        "tasks": list(line.tasks),
    }


def _say_day(made: DayList) -> None:
    heads = ("MRN", "patient", "phone", "expected", "form", "marks")
    lines = [
        (
            line.mrn or NOTHING,
            line.name,
            line.phone or NOTHING,
            line.expected.value,
            line.form or NOTHING,
            ", ".join(line.marks) or NOTHING,
        )
        for line in made.lines
    ]
    say_table(heads, lines)
    say(f"{count_of(len(lines), 'patient')}.")


def downtime_list(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.downtime import print_downtime_list, read_downtime_list

    of = typed.care_manager_id(workspace, options.care_manager)
    if options.json:
        made = read_downtime_list(workspace, of)
        say_json([_downtime_fields(line) for line in made.lines])
    else:
        _need_file(options)
        write_paper_to(print_downtime_list(workspace, of), options)


def _downtime_fields(line: DowntimeLine) -> dict[str, Any]:
    return {
        "patient_id": line.patient_id,
        "name": line.name,
        "phone": line.phone,
        "who": list(line.who),
        "care": list(line.care),
        "scores": list(line.scores),
        "medicines": list(line.medicines),
        "next": list(line.next),
        "safety": line.safety or None,
    }


def _need_file(options: Namespace) -> None:
    if not options.out:
        raise Refused(Problem("out", "Name the file for the PDF with --out, or ask for --json."))
