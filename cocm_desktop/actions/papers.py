"""Printed papers: what was made, kept in the audit by its digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import new_id
from cocm_desktop.storage import audit


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF in memory. It goes to disk only when a person saves it."""

    content: bytes
    sha256: str


def noted(workspace: Workspace, code: str, content: bytes, *, pages: int) -> Paper:
    """Keep in the audit that a paper was made: its digest and pages, never its content."""
    paper = Paper(content, hashlib.sha256(content).hexdigest())
    with workspace.database.write() as session:
        note = audit.Note(code, audit.Action.EXECUTE, new_id(), sha256=paper.sha256, pages=pages)
        audit.write(session, workspace.stamp(), note)
    return paper
