"""The sources that this computer has."""

from __future__ import annotations

import sys

from cocm_desktop.ui.system_lock.gaps import GapWatch
from cocm_desktop.ui.system_lock.source import LockSource, Sources


def sources_here() -> Sources:
    """Give the clocks, and what the operating system tells where its library is there."""
    return Sources((GapWatch(), *_of_the_system()))


def _of_the_system() -> tuple[LockSource, ...]:
    if sys.platform == "win32":
        from cocm_desktop.ui.system_lock.windows import WindowsSource  # noqa: PLC0415  nowhere else

        return (WindowsSource(),)
    if sys.platform == "darwin":
        from cocm_desktop.ui.system_lock.mac import MacSource  # noqa: PLC0415  nowhere else

        return (MacSource(),)
    try:
        from cocm_desktop.ui.system_lock.linux import LinuxSource  # noqa: PLC0415  nowhere else
    except ImportError:  # a Qt without D-Bus
        return ()
    return (LinuxSource(),)
