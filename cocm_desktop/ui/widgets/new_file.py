"""Asking where a new file goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation


def ask_new_file(
    window: QWidget,
    title: str,
    proposed: Path,
    *,
    kind: str,
    chosen: Callable[[Path], object],
) -> None:
    """Propose a file by its name, among the documents unless a folder stands before it.

    `kind` is what people call such files: PDF, CSV.
    """
    documents = QStandardPaths.writableLocation(_DOCUMENTS)
    folder = str(proposed.parent) if proposed.is_absolute() else documents
    dialog = QFileDialog(window, title, folder)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{kind} (*{proposed.suffix})")
    dialog.setDefaultSuffix(proposed.suffix.removeprefix("."))
    dialog.selectFile(proposed.name)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
