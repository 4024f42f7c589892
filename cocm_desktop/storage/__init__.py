"""The encrypted file: tables, queries, keys, backups."""

from __future__ import annotations

from typing import Final

from cocm_desktop.errors import Unavailable

CANNOT_ENCRYPT: Final = (
    "This installation cannot encrypt, so it does not open the clinic. "
    "Nothing was changed. Install CoCM Desktop again."
)

try:
    import sqlcipher3.dbapi2  # noqa: F401  said here once, in words, before anything needs it
except ImportError as error:
    raise Unavailable(CANNOT_ENCRYPT) from error
