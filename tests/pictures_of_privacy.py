"""Pictures of a patient's privacy: the window, the forms, the settings, the papers."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.attestation import print_attestation, print_data_flow
from cocm_desktop.actions.disclosure import print_accounting
from cocm_desktop.actions.patient_copy import write_patient_copy
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.patient_copy import CopyRequest
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.privacy.copy_dialog import CopyDialog
from cocm_desktop.ui.privacy.dialog import PrivacyDialog
from cocm_desktop.ui.privacy.forms import AskRestrictionDialog, DisclosureDialog
from tests.pictures_of_patients import Stage, first, opened, typed

LAST = "ALVAREZ"


def _alvarez(stage: Stage) -> RegistryRow:
    return first(stage, lambda row: row.name.startswith(LAST))


def _of_alvarez(workspace: Workspace) -> PatientId:
    rows = read_registry(workspace).rows
    return next(row.patient_id for row in rows if row.name.startswith(LAST))


def settings(stage: Stage) -> QWidget:
    stage.window.go("settings")
    shown = stage.window.screen_shown
    if isinstance(shown, SettingsScreen):
        shown.show_part("Privacy")
    return stage.window


def window(stage: Stage) -> QDialog:
    return opened(PrivacyDialog(stage.desk, Subject.of_row(_alvarez(stage)), stage.window))


def copy(stage: Stage) -> QDialog:
    dialog = opened(CopyDialog(stage.desk, Subject.of_row(_alvarez(stage)), stage.window))
    dialog.purpose.choose(Purpose.COURT)
    dialog.authority.setText("Subpoena 2026-1187")
    return typed(dialog)


def disclosure(stage: Stage) -> QDialog:
    return opened(DisclosureDialog(stage.desk, Subject.of_row(_alvarez(stage)), stage.window))


def restriction(stage: Stage) -> QDialog:
    return opened(AskRestrictionDialog(stage.desk, Subject.of_row(_alvarez(stage)), stage.window))


def _copy_of(workspace: Workspace) -> bytes:
    workspace = replace(workspace, sitting=Sitting(proved_at=workspace.now()))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "copy.zip"
        write_patient_copy(workspace, CopyRequest(_of_alvarez(workspace), "The patient"), file)
        with zipfile.ZipFile(BytesIO(file.read_bytes())) as made:
            return made.read("record.pdf")


SCREENS: dict[str, Callable[[Stage], QWidget]] = {"settings-privacy": settings}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "privacy": window,
    "privacy-copy": copy,
    "privacy-disclosure": disclosure,
    "privacy-restriction": restriction,
}
PAPERS: dict[str, Callable[[Workspace], bytes]] = {
    "patient-copy": _copy_of,
    "accounting": lambda workspace: print_accounting(workspace, _of_alvarez(workspace)).content,
    "attestation": lambda workspace: print_attestation(workspace).content,
    "data-flow": lambda workspace: print_data_flow(workspace).content,
}
