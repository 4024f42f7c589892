"""Windows tells a window by messages that the session is locked, sleeps or is handed on."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject
from PySide6.QtGui import QWindow
from typing_extensions import override

from cocm_desktop.domain.lock import LockCause
from cocm_desktop.ui.system_lock.source import LockSource

# Source: the documentation of Windows: WM_WTSSESSION_CHANGE, WM_POWERBROADCAST.
SESSION_CHANGE: Final = 0x02B1
POWER: Final = 0x0218
_SESSION_LEFT = {0x2, 0x4, 0x6, 0x7}
"""Disconnected from the console or from remote, logged off, locked."""
_SUSPENDS = 0x4
_POWER_SETTING = 0x8013
_LID: Final = "ba3e0f4d-b817-4094-a2d1-d56379e6a0f3"
_FOR_THIS_SESSION = 0


class _Guid(ctypes.Structure):
    _fields_ = (
        ("first", ctypes.c_uint32),
        ("second", ctypes.c_uint16),
        ("third", ctypes.c_uint16),
        ("rest", ctypes.c_ubyte * 8),
    )


class _PowerSetting(ctypes.Structure):
    _fields_ = (("setting", _Guid), ("length", ctypes.c_uint32), ("data", ctypes.c_ubyte * 4))


def cause_of(message: int, wparam: int, lid_is_closed: Callable[[], bool]) -> LockCause | None:
    """Tell what a message of Windows means for the lock; None where it means nothing."""
    if message == SESSION_CHANGE and wparam in _SESSION_LEFT:
        return LockCause.SYSTEM
    if message == POWER and wparam == _SUSPENDS:
        return LockCause.SLEEP
    if message == POWER and wparam == _POWER_SETTING and lid_is_closed():
        return LockCause.SLEEP
    return None


def lid_is_closed(address: int) -> bool:
    """Read a change of a power setting: whether it is the lid's, and the lid is closed."""
    if not address:
        return False
    setting = _PowerSetting.from_address(address)
    return bytes(setting.setting) == _guid(_LID) and not any(setting.data)


def _guid(text: str) -> bytes:
    first, second, third, *rest = text.split("-")
    numbers = (int(first, 16), int(second, 16), int(third, 16))
    return bytes(_Guid(*numbers, (ctypes.c_ubyte * 8)(*bytes.fromhex("".join(rest)))))


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, hear: Callable[[LockCause], object]) -> None:
        super().__init__()
        self._hear = hear

    @override
    def nativeEventFilter(self, eventType: Any, message: int) -> Any:
        if bytes(eventType).startswith(b"windows"):
            told = wintypes.MSG.from_address(int(message))
            cause = cause_of(
                told.message, told.wParam or 0, lambda: lid_is_closed(told.lParam or 0)
            )
            if cause is not None:
                self._hear(cause)
        return False, 0


class WindowsSource(LockSource):
    """Has Windows tell a window of its own, which is never shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter = _Filter(self.wanted.emit)
        self._window: QWindow | None = None

    @override
    def begin(self) -> bool:
        app = QCoreApplication.instance()
        if app is None or not _is_here():
            return False
        self._window = QWindow()
        self._window.create()
        handle = wintypes.HWND(int(self._window.winId()))
        app.installNativeEventFilter(self.filter)
        lid = (ctypes.c_ubyte * 16).from_buffer_copy(_guid(_LID))
        library = _library("user32")
        library.RegisterPowerSettingNotification.restype = wintypes.HANDLE
        library.RegisterPowerSettingNotification(handle, ctypes.byref(lid), _FOR_THIS_SESSION)
        registers = _library("wtsapi32").WTSRegisterSessionNotification
        return bool(registers(handle, _FOR_THIS_SESSION))

    @override
    def end(self) -> None:
        app = QCoreApplication.instance()
        if app is None or self._window is None or not _is_here():
            return
        handle = wintypes.HWND(int(self._window.winId()))
        _library("wtsapi32").WTSUnRegisterSessionNotification(handle)
        app.removeNativeEventFilter(self.filter)
        self._window.destroy()
        self._window = None


def _is_here() -> bool:
    return sys.platform == "win32"


def _library(name: str) -> Any:
    return getattr(ctypes, "windll")[name]  # noqa: B009  only Windows has it
