"""Pictures of payer rules, rates and codes: the lists, and writing, confirming and loading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.actions.rule_set import read_rule_sets
from cocm_desktop.actions.table_loading import check_table, load_table
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_table import TableKind
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.payer_rules.confirm_dialog import ConfirmRulesDialog
from cocm_desktop.ui.payer_rules.edit_dialog import EditRulesDialog
from cocm_desktop.ui.rates.load_dialog import LoadTableDialog
from tests.exchange.public_files import code_lines, gpci_lines, rvu_lines, stored
from tests.pictures_of_patients import opened
from tests.ui.doors import DoorOf


class Stage(Protocol):
    @property
    def window(self) -> MainWindow: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def workspace(self) -> Workspace: ...
    @property
    def door(self) -> DoorOf: ...
    def settings(self, title: str) -> QWidget: ...


def rates(stage: Stage) -> QWidget:
    """Show the page with a file of each kind loaded."""
    for kind, file in _files(stage.door.folder.parent).items():
        checked = check_table(stage.workspace, file, kind)
        if not checked.problems:
            load_table(stage.workspace, checked.preview)
    return stage.settings("Rates and codes")


def editing(stage: Stage) -> QDialog:
    rules = next(each for each in load_tables().rule_sets.all() if each.id == "MCD-WI")
    return opened(EditRulesDialog(stage.desk, rules, parent=stage.window))


def confirming(stage: Stage) -> QDialog:
    listed = read_rule_sets(stage.workspace).on_day("REGENCE", stage.workspace.today())
    return opened(ConfirmRulesDialog(stage.desk, listed, stage.window))


def loading(kind: TableKind) -> Callable[[Stage], QDialog]:
    def dialog(stage: Stage) -> QDialog:
        folder = stage.door.folder.parent
        later = stored(folder, rvu_lines("2026", "October"), "PPRRVU2026_Oct_nonQPP.csv")
        file = later if kind is TableKind.RATES else _files(folder)[kind]
        return opened(LoadTableDialog(stage.desk, file, kind, parent=stage.window))

    return dialog


def _files(folder: Path) -> dict[TableKind, Path]:
    return {
        TableKind.RATES: stored(folder, rvu_lines(), "PPRRVU2026_Jul_nonQPP.csv"),
        TableKind.LOCALITIES: stored(folder, gpci_lines(), "GPCI2026.csv"),
        TableKind.DIAGNOSES: stored(folder, code_lines(), "icd10cm_codes_2027.txt"),
    }


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "settings-payer-rules": lambda stage: stage.settings("Payer rules"),
    "settings-rates-and-codes": rates,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "rules-change": editing,
    "rules-confirm": confirming,
    "rates-load": loading(TableKind.RATES),
    "codes-load": loading(TableKind.DIAGNOSES),
}
