"""Check that the schema of an open file is ours: a foreign trigger or view could act for it.

The digest of our schema is a constant, so that opening a file costs a few milliseconds; only a
file that differs is compared object by object with what tables.py makes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from cocm_desktop.errors import Damaged

DIGEST: Final = "32358fb71bff2dda9f2a72bd2f1cfd10a1e0d53122b19e2b5bdcf0c50bba9e69"
"""Of the newest schema. A test says what it has to be."""
_OBJECTS: Final = (
    "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master "
    "WHERE name NOT LIKE 'sqlite_stat%'"
)
_VIRTUAL: Final = re.compile(r"\s*CREATE\s+VIRTUAL\s", re.IGNORECASE)
_SHOWN: Final = 3

Schema = dict[tuple[str, str], tuple[str, str]]
"""The table and the SQL without blanks of each object, by its kind and name."""


def schema_of(connection: Any) -> Schema:
    return {
        (kind, name): (table, "".join(sql.split()))
        for kind, name, table, sql in connection.execute(_OBJECTS)
    }


def digest_of(schema: Schema) -> str:
    return hashlib.sha256(repr(sorted(schema.items())).encode()).hexdigest()


def require_our_schema(connection: Any) -> None:
    """Refuse a file whose tables, indexes or triggers are not those of this program."""
    wrong = list(differences(connection))
    if not wrong:
        return
    more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
    raise Damaged(
        f"This clinic's file was altered by another program: {', '.join(wrong[:_SHOWN])}{more}. "
        "Nothing was changed. Keep the file as it is, and restore the newest good backup."
    )


def differences(connection: Any) -> Iterator[str]:
    """Name what is missing, changed or foreign; a foreign table alone does nothing and may stay."""
    found = schema_of(connection)
    if digest_of(found) == DIGEST:
        return
    ours = _ours()
    for kind, name in sorted(ours.keys() - found.keys()):
        yield f"the {kind} {name} is missing"
    for kind, name in sorted(ours.keys() & found.keys()):
        if ours[kind, name] != found[kind, name]:
            yield f"the {kind} {name} is not as it was made"
    tables = {name for kind, name in ours if kind == "table"}
    virtual = _virtual(connection)
    for kind, name in sorted(found.keys() - ours.keys()):
        if kind in {"trigger", "view"} or name in virtual or found[kind, name][0] in tables:
            yield f"the {kind} {name} is not of CoCM Desktop"


def _virtual(connection: Any) -> set[str]:
    return {name for _, name, _, sql in connection.execute(_OBJECTS) if _VIRTUAL.match(sql)}


@cache
def _ours() -> Schema:
    """Make the schema in memory. Slow, and only needed where something differs."""
    from cocm_desktop.storage.engine import WRITE, memory_engine  # noqa: PLC0415  rarely needed
    from cocm_desktop.storage.migrations import create_schema  # noqa: PLC0415

    engine = memory_engine()
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        create_schema(connection)
        made = connection.connection.driver_connection
        schema = schema_of(made)
    engine.dispose()
    return schema
