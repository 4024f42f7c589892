"""Closing a month: its time log stays as it is until somebody reopens it, with a reason."""

from __future__ import annotations

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.closing import (
    ClosingStep,
    month_to_open,
    refuse_close,
    refuse_reopen,
)
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.storage import audit, billing_month, month_closing

TOUCHES = Topic.BILLING | Topic.TIME


def read_month_to_open(workspace: Workspace) -> ServiceMonth:
    """Give the month that billing begins with: the last one as long as it is not finished."""
    workspace.require(Permission.SEE_BILLING)
    last = ServiceMonth.of(workspace.today()).plus(-1)
    with workspace.database.read() as session:
        return month_to_open(
            workspace.today(),
            is_closed=month_closing.is_closed(session, last),
            is_unissued=billing_month.is_unissued(session, last),
        )


def close_month(workspace: Workspace, month: ServiceMonth) -> Change:
    """Freeze a month's time log. Measures and the chart stay open."""
    workspace.require(Permission.CLOSE_MONTH)
    with workspace.database.write() as session:
        is_closed = month_closing.is_closed(session, month)
        refuse_close(month, today=workspace.today(), is_closed=is_closed)
        return _note(workspace, month, ClosingStep.CLOSED)


def reopen_month(workspace: Workspace, month: ServiceMonth, *, reason: str) -> Change:
    """Let time be recorded and withdrawn again. What was issued stays as it was issued."""
    workspace.require(Permission.CLOSE_MONTH)
    with workspace.database.write() as session:
        is_closed = month_closing.is_closed(session, month)
        refuse_reopen(month, is_closed=is_closed, reason=reason)
        return _note(workspace, month, ClosingStep.REOPENED, reason=reason.strip())


def _note(
    workspace: Workspace, month: ServiceMonth, step: ClosingStep, *, reason: str = ""
) -> Change:
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        step_id = month_closing.add(session, month, stamp, step=step, reason=reason)
        code = f"billing_month.{step.name.lower()}"
        note = audit.Note(code, audit.Action.EXECUTE, step_id, reason=reason or None)
        audit.write(session, stamp, note)
    return Change(TOUCHES, month.key)
