"""Choosing as which service a patient's month is billed, and to which of its payers."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.month_facts import month_case
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.month_case import MonthCase
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId, PayerId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, month_choice
from cocm_desktop.storage import superbill as superbills

TOUCHES = Topic.BILLING


@dataclass(frozen=True, slots=True)
class ReadChoice:
    """What holds in a patient's month. `payers` are those that pay first on some of its days.

    `payer_id` is None where nobody chose: then the payer of the last days is billed.
    """

    line: Line
    payer_id: PayerId | None
    payers: tuple[tuple[PayerId, str], ...]


def read_choice(workspace: Workspace, patient_id: str, month: ServiceMonth) -> ReadChoice:
    workspace.require(Permission.SEE_BILLING)
    look_at_chart(workspace, patient_id, ChartPart.BILLING)
    case = month_case(workspace, patient_id, month)
    with workspace.database.read() as session:
        chosen = month_choice.payers(session, [patient_id], month).get(PatientId(patient_id))
    return ReadChoice(case.line, chosen, _payers_of(case))


def choose_service(
    workspace: Workspace, patient_id: str, month: ServiceMonth, *, line: Line
) -> Change:
    """Bill the patient's episode as a service from this month on; earlier months stay."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    with workspace.database.write() as session:
        _refuse_issued(workspace, patient_id, month)
        case = month_case(workspace, patient_id, month)
        if case.line is not line:
            stamp, episode_id = workspace.stamp(), case.episode.id
            month_choice.add_line(session, episode_id, month, line=line, stamp=stamp)
            changes = [FieldChange("service", case.line.value, line.value)]
            code = "episode.service_chosen"
            note = audit.changed(code, episode_id, changes, patient_id=case.patient.id)
            audit.write(session, stamp, note)
    return Change(TOUCHES, patient_id)


def choose_payer(
    workspace: Workspace, patient_id: str, month: ServiceMonth, *, payer_id: PayerId | None
) -> Change:
    """Bill a month to one of the payers that cover its days; None: to that of its last days."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    with workspace.database.write() as session:
        _refuse_issued(workspace, patient_id, month)
        case = month_case(workspace, patient_id, month)
        names = dict(_payers_of(case))
        if payer_id is not None and payer_id not in names:
            words = f"This payer pays first on no day of {month}. Change the coverage first."
            raise Refused(Problem("payer_id", words))
        before = month_choice.payers(session, [patient_id], month).get(case.patient.id)
        if before != payer_id:
            stamp = workspace.stamp()
            month_choice.set_payer(session, patient_id, month, payer_id=payer_id, stamp=stamp)
            old, new = (names.get(each) if each else None for each in (before, payer_id))
            changes = [FieldChange("payer", old, new)]
            code = "month.payer_chosen"
            note = audit.changed(code, patient_id, changes, patient_id=case.patient.id)
            audit.write(session, stamp, note)
    return Change(TOUCHES, patient_id)


def choose(
    workspace: Workspace,
    patient_id: str,
    month: ServiceMonth,
    *,
    line: Line,
    payer_id: PayerId | None,
) -> Change:
    """Choose both, or neither."""
    with workspace.database.write():
        choose_service(workspace, patient_id, month, line=line)
        return choose_payer(workspace, patient_id, month, payer_id=payer_id)


def _payers_of(case: MonthCase) -> tuple[tuple[PayerId, str], ...]:
    every = (case.payer, *case.payer.others)
    named = sorted((each.payer.name, each.payer.id) for each in every if each.payer)
    return tuple((payer_id, name) for name, payer_id in named)


def _refuse_issued(workspace: Workspace, patient_id: str, month: ServiceMonth) -> None:
    with workspace.database.read() as session:
        if superbills.issued(session, month, patient_id=patient_id):
            raise Refused(Problem("month", f"{month} is issued already for this patient."))
