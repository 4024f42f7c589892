from __future__ import annotations

import hmac
import secrets
import zipfile
import zlib
from hashlib import pbkdf2_hmac
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from cocm_desktop.errors import Refused
from cocm_desktop.storage.sealed_zip import zipped

PASSWORD = "correct horse battery"
FILES = {"record.pdf": bytes(range(256)) * 9, "empty.json": b""}


def test_a_plain_copy_opens_anywhere() -> None:
    with zipfile.ZipFile(BytesIO(zipped(FILES))) as made:
        assert made.testzip() is None
        assert {name: made.read(name) for name in made.namelist()} == FILES


def test_an_encrypted_copy_opens_with_its_password_as_the_format_says() -> None:
    content = zipped(FILES, PASSWORD)

    with zipfile.ZipFile(BytesIO(content)) as made:
        for member in made.infolist():
            begin = member.header_offset + 30 + len(member.filename) + 11
            stored = content[begin : begin + member.compress_size]
            keys = pbkdf2_hmac("sha1", PASSWORD.encode(), stored[:16], 1000, 66)
            hidden, tag = stored[18:-10], stored[-10:]
            assert stored[16:18] == keys[64:]
            assert hmac.digest(keys[32:64], hidden, "sha1")[:10] == tag
            assert zlib.decompress(_opened(hidden, keys[:32]), -15) == FILES[member.filename]


def test_nothing_of_the_content_stands_in_an_encrypted_copy() -> None:
    canary = secrets.token_bytes(200)

    assert canary in zipped({"a": canary})
    assert canary not in zipped({"a": canary}, PASSWORD)


@pytest.mark.parametrize("password", ["short", "x" * 128])
def test_a_password_that_does_not_hold_is_refused(password: str) -> None:
    with pytest.raises(Refused, match="12 to 127 characters"):
        zipped(FILES, password)


def _opened(hidden: bytes, key: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    opened = bytearray()
    for number in range(0, len(hidden), 16):
        mask = encryptor.update((number // 16 + 1).to_bytes(16, "little"))
        opened += bytes(a ^ b for a, b in zip(hidden[number : number + 16], mask, strict=False))
    return bytes(opened)
