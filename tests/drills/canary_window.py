"""The real program with its windows, worked by a script: what `canary` starts as a process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from cocm_desktop import app
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.program import Program
from tests.canaries import Canaries
from tests.drills.clinic import PASSWORD, SIGN_IN

PLACES = ("today", "registry", "review", "tasks", "billing", "settings", "registry")
STEP_MILLISECONDS = 400
_begin = Program.begin


def titles() -> str:
    return "\t".join(each.windowTitle() for each in QApplication.topLevelWidgets())


def work(program: Program) -> None:
    """Sign in, look at everything, type half a note, copy it, fail, lock, and wait to be killed."""
    steps: list[Callable[[], None]] = [partial(sign_in, program), rest, rest]
    steps += [partial(look, program, key) for key in PLACES]
    steps += [partial(type_a_note, program), fail, program.lock, rest, tell]
    for number, step in enumerate(steps, start=1):
        QTimer.singleShot(number * STEP_MILLISECONDS, program, step)


def sign_in(program: Program) -> None:
    program.unlock.sign_in.sign_in.setText(SIGN_IN)
    program.unlock.sign_in.password.entry.setText(PASSWORD)
    program.unlock.sign_in.do_it.click()


def look(program: Program, key: str) -> None:
    if program.main is None:
        raise RuntimeError("the clinic did not open")
    program.main.go(key)
    print("TITLES", titles(), flush=True)


def type_a_note(program: Program) -> None:
    main, who = program.main, Canaries(1)
    if main is None:
        raise RuntimeError("the clinic did not open")
    born = main.desk.today()
    name, mrn = who["last_name"], who["mrn"]
    subject = Subject(PatientId(sys.argv[2]), None, name, born, 0, mrn)
    dialog = RecordContactDialog(main.desk, subject, main)
    dialog.open()
    for page in dialog.findChildren(QPlainTextEdit):
        page.setPlainText(who["note"])
    QGuiApplication.clipboard().setText(who["note"])
    print("TITLES", titles(), flush=True)


def fail() -> None:
    """An error that nobody expected, with something of a patient in its words."""
    raise KeyError(Canaries(1)["question"])


def rest() -> None:
    """Let the windows come to rest."""


def tell() -> None:
    print("TITLES", titles(), flush=True)
    print("LOCKED", flush=True)


def begin_and_work(program: Program) -> None:
    _begin(program)
    work(program)


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Program, "begin", begin_and_work)
        ended = app.main(["--data", str(Path(sys.argv[1]))])
    sys.exit(ended)
