"""Linux tells over D-Bus that the session is locked, the computer sleeps, another takes over.

Where a bus or a service is not there, nothing is heard and nothing fails: the clocks still tell.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage
from typing_extensions import override

from cocm_desktop.domain.lock import LockCause
from cocm_desktop.paths import PROGRAM
from cocm_desktop.ui.system_lock.source import LockSource

LOGIN: Final = "org.freedesktop.login1"
_MANAGER = f"{LOGIN}.Manager"
_LOGIN_PATH = "/org/freedesktop/login1"
_SESSION = f"{LOGIN}.Session"
_PROPERTIES = "org.freedesktop.DBus.Properties"
# Source: the screen savers of KDE and others, GNOME, Cinnamon, MATE and Xfce.
SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
ANSWERS_WITHIN_MS: Final = 500
Bus = Callable[[], QDBusConnection]
Ask = Callable[[QDBusConnection, QDBusMessage], Sequence[Any]]


def ask(bus: QDBusConnection, message: QDBusMessage) -> Sequence[Any]:
    """Give what is answered, or nothing: a service that hangs must not hold up the window."""
    answer: Sequence[Any] = bus.call(message, QDBus.CallMode.Block, ANSWERS_WITHIN_MS).arguments()
    return answer


class LinuxSource(LockSource):
    """Listens to logind on the system's bus and to the screen savers on the session's."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        system: Bus = QDBusConnection.systemBus,
        session: Bus = QDBusConnection.sessionBus,
        ask: Ask = ask,
    ) -> None:
        super().__init__(parent)
        self._system_of, self._session_of, self._ask = system, session, ask
        self._path = ""
        self._wait = -1

    @override
    def begin(self) -> bool:
        system, session = self._system_of(), self._session_of()
        heard = False
        if system.isConnected():
            heard = self._hear_logind(system)
            self._wait_for_us(system)
        if session.isConnected():
            for saver in SAVERS:
                hears = session.connect("", "", saver, "ActiveChanged", self, _slot("saver(bool)"))
                heard = hears or heard
        return heard

    @override
    def end(self) -> None:
        self._let_sleep()

    @override
    def locked(self) -> None:
        self._let_sleep()

    def _hear_logind(self, bus: QDBusConnection) -> bool:
        sleeps = _slot("sleep(bool)")
        heard = bus.connect(LOGIN, _LOGIN_PATH, _MANAGER, "PrepareForSleep", self, sleeps)
        heard = bus.connect(LOGIN, "", _SESSION, "Lock", self, _slot("lock()")) and heard
        self._path = self._own_session(bus)
        if self._path:
            bus.connect(LOGIN, self._path, _PROPERTIES, "PropertiesChanged", self, _slot("look()"))
        return heard

    def _own_session(self, bus: QDBusConnection) -> str:
        """Give the path of the session that this program runs in, or nothing."""
        answer = self._ask(bus, _call(_LOGIN_PATH, _MANAGER, "GetSessionByPID", os.getpid()))
        return str(answer[0].path()) if answer and hasattr(answer[0], "path") else ""

    def _wait_for_us(self, bus: QDBusConnection) -> None:
        """Ask that sleep waits until the windows are gone, for the few seconds logind allows."""
        told = ("sleep", PROGRAM, "Lock the clinic", "delay")
        for each in self._ask(bus, _call(_LOGIN_PATH, _MANAGER, "Inhibit", *told)):
            if hasattr(each, "fileDescriptor") and each.isValid():
                self._let_sleep()
                self._wait = os.dup(each.fileDescriptor())

    def _let_sleep(self) -> None:
        waiting, self._wait = self._wait, -1
        if waiting >= 0:
            with suppress(OSError):
                os.close(waiting)

    @Slot(bool)
    def sleep(self, begins: bool) -> None:
        """Hear that the computer is about to sleep, or woke."""
        if begins:
            self.wanted.emit(LockCause.SLEEP)
        else:
            self._wait_for_us(self._system_of())

    @Slot()
    def lock(self) -> None:
        """Hear that a session is to be locked."""
        self.wanted.emit(LockCause.SYSTEM)

    @Slot(bool)
    def saver(self, is_on: bool) -> None:
        """Hear that the screen is locked or saved."""
        if is_on:
            self.wanted.emit(LockCause.SYSTEM)

    @Slot()
    def look(self) -> None:
        """See whether our session is still the one in front, or another account took over."""
        call = _call(self._path, _PROPERTIES, "Get", _SESSION, "Active")
        for each in self._ask(self._system_of(), call):
            if (each.variant() if hasattr(each, "variant") else each) is False:
                self.wanted.emit(LockCause.SYSTEM)


def _slot(signature: str) -> Any:
    """Name a slot for a signal that comes from outside: a text, whatever Qt's own stubs say."""
    return SLOT(signature)


def _call(path: str, interface: str, method: str, *arguments: str | int) -> QDBusMessage:
    message = QDBusMessage.createMethodCall(LOGIN, path, interface, method)
    message.setArguments(list(arguments))
    return message
