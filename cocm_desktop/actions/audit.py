"""Reading the audit: a page of what was done, by whom, about whom."""

from __future__ import annotations

from typing import cast
from zoneinfo import ZoneInfo

from cocm_desktop.actions.looking import look
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_query import AuditPage, AuditQuery
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Refused
from cocm_desktop.storage import audit_read


def read_audit(workspace: Workspace, query: AuditQuery) -> AuditPage:
    """Give one page of the entries that fit. That somebody reads the audit is told in it too."""
    workspace.require(Permission.SEE_AUDIT)
    require_good(query)
    code = "patient.audit_viewed" if query.patient_id else "audit.viewed"
    look(workspace, code, query.patient_id or None, parts=(_about(query),))
    zone = zone_of(workspace)
    with workspace.database.read() as session:
        return AuditPage(
            query=query,
            entries=audit_read.page(session, query, zone),
            total=audit_read.count(session, query, zone),
        )


def read_audited_people(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Give the ids and names of everybody who has done anything, by name."""
    workspace.require(Permission.SEE_AUDIT)
    with workspace.database.read() as session:
        return audit_read.people(session)


def require_good(query: AuditQuery) -> None:
    """Refuse a question that makes no sense."""
    if problems := tuple(query.problems()):
        raise Refused(*problems)


def zone_of(workspace: Workspace) -> ZoneInfo:
    """Give the practice's zone: a day of the audit is a day there."""
    return cast("ZoneInfo", workspace.now().tzinfo)


def _about(query: AuditQuery) -> str:
    """Name what was asked for, without any word of a record."""
    asked = {
        "one person": query.staff_id,
        query.code: query.code,
        query.kind.value if query.kind else "": query.kind,
        "failures": query.only_failed,
        "emergency access": query.only_emergency,
    }
    return ", ".join(words for words, is_asked in asked.items() if is_asked)
