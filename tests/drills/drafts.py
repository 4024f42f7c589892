"""Kill the program while somebody types in a form, and see what the next start has of it.

The child is a real window on a real file. It types a letter every tenth of a second, and tells
how many there are.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cocm_desktop.actions.draft import find_draft
from cocm_desktop.actions.patient import read_patients
from cocm_desktop.actions.session import lock
from cocm_desktop.domain.draft import DraftPlace
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.work import ThreadedWork
from tests.drills.clinic import PASSWORD, make_clinic, opened
from tests.source_tree import ROOT

MOST_LOST_SECONDS = 5.0
LETTERS_A_SECOND = 10
LEAST_SECONDS, LONGEST_SECONDS = 3.0, 7.0
LONGEST_MS = 60_000
NOTE = "fields.note"


def drill(folder: Path, cycles: int, *, seed: int = 1) -> tuple[int, float, list[str]]:
    """Give how many windows were killed, the most seconds lost, and a sentence for each fault."""
    chance, killed, most, wrong = random.Random(seed), 0, 0.0, []
    make_clinic(folder)
    for number in range(cycles):
        typed = _killed_after(folder, chance.uniform(LEAST_SECONDS, LONGEST_SECONDS))
        killed += typed > 0
        lost = (typed - _kept(folder)) / LETTERS_A_SECOND
        most = max(most, lost)
        if not 0 <= lost <= MOST_LOST_SECONDS:
            wrong.append(f"window {number}: {lost:.1f} s of typing are lost")
    return killed, most, wrong


def _killed_after(folder: Path, seconds: float) -> int:
    """Give the letters that stood in the form when the window was killed."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.drills.drafts", str(folder)],
        cwd=ROOT,
        env={**os.environ, "COCM_PASSWORD": PASSWORD, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout
    child.stdout.readline()
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    told = [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    return int(told[-1]) if told else 0


def _kept(folder: Path) -> int:
    """Open the clinic anew, and count the letters of the draft."""
    workspace = opened(folder)
    try:
        place = DraftPlace("contact", read_patients(workspace)[0].id)
        draft = find_draft(workspace, place)
        return len(draft.values[NOTE]) if draft else 0
    finally:
        lock(workspace)


def _run(folder: Path) -> None:
    """Type until somebody ends us. What was left there before is discarded first."""
    app = QApplication([])  # noqa: F841  lives as long as the window
    workspace = opened(folder)
    patient = read_patients(workspace)[0]
    subject = Subject(patient.id, None, "A", patient.born_on, 50, patient.mrn)
    window = QWidget()
    window.show()
    dialog = RecordContactDialog(Desk(workspace, ThreadedWork()), subject, window)
    dialog.open()
    began = time.monotonic()

    def type_a_letter() -> None:
        if dialog.draft_offer is not None and dialog.draft_offer.isVisible():
            dialog.draft_offer.discard.click()
        wanted = int((time.monotonic() - began) * LETTERS_A_SECOND)
        dialog.note.setPlainText("x" * wanted)
        print(wanted, flush=True)

    timer = QTimer()
    timer.timeout.connect(type_a_letter)
    timer.start(1_000 // LETTERS_A_SECOND)
    QTest.qWait(LONGEST_MS)


if __name__ == "__main__":
    _run(Path(sys.argv[1]))
