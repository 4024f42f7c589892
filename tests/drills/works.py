"""What a person asks for while the disk fails or the power goes, and what must be true after it.

Each work runs on a copy of one base: a clinic with a backup of its own, an older file for each
kept schema, papers of last week, and a list of patients to take in.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from cocm_desktop.actions.backup import check_clinic, restore_backup
from cocm_desktop.actions.session import Place, lock, unlock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.errors import CocmError, OlderFile, Refused, WrongSecret
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.migrations import SCHEMA
from cocm_desktop.storage.open_clinic import OpenClinic
from tests.drills.base import (
    CLAIMS,
    CLINIC,
    IN,
    LATER,
    LIST,
    NEW,
    OLD_BACKUP,
    OLD_SIGN_IN,
    OLD_TABLE,
    OUT,
    PACKET,
    PEOPLE,
    REPORT,
    Base,
    backups_of,
)
from tests.drills.children import CHEAP_TOOLS, NEW_PASSWORD, Child, done
from tests.drills.clinic import PASSWORD, SIGN_IN, place
from tests.drills.whole import count_wrong

OVER = "restore over"
COLLEAGUE = "jreyes"
MONTH, SINCE = ("--month", "2026-11"), ("--from", "2026-01-01", "--csv")
FAULT_OF_ITS_OWN = "by a fault of its own"
NOTHING_HAPPENED = ("Nothing was changed.", "No backup was made", "Nothing was restored")
DONE_ALL_THE_SAME = "so the audit has no note of it"
EXPECTED_CODES = {0, 2, 3, 5, 7}


@dataclass(frozen=True, slots=True)
class After:
    """A trial's folder after the trial, with what the process said."""

    base: Base
    folder: Path
    child: Child | None


@dataclass(frozen=True, slots=True)
class Work:
    """`there` counts its effect once it is done: one is right."""

    name: str
    command: tuple[str, ...]
    there: Callable[[After], int]
    clinic: str = CLINIC
    sign_in: str = SIGN_IN
    env: Mapping[str, str] = field(default_factory=dict)
    reads_stdin: bool = False
    repeats: bool = False
    """Done again, it is done twice, and rightly so: a second backup."""


def works_of(base: Base) -> dict[str, Work]:
    """Give each work by its name."""
    works = [
        Work("save", ("record-batch",), _saved, reads_stdin=True),
        Work("backup", ("backup",), _backed_up, repeats=True),
        Work("restore", ("restore", f"{IN}/{OLD_BACKUP}"), _restored, clinic=NEW),
        Work(OVER, ("restore", f"{IN}/{OLD_BACKUP}", "--over"), _restored_over, repeats=True),
        Work("import", ("import", f"{IN}/{LIST}"), _imported),
        Work("packet", ("packet", "--out", f"{OUT}/{PACKET}"), _printed, repeats=True),
        Work("claims", ("claims", "export-csv", *MONTH, "--out", f"{OUT}/{CLAIMS}"), _claimed),
        Work("report", ("advice", "report", *SINCE, f"{OUT}/{REPORT}"), _reported, repeats=True),
        Work("password", ("passwd",), _password_changed, env=_new_password()),
        Work("recovery", ("recover",), _password_changed, env=_new_password(base.code)),
        Work("new key", ("rotate-key",), _key_changed, repeats=True),
        Work(
            "new person",
            ("staff", "add", "--name", "J. Reyes", "--role", "biller", "--new-sign-in", COLLEAGUE),
            _colleague_signs_in,
            env=_new_password(),
            repeats=True,
        ),
    ]
    works += [
        Work(f"migration {name[-1]}", ("migrate",), _migrated, clinic=name, sign_in=OLD_SIGN_IN)
        for schema in range(1, SCHEMA)
        if (base.folder / (name := f"schema-{schema:04}")).exists()
    ]
    return {work.name: work for work in works}


def _new_password(code: str = "") -> dict[str, str]:
    return {"COCM_NEW_PASSWORD": NEW_PASSWORD, **({"COCM_RECOVERY_CODE": code} if code else {})}


def command_of(work: Work, folder: Path) -> list[str]:
    """Give the command with the paths of a trial's folder."""
    words = [
        str(folder / word) if word.partition("/")[0] in {IN, OUT} else word for word in work.command
    ]
    return ["--sign-in", work.sign_in, *words]


def stdin_of(work: Work, base: Base) -> bytes:
    return b"".join(save.line for save in base.saves) if work.reads_stdin else b""


