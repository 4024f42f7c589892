"""A part of the audit as a paper, with the head of the audit in its foot."""

from __future__ import annotations

from cocm_desktop.actions.anchors import current_anchor
from cocm_desktop.actions.audit import require_good, zone_of
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_paper import MOST_PRINTED, asked_words, audit_paper
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.printing.record_paper import record_pdf
from cocm_desktop.storage import audit_read
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members


def print_audit(workspace: Workspace, query: AuditQuery) -> Paper:
    """Print all entries that fit, oldest first, and note that they were printed."""
    workspace.require(Permission.SEE_AUDIT)
    workspace.require_proof()
    require_good(query)
    with workspace.database.read() as session:
        if audit_read.count(session, query, zone_of(workspace)) > MOST_PRINTED:
            words = f"More than {MOST_PRINTED:,} entries fit. Ask for fewer, or export them."
            raise Refused(Problem("query", words))
        entries = tuple(audit_read.every(session, query, zone_of(workspace)))
        practice = practices.get(session)
        person = staff_members.get(session, query.staff_id).name if query.staff_id else ""
        patient = patients.get(session, query.patient_id).name if query.patient_id else ""
    paper = audit_paper(
        entries,
        asked_words(query, person=person, patient=patient),
        practice,
        as_of=workspace.now(),
        by=workspace.staff.title,
    )
    content, pages = record_pdf(paper, anchor=current_anchor(workspace))
    about = (query.patient_id,) if query.patient_id else ()
    made = Made("audit.printed", about)
    return noted(workspace, made, content, pages=pages, as_of=paper.as_of)
