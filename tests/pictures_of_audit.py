"""Pictures of the audit: its screen, one patient's part of it, and a month to be signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.audit_month import read_audit_month
from cocm_desktop.actions.audit_print import print_audit
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.ui.audit.patient_dialog import PatientAuditDialog
from cocm_desktop.ui.audit.review_dialog import AuditReviewDialog
from cocm_desktop.ui.patient.subject import Subject
from tests.pictures_of_patients import Stage, measured, opened


def _screen(stage: Stage) -> QWidget:
    stage.window.go("audit")
    return stage.window


def _patient(stage: Stage) -> QDialog:
    subject = Subject.of_row(measured(stage))
    return opened(PatientAuditDialog(stage.desk, subject, stage.window))


def _month(stage: Stage) -> QDialog:
    last = ServiceMonth.of(stage.workspace.today()).plus(-1)
    month = read_audit_month(stage.workspace, last)
    return opened(AuditReviewDialog(stage.desk, month, stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {"audit": _screen}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "audit-of-patient": _patient,
    "audit-review": _month,
}


def _paper(workspace: Workspace) -> bytes:
    since = workspace.today() - timedelta(days=7)
    proved = replace(workspace, sitting=Sitting(proved_at=workspace.now()))
    return print_audit(proved, AuditQuery(since=since)).content


PAPERS: dict[str, Callable[[Workspace], bytes]] = {"audit-list": _paper}
