"""Pictures of the audit's chain: a file that is older than one seen, a paper compared."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.anchors import current_anchor
from cocm_desktop.ui.paper_check import PaperCheckDialog
from cocm_desktop.ui.unlock.older import OlderFileDialog
from tests.pictures_of_patients import Stage, opened

OLDER = (
    "This clinic's file is an older one: 14 newer entries were seen on Nov 22, 2026 10:42 AM "
    "(the backup 2026-11-22T154203Z_1f0c77ab.cocmbak). Nothing was changed. Put the newer file "
    "back or restore the newest backup. Only if there is none, an administrator may go on with "
    "this file and say why."
)


def older_file(stage: Stage) -> QDialog:
    dialog = OlderFileDialog(OLDER, stage.window)
    dialog.reason.setText("The disk of Nov 22 burned; this is the newest copy")
    return opened(dialog)


def paper_held(stage: Stage) -> QDialog:
    dialog = PaperCheckDialog(stage.desk, stage.window)
    opened(dialog)
    dialog.anchor.setText(current_anchor(stage.workspace))
    dialog.save.click()
    return dialog


def paper_missing(stage: Stage) -> QDialog:
    dialog = PaperCheckDialog(stage.desk, stage.window)
    opened(dialog)
    dialog.anchor.setText("A:184223-9f3c1a2b")
    dialog.save.click()
    return dialog


SCREENS: dict[str, Callable[[Stage], QWidget]] = {}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "chain-older-file": older_file,
    "chain-paper-held": paper_held,
    "chain-paper-missing": paper_missing,
}
