"""A second start raises the first window instead of opening another."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MILLISECONDS = 500
_RAISE = b"raise"


def name_for(folder: Path) -> str:
    """Name the meeting place of one person's programs over one folder."""
    told = f"{getpass.getuser()}\n{folder.absolute()}"
    return f"cocm-desktop-{hashlib.sha256(told.encode()).hexdigest()[:24]}"


class OneWindow(QObject):
    """The first program of a person over a folder listens here; a second one calls and ends."""

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name_for(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)

    def is_first(self) -> bool:
        """Listen, or tell the program that already does to come to the front."""
        if self._calls_another():
            return False
        if not self._server.listen(self._name):
            # What a program that died has left there; nobody answered the call.
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
        return True

    def close(self) -> None:
        self._server.close()

    def _calls_another(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MILLISECONDS):
            return False
        socket.write(_RAISE)
        socket.flush()
        socket.waitForBytesWritten(_WAIT_MILLISECONDS)
        socket.disconnectFromServer()
        return True

    @Slot()
    def _hear(self) -> None:
        while connection := self._server.nextPendingConnection():
            connection.disconnected.connect(connection.deleteLater)
            self.called.emit()
