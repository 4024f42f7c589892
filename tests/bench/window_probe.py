"""Start the real window in a process of its own, work in it, and say how long each step took.

    python -m tests.bench.window_probe FOLDER SIGN_IN PASSWORD PATIENT_ID

The moment at which the process was started comes in nanoseconds from COCM_BENCH_STARTED.
"""

from __future__ import annotations

import importlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from cocm_desktop.domain.registry import Chip

if TYPE_CHECKING:
    from cocm_desktop.ui.chart.screen import ChartScreen
    from cocm_desktop.ui.main_window import MainWindow
    from cocm_desktop.ui.registry.screen import RegistryScreen
    from cocm_desktop.ui.unlock.window import UnlockWindow

STARTED = "COCM_BENCH_STARTED"
PATIENCE_SECONDS = 90
WARM_MS = 4_000  # somebody types a password; the program loads the next window meanwhile
KEYSTROKES = ("a", "al", "alv", "alv m", "alv ma", "5000", "500012")
TIMES = 7
Steps = Iterator[int | Callable[[], bool]]


class FirstPaint(QObject):
    """Notes when the unlock window was painted for the first time, then gets out of the way."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then
        self.at_ns = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and type(watched).__name__ == "UnlockWindow":
            app = QApplication.instance()
            assert app
            app.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    @Slot()
    def _painted(self) -> None:
        self.at_ns = time.time_ns()
        self._then()


class Freezes(QObject):
    """Keeps the longest time in which the window could not have answered anybody."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = 0
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._tick)
        self._since.start()
        self._timer.start()

    @Slot()
    def _tick(self) -> None:
        self.longest_ms = max(self.longest_ms, self._since.restart())


class Probe(QObject):
    """Drives the window as a person would. Each step is a generator that waits by yielding.

    It yields milliseconds to let pass, or something that must come to hold; the window's own loop
    runs meanwhile. A loop inside would keep the worker from running.
    """

    def __init__(self, sign_in: str, password: str, patient_id: str) -> None:
        super().__init__()
        self._sign_in, self._password, self._patient_id = sign_in, password, patient_id
        self.found: dict[str, float] = {}
        self.first_paint = FirstPaint(self.begin)
        self._steps = self._work()
        self._awaited: Callable[[], bool] = _at_once
        self._timer = QTimer(self, interval=2)
        self._timer.timeout.connect(self._go_on)
        self._patience = time.monotonic() + PATIENCE_SECONDS

    def begin(self) -> None:
        started = int(os.environ[STARTED])
        self.found["unlock window painted"] = (self.first_paint.at_ns - started) / 1e6
        self._timer.start()

    @Slot()
    def _go_on(self) -> None:
        if time.monotonic() > self._patience:
            QApplication.exit(1)
        if not self._awaited():
            return
        try:
            wanted = next(self._steps)
        except StopIteration:
            self._timer.stop()
            print(json.dumps(self.found), flush=True)
            QApplication.exit(0)
            return
        self._awaited = wanted if callable(wanted) else _after(wanted)

    def _work(self) -> Steps:
        self.found["memory at first paint"] = _memory_mb()
        yield WARM_MS
        self.found["memory before unlocking"] = _memory_mb()
        yield from self._unlock()
        main: MainWindow = _top_level("MainWindow")  # type: ignore[assignment]
        registry: RegistryScreen = main.screen_shown  # type: ignore[assignment]
        yield from self._registry(registry)
        yield from self._chart(main)
        self.found["memory at work"] = _memory_mb()

    def _unlock(self) -> Steps:
        window: UnlockWindow = _top_level("UnlockWindow")  # type: ignore[assignment]
        window.sign_in.sign_in.setText(self._sign_in)
        window.sign_in.password.entry.setText(self._password)
        freezes, begun = Freezes(), time.perf_counter()
        window.sign_in.do_it.click()
        yield lambda: any(type(w).__name__ == "MainWindow" for w in QApplication.topLevelWidgets())
        main: MainWindow = _top_level("MainWindow")  # type: ignore[assignment]
        registry: RegistryScreen = main.screen_shown  # type: ignore[assignment]
        yield lambda: bool(registry.model.rows)
        registry.table.viewport().repaint()
        self.found["unlock to registry painted"] = _ms_since(begun)
        yield 100
        self.found["longest freeze of the window"] = freezes.longest_ms

    def _registry(self, registry: RegistryScreen) -> Steps:
        registry.head.caseload.choose(None)
        registry.head.caseload.activated.emit(0)
        registry.show_chip(Chip.EVERYONE)
        yield 100
        self.found["rows"] = len(registry.model.rows)
        times = []
        for _ in range(TIMES):
            before, begun = registry.model.rows, time.perf_counter()
            registry.read_again()
            yield lambda before=before: registry.model.rows is not before  # type: ignore[misc]
            registry.table.viewport().repaint()
            times.append(_ms_since(begun))
        self.found["registry read again and painted"] = statistics.median(times)
        times = []
        for typed in KEYSTROKES * 2:
            begun = time.perf_counter()
            registry.narrow(typed)
            registry.table.viewport().repaint()
            times.append(_ms_since(begun))
            yield 20
        self.found["first keystroke"] = times[0]
        self.found["next keystrokes"] = statistics.median(times[1:])
        registry.narrow("")

    def _chart(self, main: MainWindow) -> Steps:
        times = []
        for _ in range(TIMES):
            main.go("registry")
            yield 20
            begun = time.perf_counter()
            main.open_patient(self._patient_id)
            chart: ChartScreen = main.screen_shown  # type: ignore[assignment]
            before = chart._page
            yield lambda chart=chart, before=before: chart._page is not before  # type: ignore[misc]
            chart.repaint()
            times.append(_ms_since(begun))
        self.found["chart shown"] = statistics.median(times)


def _at_once() -> bool:
    return True


def _after(milliseconds: int) -> Callable[[], bool]:
    until = time.monotonic() + milliseconds / 1000
    return lambda: time.monotonic() >= until


def _ms_since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


def _top_level(name: str) -> QWidget:
    return next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == name)


def _memory_mb() -> float:
    """Give the memory that the process holds now; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def main() -> int:
    folder, sign_in, password, patient_id = sys.argv[1:]
    app = QApplication(["cocm"])
    probe = Probe(sign_in, password, patient_id)
    app.installEventFilter(probe.first_paint)
    return importlib.import_module("cocm_desktop.app").main(["--data", folder])  # type: ignore[no-any-return]


if __name__ == "__main__":
    sys.exit(main())
