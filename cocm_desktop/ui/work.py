"""Where actions run: on one worker thread in the program, at once in tests."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")
LONGEST_WAIT_SECONDS = 4.0


class Work(Protocol):
    """Runs a task and hands its answer, or what it raised, to one of two callbacks."""

    def run(
        self,
        task: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None: ...

    def run_beside(
        self,
        task: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Run a long task that does not touch the open file, while others go on."""

    def wait(self) -> None: ...

    def stop(self) -> None: ...


class InlineWork:
    """For tests: the task runs at once, on this thread."""

    def run(
        self,
        task: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        try:
            answer = task()
        except Exception as error:  # noqa: BLE001  handed over, not swallowed
            failed(error)
        else:
            done(answer)

    def run_beside(
        self,
        task: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        self.run(task, done=done, failed=failed)

    def wait(self) -> None:
        """Do nothing: nothing is ever on its way."""

    def stop(self) -> None:
        """Do nothing: nothing is ever on its way."""


class ThreadedWork(QObject):
    """One worker thread, so that work on the file happens in the order it was asked for.

    Keep a reference: an answer to an unreferenced object never arrives. Callbacks run on the
    thread that made this object.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside")
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        task: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        self._submit(self._worker, task, done=done, failed=failed)

    def run_beside(
        self,
        task: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        self._submit(self._beside, task, done=done, failed=failed)

    def wait(self) -> None:
        """Wait until what was asked for is done, but not for ever: the computer is logging off."""
        done = self._worker.submit(lambda: None)
        with suppress(TimeoutError):
            done.result(LONGEST_WAIT_SECONDS)

    def stop(self) -> None:
        """Wait for what is running and take no more; answers that are on their way are dropped."""
        self._answered.disconnect(self._deliver)
        for worker in (self._worker, self._beside):
            worker.shutdown(wait=True, cancel_futures=True)

    def _submit(
        self,
        worker: ThreadPoolExecutor,
        task: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        worker.submit(
            InlineWork().run,
            task,
            done=lambda answer: self._answered.emit(lambda: done(answer)),
            failed=lambda error: self._answered.emit(lambda: failed(error)),
        )

    @Slot(object)
    def _deliver(self, reply: Callable[[], object]) -> None:
        reply()
