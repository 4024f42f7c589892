"""What is due, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import say, say_json, say_table
from cocm_desktop.commands.parser import care_manager_option, json_option, whole_number
from cocm_desktop.domain.due import DAYS_AHEAD
from cocm_desktop.domain.due_item import RULES
from cocm_desktop.domain.wording import NOTHING, count_of
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.due import DueOfPatient
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.due_item import DueItem

FORMAT = "cocm due 1"


def declare_due(parser: ArgumentParser) -> None:
    parser.add_argument("--days", metavar="N", type=whole_number, default=DAYS_AHEAD)
    parser.add_argument("--rule", metavar="ID", help="only this rule, such as R4")
    care_manager_option(parser)
    parser.add_argument("--why", action="store_true", help="say the threshold and its source too")
    json_option(parser)
    parser.set_defaults(work=show)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.due import read_due

    known = {rule.id for rule in RULES}
    if options.rule is not None and options.rule.upper() not in known:
        words = f"There is no rule {options.rule}. There are: {', '.join(sorted(known))}."
        raise Refused(Problem("rule", words))
    care_manager_id = typed.care_manager_id(workspace, options.care_manager)
    found = read_due(workspace, days_ahead=options.days, care_manager_id=care_manager_id)
    lines = [
        (patient, item)
        for patient in found
        for item in patient.items
        if options.rule is None or item.rule.id == options.rule.upper()
    ]
    if options.json:
        today = workspace.today()
        fields = [_fields(patient, item, today) for patient, item in lines]
        say_json({"format": FORMAT, "as_of": workspace.now().isoformat(), "due": fields})
        return
    say_table(
        ("MRN", "patient", "due", "rule", "what", "why"),
        [
            (
                patient.row.mrn or NOTHING,
                patient.row.name,
                item.due_words(patient.row.today),
                item.rule.id,
                item.rule.title,
                item.why if options.why else item.words,
            )
            for patient, item in lines
        ],
    )
    people = {patient.row.key for patient, _item in lines}
    say(f"{count_of(len(lines), 'item')} for {count_of(len(people), 'patient')}.")


def _fields(patient: DueOfPatient, item: DueItem, today: date) -> dict[str, Any]:
    return {
        "patient_id": patient.row.patient_id,
        "mrn": patient.row.mrn,
        "name": patient.row.name,
        "rule": item.rule.id,
        "title": item.rule.title,
        "opened_on": item.opened_on.isoformat(),
        "due_on": item.due_on.isoformat(),
        "is_open": item.is_open_on(today),
        "urgency": item.urgency(today).value,
        "words": item.words,
        "threshold": item.threshold,
        "source": item.rule.cited,
        "proposed_on": item.proposed_on.isoformat() if item.proposed_on else None,
    }
