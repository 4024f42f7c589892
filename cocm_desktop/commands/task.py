"""Tasks and marks: who does what by when, and what to see at every meeting."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    member_of,
    patient_option,
    slugs,
    whole_number,
)
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.task import Task, TaskDraft
from cocm_desktop.domain.wording import short_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

HEADS = ("id", "due", "task", "for", "state")


def declare_task(parser: ArgumentParser) -> None:
    group = Group(parser)
    added = group.add("add", "give a task to a person or a team")
    added.add_argument("words", metavar="TEXT")
    patient_option(added, required=False)
    added.add_argument("--due", metavar="DATE", default="today")
    added.add_argument("--to", metavar="NAME", help="one staff member")
    added.add_argument("--team", choices=slugs(Role))
    added.add_argument("--repeat-weeks", metavar="N", type=whole_number, default=0)
    id_option(added)
    added.set_defaults(work=add)
    given = group.add("give", "give an open task to another person or team")
    given.add_argument("task", metavar="ID")
    given.add_argument("--to", metavar="NAME", help="one staff member")
    given.add_argument("--team", choices=slugs(Role))
    given.set_defaults(work=give)
    withdrawn = group.add("void", "withdraw a task, keeping it")
    withdrawn.add_argument("task", metavar="ID")
    withdrawn.add_argument("--reason", metavar="TEXT", required=True)
    withdrawn.set_defaults(work=withdraw)
    listed = group.add("list", "list open tasks, and those done since yesterday")
    listed.set_defaults(work=show)
    done = group.add("done", "mark a task done")
    done.add_argument("task", metavar="ID", help="as task list shows it")
    done.add_argument("--outcome", metavar="TEXT", default="")
    done.set_defaults(work=finish)
    later = group.add("put-off", "give a task a later day")
    later.add_argument("task", metavar="ID")
    later.add_argument("--due", metavar="DATE", required=True)
    later.add_argument("--reason", metavar="TEXT", required=True)
    later.set_defaults(work=put_off)
    again = group.add("reopen", "take back that a task was done")
    again.add_argument("task", metavar="ID")
    again.add_argument("--reason", metavar="TEXT", required=True)
    again.set_defaults(work=reopen)


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.staff import read_staff
    from cocm_desktop.actions.task import add_task

    staff = read_staff(workspace)
    to = typed.staff_member(staff, options.to, field="to").id if options.to else None
    named = options.patient
    draft = TaskDraft(
        words=options.words,
        due_on=typed.day("due", options.due, today=workspace.today()),
        patient_id=typed.patient(workspace, named).id if named else None,
        assigned_to=to,
        team=member_of(Role, options.team) if options.team else None,
        repeat_weeks=options.repeat_weeks,
        **id_given(options),
    )
    ack(add_task(workspace, draft).record_id)


def show(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.staff import read_staff
    from cocm_desktop.actions.task import read_tasks

    names = {str(member.id): member.name for member in read_staff(workspace)}
    say_table(HEADS, [_row(task, names) for task in read_tasks(workspace)])


def _row(task: Task, names: dict[str, str]) -> tuple[str, ...]:
    whose = names.get(task.assigned_to or "") or (task.team.value if task.team else "")
    state = f"done: {task.outcome}" if task.done_on else f"put off {task.put_off} times"
    return task.id, short_date(task.due_on), task.words, whose, state


def finish(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.task import finish_task

    ack(finish_task(workspace, options.task, outcome=options.outcome).record_id)


def give(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.staff import read_staff
    from cocm_desktop.actions.task import give_task

    staff = read_staff(workspace)
    to = typed.staff_member(staff, options.to, field="to").id if options.to else None
    team = member_of(Role, options.team) if options.team else None
    ack(give_task(workspace, options.task, assigned_to=to, team=team).record_id)


def withdraw(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.task import void_task

    ack(void_task(workspace, options.task, reason=options.reason).record_id)


def put_off(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.task import put_off_task

    due_on = typed.day("due", options.due, today=workspace.today())
    ack(put_off_task(workspace, options.task, due_on=due_on, reason=options.reason).record_id)


def reopen(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.task import reopen_task

    ack(reopen_task(workspace, options.task, reason=options.reason).record_id)


def declare_mark(parser: ArgumentParser) -> None:
    group = Group(parser)
    marked = group.add("set", "set a mark that everybody sees")
    patient_option(marked)
    marked.add_argument("--kind", required=True, choices=slugs(FlagKind))
    marked.add_argument("--reason", metavar="TEXT", required=True)
    marked.add_argument("--words", metavar="TEXT", default="")
    marked.add_argument("--until", metavar="DATE")
    id_option(marked)
    marked.set_defaults(work=mark)
    cleared = group.add("clear", "clear a mark")
    cleared.add_argument("mark", metavar="ID", help="as mark list shows it")
    cleared.add_argument("--reason", metavar="TEXT", required=True)
    cleared.set_defaults(work=clear)
    listed = group.add("list", "list the marks that show today")
    listed.set_defaults(work=show_marks)
    past = group.add("history", "list every mark a patient ever had")
    patient_option(past)
    past.set_defaults(work=show_history)


def mark(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.flag import set_flag

    draft = FlagDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        kind=member_of(FlagKind, options.kind),
        reason=options.reason,
        words=options.words,
        expires_on=typed.day_or_none("until", options.until, today=workspace.today()),
        **id_given(options),
    )
    ack(set_flag(workspace, draft).record_id)


def clear(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.flag import clear_flag

    ack(clear_flag(workspace, options.mark, reason=options.reason).record_id)


def show_marks(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.flag import read_flags
    from cocm_desktop.actions.patient import read_patient

    for patient_id, flags in read_flags(workspace).items():
        patient = read_patient(workspace, patient_id)
        for flag in flags:
            say(f"{flag.id}  {patient.mrn_or_words}  {patient.name}: {flag.title} ({flag.reason})")


def show_history(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.flag import read_flag_history

    patient_id = typed.patient(workspace, options.patient).id
    zone = workspace.now().tzinfo
    for past in read_flag_history(workspace, patient_id):
        flag = past.flag
        until = f", until {short_date(flag.expires_on)}" if flag.expires_on else ""
        line = f"{short_date(past.set_at.astimezone(zone).date())}  {flag.title} ({flag.reason})"
        if past.cleared_at is not None:
            day = short_date(past.cleared_at.astimezone(zone).date())
            until = f", cleared {day}: {past.cleared_because}"
        say(f"{line}{until}")
