from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cocm_desktop.ui.work import InlineWork, ThreadedWork
from tests.ui.callbacks import never, nothing


@pytest.fixture
def work(qapp: QObject) -> Iterator[ThreadedWork]:
    work = ThreadedWork()
    yield work
    work.stop()


def test_answers_come_in_the_order_of_the_questions_on_the_asking_thread(
    qtbot: QtBot, work: ThreadedWork
) -> None:
    answers: list[tuple[int, threading.Thread]] = []

    for number in range(50):
        work.run(
            partial(abs, number),
            done=lambda answer: answers.append((answer, threading.current_thread())),
            failed=never,
        )
    qtbot.waitUntil(lambda: len(answers) == 50)

    assert [number for number, _ in answers] == list(range(50))
    assert {thread for _, thread in answers} == {threading.current_thread()}


def test_every_task_runs_on_one_thread_and_not_on_this_one(
    qtbot: QtBot, work: ThreadedWork
) -> None:
    threads: list[threading.Thread] = []

    for _ in range(20):
        work.run(threading.current_thread, done=threads.append, failed=never)
    qtbot.waitUntil(lambda: len(threads) == 20)

    assert len(set(threads)) == 1
    assert threading.current_thread() not in threads


def test_what_a_task_raises_is_handed_over(qtbot: QtBot, work: ThreadedWork) -> None:
    errors: list[Exception] = []

    def fail() -> None:
        raise ValueError("no")

    work.run(fail, done=never, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))

    assert isinstance(errors[0], ValueError)


def test_nothing_is_answered_after_the_end(qtbot: QtBot, qapp: QObject) -> None:
    work = ThreadedWork()
    started, may_end = threading.Event(), threading.Event()

    def wait() -> None:
        started.set()
        may_end.wait(5)

    work.run(wait, done=never, failed=never)
    work.run(never, done=never, failed=never)
    assert started.wait(5)
    may_end.set()
    work.stop()

    qtbot.wait(20)


def test_what_was_asked_for_is_done_before_the_computer_logs_off(qapp: QObject) -> None:
    work = ThreadedWork()
    done: list[int] = []
    work.run(lambda: done.append(7), done=nothing, failed=never)

    work.wait()

    assert done == [7]
    work.stop()
    InlineWork().wait()


def test_in_tests_the_answer_is_there_at_once() -> None:
    answers: list[int] = []

    InlineWork().run(lambda: 7, done=answers.append, failed=never)

    assert answers == [7]
