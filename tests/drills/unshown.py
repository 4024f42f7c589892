"""Kill the program between the save of a positive item 9 and its display, and look again.

The process records a PHQ-9, through the window's dialog or on the command line, and is killed by
SIGKILL in the place where it would show what it has saved. Then the clinic is opened anew.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.session import lock
from cocm_desktop.domain.ids import new_id
from tests.drills.clinic import PASSWORD, arguments, make_clinic, mrns, opened
from tests.drills.paths import Form
from tests.source_tree import ROOT

WINDOW, COMMAND = "window", "command"


def die(*_said: object, **_more: object) -> NoReturn:
    """Take the place of whatever would have shown the saved form."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("killed")


def drill(folder: Path, cycles: int, *, clinics: int = 2, seed: int = 1) -> tuple[int, list[str]]:
    """Give how many were killed, and a sentence for each task that was missed."""
    each = [cycles // clinics + (n < cycles % clinics) for n in range(clinics)]
    folders = [folder / f"clinic {n}" for n in range(clinics)]
    with ThreadPoolExecutor(clinics) as pool:
        done = list(pool.map(_again_and_again, folders, each, range(seed, seed + clinics)))
    return sum(killed for killed, _ in done), [words for _, wrong in done for words in wrong]


def _again_and_again(folder: Path, cycles: int, seed: int) -> tuple[int, list[str]]:
    chance, killed, wrong = random.Random(seed), 0, []
    make_clinic(folder)
    for number in range(cycles):
        answers = (*(chance.randrange(4) for _ in range(8)), chance.randint(1, 3))
        form, mrn = Form(new_id(), answers), chance.choice(mrns())
        how = (WINDOW, COMMAND)[number % 2]
        died = _killed(folder, how, mrn, form)
        killed += died
        if not died:
            wrong.append(f"{how} {form.typed}: it was not killed")
        elif _answers_open(folder, form.id) != form.expected:
            wrong.append(f"{how} {form.typed}: the task is missing")
    return killed, wrong


def _killed(folder: Path, how: str, mrn: str, form: Form) -> bool:
    child = subprocess.run(
        [sys.executable, "-m", "tests.drills.unshown", str(folder), how, mrn, form.id, form.typed],
        cwd=ROOT,
        env={**os.environ, "COCM_PASSWORD": PASSWORD, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
    )
    return child.returncode == -signal.SIGKILL


def _answers_open(folder: Path, measure_id: str) -> list[int]:
    workspace = opened(folder)
    try:
        tasks = read_open_safety_tasks(workspace)
        return [task.answer for task, _ in tasks if task.measure_id == measure_id]
    finally:
        lock(workspace)


def record_by_command(folder: Path, mrn: str, form: Form) -> None:
    """Record on the command line; it dies where it would acknowledge."""
    from cocm_desktop.commands import measure  # noqa: PLC0415  in the child only
    from cocm_desktop.commands.main import main  # noqa: PLC0415

    vars(measure)["ack"] = die
    words = ("measure", "--patient", mrn, "--instrument", "PHQ-9", f"--answers={form.typed}")
    main(arguments(folder, *words, "--id", form.id)[3:])


def record_in_window(folder: Path, mrn: str, form: Form) -> None:
    """Key the form into the dialog; it dies where the safety step would open."""
    from cocm_desktop.actions.registry import read_registry  # noqa: PLC0415  in the child only
    from cocm_desktop.ui.desk import Desk  # noqa: PLC0415
    from cocm_desktop.ui.patient.subject import Subject  # noqa: PLC0415
    from cocm_desktop.ui.safety import form as safety_form  # noqa: PLC0415
    from cocm_desktop.ui.work import InlineWork  # noqa: PLC0415
    from tests.drills.keying import application, opened_dialog, type_form  # noqa: PLC0415

    vars(safety_form)["open_safety_step"] = die
    application()
    workspace = opened(folder)
    [row] = [row for row in read_registry(workspace).rows if row.mrn == mrn]
    dialog = opened_dialog(Desk(workspace, InlineWork()), Subject.of_row(row), form.id)
    type_form(dialog, form)
    dialog.save.click()


if __name__ == "__main__":
    at, how, mrn, measure_id, typed = sys.argv[1:]
    keyed = Form(measure_id, tuple(int(answer) for answer in typed.split(",")))
    ways = {WINDOW: record_in_window, COMMAND: record_by_command}
    ways[how](Path(at), mrn, keyed)
