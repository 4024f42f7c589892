"""What is shown of the audit, on paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.audit_print import print_audit
from cocm_desktop.domain.audit_paper import TITLE
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperRequest, preview


def print_shown(desk: Desk, query: AuditQuery, parent: QWidget) -> None:
    """Show the paper of what is asked for, however many pages the list on screen has."""
    preview(desk, PaperRequest(partial(print_audit, query=query), TITLE, "audit"), parent)
