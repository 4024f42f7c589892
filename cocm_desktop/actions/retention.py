"""How long records are kept: which are past their time, and what holds them."""

from __future__ import annotations

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.papers import Paper, noted
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.retention import (
    KeptRecord,
    RetentionHold,
    RetentionHoldDraft,
    RetentionList,
    RetentionRule,
    retention_paper,
)
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.printing.record_paper import record_pdf
from cocm_desktop.storage import audit, retention, settings
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices


def read_retention(workspace: Workspace) -> RetentionList:
    """Read until when every record without an open episode is kept, the oldest first."""
    workspace.require(Permission.DECIDE_PRIVACY)
    today = workspace.today()
    with workspace.database.read() as session:
        chosen = settings.on_day(session, today)
        rule = RetentionRule(chosen.retention_years, chosen.retention_minor_years)
        last = retention.last_entries(session, workspace.now().tzinfo)
        known = patients.by_id(session, list(last))
        held = {each.patient_id: each for each in retention.holds(session) if each.holds_on(today)}
    rows = (
        KeptRecord(
            patient,
            last[patient_id],
            rule.keep_until(patient.born_on, last[patient_id]),
            held.get(patient_id),
        )
        for patient_id, patient in known.items()
    )
    by_age = sorted(rows, key=lambda each: (each.keep_until, each.patient.name, each.patient.id))
    return RetentionList(rule, tuple(by_age), today)


def read_holds(workspace: Workspace, patient_id: str) -> tuple[RetentionHold, ...]:
    """Read what holds or held one patient's record."""
    workspace.require(Permission.DECIDE_PRIVACY)
    look_at_chart(workspace, patient_id, ChartPart.PRIVACY)
    with workspace.database.read() as session:
        return retention.holds(session, patient_id)


def place_hold(workspace: Workspace, draft: RetentionHoldDraft) -> Change:
    """Keep a record whatever its age: a suit, a complaint, an audit."""
    workspace.require(Permission.DECIDE_PRIVACY)
    with workspace.database.write() as session:
        if not retention.hold_exists(session, draft.id):
            hold = draft.accept(today=workspace.today())
            patients.get(session, hold.patient_id)
            retention.add_hold(session, hold, workspace.stamp())
            told = audit.created("retention_hold.placed", hold.id, hold.patient_id)
            audit.write(session, workspace.stamp(), told)
    return Change(Topic.PRIVACY, draft.id)


def lift_hold(workspace: Workspace, hold_id: str, *, reason: str) -> Change:
    """End a hold from today on, with the reason."""
    workspace.require(Permission.DECIDE_PRIVACY)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        hold = retention.get_hold(session, hold_id)
        if not hold.holds_on(workspace.today()):
            raise Refused(Problem("hold", "This hold was lifted already. Nothing was changed."))
        change = retention.end_hold(session, hold_id, workspace.today())
        told = audit.Note(
            "retention_hold.lifted",
            audit.Action.UPDATE,
            hold_id,
            hold.patient_id,
            reason=reason,
            changes=(change,),
        )
        audit.write(session, workspace.stamp(), told)
    return Change(Topic.PRIVACY, hold_id)


def print_retention(workspace: Workspace) -> Paper:
    """Make the list of records past their time, and note it."""
    found = read_retention(workspace)
    with workspace.database.read() as session:
        practice = practices.get(session)
    paper = retention_paper(found, practice, as_of=workspace.now(), by=workspace.staff.title)
    content, pages = record_pdf(paper)
    return noted(workspace, "retention.printed", content, pages=pages, as_of=paper.as_of)
