"""What one window shows of a patient's privacy: what was given out, what was asked, what holds."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.disclosure import Disclosures, read_disclosures
from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.privacy_request import Requests, read_requests
from cocm_desktop.actions.retention import read_holds
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.retention import RetentionHold
from cocm_desktop.domain.staff import Permission


@dataclass(frozen=True, slots=True)
class Privacy:
    """`holds` is empty for whoever may not see them."""

    disclosures: Disclosures
    requests: Requests
    holds: tuple[RetentionHold, ...]


def read_privacy(workspace: Workspace, patient_id: str) -> Privacy:
    workspace.require(Permission.RELEASE_RECORDS)
    look_at_chart(workspace, patient_id, ChartPart.PRIVACY)
    with workspace.database.read():
        return Privacy(
            read_disclosures(workspace, patient_id),
            read_requests(workspace, patient_id),
            read_holds(workspace, patient_id) if workspace.may(Permission.DECIDE_PRIVACY) else (),
        )
