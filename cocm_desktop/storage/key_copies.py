"""keys.json and its spare copy keys.json.bak on the disk.

The spare says the same as the first: it is there for damage, not for going back. A spare that
cannot be renewed is removed, so that a sign-in which was taken away does not live on in it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cocm_desktop.errors import Damaged, NewerFile, Unavailable
from cocm_desktop.safe_file import blaming_the_disk, flush_folder, write_safely
from cocm_desktop.storage.data_key import DataKey
from cocm_desktop.storage.key_cost import KeyPolicy
from cocm_desktop.storage.key_file import LARGEST, KeyFile, from_bytes, to_bytes
from cocm_desktop.storage.key_json import damaged
from cocm_desktop.storage.key_slot import Opened

NAME: Final = "keys.json"
SPARE_NAME: Final = "keys.json.bak"
_UNCERTAIN: Final = (
    "It is not known whether the change of the keys will last: try the new secret first, "
    "then the old one."
)


@dataclass(frozen=True, slots=True)
class UnlockedKeys:
    """The key file that opened, and whether it had to be the spare."""

    keys: KeyFile
    data_key: DataKey
    from_spare: bool
    sealed_key: bytes = field(default=b"", repr=False)


class KeyCopies:
    """The two files of one folder."""

    def __init__(self, folder: Path, policy: KeyPolicy) -> None:
        self.first = folder / NAME
        self.spare = folder / SPARE_NAME
        self._policy = policy

    def exist(self) -> bool:
        return self.first.exists() or self.spare.exists()

    def read(self) -> KeyFile:
        """Return what the first says or, where it is missing or damaged, the spare."""
        return self._readable()[0][0]

    def unlock(self, open_slot: Callable[[KeyFile], Opened]) -> UnlockedKeys:
        """Open a slot and check the signature. WrongSecret is the last word of `open_slot`."""
        altered: Damaged | None = None
        for keys, is_spare in self._readable():
            opened = open_slot(keys)
            try:
                keys.require_signed_by(opened.data_key)
            except Damaged as error:
                altered = error
            else:
                return UnlockedKeys(keys, opened.data_key, is_spare, opened.sealed_key)
        raise altered or damaged()

    def write(self, keys: KeyFile) -> None:
        """Replace the first, then the spare."""
        content = to_bytes(keys)
        try:
            write_safely(self.first, content)
        except OSError:
            there = _content(self.first) == content
            with blaming_the_disk(_UNCERTAIN if there else "Nothing was changed."):
                raise
        self._renew_spare(content)

    def repair(self, keys: KeyFile) -> None:
        """Let both files say this, if they do not yet."""
        content = to_bytes(keys)
        if _content(self.first) != content:
            with suppress(OSError):
                write_safely(self.first, content)
        if _content(self.spare) != content:
            self._renew_spare(content)

    def _renew_spare(self, content: bytes) -> None:
        try:
            write_safely(self.spare, content)
        except OSError:
            with suppress(OSError):
                self.spare.unlink(missing_ok=True)
                flush_folder(self.spare.parent)

    def _readable(self) -> list[tuple[KeyFile, bool]]:
        """Return the copies that can be read, the first one first, without repeating it."""
        found: list[tuple[KeyFile, bool]] = []
        wrong: Unavailable | None = None
        for file, is_spare in ((self.first, False), (self.spare, True)):
            content = _content(file)
            if content is None:
                continue
            try:
                keys = from_bytes(content, self._policy)
            except (Damaged, NewerFile) as error:
                # One copy alone that names a newer program is damage: a newer one writes both.
                wrong = wrong or error
            else:
                if all(keys != other for other, _ in found):
                    found.append((keys, is_spare))
        if not found:
            raise wrong or damaged()
        return found


def _content(file: Path) -> bytes | None:
    """Return what is in the file, None where there is none; too much is cut off, and damage."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise Unavailable(
            "The key file may not be read. It was left as it is. "
            "Check that you may use the folder of the clinic."
        ) from error
    except OSError:
        return b""
