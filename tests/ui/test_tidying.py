"""Unused objects are taken apart on the thread of the windows, never on the worker's."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.ui.tidying import Tidying
from cocm_desktop.ui.work import ThreadedWork
from tests.ui.callbacks import never


class Unused(QWidget):
    """Holds itself, so that only Python's search finds that nobody else does."""

    def __init__(self, ended: list[threading.Thread]) -> None:
        super().__init__()
        self.ended = ended
        self.itself = self

    def __del__(self) -> None:
        self.ended.append(threading.current_thread())


def make_many() -> list[list[object]]:
    """Make so much that Python would look for what is unused."""
    made: list[list[object]] = []
    for _ in range(3):
        made = [[number] for number in range(2 * gc.get_threshold()[0])]
    return made


@pytest.fixture
def tidying(qapp: QObject) -> Iterator[Tidying]:
    tidying = Tidying()
    tidying.begin()
    yield tidying
    tidying.end()


def test_what_is_unused_is_taken_apart_on_the_thread_of_the_windows(
    qtbot: QtBot, tidying: Tidying
) -> None:
    work = ThreadedWork()
    ended: list[threading.Thread] = []
    answers: list[object] = []
    Unused(ended)

    work.run(make_many, done=answers.append, failed=never)
    qtbot.waitUntil(lambda: bool(answers))
    by_the_worker = list(ended)
    tidying.tidy()
    work.stop()

    assert by_the_worker == []
    assert ended == [threading.current_thread()]


def test_python_looks_for_itself_again_afterwards(qapp: QObject) -> None:
    tidying = Tidying()

    tidying.begin()
    during = gc.isenabled()
    tidying.end()

    assert not during
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
