"""A program that is shot leaves nothing of its memory on the disk."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cocm_desktop import no_dumps
from tests.source_tree import ROOT

CANARY = "Quetzalcoatl"
SHOT = """
import ctypes, os, resource, signal, sys
from cocm_desktop import logs
from cocm_desktop.no_dumps import leave_no_dump
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CORE, (-1, -1))
leave_no_dump()
crashes = logs.start(Path(sys.argv[1]))
patient = "Quetz" + "alcoatl"
def looks_at(name):
    print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3), flush=True)
    os.kill(os.getpid(), signal.SIGSEGV)
looks_at(patient)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux how it stands")
def test_a_crash_leaves_no_core_and_no_value(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", SHOT, str(tmp_path)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    left = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert run.stdout.split() == ["(0,", "0)", "0"]
    assert run.returncode == -signal.SIGSEGV
    assert set(left) == {"program.log", "crash.log"}
    assert "looks_at" in left["crash.log"]
    assert not any(CANARY in text for text in left.values())


def test_windows_is_asked_for_reports_without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    class Kernel:
        def __getattr__(self, name: str) -> object:
            return lambda flags: asked.append((name, flags))

    class Libraries:
        kernel32 = Kernel()

    monkeypatch.setattr(ctypes, "windll", Libraries(), raising=False)

    no_dumps._tell_windows()

    assert asked == [("SetErrorMode", 3), ("WerSetFlags", 1)]