def wrong_after(work: Work, after: After) -> list[str]:
    """Say everything that is not as it must be after a work was disturbed, then do it again."""
    wrong = [*_wrong_words(work, after), *_harmed_files(work, after)]
    try:
        wrong = wrong or list(_wrong_inside(work, after))
        return wrong or list(_wrong_again(work, after))
    except CocmError as error:
        return [f"{work.name}: {type(error).__name__}: {error}"]


def _wrong_words(work: Work, after: After) -> Iterator[str]:
    if after.child is None or after.child.code is None or after.child.code < 0:
        return
    errors = after.child.errors
    if after.child.code not in EXPECTED_CODES or FAULT_OF_ITS_OWN in errors:
        yield f"{work.name}: it ended with {after.child.code}: {errors.strip()[-300:]}"
    if after.child.code and not errors.strip():
        yield f"{work.name}: it failed without a word"


def _harmed_files(work: Work, after: After) -> Iterator[str]:
    """What was there before must be there, byte for byte, whatever happened."""
    for file in backups_of(after.base.folder / work.clinic):
        now = after.folder / file.relative_to(after.base.folder)
        if digest(now) != digest(file):
            yield f"{work.name}: the older backup {file.name} is gone or altered"
    for name in (OLD_BACKUP, LIST):
        if digest(after.folder / IN / name) != digest(after.base.folder / IN / name):
            yield f"{work.name}: {name}, which was only read, is altered"
    paper = after.folder / OUT / PACKET
    if digest(paper) != digest(after.base.folder / OUT / PACKET) and not _whole_pdf(paper):
        yield f"{work.name}: the old paper is gone, and there is no whole new one"
    for name in (CLAIMS, REPORT):
        table = after.folder / OUT / name
        if digest(table) != digest(after.base.folder / OUT / name) and not _whole_table(table):
            yield f"{work.name}: the old {name} is gone, and there is no whole new one"


def _wrong_inside(work: Work, after: After) -> Iterator[str]:
    if work.clinic == NEW and not work.there(after):
        return  # nothing was restored yet: doing it again must work
    password = working_password(after, work)
    if not password:
        yield f"{work.name}: no password opens the clinic any more"
        return
    if work.reads_stdin:
        yield from count_wrong(
            after.folder / CLINIC,
            after.base.saves,
            after.child.acknowledged if after.child else [],
            tools=CHEAP_TOOLS,
        )[1]
    elif work.sign_in == SIGN_IN:
        yield from _lost_rows(work, after, password)
    effect = work.there(after)
    said = after.child.errors if after.child else ""
    code = after.child.code if after.child else None
    if code == 0 and not effect:
        yield f"{work.name}: it said that it was done, and it is not"
    untrue = any(words in said for words in NOTHING_HAPPENED) and DONE_ALL_THE_SAME not in said
    if code and effect and not work.reads_stdin and untrue:
        yield f"{work.name}: it said {said.strip()!r}, and it was done all the same"
    for backup in backups_of(after.folder / work.clinic):
        yield from _unusable(work, after, backup)


def _wrong_again(work: Work, after: After) -> Iterator[str]:
    """Do it again, as a person would who was told that it failed."""
    before = work.there(after)
    password = PASSWORD if work.clinic == NEW else working_password(after, work)
    if before and work.name in {"claims", "password", "recovery", "new person", "restore"}:
        return
    again = done(
        after.folder / work.clinic,
        command_of(work, after.folder),
        stdin=stdin_of(work, after.base),
        env={**work.env, "COCM_PASSWORD": password},
    )
    if again.code:
        yield f"{work.name}: done again, it ended with {again.code}: {again.errors.strip()}"
    elif work.there(after) != 1 and not work.repeats:
        yield f"{work.name}: done again, it is there {work.there(after)} times"
    if work.reads_stdin:
        at, saves = after.folder / CLINIC, after.base.saves
        kept, wrong = count_wrong(at, saves, again.acknowledged, tools=CHEAP_TOOLS)
        yield from (f"{work.name}, done again: {each}" for each in wrong)
        if kept != len(saves):
            yield f"{work.name}: done again, {kept} of {len(saves)} are there"


