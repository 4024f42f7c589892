"""The list of passwords that are tried first, as it came with the program."""

from __future__ import annotations

from functools import cache

from cocm_desktop.domain.password_list import PasswordList
from cocm_desktop.paths import resources


@cache
def load_common_passwords() -> PasswordList:
    """Read the list, once."""
    return PasswordList((resources() / "passwords" / "common.bin").read_bytes())
