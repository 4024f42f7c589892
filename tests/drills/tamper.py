"""Tampering by somebody with the key of the file and a tool for SQL, or with an older copy.

Each way of tampering is done on a fresh copy of one clinic, whose audit this computer has seen up
to its last entry. It counts as found when the file is not opened, or when the check of the audit
names the first bad entry.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from cocm_desktop.actions.anchors import check_audit
from cocm_desktop.actions.backup import check_clinic
from cocm_desktop.actions.contact import record_contact, void_contact
from cocm_desktop.actions.patient import add_patient, change_patient
from cocm_desktop.actions.session import Place, lock, unlock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.errors import CocmError, Damaged, RolledBack
from cocm_desktop.storage.audit_verify import COLUMNS, check_chain
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.storage.sqlite import PAGE_BYTES
from tests.builders import a_contact_draft, a_patient_draft
from tests.builders.people import id_of
from tests.drills.clinic import AS_OF, PASSWORD, SIGN_IN, make_clinic
from tests.storage.clinics import CHEAP, SharesInMemory

MIDDLE: Final = 7
"""The entry that is tampered with; entries before and behind it stay as they were."""
_LIST: Final = ", ".join(COLUMNS)
_OF_OTHER: Final = ", ".join("?" * len(COLUMNS))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one way of tampering was noticed: by which door, and the first bad entry if named."""

    way: str
    noticed: str
    first_bad: int | None = None

    @property
    def is_found(self) -> bool:
        return bool(self.noticed)


class Scene:
    """A clinic, an older copy of it and another clinic, of which copies are tampered with."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.state = home / "state"
        tools = KeyTools(CHEAP, SharesInMemory(), lambda: self.state)
        self.whole, self.older, self.other = (home / name for name in ("whole", "older", "other"))
        self.place = Place(home / "clinic", _clock, tools)
        make_clinic(self.place.folder, tools)
        make_clinic(self.other, tools)
        contact = a_contact_draft(episode_id=id_of("episode 900000"), made_on=AS_OF.date())
        workspace = self.unlocked()
        record_contact(workspace, contact)
        lock(workspace)
        shutil.copytree(self.place.folder, self.older)
        workspace = self.unlocked()
        void_contact(workspace, contact.id, reason="Of another patient")
        renamed = a_patient_draft(
            id=id_of("patient 900001"), last_name="Renamed", first_name="Li", mrn="900001"
        )
        change_patient(workspace, renamed, version=1)
        for number in range(3):
            add_patient(
                workspace,
                a_patient_draft(id=f"p{number}", last_name=f"Later{number}", mrn=f"L{number}"),
            )
        lock(workspace)
        shutil.copytree(self.place.folder, self.whole)

    def unlocked(self) -> Workspace:
        return unlock(self.place, SIGN_IN, PASSWORD)

    def afresh(self) -> None:
        shutil.rmtree(self.place.folder)
        shutil.copytree(self.whole, self.place.folder)

    def file(self) -> Path:
        return self.place.folder / "clinic.db"

    def entries_of_other(self) -> list[tuple[Any, ...]]:
        place = replace(self.place, folder=self.other)
        workspace = unlock(place, SIGN_IN, PASSWORD)
        with workspace.database.outside_transactions() as connection:
            rows = connection.execute(f"SELECT {_LIST} FROM audit_entry ORDER BY seq").fetchall()
        lock(workspace)
        return [tuple(row) for row in rows]


def _clock(zone: ZoneInfo | None) -> datetime:
    return AS_OF.astimezone(zone or UTC)


def judge(scene: Scene, way: str, tamper: Callable[[Scene], None]) -> Outcome:
    """Tamper with a fresh copy, then do what the program does: unlock it, and check its audit."""
    scene.afresh()
    tamper(scene)
    try:
        workspace = scene.unlocked()
    except RolledBack:
        return Outcome(way, "an anchor, when it was unlocked", _first_bad(scene))
    except CocmError:
        return Outcome(way, "its pages or its schema, when it was unlocked")
    try:
        return _checked(way, workspace)
    except Damaged:
        return Outcome(way, "its pages, when it was read")
    finally:
        if workspace.clinic is not None:
            workspace.clinic.close()


def _first_bad(scene: Scene) -> int:
    """Name the first bad entry: where the chain breaks, or the first one behind its end."""
    with (
        scene.place.door().unlock(SIGN_IN, PASSWORD) as clinic,
        clinic.database.outside_transactions() as connection,
    ):
        report = check_chain(connection, clinic.database.audit_key)
    return report.head.seq + 1 if report.first_bad is None else report.first_bad


def _checked(way: str, workspace: Workspace) -> Outcome:
    report = check_audit(workspace)
    if not report.is_whole:
        return Outcome(way, "the chain", report.first_bad)
    findings = check_clinic(workspace).findings
    return Outcome(way, "the check of the file" if findings or report.words else "")


def by_sql(*statements: str, keeps_triggers: bool = True) -> Callable[[Scene], None]:
    """Give tampering by SQL: as a tool would, without our triggers, which are put back after."""

    def tamper(scene: Scene) -> None:
        with_sql(scene, *((each, ()) for each in statements), keeps_triggers=keeps_triggers)

    return tamper


def with_sql(
    scene: Scene, *statements: tuple[str, tuple[Any, ...]], keeps_triggers: bool = True
) -> None:
    door = scene.place.door()
    with (
        door.unlock(SIGN_IN, PASSWORD) as clinic,
        clinic.database.outside_transactions() as connection,
    ):
        connection.execute("PRAGMA query_only = 0")
        connection.execute("PRAGMA foreign_keys = 0")
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
            "AND tbl_name IN ('audit_entry', 'audit_change')"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement, values in statements:
            connection.execute(statement, values)
        for _, sql in triggers if keeps_triggers else ():
            connection.execute(sql)


def insert_forged(scene: Scene) -> None:
    """Add an entry at the end, sealed with a key of the forger's own."""
    copied = _LIST.replace("seq, id", "(SELECT max(seq) + 1 FROM audit_entry), 'forged'", 1)
    last = "ORDER BY seq DESC LIMIT 1"
    copied = copied.replace("prev_mac, mac", "mac, hex(randomblob(32))")
    with_sql(
        scene,
        (f"INSERT INTO audit_entry ({_LIST}) SELECT {copied} FROM audit_entry {last}", ()),
    )


