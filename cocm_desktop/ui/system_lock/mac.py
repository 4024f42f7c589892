"""macOS tells every program that the screen is locked; sleep is seen by the clocks."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Final

from typing_extensions import override

from cocm_desktop.domain.lock import LockCause
from cocm_desktop.ui.system_lock.source import LockSource

# Source: what macOS posts to all programs; handing over to another account locks the screen too.
NAMES: Final = ("com.apple.screenIsLocked", "com.apple.screensaver.didstart")
_FRAMEWORK = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_UTF_8 = 0x08000100
_AT_ONCE = 4
_Callback = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)


class MacSource(LockSource):
    """Hears the notices through Core Foundation, on the main thread's own loop."""

    _called: Any = None
    _center: Any = None

    @override
    def begin(self) -> bool:
        if not _is_here():
            return False
        library = ctypes.CDLL(_FRAMEWORK)
        library.CFNotificationCenterGetDistributedCenter.restype = ctypes.c_void_p
        library.CFStringCreateWithCString.restype = ctypes.c_void_p
        library.CFStringCreateWithCString.argtypes = (
            ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32,
        )  # fmt: skip
        add = library.CFNotificationCenterAddObserver
        add.argtypes = (*[ctypes.c_void_p] * 2, _Callback, *[ctypes.c_void_p] * 2, ctypes.c_long)
        add.restype = None
        self._called = _Callback(self.hear)
        self._center = library.CFNotificationCenterGetDistributedCenter()
        for name in NAMES:
            text = library.CFStringCreateWithCString(None, name.encode(), _UTF_8)
            add(self._center, id(self), self._called, text, None, _AT_ONCE)
        return True

    @override
    def end(self) -> None:
        if self._center is None or not _is_here():
            return
        library = ctypes.CDLL(_FRAMEWORK)
        remove = library.CFNotificationCenterRemoveEveryObserver
        remove.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        remove(self._center, id(self))
        self._center = None

    def hear(self, *_notice: object) -> None:
        """Hear one of the notices."""
        self.wanted.emit(LockCause.SYSTEM)


def _is_here() -> bool:
    return sys.platform == "darwin"
