"""Bring the schema of a file to the one that this program knows.

New clinics get the schema of `tables.py` at once; a test keeps that equal to what all steps make.
Alembic is loaded only when a file is older. A step imports nothing of ours and is never edited
once released.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from cocm_desktop.errors import Damaged
from cocm_desktop.storage.engine import WRITE
from cocm_desktop.storage.sqlite import APPLICATION_ID, set_pragmas

SCHEMA: Final = 5
"""The number of the newest schema; it stands in the file as user_version."""

SCRIPTS: Final = Path(__file__).parent
"""Where the steps are. They are read from there, also in the installed program."""


def revision(schema: int) -> str:
    return f"{schema:04}"


def create_schema(connection: Connection) -> None:
    """Make the newest schema in an empty file, inside the caller's transaction."""
    from cocm_desktop.storage.tables import SCHEMA as TABLES  # noqa: PLC0415  steps need none

    TABLES.create_all(connection, checkfirst=False)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (revision(SCHEMA),))
    mark(connection, SCHEMA)


def upgrade(engine: Engine, *, scripts: Path = SCRIPTS, to: int = SCHEMA) -> None:
    """Run all steps that the file lacks in one transaction. The caller has made a copy.

    Foreign keys rest meanwhile, since SQLite rebuilds a table by dropping it; they are checked
    before the commit.
    """
    from alembic import command  # noqa: PLC0415  slow, and rarely needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.connect().execution_options(**WRITE) as connection:
        set_pragmas(connection.connection.driver_connection, {"foreign_keys": 0})
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, revision(to))
            mark(connection, to)
            _require_foreign_keys(connection)
    engine.dispose()


def mark(connection: Connection, schema: int) -> None:
    """Write whose file it is and which schema it has, and read both back."""
    wanted = {"application_id": APPLICATION_ID, "user_version": schema}
    for pragma, value in wanted.items():
        connection.exec_driver_sql(f"PRAGMA {pragma} = {value}")
        found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
        if found != value:
            raise RuntimeError(f"PRAGMA {pragma} stayed {found}, wanted {value}")


def _require_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise Damaged(
            f"The clinic's file could not be brought up to date: {len(broken)} rows refer to "
            "rows that are not there. Nothing was changed. Run a check of the file."
        )
