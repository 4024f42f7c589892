"""A day of work on two hundred confidential values leaves none of them outside the file."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cocm_desktop import logs
from tests.canaries import (
    FIELDS,
    PATIENTS,
    Canaries,
    canary,
    day_of_work,
    everybody,
    hits,
    hits_below,
    kinds_of_error,
    refused_commands,
    told_without_opening,
)
from tests.commands.conftest import (  # noqa: F401  its fixtures
    PASSWORD,
    Cocm,
    cheap_passwords,
    type_at,
)
from tests.storage.clinics import made_at, unlock

pytestmark = pytest.mark.no_cover

DAY = "2026-11-20T12:00"


@dataclass(frozen=True, slots=True)
class Home:
    """A home folder of a person's own, with everything that a program may write to."""

    path: Path

    @property
    def clinic(self) -> Path:
        return self.path / "clinic"

    @property
    def saved(self) -> Path:
        """What the person saved on purpose."""
        return self.path / "saved"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    for variable, name in {
        "HOME": "", "USERPROFILE": "", "XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache",
        "XDG_DATA_HOME": ".local/share", "XDG_STATE_HOME": ".local/state", "TMPDIR": "tmp",
        "APPDATA": "roaming", "LOCALAPPDATA": "local", "SQLITE_TMPDIR": "tmp", "TEMP": "tmp",
    }.items():  # fmt: skip
        (tmp_path / "home" / name).mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(tmp_path / "home" / name))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path / "home")
    (tmp_path / "home" / "saved").mkdir()
    root = logging.getLogger()
    before = list(root.handlers)
    crashes = logs.start(tmp_path / "home" / "log")
    yield Home(tmp_path / "home")
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    if crashes is not None:
        logs.stop(crashes)


def made(home: Home, type_at: Cocm) -> None:  # noqa: F811
    answer = type_at(
        *("init", "--practice", "Riverbend", "--time-zone", "America/Denver", "--owner", "M. Bell"),
        *("--sign-in", "mbell", "--data", home.clinic, "--as-of", "2026-10-01T12:00"),
    )
    assert answer.code == 0, answer.err


def test_there_are_two_hundred_canaries_and_the_search_finds_each() -> None:
    words = {who[field] for who in everybody() for field in FIELDS}

    assert len(words) == PATIENTS * len(FIELDS) == 200
    assert all(hits(word.encode()) for word in words)
    assert all(hits(word.upper().encode("utf-16-le")) for word in words)
    assert hits(b"nothing of a patient") == set()


def test_a_day_of_work_leaves_nothing_of_a_patient_outside_the_file(
    home: Home,
    type_at: Cocm,  # noqa: F811
) -> None:
    before = dict(os.environ)
    made(home, type_at)
    common = ("--data", home.clinic, "--as-of", DAY)
    whole = type_at("record-batch", *common, stdin="".join(day_of_work()))
    assert (whole.code, len(whole.acks)) == (0, PATIENTS * 5), whole.err
    papers = {
        "packet.pdf": ("packet",),
        "downtime.pdf": ("print", "downtime"),
        "summary.pdf": ("print", "summary", "--patient", Canaries(1)["mrn"]),
    }
    for name, command in papers.items():
        answer = type_at(*command, "--out", home.saved / name, *common)
        assert answer.code == 0, answer.err
    for command in (("registry", "--json"), ("patient", "list"), ("backup",)):
        assert type_at(*command, *common).code == 0

    # The log is up: whatever a library says while these fail would be in it.
    hostile = home.saved / "from outside"
    refused = {each: type_at(*each, *common).code for each in refused_commands(hostile)}

    assert len(refused) >= 40
    # No fault of the program is among them, and none was done.
    assert {each: code for each, code in refused.items() if code in {0, 1}} == {}
    assert hits_below(home.path, but=[home.saved]) == {}
    assert dict(os.environ) == before
    for name in papers:
        assert hits(told_without_opening(home.saved / name)) == set()


def test_forty_kinds_of_error_leave_nothing_in_the_log(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", None)
    logs.catch_errors(shown.append)
    word = canary(7)
    errors = list(kinds_of_error(word))

    for error in errors:
        error.__context__ = ValueError(word)
        logging.getLogger("some.library").error("about %s", word, exc_info=error)
        sys.excepthook(type(error), error, None)

    assert len({type(error) for error in errors}) >= 40
    log = (home.path / "log" / "program.log").read_text(encoding="utf-8")
    assert log.count("error") >= 2 * len(errors)
    assert hits(log.encode() + "".join(shown).encode()) == set()


def test_an_error_of_the_database_names_no_value(tmp_path: Path) -> None:
    with (
        unlock(made_at(tmp_path / "clinic")) as clinic,
        pytest.raises(SQLAlchemyError) as raised,
        clinic.database.write() as session,
    ):
        session.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": canary(3)})

    assert hits(str(raised.value).encode()) == set()
