"""Item 9 through every way in: exactly the forms that answer it with 1 or more open a task.

Each way is the program's own: the command line as it is typed, a batch as it is piped, the
dialog as it is keyed. The oracle looks at the ninth answer and at nothing else.
"""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass

from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.commands.batch import do_all
from cocm_desktop.commands.main import options_of
from cocm_desktop.domain.ids import new_id
from tests.drills.memory import MRN, Enrolled, enrolled

SAMPLED = 10_000
AT_ONCE = 100
BLANKS, BLANK = 0.2, 0.25
Answers = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A PHQ-9 that was keyed. `expected` is what the oracle says item 9 must open."""

    id: str
    answers: Answers

    @property
    def expected(self) -> list[int]:
        return [answer] if (answer := self.answers[8]) else []

    @property
    def typed(self) -> str:
        return ",".join("-" if answer is None else str(answer) for answer in self.answers)


Way = Callable[[Enrolled, Sequence[Form]], None]


def some_form(chance: random.Random) -> Form:
    """Give a form with random answers; one in five has questions left blank."""
    answers: list[int | None] = [chance.randrange(4) for _ in range(9)]
    if chance.random() < BLANKS:
        answers = [None if chance.random() < BLANK else answer for answer in answers]
        answers[chance.randrange(9)] = chance.randrange(4)
    return Form(new_id(), tuple(answers))


def typed(at: Enrolled, *words: str) -> None:
    options = options_of(words)
    with redirect_stdout(io.StringIO()):
        options.work(at.workspace, options)


def measure(at: Enrolled, form: Form, *more: str) -> None:
    typed(at, "measure", "--patient", MRN, "--instrument", "PHQ-9", f"--answers={form.typed}",
          "--id", form.id, *more)  # fmt: skip


def by_command(at: Enrolled, forms: Sequence[Form]) -> None:
    for form in forms:
        measure(at, form)


def back_dated(at: Enrolled, forms: Sequence[Form]) -> None:
    for number, form in enumerate(forms):
        measure(at, form, "--on", f"t-{number % 15}")


def corrected(at: Enrolled, forms: Sequence[Form]) -> None:
    """Record a form without item 9, then correct it to what it really says."""
    for form in forms:
        wrong = Form(new_id(), (0,) * 9)
        measure(at, wrong)
        measure(at, form, "--correct", wrong.id, "--reason", "Read again")


def by_batch(at: Enrolled, forms: Sequence[Form]) -> None:
    lines = [
        json.dumps({"command": "measure", "patient": MRN, "instrument": "PHQ-9",
                    "answers": form.answers, "id": form.id})
        for form in forms
    ]  # fmt: skip
    before = sys.stdin
    sys.stdin = io.StringIO("\n".join(lines))
    try:
        with redirect_stdout(io.StringIO()):
            do_all(at.workspace, options_of(("measure", "--patient", MRN, "--instrument", "PHQ-9",
                                             "--total", "0")))  # fmt: skip
    finally:
        sys.stdin = before


def by_dialog(at: Enrolled, forms: Sequence[Form]) -> None:
    """Key each form in the window, as a person does; the step must open where it has to."""
    from tests.drills.keying import key_in  # noqa: PLC0415  Qt only where it is wanted

    key_in(at, forms)


WAYS: dict[str, Way] = {
    "command": by_command,
    "batch": by_batch,
    "correction": corrected,
    "back-dated": back_dated,
    "dialog": by_dialog,
}


def drill(way: str, sampled: int = SAMPLED, *, seed: int = 1) -> tuple[int, list[str]]:
    """Send forms through a way in; give how many opened a task, and each that is wrong."""
    chance, opened, wrong = random.Random(f"{way} {seed}"), 0, []
    for begin in range(0, sampled, AT_ONCE):
        forms = [some_form(chance) for _ in range(min(AT_ONCE, sampled - begin))]
        with enrolled() as at:
            WAYS[way](at, forms)
            found: dict[str, list[int]] = {}
            for task, _patient in read_open_safety_tasks(at.workspace):
                found.setdefault(str(task.measure_id), []).append(task.answer)
        opened += sum(map(bool, found.values()))
        wrong += judge(way, forms, found)
    return opened, wrong


def judge(way: str, forms: Sequence[Form], found: dict[str, list[int]]) -> list[str]:
    """Name each form that opened another task than the oracle says, and each task too many."""
    wrong = [
        f"{way}: {form.typed} opened {found.get(form.id, [])}, not {form.expected}"
        for form in forms
        if found.get(form.id, []) != form.expected
    ]
    strangers = found.keys() - {form.id for form in forms}
    return [*wrong, *(f"{way}: a task of no form: {each}" for each in strangers)]
