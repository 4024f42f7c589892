from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cocm_desktop import logs

PATIENT = "Washington-Featherstonehaugh"
AN_ID = "01a20120-0000-7000-8000-000000000001"


def an_error() -> KeyError:
    """Raise and catch an error that speaks of a patient, as does what caused it."""
    with pytest.raises(KeyError) as caught:
        raise KeyError(PATIENT) from ValueError(f"{PATIENT} was born")
    return caught.value


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """The log's file, while the program writes to it."""
    root = logging.getLogger()
    before = list(root.handlers)
    crashes = logs.start(tmp_path)
    yield tmp_path / "program.log"
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    if crashes is not None:
        logs.stop(crashes)


def test_an_event_is_written_with_its_numbers_and_ids(written: Path) -> None:
    logs.note("clinic.unlocked", seconds=0.25, staff=AN_ID, patients=75)

    line = written.read_text(encoding="utf-8")

    assert f"clinic.unlocked seconds=0.250 staff={AN_ID} patients=75" in line


@pytest.mark.parametrize("text", [PATIENT, "Alvarez", "03/14/1961", "phq9 18", "/home/a/Maria.csv"])
def test_any_other_text_stays_out(written: Path, text: str) -> None:
    logs.note("import.read", file=text)
    logs.note(text, rows=3)

    assert text not in written.read_text(encoding="utf-8")


def test_a_library_that_logs_words_is_written_without_them(written: Path) -> None:
    logging.getLogger("some.library").warning("row of %s", PATIENT)

    content = written.read_text(encoding="utf-8")

    assert "some.library" in content
    assert PATIENT not in content


def test_an_error_is_described_without_its_words() -> None:
    told = logs.describe(an_error())

    assert "builtins.KeyError" in told
    assert "builtins.ValueError" in told
    assert "test_logs.py:" in told
    assert PATIENT not in told


def test_an_error_that_nobody_caught_leaks_nothing(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", None)
    logs.catch_errors(shown.append)

    error = an_error()
    sys.excepthook(KeyError, error, error.__traceback__)

    content = written.read_text(encoding="utf-8")
    assert "builtins.KeyError" in content
    assert "builtins.KeyError" in shown[0]
    assert PATIENT not in content + shown[0]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")

    assert logs.start(blocked / "logs") is None
