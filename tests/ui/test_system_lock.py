"""What the operating system tells. Only Linux's bus can be run here; of the others what is read."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from ctypes import wintypes

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from cocm_desktop.domain.lock import LockCause
from cocm_desktop.ui.system_lock import windows
from cocm_desktop.ui.system_lock.gaps import GapWatch, clocks
from cocm_desktop.ui.system_lock.here import sources_here
from cocm_desktop.ui.system_lock.linux import LinuxSource
from cocm_desktop.ui.system_lock.mac import MacSource
from cocm_desktop.ui.system_lock.source import LockSource, Sources
from cocm_desktop.ui.system_lock.windows import WindowsSource, cause_of

ON_LINUX = sys.platform.startswith("linux") and shutil.which("dbus-daemon") is not None


def heard_by(source: LockSource) -> list[LockCause]:
    heard: list[LockCause] = []
    source.wanted.connect(heard.append)
    return heard


# ------------------------------------------------------------------------------------ clocks


@pytest.mark.parametrize(
    ("wall", "steady", "is_asleep"),
    [
        (1, 1, False),
        (59, 59, False),
        (3600, 1, True),
        (3600, 3600, True),
        (1, 90, True),
        (-86_400, 1, False),
    ],
)
def test_seconds_that_were_not_lived_through_lock(
    qtbot: QtBot, *, wall: float, steady: float, is_asleep: bool
) -> None:
    times = [(1_000.0, 50.0), (1_000.0, 50.0), (1_000.0 + wall, 50.0 + steady)]
    watch = GapWatch(lambda: times.pop(0))
    watch._timer.setInterval(100_000)
    heard = heard_by(watch)
    watch.begin()

    watch.look()

    assert heard == ([LockCause.SLEEP] if is_asleep else [])
    watch.end()


def test_the_clocks_are_looked_at_each_second(qtbot: QtBot) -> None:
    watch = GapWatch()

    assert watch.begin()
    assert watch._timer.interval() == 1_000
    watch.end()
    assert not watch._timer.isActive()
    assert clocks() <= clocks()


# -------------------------------------------------------------------------------- as a whole


def test_whichever_speaks_first_locks(qtbot: QtBot) -> None:
    silent, speaking = LockSource(), LockSource()
    both = Sources((silent, speaking))
    heard = heard_by(both)

    assert not both.begin()
    speaking.wanted.emit(LockCause.SYSTEM)
    both.locked()
    both.end()

    assert heard == [LockCause.SYSTEM]


def test_this_computer_has_clocks_at_least(qtbot: QtBot) -> None:
    here = sources_here()

    assert here.begin()
    here.end()


# ------------------------------------------------------------------------------------- Linux


@pytest.fixture
def bus() -> Iterator[str]:
    """A bus of one's own, with nobody on it."""
    told = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().decode().strip()
        daemon.terminate()


@pytest.mark.skipif(not ON_LINUX, reason="no D-Bus on this computer")
@pytest.mark.parametrize(
    ("path", "interface", "name", "values", "cause"),
    [
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
         [True], LockCause.SLEEP),
        ("/org/freedesktop/login1/session/c1", "org.freedesktop.login1.Session", "Lock",
         [], LockCause.SYSTEM),
        ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged",
         [True], LockCause.SYSTEM),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged",
         [True], LockCause.SYSTEM),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [False], None),
    ],
)  # fmt: skip
def test_linux_tells_over_its_buses(
    qtbot: QtBot,
    bus: str,
    *,
    path: str,
    interface: str,
    name: str,
    values: list[bool],
    cause: LockCause | None,
) -> None:
    ours = QDBusConnection.connectToBus(bus, f"ours {bus}")
    theirs = QDBusConnection.connectToBus(bus, f"theirs {bus}")
    theirs.registerService("org.freedesktop.login1")
    source = LinuxSource(system=lambda: ours, session=lambda: ours, ask=lambda _bus, _call: ())
    heard = heard_by(source)
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(values))

    begun = source.begin()
    theirs.send(message)
    if cause is None:
        qtbot.wait(100)
    else:
        qtbot.waitUntil(lambda: bool(heard))

    assert begun
    assert heard == ([cause] if cause else [])
    for each in ("ours", "theirs"):
        QDBusConnection.disconnectFromBus(f"{each} {bus}")


