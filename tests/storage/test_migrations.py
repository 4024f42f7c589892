"""The steps of the schema: they make what the tables say, whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from cocm_desktop.errors import Damaged, Unavailable
from cocm_desktop.storage import migrations
from cocm_desktop.storage.backup_file import read_backup
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.engine import WRITE, open_engine
from cocm_desktop.storage.migrations import SCHEMA, SCRIPTS, create_schema, revision, upgrade
from cocm_desktop.storage.restore import restore
from cocm_desktop.storage.sqlite import APPLICATION_ID
from tests.storage.clinics import (
    CANARY,
    canaries,
    folder_at,
    killed_at,
    made_at,
    needs_fork,
    unlock,
)

KEY = bytes(range(32))
NEXT = SCHEMA + 1
STEP = f"""
import sqlalchemy as sa
from alembic import op

revision = "{revision(NEXT)}"
down_revision = "{revision(SCHEMA)}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("canary") as canary:
        canary.add_column(sa.Column("voice", sa.Text(), nullable=False, server_default="high"))
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = open_engine(tmp_path / "clinic.db", KEY, create=True)
    yield made
    made.dispose()


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The real steps in a folder of their own, for a test to add one."""
    copy = tmp_path / "100% copied scripts"
    shutil.copytree(SCRIPTS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def schema(engine: Engine) -> dict[tuple[str, str], str]:
    """Every table, index and trigger, with its SQL but for blanks."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    return {(kind, name): re.sub(r"\s", "", sql or "") for kind, name, sql in rows}


def marks(engine: Engine) -> tuple[object, object, object]:
    with engine.connect() as connection:
        return (
            connection.exec_driver_sql("PRAGMA application_id").scalar_one(),
            connection.exec_driver_sql("PRAGMA user_version").scalar_one(),
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one(),
        )


def make_newest(engine: Engine) -> None:
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        create_schema(connection)


def test_all_steps_make_what_the_tables_say(engine: Engine, tmp_path: Path) -> None:
    newest = open_engine(tmp_path / "newest.db", KEY, create=True)
    make_newest(newest)

    upgrade(engine)

    assert schema(engine) == schema(newest)
    assert marks(engine) == marks(newest) == (APPLICATION_ID, SCHEMA, revision(SCHEMA))
    newest.dispose()


OLD_EPISODES = (
    # The baselines on PHQ-9 and GAD-7, and the scale by which the first release judged the episode.
    (18, 15, "PHQ-9"),
    (8, 15, "GAD-7"),
    (8, 9, "PHQ-9"),
    (None, 9, "GAD-7"),
    (None, None, "PHQ-9"),
    (9, 10, "GAD-7"),
)


@pytest.mark.parametrize(("phq9", "gad7", "judged_by"), OLD_EPISODES)
def test_an_episode_of_before_is_judged_by_the_scale_it_was_judged_by(
    engine: Engine, phq9: int | None, gad7: int | None, judged_by: str
) -> None:
    upgrade(engine, to=1)
    recorded = "'2026-01-05 10:00:00', 'x', 'x'"
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = 1")
        connection.exec_driver_sql(
            "INSERT INTO staff (sign_in, name, credentials, roles, npi, active, version, id, "
            f"recorded_at, recorded_by, device) VALUES ('', 'M', '', '', '', 1, 1, 's', {recorded})"
        )
        connection.exec_driver_sql(
            "INSERT INTO patient (mrn, last_name, first_name, middle_name, preferred_name, "
            "born_on, sex, phone, email, address, city, state, postal_code, language, payer, "
            "member_id, group_number, treating_practitioner, version, id, recorded_at, "
            "recorded_by, device) VALUES ('1', 'A', 'B', '', '', '1970-01-01', 'FEMALE', '', '', "
            f"'', '', '', '', '', '', '', '', '', 1, 'p', {recorded})"
        )
        connection.exec_driver_sql(
            "INSERT INTO episode (patient_id, status, care_manager_id, enrolled_on, close_note, "
            "version, id, recorded_at, recorded_by, device) VALUES "
            f"('p', 'ACTIVE', 's', '2026-01-05', '', 1, 'e', {recorded})"
        )
        for number, (scale, day, total) in enumerate(
            (
                ("PHQ-9", "2026-01-01", 20),
                ("GAD-7", "2026-01-01", 4),
                ("PHQ-9", "2026-01-05", phq9),
                ("GAD-7", "2026-01-07", gad7),
                ("PHQ-9", "2026-02-05", phq9 and 3),
            )
        ):
            if total is not None:
                connection.exec_driver_sql(
                    "INSERT INTO measure (episode_id, instrument_id, instrument_version, taken_on, "
                    "answers, total, mode, administered_by, id, recorded_at, recorded_by, device) "
                    f"VALUES ('e', '{scale}', 1, '{day}', '', {total}, 'PAPER', 's', "
                    f"'m{number}', {recorded})"
                )

    upgrade(engine)

    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT primary_instrument_id, enrolled_on FROM episode")
        assert found.all() == [(judged_by, "2026-01-05")]