def bring_entries_of_other(scene: Scene) -> None:
    """Put the entries of another clinic into the place of ours."""
    rows = scene.entries_of_other()
    replaced = [row for row in rows if row[0] >= MIDDLE]
    with_sql(
        scene,
        ("DELETE FROM audit_change", ()),
        (f"DELETE FROM audit_entry WHERE seq >= {MIDDLE} AND seq <= {replaced[-1][0]}", ()),
        *((f"INSERT INTO audit_entry ({_LIST}) VALUES ({_OF_OTHER})", row) for row in replaced),
    )


def put_older_back(scene: Scene) -> None:
    shutil.copy(scene.older / "clinic.db", scene.file())


def put_other_there(scene: Scene) -> None:
    shutil.copy(scene.other / "clinic.db", scene.file())


ENTRY = "audit_entry"
WAYS: Final[dict[str, Callable[[Scene], None]]] = {
    "an entry changed": by_sql(f"UPDATE {ENTRY} SET staff_name = 'X' WHERE seq = {MIDDLE}"),
    "a field change changed": by_sql(
        f"INSERT INTO audit_change VALUES ('x', {MIDDLE}, 'name', 'a', 'b')"
    ),
    "an entry deleted": by_sql(f"DELETE FROM {ENTRY} WHERE seq = {MIDDLE}"),
    "the last entries deleted": by_sql(
        f"DELETE FROM {ENTRY} WHERE seq > (SELECT max(seq) - 3 FROM {ENTRY})"
    ),
    "an entry added": insert_forged,
    "two entries exchanged": by_sql(
        f"UPDATE {ENTRY} SET seq = -1 WHERE seq = {MIDDLE}",
        f"UPDATE {ENTRY} SET seq = {MIDDLE} WHERE seq = {MIDDLE + 1}",
        f"UPDATE {ENTRY} SET seq = {MIDDLE + 1} WHERE seq = -1",
    ),
    "entries renumbered": by_sql(
        f"DELETE FROM {ENTRY} WHERE seq = {MIDDLE}",
        f"UPDATE {ENTRY} SET seq = -seq WHERE seq > {MIDDLE}",
        f"UPDATE {ENTRY} SET seq = -seq - 1 WHERE seq < 0",
    ),
    "the table of changes dropped": by_sql("DROP TABLE audit_change", keeps_triggers=False),
    "the triggers dropped": by_sql(keeps_triggers=False),
    "a new beginning": by_sql(
        f"DELETE FROM {ENTRY} WHERE seq < {MIDDLE}",
        f"UPDATE {ENTRY} SET seq = seq - {MIDDLE - 1}",
        f"UPDATE {ENTRY} SET prev_mac = 'beginning' WHERE seq = 1",
    ),
    "every seal removed": by_sql(f"UPDATE {ENTRY} SET mac = NULL, prev_mac = NULL"),
    "entries of another clinic": bring_entries_of_other,
    "an older file put back": put_older_back,
    "another clinic's file put there": put_other_there,
}
NAMED: Final = {
    "an entry changed": MIDDLE,
    "a field change changed": MIDDLE,
    "an entry deleted": MIDDLE,
    "two entries exchanged": MIDDLE,
    "entries renumbered": MIDDLE,
    "a new beginning": 1,
    "entries of another clinic": MIDDLE,
}
"""The first bad entry as it must be named; elsewhere it depends on how many entries there are."""


