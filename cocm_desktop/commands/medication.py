"""What a patient takes, at which dose, and what was tried before."""

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
)
from cocm_desktop.domain.ids import MedicationId
from cocm_desktop.domain.medication import (
    Adherence,
    DoseDraft,
    IntakeDraft,
    MedicationDraft,
    PastTrialDraft,
    StopDraft,
)
from cocm_desktop.domain.wording import short_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

HEADS = ("id", "medicine", "dose", "since", "weeks", "state", "taken, side effects")


def declare_medication(parser: ArgumentParser) -> None:
    group = Group(parser)
    added = group.add("add", "add a medicine with its dose")
    patient_option(added)
    added.add_argument("--name", metavar="TEXT", required=True)
    _dose_options(added)
    added.add_argument("--other", action="store_true", help="not for mood, sleep or anxiety")
    added.add_argument("--prescriber", metavar="NAME", default="")
    added.add_argument("--note", metavar="TEXT", default="")
    added.set_defaults(work=add)
    changed = group.add("dose", "record another dose from a day on")
    changed.add_argument("medication", metavar="ID", help="as medication list shows it")
    _dose_options(changed)
    changed.set_defaults(work=change)
    told = group.add("intake", "record how a medicine is taken and borne")
    told.add_argument("medication", metavar="ID")
    told.add_argument("--adherence", choices=slugs(Adherence), default="not-asked")
    told.add_argument("--side-effects", metavar="TEXT", default="")
    told.add_argument("--on", metavar="DATE", default="today")
    told.set_defaults(work=tell_intake)
    known = group.add("allergies", "record what is known of a patient's allergies")
    patient_option(known)
    known.add_argument("words", metavar="TEXT", help="such as: Penicillin, or No known allergies")
    known.set_defaults(work=note_allergies)
    voided = group.add("void", "withdraw a medicine or a past trial, keeping it")
    voided.add_argument("kind", choices=("medicine", "trial"))
    voided.add_argument("record", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void)
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
    parser.add_argument("--dose", metavar="TEXT", required=True, help="such as 50 mg")
    parser.add_argument("--route", metavar="TEXT", help="such as by mouth")
    parser.add_argument("--frequency", metavar="TEXT", help="such as every morning")
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
        route=options.route or "",
        frequency=options.frequency or "",
        prescriber=options.prescriber,
        **id_given(options),
    )
    ack(add_medication(workspace, draft).record_id)


def change(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.medication import change_dose

    draft = DoseDraft(
        medication_id=MedicationId(options.medication),
        dose=options.dose,
        since=typed.day("since", options.since, today=workspace.today()),
        route=options.route,
        frequency=options.frequency,
        **id_given(options),
    )
    ack(change_dose(workspace, draft).record_id)


def tell_intake(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.medication import note_intake

    draft = IntakeDraft(
        medication_id=MedicationId(options.medication),
        adherence=member_of(Adherence, options.adherence),
        side_effects=options.side_effects,
        noted_on=typed.day("on", options.on, today=workspace.today()),
    )
    ack(note_intake(workspace, draft).record_id)


def note_allergies(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.medication import note_allergies as note

    patient_id = typed.patient(workspace, options.patient).id
    ack(note(workspace, patient_id, words=options.words).record_id)


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.medication import void_medication, void_past_trial

    action = void_medication if options.kind == "medicine" else void_past_trial
    ack(action(workspace, options.record, reason=options.reason).record_id)


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
            medication.dose.words,
            short_date(medication.dose.since),
            str(medication.weeks_at_dose(today)),
            f"stopped: {medication.stop_reason}" if medication.stopped_on else "taken",
            medication.intake.words if medication.intake else "",
        )
        for medication in (*found.current, *found.stopped)
    ]
    rows += [
        (trial.id, trial.name, trial.highest_dose, trial.taken, "", f"tried: {trial.response}", "")
        for trial in found.past_trials
    ]
    say(f"Allergies: {found.allergies}.")
    say_table(HEADS, rows)
