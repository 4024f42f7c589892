"""Asking for a file to read, or for a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_DOWNLOADS = QStandardPaths.StandardLocation.DownloadLocation
_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation


def ask_file(window: QWidget, title: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask which file to read; clearinghouses give them any ending."""
    place = QStandardPaths.writableLocation(_DOWNLOADS)
    dialog = QFileDialog(window, title, place)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(dialog, chosen)


def ask_folder(
    window: QWidget, title: str, chosen: Callable[[Path], object], *, begin: Path | None = None
) -> QFileDialog:
    """Ask for a folder, beginning in one or else among the documents."""
    place = str(begin) if begin else QStandardPaths.writableLocation(_DOCUMENTS)
    dialog = QFileDialog(window, title, place)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _opened(dialog, chosen)


def _opened(dialog: QFileDialog, chosen: Callable[[Path], object]) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog
