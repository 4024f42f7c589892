"""Callbacks for tests: one that must never be called, and work that waits to be let go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from typing_extensions import override

from cocm_desktop.ui.work import InlineWork

T = TypeVar("T")


def never(*answer: object) -> None:
    """Fail: nobody should have called back."""
    pytest.fail(f"called back with {answer}")


def nothing(*_answer: object) -> None:
    """Hear it and do nothing."""


class LateWork(InlineWork):
    """Keeps what it was asked until `go_on`."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []

    @override
    def run(
        self,
        task: Callable[[], T],
        *,
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        def go() -> None:
            InlineWork().run(task, done=done, failed=failed)

        self._waiting.append(go)

    @property
    def is_busy(self) -> bool:
        return bool(self._waiting)

    def go_on(self) -> None:
        """Do everything that was asked so far, and what that asks for in turn."""
        while self._waiting:
            self._waiting.pop(0)()