class Answer:
    """What logind gives: a path, a value, or a file that holds sleep up."""

    def __init__(self, *, path: str = "", number: int = -1, value: object = None) -> None:
        self._path, self._number, self._value = path, number, value
        if path:
            self.path: Callable[[], str] = lambda: path
        if number >= 0:
            self.fileDescriptor = lambda: number
            self.isValid = lambda: True
        if value is not None:
            self.variant = lambda: value


@pytest.mark.skipif(not ON_LINUX, reason="no D-Bus on this computer")
def test_sleep_waits_until_the_windows_are_gone(qtbot: QtBot, bus: str) -> None:
    theirs, held = os.pipe()
    answers = {
        "GetSessionByPID": [Answer(path="/org/freedesktop/login1/session/c1")],
        "Inhibit": [Answer(number=held)],
        "Get": [Answer(value=False)],
    }

    def ask(_bus: QDBusConnection, call: QDBusMessage) -> list[Answer]:
        return answers[call.member()]

    ours = QDBusConnection.connectToBus(bus, f"alone {bus}")
    source = LinuxSource(system=lambda: ours, session=lambda: ours, ask=ask)
    heard = heard_by(source)
    source.begin()
    os.close(held)
    os.set_blocking(theirs, False)
    with pytest.raises(BlockingIOError):
        os.read(theirs, 1)

    source.locked()

    assert os.read(theirs, 1) == b"", "nothing holds the sleep up any more"
    answers["Inhibit"] = []
    source.sleep(False)
    source.look()
    assert heard == [LockCause.SYSTEM]
    source.end()
    os.close(theirs)
    QDBusConnection.disconnectFromBus(f"alone {bus}")


@pytest.mark.skipif(not ON_LINUX, reason="no D-Bus on this computer")
def test_without_a_bus_nothing_is_heard_and_nothing_fails(qtbot: QtBot) -> None:
    nothing = QDBusConnection("no such connection")
    source = LinuxSource(system=lambda: nothing, session=lambda: nothing)

    assert not source.begin()
    source.end()


# ----------------------------------------------------------------------- Windows and macOS


@pytest.mark.parametrize(
    ("message", "wparam", "cause"),
    [
        (0x02B1, 0x7, LockCause.SYSTEM),
        (0x02B1, 0x2, LockCause.SYSTEM),
        (0x02B1, 0x4, LockCause.SYSTEM),
        (0x02B1, 0x8, None),
        (0x0218, 0x4, LockCause.SLEEP),
        (0x0218, 0x7, None),
        (0x0218, 0x8013, LockCause.SLEEP),
        (0x0100, 0x7, None),
    ],
)
def test_what_a_message_of_windows_means(
    message: int, wparam: int, cause: LockCause | None
) -> None:
    assert cause_of(message, wparam, lambda: True) is cause


def test_an_open_lid_locks_nothing() -> None:
    assert cause_of(0x0218, 0x8013, lambda: False) is None


@pytest.mark.parametrize(("guid", "data", "is_closed"), [
    (windows._LID, 0, True),
    (windows._LID, 1, False),
    ("00000000-0000-0000-0000-000000000000", 0, False),
])  # fmt: skip
def test_the_lid_is_told_from_other_settings(guid: str, data: int, *, is_closed: bool) -> None:
    setting = windows._PowerSetting()
    ctypes.memmove(ctypes.byref(setting), windows._guid(guid), 16)
    setting.data[0] = data

    assert windows.lid_is_closed(ctypes.addressof(setting)) is is_closed
    assert not windows.lid_is_closed(0)


def test_a_message_of_windows_is_read_as_it_comes(qtbot: QtBot) -> None:
    source = WindowsSource()
    heard = heard_by(source)
    message = wintypes.MSG()
    message.message, message.wParam = 0x02B1, 0x7

    passed_on = source.filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
    source.filter.nativeEventFilter(b"xcb_generic_event_t", 0)

    assert passed_on == (False, 0)
    assert heard == [LockCause.SYSTEM]


@pytest.mark.parametrize("kind", [WindowsSource, MacSource])
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what another system has")
def test_another_system_has_nothing_to_listen_to(
    qtbot: QtBot, kind: Callable[[], LockSource]
) -> None:
    source = kind()

    assert not source.begin()
    source.end()


def test_macos_tells_that_the_screen_is_locked(qtbot: QtBot) -> None:
    source = MacSource()
    heard = heard_by(source)

    source.hear(None, None, None, None, None)

    assert heard == [LockCause.SYSTEM]
