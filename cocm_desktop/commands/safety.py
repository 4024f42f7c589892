"""Safety tasks: which are open, and closing one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands.console import ack, say, say_json
from cocm_desktop.commands.parser import Group, json_option
from cocm_desktop.domain.ids import SafetyTaskId
from cocm_desktop.domain.safety import SafetyClosingDraft
from cocm_desktop.domain.wording import count_of

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_safety(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list open safety tasks, the oldest first")
    json_option(listed)
    listed.set_defaults(work=list_open)
    closed = group.add("close", "close a safety task with what was assessed, done and told")
    closed.add_argument("task", metavar="ID", help="as safety list shows it")
    for name in ("assessed", "action", "told"):
        closed.add_argument(f"--{name}", metavar="TEXT", required=True)
    closed.set_defaults(work=close)


def list_open(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.patient import read_patient
    from cocm_desktop.actions.safety import read_open_safety_tasks

    found = [
        (task, read_patient(workspace, patient_id))
        for task, patient_id in read_open_safety_tasks(workspace)
    ]
    if options.json:
        content = [
            {
                "id": task.id,
                "patient_id": patient.id,
                "mrn": patient.mrn,
                "instrument": task.instrument,
                "item": task.item,
                "answer": task.answer,
                "answered_on": task.answered_on.isoformat(),
                "measure_id": task.measure_id,
            }
            for task, patient in found
        ]
        say_json(content)
        return
    say(f"{count_of(len(found), 'open safety task')}.")
    for task, patient in found:
        say(f"{task.id}  {patient.mrn_or_words}  {patient.name}: {task.words}")


def close(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.safety import close_safety_task

    draft = SafetyClosingDraft(
        SafetyTaskId(options.task), options.assessed, options.action, options.told
    )
    ack(close_safety_task(workspace, draft).record_id)