def _lost_rows(work: Work, after: After, password: str) -> Iterator[str]:
    workspace = _unlocked(after.folder / work.clinic, work.sign_in, password)
    try:
        report = check_clinic(workspace)
    finally:
        lock(workspace)
    yield from (f"{work.name}: {each}" for each in report.findings)
    if work.name == OVER and work.there(after):
        if not any(after.folder.rglob("*before-restore*/**/*.db")):
            yield f"{work.name}: the clinic that was there before is not kept"
    elif work.clinic == CLINIC:
        for table, rows in after.base.rows.items():
            if report.rows.get(table, 0) < rows:
                yield f"{work.name}: {table} has {report.rows.get(table, 0)} rows of {rows}"


def _unusable(work: Work, after: After, backup: Path) -> Iterator[str]:
    """A file that bears the name of a backup must be one, whole."""
    if backup.name in {file.name for file in backups_of(after.base.folder / work.clinic)}:
        return  # compared byte for byte already
    scratch = after.folder / "scratch"
    try:
        restore_backup(place(scratch, CHEAP_TOOLS), backup)
    except CocmError as error:
        yield f"{work.name}: {backup.name} bears the name of a backup and is none: {error}"
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def working_password(after: After, work: Work) -> str:
    """Give the password that opens the clinic, empty if none does. An older file may ask first."""
    for password in (PASSWORD, NEW_PASSWORD):
        try:
            lock(_unlocked(after.folder / work.clinic, work.sign_in, password))
        except WrongSecret:
            continue
        except OlderFile:
            return password
        return password
    return ""


def _unlocked(folder: Path, sign_in: str, password: str) -> Workspace:
    return unlock(_place(folder), sign_in, password, wait_seconds=10)


def _place(folder: Path) -> Place:
    """Where a disk failed while a restore was noted, an administrator is asked, and says why."""
    was_restored = any(folder.glob("backups/*before-restore*"))
    return replace(
        place(folder, CHEAP_TOOLS), accept_older="Restored from a backup" if was_restored else ""
    )


def _opened(after: After, name: str, password: str) -> OpenClinic:
    door = place(after.folder / name, CHEAP_TOOLS).door()
    return door.unlock(SIGN_IN, password, wait_seconds=10)


def _saved(after: After) -> int:
    return int(_count(after, "SELECT count(*) FROM contact") > 0)


def _backed_up(after: After) -> int:
    return len(backups_of(after.folder / CLINIC)) - len(backups_of(after.base.folder / CLINIC))


def _restored(after: After) -> int:
    return int(place(after.folder / NEW, CHEAP_TOOLS).door().state is FolderState.CLINIC)


def _restored_over(after: After) -> int:
    return int(_count(after, f"SELECT count(*) FROM patient WHERE last_name = '{LATER}'") == 0)


def _imported(after: After) -> int:
    found = _count(after, "SELECT count(*) FROM patient WHERE last_name = 'Imported'")
    return found // PEOPLE if found % PEOPLE == 0 else -1


def _printed(after: After) -> int:
    return int(_whole_pdf(after.folder / OUT / PACKET))


def _claimed(after: After) -> int:
    """Claims that are kept must stand in the folder as well."""
    kept = _count(after, "SELECT count(*) FROM claim_file")
    return kept if not kept or _whole_table(after.folder / OUT / CLAIMS) else -1


def _reported(after: After) -> int:
    return int(_whole_table(after.folder / OUT / REPORT))


def _password_changed(after: After) -> int:
    try:
        _opened(after, CLINIC, NEW_PASSWORD).close()
    except WrongSecret:
        return 0
    return 1


def _key_changed(after: After) -> int:
    return int(not (after.folder / CLINIC / "clinic.db").exists())


def _colleague_signs_in(after: After) -> int:
    try:
        lock(_unlocked(after.folder / CLINIC, COLLEAGUE, NEW_PASSWORD))
    except (WrongSecret, Refused):  # a way in, and nobody on the staff list for it
        return 0
    return 1


def _migrated(after: After) -> int:
    name = next(path.name for path in after.folder.iterdir() if path.name.startswith("schema"))
    try:
        lock(_unlocked(after.folder / name, OLD_SIGN_IN, PASSWORD))
    except OlderFile:
        return 0
    return 1


def _count(after: After, sql: str) -> int:
    with (
        _opened(after, CLINIC, PASSWORD) as clinic,
        clinic.database.outside_transactions() as connection,
    ):
        return int(connection.execute(sql).fetchone()[0])


def _whole_pdf(file: Path) -> bool:
    content = file.read_bytes() if file.exists() else b""
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


def _whole_table(file: Path) -> bool:
    content = file.read_bytes() if file.exists() else b""
    return content != OLD_TABLE and content.endswith(b"\r\n")


def digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest() if file.exists() else ""