def replayed_pages(scene: Scene) -> tuple[int, list[int]]:
    """Put each page that changed back to what it was; give how many, and those nobody noticed."""
    before, after = ((each / "clinic.db").read_bytes() for each in (scene.older, scene.whole))
    pages = range(min(len(before), len(after)) // PAGE_BYTES)
    changed = [n for n in pages if _page(before, n) != _page(after, n)]

    def put_back(number: int) -> Callable[[Scene], None]:
        def tamper(scene: Scene) -> None:
            with scene.file().open("r+b") as stream:
                stream.seek(number * PAGE_BYTES)
                stream.write(_page(before, number))

        return tamper

    unnoticed = [
        number
        for number in changed
        if not judge(scene, f"page {number + 1}", put_back(number)).is_found
    ]
    return len(changed), unnoticed


def _page(content: bytes, number: int) -> bytes:
    return content[number * PAGE_BYTES : (number + 1) * PAGE_BYTES]


def drill(home: Path, *, with_pages: bool = True) -> tuple[list[Outcome], list[str]]:
    """Try every way; give the outcomes and what was not found, or not named where it must be."""
    scene = Scene(home)
    untouched = judge(scene, "nothing", lambda _scene: None)
    outcomes = [judge(scene, way, tamper) for way, tamper in WAYS.items()]
    wrong = [f"{each.way}: not found" for each in outcomes if not each.is_found]
    wrong += [
        f"{each.way}: {each.noticed}, entry {each.first_bad}, not {NAMED[each.way]}"
        for each in outcomes
        if each.way in NAMED and each.first_bad != NAMED[each.way]
    ]
    if untouched.is_found:
        wrong.append(f"an untouched file: {untouched.noticed}")
    changed, unnoticed = replayed_pages(scene) if with_pages else (0, [])
    noticed = f"chain, anchor or check in {changed - len(unnoticed)} of {changed} pages"
    if changed:
        outcomes.append(Outcome("an older page put back", noticed))
    wrong += [f"an older page {number + 1} put back: not found" for number in unnoticed]
    return outcomes, wrong
