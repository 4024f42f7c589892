"""Small clinics for the tests of the encrypted file, cheap to unlock."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.storage.key_cost import PRODUCTION, Cost, KeyPolicy
from cocm_desktop.storage.key_slot import SignIn
from cocm_desktop.storage.open_clinic import OpenClinic

CHEAP_COST = Cost(memory_kib=8, passes=1, lanes=1)
CHEAP = KeyPolicy(cost=CHEAP_COST, floor=CHEAP_COST, ceiling=PRODUCTION.ceiling)
"""A test must not wait half a second for each password; a real reader refuses such slots."""

NOW = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
OWNER = StaffId("01a20120-0000-7000-8000-000000000001")
COLLEAGUE = StaffId("01a20120-0000-7000-8000-000000000002")
PASSWORD = "violet tractor ozone hymn"
CODE = generate(bytes(range(18)))
CANARY = "Ada Quill, born 1961"

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")


class SharesInMemory:
    """A key store of the operating system that behaves."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def fetch(self, vault_id: str) -> bytes | None:
        return self.kept.get(vault_id)

    def keep(self, vault_id: str, share: bytes) -> None:
        self.kept[vault_id] = share


def folder_at(path: Path, shares: SharesInMemory | None = None) -> ClinicFolder:
    tools = KeyTools(CHEAP, shares or SharesInMemory())
    return ClinicFolder(path, now=lambda: NOW, tools=tools)


def fill(session: Session) -> None:
    session.execute(text("CREATE TABLE canary (words TEXT)"))
    session.execute(text("INSERT INTO canary VALUES (:words)"), {"words": CANARY})


def create(folder: ClinicFolder) -> OpenClinic:
    return folder.create(SignIn(OWNER, "Owner", PASSWORD), CODE, fill=fill)


def made_at(path: Path) -> ClinicFolder:
    """Make a clinic there and close it again."""
    folder = folder_at(path)
    create(folder).close()
    return folder


def unlock(folder: ClinicFolder) -> OpenClinic:
    return folder.unlock("owner", PASSWORD)


def canaries(clinic: OpenClinic) -> list[str]:
    with clinic.database.read() as session:
        return list(session.execute(text("SELECT words FROM canary")).scalars())


def add_canary(clinic: OpenClinic, words: str) -> None:
    with clinic.database.write() as session:
        session.execute(text("INSERT INTO canary VALUES (:words)"), {"words": words})


def flip(file: Path, offset: int, bit: int = 0) -> None:
    """Turn one bit of a file over."""
    with file.open("r+b") as stream:
        stream.seek(offset)
        byte = stream.read(1)[0]
        stream.seek(offset)
        stream.write(bytes([byte ^ 1 << bit]))


def killed_at(call: int, do: Callable[[], object]) -> bool:
    """Do it in another process that dies at its nth call that changes the disk.

    Tells whether it died; False means that it came to its end before.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in {0, 9}
        return code == 9
    calls = 0

    def dying(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def instead(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == call:
                os._exit(9)
            return real(*args, **kwargs)

        return instead

    status = 1
    with suppress(BaseException):
        for name in ("write", "fsync", "replace", "unlink", "mkdir"):
            setattr(os, name, dying(name))
        do()
        status = 0
    os._exit(status)
