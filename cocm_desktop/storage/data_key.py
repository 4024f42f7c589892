"""The random key of a clinic, from which every other key of its file is derived."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
WRAPPED_BYTES: Final = _NONCE_BYTES + KEY_BYTES + _TAG_BYTES
"""The length of a key that lies encrypted under another."""


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


def encrypt(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Encrypt so that it opens only where it belongs."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def decrypt(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Raise InvalidTag where the key is another, or a bit was changed."""
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)


def derive(secret: bytes, info: str, *, salt: bytes | None = None) -> bytes:
    """Return 32 bytes for one use, named by `info`, from a secret with enough randomness."""
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info.encode())
    return hkdf.derive(secret)