def test_the_newest_step_has_the_number_of_the_schema() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")

    assert ScriptDirectory.from_config(config).get_current_head() == revision(SCHEMA)


def test_no_step_imports_anything_of_ours() -> None:
    for step in (SCRIPTS / "versions").glob("m*.py"):
        assert "cocm_desktop" not in step.read_text()


def test_a_step_that_fails_leaves_the_schema_as_it_was(engine: Engine, scripts: Path) -> None:
    make_newest(engine)
    before = schema(engine)
    step = STEP.replace('batch_alter_table("canary")', 'batch_alter_table("staff")')
    broken = step + '    op.execute("INSERT INTO no_such_table VALUES (1)")\n'
    (scripts / "versions" / "m_next.py").write_text(broken)

    with pytest.raises(DBAPIError):
        upgrade(engine, scripts=scripts, to=NEXT)

    assert schema(engine) == before
    assert marks(engine) == (APPLICATION_ID, SCHEMA, revision(SCHEMA))


def test_a_step_that_breaks_a_reference_is_undone(engine: Engine, scripts: Path) -> None:
    make_newest(engine)
    step = STEP.partition("    with op")[0] + (
        '    op.execute("CREATE TABLE child (of TEXT REFERENCES staff (id))")\n'
        "    op.execute(\"INSERT INTO child VALUES ('nobody')\")\n"
    )
    (scripts / "versions" / "m_next.py").write_text(step)

    with pytest.raises(Damaged, match="1 rows refer"):
        upgrade(engine, scripts=scripts, to=NEXT)

    assert ("table", "child") not in schema(engine)


def test_foreign_keys_hold_again_after_an_upgrade(engine: Engine) -> None:
    upgrade(engine)

    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch, scripts: Path) -> Path:
    """The program of the next release, which has one step more."""
    step = scripts / "versions" / "m_next.py"
    step.write_text(STEP)
    monkeypatch.setattr(migrations, "SCHEMA", NEXT)
    real = migrations.upgrade
    monkeypatch.setattr(
        migrations, "upgrade", lambda engine: real(engine, scripts=scripts, to=NEXT)
    )
    return step


def only_backup(folder: ClinicFolder) -> Path:
    (found,) = (folder.path / "backups").glob("*.cocmbak")
    return found


@pytest.fixture
def older(tmp_path: Path) -> ClinicFolder:
    return made_at(tmp_path / "clinic")


def test_an_older_clinic_is_copied_and_brought_up_to_date(
    older: ClinicFolder, newer_program: Path
) -> None:
    with older.unlock("owner", "violet tractor ozone hymn", upgrade=True) as clinic:
        assert canaries(clinic) == [CANARY]
        with clinic.database.read() as session:
            voices = session.connection().exec_driver_sql("SELECT voice FROM canary").all()

    assert voices == [("high",)]
    assert read_backup(only_backup(older)).contents.schema == SCHEMA
    unlock(older).close()


def test_an_upgrade_that_fails_leaves_the_clinic_and_a_copy(
    older: ClinicFolder, newer_program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer_program.write_text(STEP + "    raise LookupError('a bug in a step')\n")
    before = (older.path / "clinic.db").read_bytes()

    with pytest.raises(LookupError):
        older.unlock("owner", "violet tractor ozone hymn", upgrade=True)

    assert (older.path / "clinic.db").read_bytes() == before
    monkeypatch.undo()
    restore(only_backup(older), folder_at(tmp_path / "restored"))
    for folder in (older, folder_at(tmp_path / "restored")):
        with unlock(folder) as clinic:
            assert canaries(clinic) == [CANARY]


def test_without_a_copy_there_is_no_upgrade(older: ClinicFolder, newer_program: Path) -> None:
    (older.path / "backups").write_text("in the way")
    before = (older.path / "clinic.db").read_bytes()

    with pytest.raises(Unavailable, match="No backup was made"):
        older.unlock("owner", "violet tractor ozone hymn", upgrade=True)

    assert (older.path / "clinic.db").read_bytes() == before


@needs_fork
def test_an_upgrade_that_is_killed_leaves_the_old_or_the_new_schema(
    older: ClinicFolder, newer_program: Path
) -> None:
    def bring_up() -> None:
        older.unlock("owner", "violet tractor ozone hymn", upgrade=True).close()

    call, died = 0, True
    while died:
        call += 1
        died = killed_at(call, bring_up)

    with unlock(older) as clinic:
        assert canaries(clinic) == [CANARY]
    assert call > 5
