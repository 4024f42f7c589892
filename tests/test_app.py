from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cocm_desktop.app import window_options
from tests.source_tree import ROOT

HEAVY = ("sqlalchemy", "alembic", "reportlab", "cryptography", "sqlcipher3", "pypdfium2", "keyring")
FIRST_WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from cocm_desktop.app import ClinicDoor, Rooms
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.program import Program
from cocm_desktop.ui.one_window import OneWindow
from cocm_desktop.ui.trouble import show_trouble
from cocm_desktop import logs
from tests.ui.callbacks import LateWork

app = QApplication([])
program = Program(ClinicDoor(Path(sys.argv[1])), Rooms(), work=LateWork(), computer=Computer())
program.begin()
program.unlock.grab()
print(sorted(name for name in {heavy} if name in sys.modules))
"""


@pytest.mark.parametrize(
    ("given", "is_window"),
    [
        ([], True),
        (["--demo"], True),
        (["--data", "/somewhere"], True),
        (["--demo", "--data", "/somewhere"], True),
        (["registry"], False),
        (["--data", "/somewhere", "registry"], False),
        (["demo"], False),
        (["--help"], False),
        (["--version"], False),
    ],
)
def test_a_subcommand_goes_to_the_command_line(given: list[str], *, is_window: bool) -> None:
    assert (window_options(given) is not None) == is_window


def test_the_console_program_without_a_word_shows_its_help(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/cocm"])

    assert window_options([]) is None


def test_the_first_window_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FIRST_WINDOW.replace("{heavy}", repr(HEAVY)), str(tmp_path / "c")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stdout.strip() == "[]", run.stderr


def test_a_command_never_loads_qt() -> None:
    code = (
        "import sys\nfrom cocm_desktop.app import main\n"
        "main(['score', '--instrument', 'PHQ-9', '--answers=1,1,1,1,1,1,1,1,0'])\n"
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.stdout.strip().endswith("[]"), run.stderr
