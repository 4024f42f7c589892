"""What a patient takes, at which dose, and what was tried before."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_table
from cocm_desktop.commands.parser import Group, id_given, id_option, patient_option
from cocm_desktop.domain.ids import MedicationId
from cocm_desktop.domain.medication import (
    DoseDraft,
    MedicationDraft,
    PastTrialDraft,
    StopDraft,
)
from cocm_desktop.domain.wording import short_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

HEADS = ("id", "medicine", "dose", "since", "weeks", "state")


def declare_medication(parser: ArgumentParser) -> None:
    group = Group(parser)
    added = group.add("add", "add a medicine with its dose")
    patient_option(added)
    added.add_argument("--name", metavar="TEXT", required=True)
    _dose_options(added)
    added.add_argument("--other", action="store_true", help="not for mood, sleep or anxiety")
    added.add_argument("--note", metavar="TEXT", default="")
    added.set_defaults(work=add)
    changed = group.add("dose", "record another dose from a day on")
    changed.add_argument("medication", metavar="ID", help="as medication list shows it")
    _dose_options(changed)
    changed.set_defaults(work=change)
    stopped = group.add("stop", "record that a medicine was stopped")
    stopped.add_argument("medication", metavar="ID")
    stopped.add_argument("--on", metavar="DATE", default="today")
    stopped.add_argument("--reason", metavar="TEXT", required=True)
    stopped.add_argument("--response", metavar="TEXT", default="")
    stopped.set_defaults(work=stop)
    tried = group.add("tried", "record a medicine that was tried earlier")
    patient_option(tried)
    tried.add_argument("--name", metavar="TEXT", required=True)
    for name in ("dose", "taken", "response", "reason"):
        tried.add_argument(f"--{name}", metavar="TEXT", default="")
    id_option(tried)
    tried.set_defaults(work=add_trial)
    listed = group.add("list", "list what a patient takes and took")
    patient_option(listed)
    listed.set_defaults(work=show)


def _dose_options(parser: ArgumentParser) -> None:
    parser.add_argument("--dose", metavar="TEXT", required=True, help="such as 50 mg daily")
    parser.add_argument("--since", metavar="DATE", default="today")
    id_option(parser)


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.medication import add_medication

    draft = MedicationDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        name=options.name,
        dose=options.dose,
        since=typed.day("since", options.since, today=workspace.today()),
        is_psychotropic=not options.other,
        note=options.note,
        **id_given(options),
    )
    ack(add_medication(workspace, draft).record_id)


def change(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.medication import change_dose

    draft = DoseDraft(
        medication_id=MedicationId(options.medication),
        dose=options.dose,
        since=typed.day("since", options.since, today=workspace.today()),
        **id_given(options),
    )
    ack(change_dose(workspace, draft).record_id)


def stop(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.medication import stop_medication

    draft = StopDraft(
        medication_id=MedicationId(options.medication),
        stopped_on=typed.day("on", options.on, today=workspace.today()),
        reason=options.reason,
        response=options.response,
    )
    ack(stop_medication(workspace, draft).record_id)


def add_trial(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.medication import add_past_trial

    draft = PastTrialDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        name=options.name,
        highest_dose=options.dose,
        taken=options.taken,
        response=options.response,
        stop_reason=options.reason,
        **id_given(options),
    )
    ack(add_past_trial(workspace, draft).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.medication import read_medications

    found = read_medications(workspace, typed.patient(workspace, options.patient).id)
    today = workspace.today()
    rows: list[tuple[str, ...]] = [
        (
            medication.id,
            medication.name,
            medication.dose.dose,
            short_date(medication.dose.since),
            str(medication.weeks_at_dose(today)),
            f"stopped: {medication.stop_reason}" if medication.stopped_on else "taken",
        )
        for medication in (*found.current, *found.stopped)
    ]
    rows += [
        (trial.id, trial.name, trial.highest_dose, trial.taken, "", f"tried: {trial.response}")
        for trial in found.past_trials
    ]
    say_table(HEADS, rows)
