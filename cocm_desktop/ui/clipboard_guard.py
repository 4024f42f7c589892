"""What is copied here leaves the clipboard after a minute, and no clipboard history keeps it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

LASTS_SECONDS = 60
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
# Source: the clipboard formats of Windows, and what KeePassXC and Klipper agreed on for Linux.
KEEP_OUT = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),
    _WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
    "x-kde-passwordManagerHint": b"secret",
}
_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class ClipboardGuard(QObject):
    """Marks every text that a window of this program copies, however it was copied."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LASTS_SECONDS * 1_000)
        self._timer.timeout.connect(self.forget)
        self._clipboard.dataChanged.connect(self._mark)

    @Slot()
    def forget(self) -> None:
        """Empty the clipboard of what was copied here; what others put there stays."""
        self._timer.stop()
        for mode in _MODES:
            if _is_ours(self._clipboard, mode):
                self._clipboard.clear(mode)

    @Slot()
    def _mark(self) -> None:
        """Put the text there again with the marks, and let its minute begin."""
        if not _is_ours(self._clipboard, QClipboard.Mode.Clipboard):
            self._timer.stop()
            return
        text = self._clipboard.text()
        if text and not self._clipboard.mimeData().hasFormat(next(iter(KEEP_OUT))):
            self._clipboard.setMimeData(marked(text))
        if text:
            self._timer.start()


def marked(text: str) -> QMimeData:
    """Give a text with the marks that tell clipboard histories to keep out."""
    data = QMimeData()
    data.setText(text)
    for name, value in KEEP_OUT.items():
        data.setData(name, value)
    return data


def _is_ours(clipboard: QClipboard, mode: QClipboard.Mode) -> bool:
    if mode is QClipboard.Mode.Selection:
        return clipboard.supportsSelection() and clipboard.ownsSelection()
    return clipboard.ownsClipboard()
