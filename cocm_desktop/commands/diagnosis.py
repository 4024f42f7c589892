"""What a patient is treated for: finding codes, noting diagnoses, saying how they stand."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_table, tell
from cocm_desktop.commands.parser import (
    Call,
    Group,
    id_given,
    id_option,
    member_of,
    patient_option,
    slugs,
)
from cocm_desktop.domain.diagnosis import DiagnosisDraft, DiagnosisStatus, StatusDraft
from cocm_desktop.domain.ids import DiagnosisId
from cocm_desktop.domain.wording import short_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

HEADS = ("id", "code", "diagnosis", "status", "noted", "onset", "source")
FOUND = ("code", "title", "")


def declare_diagnosis(parser: ArgumentParser) -> None:
    group = Group(parser)
    found = group.add("search", "find codes by their beginning or by words, without any clinic")
    found.add_argument("words", metavar="TEXT", nargs="+", help="such as f33, mdd or panic")
    found.set_defaults(outside=search)
    added = group.add("add", "note a diagnosis")
    patient_option(added)
    added.add_argument("--code", metavar="CODE", required=True, help="ICD-10-CM, such as F33.1")
    added.add_argument("--title", metavar="TEXT", default="", help="for a code not on the list")
    added.add_argument("--status", choices=slugs(DiagnosisStatus), default="working")
    added.add_argument("--on", metavar="DATE", default="today")
    added.add_argument("--onset", metavar="TEXT", default="", help="when it began, as remembered")
    added.add_argument("--primary", action="store_true", help="papers name it first")
    id_option(added)
    added.set_defaults(work=add)
    primary = group.add("primary", "make a diagnosis the one that papers name first")
    primary.add_argument("diagnosis", metavar="ID", help="as diagnosis list shows it")
    primary.set_defaults(work=choose)
    resolved = group.add("resolve", "say how a diagnosis stands: resolved, unless --status says")
    resolved.add_argument("diagnosis", metavar="ID")
    resolved.add_argument("--status", choices=slugs(DiagnosisStatus), default="resolved")
    resolved.add_argument("--on", metavar="DATE", default="today")
    resolved.set_defaults(work=note)
    voided = group.add("void", "withdraw a diagnosis, keeping it")
    voided.add_argument("diagnosis", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void)
    listed = group.add("list", "list a patient's diagnoses, the primary one first")
    patient_option(listed)
    listed.set_defaults(work=show)


def search(call: Call) -> None:
    from cocm_desktop.actions.codes import load_codes

    today = call.clock(None).date()
    words = " ".join(call.options.words)
    found = load_codes().search(words, today)
    if not found:
        tell(f"No code was found for “{words}”.")
    say_table(FOUND, [(each.code, each.title, each.problem(today)) for each in found])


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.codes import codes_of
    from cocm_desktop.actions.diagnosis import add_diagnosis

    draft = DiagnosisDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        code=options.code,
        noted_on=typed.day("on", options.on, today=workspace.today()),
        title=options.title,
        status=member_of(DiagnosisStatus, options.status),
        onset=options.onset,
        is_primary=options.primary,
        **id_given(options),
    )
    change = add_diagnosis(workspace, draft)
    ack(change.record_id)
    for warning in codes_of(workspace).warnings(options.code, workspace.today()):
        tell(warning)


def choose(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.diagnosis import make_primary

    ack(make_primary(workspace, options.diagnosis).record_id)


def note(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.diagnosis import note_diagnosis

    draft = StatusDraft(
        diagnosis_id=DiagnosisId(options.diagnosis),
        status=member_of(DiagnosisStatus, options.status),
        noted_on=typed.day("on", options.on, today=workspace.today()),
    )
    ack(note_diagnosis(workspace, draft).record_id)


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.diagnosis import void_diagnosis

    ack(void_diagnosis(workspace, options.diagnosis, reason=options.reason).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.diagnosis import read_diagnoses

    listed = read_diagnoses(workspace, typed.latest_episode(workspace, options.patient).id)
    rows = [
        (
            each.id,
            each.diagnosis.code,
            each.diagnosis.title,
            f"{each.status_words}{', primary' if each.is_primary else ''}",
            short_date(each.diagnosis.noted_on),
            each.onset,
            each.source.value,
        )
        for each in listed
    ]
    say_table(HEADS, rows)
