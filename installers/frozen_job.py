"""Do the main job with the frozen program, as a practice would: from an empty folder to paper.

    python installers/frozen_job.py build/dist

What a bundle lacks shows only when it is used: libraries loaded by name, migrations, fonts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pypdf import PdfReader

PASSWORD = "seven green kettles sing"  # of a clinic that lives for some seconds
PATIENTS = """\
MRN,Last name,First name,Date of birth,Sex,Phone
J-1001,Nguyễn,Thảo,03/14/1961,F,555-0101
J-1002,O’Brien-García,José,11/02/1987,M,555-0102
"""
NAME, PHQ9_TOTAL, MINUTES = "Thảo", 15, 40  # what must come out again
MOMENT = "2026-11-20T15:00"
SECONDS_FOR_A_COMMAND = 120
SECONDS_FOR_A_WINDOW = 4


class JobFailed(Exception):
    """A step did not do what it must; the message says which and how."""


class Program:
    """The frozen command line, working in one folder as one person."""

    def __init__(self, executable: Path, folder: Path) -> None:
        self.executable = executable
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
            "COCM_DATA": str(folder / "clinic"),
            "COCM_SIGN_IN": "robin",
            "COCM_PASSWORD": PASSWORD,
            "COCM_NEW_PASSWORD": PASSWORD,
            "HOME": str(folder),
        }

    def run(self, *words: str, expected: int = 0, **changes: str) -> str:
        """Run one command and give what it printed."""
        began = time.perf_counter()
        done = subprocess.run(
            [self.executable, "--as-of", MOMENT, *words],
            env={**self._environment, **changes},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS_FOR_A_COMMAND,
            check=False,
        )
        print(f"{time.perf_counter() - began:6.2f} s  {' '.join(words[:3])}", flush=True)
        if done.returncode != expected:
            said = f"{done.stdout}{done.stderr}".strip()
            message = f"{' '.join(words)} ended with {done.returncode}, not {expected}:\n{said}"
            raise JobFailed(message)
        return done.stdout


def main() -> int:
    """Do every step; 1 and the reason if one fails."""
    bundle = Path(sys.argv[1])
    try:
        with tempfile.TemporaryDirectory(prefix="a practice ") as folder:
            do_the_job(Program(executable_in(bundle, "cocm"), Path(folder)), Path(folder))
            start_the_window(windowed_in(bundle), Path(folder))
    except JobFailed as failure:
        print(f"The frozen program failed: {failure}", file=sys.stderr)
        return 1
    return 0


def do_the_job(program: Program, folder: Path) -> None:
    """Make a clinic, take in patients, treat one for a while, print, back up, check."""
    patients = folder / "patients.csv"
    patients.write_text(PATIENTS, encoding="utf-8")
    program.run("--version")
    program.run(
        *("init", "--practice", "Job Street Family Medicine", "--time-zone", "America/New_York"),
        *("--owner", "Robin Sample", "--sign-in", "robin"),
        *("--recovery-code-file", str(folder / "code.txt")),
    )
    program.run("check", COCM_PASSWORD="not the password", expected=4)
    program.run("import", str(patients))
    patient = ("--patient", "J-1001")
    program.run(
        *("enroll", *patient, "--consented", "2026-11-02", "--enrolled", "2026-11-03"),
        *("--diagnosis", "F33.1"),
    )
    answers = "--answers=2,2,2,2,2,2,2,1,0"
    program.run("measure", *patient, "--instrument", "PHQ-9", "--on", "2026-11-03", answers)
    program.run(
        *("contact", *patient, "--kind", "phone", "--on", "2026-11-05"),
        *("--minutes", str(MINUTES)),
    )
    (row,) = json.loads(program.run("registry", "--json"))["rows"]
    require(row["phq9"]["last"]["total"] == PHQ9_TOTAL, "the registry shows another score")
    require(row["minutes_this_month"] == MINUTES, "the registry shows other minutes")
    program.run("packet", "--out", str(folder / "packet.pdf"))
    program.run("superbill", "--month", "2026-11", "--out", str(folder / "superbills.pdf"))
    require(NAME in words_of(folder / "packet.pdf"), "the packet does not name the patient")
    require("99492" in words_of(folder / "superbills.pdf"), "the superbill lacks its code")
    program.run("backup", "--to", str(folder))
    program.run("verify")


def require(holds: bool, otherwise: str) -> None:  # noqa: FBT001  a statement, as in assert
    if not holds:
        raise JobFailed(otherwise)


def words_of(paper: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(paper).pages)


def start_the_window(executable: Path, folder: Path) -> None:
    """See that the windowed program stays open, on a computer without a display too."""
    window = subprocess.Popen(
        [executable],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said, _ = window.communicate(timeout=SECONDS_FOR_A_WINDOW)
    except subprocess.TimeoutExpired:
        print(f"{SECONDS_FOR_A_WINDOW:6.2f} s  the window stays open")
        return
    finally:
        window.kill()
    message = f"the window closed at once with {window.returncode}:\n{said}"
    raise JobFailed(message)


def executable_in(bundle: Path, name: str) -> Path:
    for found in (*bundle.glob(f"*/{name}"), *bundle.glob(f"*/{name}.exe")):
        return found
    message = f"there is no program {name} in {bundle}"
    raise JobFailed(message)


def windowed_in(bundle: Path) -> Path:
    """Find the windowed program by the names it has on Linux, Windows and macOS."""
    for name in ("cocm-desktop", "CoCM Desktop"):
        for found in (*bundle.glob(f"*/{name}"), *bundle.glob(f"*/{name}.exe")):
            return found
    message = f"there is no windowed program in {bundle}"
    raise JobFailed(message)


if __name__ == "__main__":
    sys.exit(main())
