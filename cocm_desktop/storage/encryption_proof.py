"""The proof that a clinic's file is encrypted, taken from the file itself, and how its keys lie."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.storage.database_check import PLAIN_HEADER
from cocm_desktop.storage.key_slot import Slot
from cocm_desktop.storage.open_clinic import OpenClinic
from cocm_desktop.storage.tables import AuditEntryTable

SAMPLE: Final = 1 << 20
# Eight bits a byte is chance itself; a database in the clear has less than seven.
LEAST_BITS: Final = 7.9
LOCKING: Final = ("clinic.locked", "clinic.auto_locked", "clinic.handed_over")


@dataclass(frozen=True, slots=True)
class EncryptionProof:
    """What was found. `is_shut` says that SQLite without the key cannot read the file."""

    has_plain_header: bool
    bits_a_byte: float
    is_shut: bool
    cipher: str
    provider: str
    settings: tuple[str, ...]
    slots: tuple[Slot, ...]
    last_locked_at: datetime | None
    size: int

    @property
    def holds(self) -> bool:
        return self.is_shut and not self.has_plain_header and self.bits_a_byte >= LEAST_BITS


def prove_encryption(clinic: OpenClinic) -> EncryptionProof:
    """Look at the file as a thief would, and at the cipher that the open connection uses."""
    content = _beginning(clinic.file)
    with clinic.database.outside_transactions() as connection:

        def asked(pragma: str) -> tuple[str, ...]:
            return tuple(str(row[0]) for row in connection.execute(f"PRAGMA {pragma}"))

        cipher, settings = asked("cipher_version"), asked("cipher_settings")
        provider = (*asked("cipher_provider"), *asked("cipher_provider_version"))
    with clinic.database.read() as session:
        locked_at = _last_locked_at(session)
    return EncryptionProof(
        has_plain_header=content.startswith(PLAIN_HEADER),
        bits_a_byte=_bits_a_byte(content),
        is_shut=_is_shut(clinic.file),
        cipher=" ".join(cipher),
        provider=" ".join(provider),
        settings=settings,
        slots=clinic.keys.key_file.slots,
        last_locked_at=locked_at,
        size=clinic.file.stat().st_size,
    )


def _beginning(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(SAMPLE)


def _bits_a_byte(content: bytes) -> float:
    """Measure how much a byte tells: Shannon's entropy."""
    shares = (count / len(content) for count in Counter(content).values())
    return -sum(share * math.log2(share) for share in shares)


def _is_shut(file: Path) -> bool:
    """Try the file with plain SQLite, without its key."""
    uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError:
            return True
    return False


def _last_locked_at(session: Session) -> datetime | None:
    table = AuditEntryTable
    newest = select(table.at).where(table.code.in_(LOCKING)).order_by(table.seq.desc()).limit(1)
    return session.scalar(newest)
