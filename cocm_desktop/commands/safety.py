"""Safety tasks: which are open, opening one by hand, telling the practitioner, closing one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    out_option,
    patient_option,
    slugs,
)
from cocm_desktop.domain.ids import MeasureId, SafetyTaskId
from cocm_desktop.domain.safety import (
    PractitionerToldDraft,
    SafetyClosingDraft,
    SafetyStep,
    SafetyTaskDraft,
)
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.papers import Paper
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.safety_list import SafetyLine

TASK_HELP = "as safety list shows it"


def declare_safety(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list open safety tasks, the oldest first")
    listed.add_argument("--escalated", action="store_true", help="only those open too long")
    json_option(listed)
    listed.set_defaults(work=list_open)
    shown = group.add("show", "show a task with protocol, safety plan and screeners since")
    shown.add_argument("task", metavar="ID", help=TASK_HELP)
    shown.set_defaults(work=show)
    _declare_open(group)
    _declare_told(group)
    _declare_close(group)
    printed = group.add("print", "make the treating practitioner's list of open tasks")
    printed.add_argument("--all", action="store_true", help="every open task, of today too")
    out_option(printed)
    printed.set_defaults(work=print_list)
    slip = group.add("slip", "make the slip that brings a patient to a clinician")
    patient_option(slip)
    out_option(slip)
    slip.set_defaults(work=print_slip)


def _declare_open(group: Group) -> None:
    opened = group.add("open", "open a safety task by hand, with its reason")
    patient_option(opened)
    opened.add_argument("--reason", metavar="TEXT", required=True)
    opened.add_argument("--on", metavar="DATE", default="today", help="default: today")
    id_option(opened)
    opened.set_defaults(work=open_by_hand)


def _declare_told(group: Group) -> None:
    told = group.add("told", "record that the treating practitioner was told; it stays open")
    told.add_argument("task", metavar="ID", help=TASK_HELP)
    told.add_argument("--who", metavar="NAME", required=True)
    told.add_argument("--at", metavar="MOMENT", help="such as 2026-11-20 14:05; default: now")
    told.set_defaults(work=tell)


def _declare_close(group: Group) -> None:
    closed = group.add("close", "close a safety task with what was assessed, done and told")
    closed.add_argument("task", metavar="ID", help=TASK_HELP)
    closed.add_argument("--assessed", metavar="TEXT", required=True)
    closed.add_argument("--assessed-at", metavar="MOMENT", help="default: now")
    closed.add_argument("--with", dest="assessment", metavar="ID", help="the C-SSRS, a measure")
    closed.add_argument(
        "--step", choices=slugs(SafetyStep), action="append", default=[], help="may be repeated"
    )
    closed.add_argument("--action", metavar="TEXT", default="", help="needed without a --step")
    closed.add_argument("--told", metavar="TEXT", required=True)
    closed.add_argument("--told-at", metavar="MOMENT")
    closed.set_defaults(work=close)


def list_open(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.safety_list import read_safety_list

    listed = read_safety_list(workspace)
    lines = listed.escalated if options.escalated else listed.lines
    if options.json:
        say_json([_fields(line, workspace) for line in lines])
        return
    which = "escalated safety task" if options.escalated else "open safety task"
    say(f"{count_of(len(lines), which)}.")
    for line in lines:
        told = f" {line.told_words}." if line.told_words else ""
        words = line.task.words_on(listed.today)
        say(f"{line.task.id}  {line.patient.mrn_or_words}  {line.patient.name}: {words}{told}")


def _fields(line: SafetyLine, workspace: Workspace) -> dict[str, Any]:
    task = line.task
    told = task.practitioner_told
    return {
        "id": task.id,
        "patient_id": line.patient.id,
        "mrn": line.patient.mrn,
        "instrument": task.instrument,
        "item": task.item,
        "answer": task.answer,
        "answered_on": task.answered_on.isoformat(),
        "measure_id": task.measure_id,
        "reason": task.reason,
        "days_open": task.days_open(workspace.today()),
        "escalated": line.is_escalated,
        "care_manager": line.care_manager,
        "treating_practitioner": line.practitioner,
        "practitioner_told": told.who if told else None,
        "practitioner_told_at": line.told_at.isoformat() if line.told_at else None,
    }


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.safety_case import read_safety_case

    case = read_safety_case(workspace, options.task)
    say(f"{case.patient.name}: {case.task.words_on(case.today)}")
    say(f"{case.plan_words}.")
    for assessment in case.assessments:
        say(f"{assessment.measure_id}  {assessment.words}")
    for line in (*case.crisis, *case.protocol.splitlines()):
        say(line)


def open_by_hand(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.safety import open_safety_task

    draft = SafetyTaskDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        reason=options.reason,
        noticed_on=typed.day("on", options.on, today=workspace.today()),
        **id_given(options),
    )
    ack(open_safety_task(workspace, draft).record_id)


def tell(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.safety import tell_practitioner

    at = _moment(workspace, "at", options.at) or workspace.now()
    draft = PractitionerToldDraft(SafetyTaskId(options.task), options.who, at)
    ack(tell_practitioner(workspace, draft).record_id)


def close(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.safety import close_safety_task

    draft = SafetyClosingDraft(
        SafetyTaskId(options.task),
        options.assessed,
        options.action,
        options.told,
        assessed_at=_moment(workspace, "assessed_at", options.assessed_at),
        steps=tuple(member_of(SafetyStep, step) for step in options.step),
        told_at=_moment(workspace, "told_at", options.told_at),
        assessment_id=MeasureId(options.assessment) if options.assessment else None,
    )
    ack(close_safety_task(workspace, draft).record_id)


def print_list(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.safety_list import print_safety_list

    _write(options, print_safety_list(workspace, escalated=not options.all))


def print_slip(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.patient import find_patient
    from cocm_desktop.actions.safety_list import print_clinician_slip

    _write(options, print_clinician_slip(workspace, find_patient(workspace, options.patient).id))


def _write(options: Namespace, paper: Paper) -> None:
    from cocm_desktop.actions.papers import write_paper

    write_paper(paper, options.out)
    say(f"{options.out} (SHA-256 {paper.sha256})")


def _moment(workspace: Workspace, name: str, text: str | None) -> datetime | None:
    """Read a day and a time on the practice's clock: 2026-11-20 14:05."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        words = f"“{text}” is no moment. Write 2026-11-20 14:05."
        raise Refused(Problem(name, words)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=workspace.now().tzinfo)
