"""The random key of a clinic, from which every other key of its file is derived."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32


class Purpose(Enum):
    """What a derived key is for. A value is part of the format of the file: never change one."""

    DATABASE = "database"
    KEY_FILE = "key file"
    AUDIT = "audit chain"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class DataKey:
    """Never used itself, only through `derive`; a leaked derived key tells nothing of it."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"a data key has {KEY_BYTES} bytes")

    def derive(self, purpose: Purpose) -> bytes:
        return derive(self.secret, f"CoCM Desktop/1/{purpose.value}")


def new_data_key() -> DataKey:
    return DataKey(secrets.token_bytes(KEY_BYTES))


def derive(secret: bytes, info: str, *, salt: bytes | None = None) -> bytes:
    """Return 32 bytes for one use, named by `info`, from a secret with enough randomness."""
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info.encode())
    return hkdf.derive(secret)
