"""Pictures of merging two records of one patient."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.merge import read_merges
from cocm_desktop.ui.patient.merge_dialog import MergeDialog
from cocm_desktop.ui.patient.merges_dialog import MergesDialog, UndoMergeDialog
from cocm_desktop.ui.patient.subject import Subject
from tests.pictures_of_patients import Stage, first, opened, typed


def chosen(stage: Stage, of: str, other: str) -> MergeDialog:
    subject = Subject.of_row(first(stage, lambda row: row.last_name == of))
    dialog = opened(MergeDialog(stage.desk, subject, stage.window))
    completer = dialog.other.completer()
    names = completer.model()
    found = [names.index(n, 0).data() for n in range(names.rowCount())]
    dialog.other.setText(next(name for name in found if name.startswith(other.upper())))
    return dialog


def merge(stage: Stage) -> QDialog:
    return typed(chosen(stage, "Lambert", "Lamberte"))


def merge_empty(stage: Stage) -> QDialog:
    subject = Subject.of_row(first(stage, lambda row: row.last_name == "Lambert"))
    return opened(MergeDialog(stage.desk, subject, stage.window))


def merge_against(stage: Stage) -> QDialog:
    """Give two people who are both in treatment: dates of birth differ, and it is refused."""
    dialog = chosen(stage, "Alvarez", "Kim")
    dialog.save.click()
    return typed(dialog)


def merges(stage: Stage) -> QDialog:
    return opened(MergesDialog(stage.desk, stage.window))


def merge_undo(stage: Stage) -> QDialog:
    [done] = read_merges(stage.workspace)
    return opened(UndoMergeDialog(stage.desk, done, stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "merge": merge,
    "merge-choose": merge_empty,
    "merge-against": merge_against,
    "merge-list": merges,
    "merge-undo": merge_undo,
}
