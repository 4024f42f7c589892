"""A ZIP for a file that leaves the practice: plain, or encrypted with AES-256.

Source: WinZip's AE-2 (AES Encryption Information, www.winzip.com/en/support/aes-encryption).
Other programs open it: 7-Zip, WinZip, Keka; the folders of Windows open only a plain one.
"""

from __future__ import annotations

import hmac
import secrets
import struct
import unicodedata
import zlib
from collections.abc import Mapping
from hashlib import pbkdf2_hmac
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from cocm_desktop.errors import Problem, Refused

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 127
ROUNDS: Final = 1000  # fixed by the format: a long password has to make up for it
_SALT, _KEY, _CHECK, _TAG = 16, 32, 2, 10
_BLOCK: Final = 16
_STORED_AES, _DEFLATED = 99, 8
_ENCRYPTED, _UTF8 = 1, 0x800
_PLAIN_VERSION, _AES_VERSION = 20, 51
_EARLIEST_DAY: Final = 0x21  # January 1, 1980: when it was made stands inside
_EXTRA_AES: Final = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, _DEFLATED)


def zipped(files: Mapping[str, bytes], password: str = "") -> bytes:
    """Give the files as a ZIP. With a password, nothing but their names and sizes can be read."""
    secret = unicodedata.normalize("NFKC", password).encode()
    if password and not SHORTEST_PASSWORD <= len(secret) <= LONGEST_PASSWORD:
        words = f"The password of a copy has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
        raise Refused(Problem("password", words))
    body, directory = b"", b""
    for name, content in files.items():
        header, stored = _member(name, content, secret)
        directory += _entry(header, name, len(body))
        body += b"PK\x03\x04" + header + name.encode() + _extra(header) + stored
    count = len(files)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def _member(name: str, content: bytes, secret: bytes) -> tuple[bytes, bytes]:
    """Give what the two headers of a member share, and its bytes as they are stored."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(content) + packer.flush()
    stored = _sealed(packed, secret) if secret else packed
    method = _STORED_AES if secret else _DEFLATED
    version = _AES_VERSION if secret else _PLAIN_VERSION
    flags = _UTF8 | (_ENCRYPTED if secret else 0)
    check = 0 if secret else zlib.crc32(content)
    extra = len(_EXTRA_AES) if secret else 0
    sizes = (len(stored), len(content), len(name.encode()), extra)
    return struct.pack(
        "<HHHHHIIIHH", version, flags, method, 0, _EARLIEST_DAY, check, *sizes
    ), stored


def _entry(header: bytes, name: str, offset: int) -> bytes:
    """Repeat a member in the directory at the end."""
    rest = struct.pack("<HHHII", 0, 0, 0, 0, offset)
    return b"PK\x01\x02" + header[:2] + header + rest + name.encode() + _extra(header)


def _extra(header: bytes) -> bytes:
    return _EXTRA_AES if header[-2:] != b"\0\0" else b""


def _sealed(packed: bytes, secret: bytes) -> bytes:
    salt = secrets.token_bytes(_SALT)
    keys = pbkdf2_hmac("sha1", secret, salt, ROUNDS, 2 * _KEY + _CHECK)
    cipher_key, tag_key, check = keys[:_KEY], keys[_KEY : 2 * _KEY], keys[2 * _KEY :]
    hidden = _counted(packed, cipher_key)
    tag = hmac.digest(tag_key, hidden, "sha1")[:_TAG]
    return salt + check + hidden + tag


def _counted(packed: bytes, key: bytes) -> bytes:
    """Encrypt in counter mode as the format wants it: from 1 on, the lowest byte first."""
    blocks = -(-len(packed) // _BLOCK)
    counters = b"".join(number.to_bytes(_BLOCK, "little") for number in range(1, blocks + 1))
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305  of counters
    stream = encryptor.update(counters)[: len(packed)]
    mixed = int.from_bytes(packed, "big") ^ int.from_bytes(stream, "big")
    return mixed.to_bytes(len(packed), "big")
