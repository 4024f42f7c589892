"""A command line to type at, and a clinic with one enrolled patient to type about."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cocm_desktop.actions.session import Place
from cocm_desktop.commands import unlocking
from cocm_desktop.commands.main import main
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.storage.clinics import CHEAP, SharesInMemory

PASSWORD = "violet tractor ozone hymn"
AS_OF = "2026-11-20T12:00"
MRN = "100200"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command wrote and how it ended."""

    code: int
    out: str
    err: str

    @property
    def acks(self) -> list[str]:
        return [line[4:] for line in self.out.splitlines() if line.startswith("ACK ")]

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cocm = Callable[..., Answer]


def fields_of(content: Any) -> set[str]:
    """Give the name of every field that JSON holds, at any depth."""
    if isinstance(content, list):
        return {name for each in content for name in fields_of(each)}
    if isinstance(content, dict):
        return set(content) | {name for each in content.values() for name in fields_of(each)}
    return set()


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that costs half a second a try would make these tests last minutes."""
    tools = KeyTools(CHEAP, SharesInMemory())
    monkeypatch.setattr(unlocking, "Place", partial(Place, tools=tools))
    monkeypatch.setenv("COCM_PASSWORD", PASSWORD)
    monkeypatch.setenv("COCM_NEW_PASSWORD", PASSWORD)
    for variable in ("COCM_DATA", "COCM_SIGN_IN", "COCM_RECOVERY_CODE", "COCM_PAPER_PASSWORD"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def type_at(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Type a command with these arguments and, perhaps, an input."""

    def typed(*arguments: object, stdin: str | bytes = "") -> Answer:
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return Answer(code, written.out, written.err)

    return typed


@pytest.fixture(scope="session")
def kept_clinics(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clinics")


@pytest.fixture
def clinic(tmp_path: Path, kept_clinics: Path, type_at: Cocm) -> Path:
    """A clinic with M. Bell, A. Smith, MD, and María Alvarez, enrolled on October 1, 2026."""
    kept = kept_clinics / "with Maria"
    if not kept.exists():
        _make(partial(type_at, "--data", kept, "--as-of", "2026-10-01T12:00"))
    folder = tmp_path / "clinic"
    shutil.copytree(kept, folder)
    return folder


def _make(cocm: Cocm) -> None:
    made = cocm(
        *("init", "--practice", "Riverbend Family Medicine", "--time-zone", "America/Denver"),
        *("--owner", "M. Bell", "--credentials", "LCSW", "--sign-in", "mbell"),
    )
    assert made.code == 0, made.err
    for arguments in (
        ("staff", "add", "--name", "A. Smith", "--role", "treating-practitioner"),
        (
            *("patient", "add", "--last-name", "Alvarez", "--first-name", "María"),
            *("--born", "04/05/1971", "--mrn", MRN),
        ),
        (
            *("enroll", "--patient", MRN, "--consented", "10/01/2026", "--enrolled", "t"),
            *("--practitioner", "a. smith", "--diagnosis", "f331"),
        ),
    ):
        answer = cocm(*arguments)
        assert answer.code == 0, answer.err


@pytest.fixture
def cocm(clinic: Path, type_at: Cocm) -> Cocm:
    """Type a command about the clinic, on November 20, 2026."""
    return partial(type_at, "--data", clinic, "--as-of", AS_OF)
