"""Turn over one bit after another, cut files, lose and swap journals, and see what notices it.

A bit counts as noticed where the reading stops or a check names it, and as harmless where every
row reads as it was. Anything else would be wrong data shown as the truth.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import sqlcipher3.dbapi2 as driver
from sqlalchemy import text

from cocm_desktop.actions.backup import check_clinic, describe_backup, restore_backup
from cocm_desktop.actions.session import lock, unlock
from cocm_desktop.errors import CocmError, Unavailable
from cocm_desktop.storage.database_check import cipher_damage, inner_damage, table_names
from cocm_desktop.storage.engine import open_engine
from cocm_desktop.storage.key_copies import NAME, SPARE_NAME
from cocm_desktop.storage.sqlite import COMMON_PRAGMAS, PAGE_BYTES, set_pragmas
from cocm_desktop.storage.sqlite import unlock as unlock_file
from tests.drills.children import CHEAP_TOOLS, done, load_everything
from tests.drills.clinic import PASSWORD, SIGN_IN, make_clinic, mrns, place
from tests.drills.whole import planned
from tests.storage.clinics import flip

KEY = bytes(range(32))
ROWS = 90
ENTRY_HEADER = 128  # more than what a ZIP file says before the content of an entry
LEAST_PAGES = 12
ALONE_EVERY = 8  # one copy alone is healed by the other, byte for byte alike
DATABASE, JOURNAL = "clinic.db", "clinic.db-journal"


@dataclass(slots=True)
class Found:
    """What became of the harms done to one file."""

    what: str
    tried: int = 0
    noticed: int = 0
    harmless: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return (
            f"{self.what}: {self.tried:,} tried, {self.noticed:,} noticed, "
            f"{self.harmless:,} without effect, {len(self.wrong)} unnoticed"
        )

    def add(self, outcome: str) -> None:
        """Count one: an empty outcome is noticed, `same` is harmless, anything else is wrong."""
        self.tried += 1
        if not outcome:
            self.noticed += 1
        elif outcome == SAME:
            self.harmless += 1
        else:
            self.wrong.append(f"{self.what}: {outcome}")


SAME = "same"


def flip_database(folder: Path, flips: int) -> Found:
    """Turn one bit in every byte of a file of ten pages, or of fewer bytes evenly spread."""
    file = folder / "small.db"
    wanted = _make_small(file)
    content = bytearray(file.read_bytes())
    found = Found(f"bits of a database of {len(content) // PAGE_BYTES} pages")
    step = max(1, len(content) // flips)
    with file.open("r+b", buffering=0) as stream:
        for offset in range(0, len(content), step):
            harmed = bytes([content[offset] ^ 1 << offset // step % 8])
            os.pwrite(stream.fileno(), harmed, offset)
            read = _read_small(file)
            os.pwrite(stream.fileno(), content[offset : offset + 1], offset)
            found.add("" if read is None else SAME if read == wanted else f"byte {offset}")
    return found


def _make_small(file: Path) -> list[str]:
    engine = open_engine(file, KEY, create=True)
    with closing(engine.raw_connection()) as raw:
        at: Any = raw.driver_connection
        at.execute("CREATE TABLE score (id INTEGER PRIMARY KEY, words TEXT)")
        at.execute("BEGIN")
        for number in range(ROWS):
            at.execute("INSERT INTO score VALUES (?, ?)", (number, f"PHQ-9 {number} " * 38))
        at.execute("COMMIT")
    engine.dispose()
    read = _read_small(file)
    assert read
    return read


def _read_small(file: Path) -> list[str] | None:
    """Give every row, or None where the reading stops or a check finds something."""
    connection = driver.connect(str(file), isolation_level=None)
    try:
        unlock_file(connection, KEY)
        set_pragmas(connection, COMMON_PRAGMAS)
        rows = [words for (words,) in connection.execute("SELECT words FROM score ORDER BY id")]
        return None if any((*cipher_damage(connection), *inner_damage(connection, file))) else rows
    except driver.DatabaseError:
        return None
    finally:
        connection.close()


def flip_clinic(folder: Path, flips: int, *, seed: int = 1) -> Found:
    """Turn random bits of a whole clinic's file, and open it as a person would."""
    clinic, chance = Harmed(folder), random.Random(seed)
    found = Found("bits of a clinic's file")
    size = (clinic.folder / DATABASE).stat().st_size
    for _ in range(flips):
        offset, bit = chance.randrange(size), chance.randrange(8)
        found.add(clinic.after(lambda: flip(clinic.folder / DATABASE, offset, bit)))  # noqa: B023  done at once
    return found


def flip_keys(folder: Path, step: int) -> Found:
    """Turn a bit of every byte (or every so many) of both copies of keys.json, or of one alone."""
    clinic = Harmed(folder)
    found = Found("bits of keys.json, alone and with its spare")
    for number, offset in enumerate(range(0, (clinic.folder / NAME).stat().st_size, step)):
        alone = ((NAME,),) if number % ALONE_EVERY == 0 else ()
        for names in ((NAME, SPARE_NAME), *alone):

            def harm(names: tuple[str, ...] = names, at: int = offset, bit: int = number) -> None:
                for name in names:
                    flip(clinic.folder / name, at, bit % 8)

            outcome = clinic.after(harm, checked=False)
            if not outcome and len(names) == 1:
                outcome = f"byte {offset} of one copy shuts the clinic"
            found.add(outcome)
    return found


def cut_clinic(folder: Path, lengths: int, *, seed: int = 1) -> Found:
    """Cut the file at page boundaries and at random lengths."""
    clinic, chance = Harmed(folder), random.Random(seed)
    found = Found("clinics cut short")
    size = (clinic.folder / DATABASE).stat().st_size
    pages = list(range(0, size, PAGE_BYTES))
    if len(pages) > lengths:
        pages = chance.sample(pages, lengths)
    for length in [*pages, *(chance.randrange(size) for _ in range(lengths))]:
        found.add(clinic.after(lambda: os.truncate(clinic.folder / DATABASE, length)))  # noqa: B023
    return found


def harm_journals(folder: Path, flips: int) -> Found:
    """Lose, swap, cut and alter the journal of a write that was broken off half-way."""
    clinic = Harmed(folder)
    half_done = _half_done(clinic.folder)
    found = Found("lost, foreign, cut and altered journals")
    journal = half_done[JOURNAL]
    other = Harmed(folder / "other")
    foreign = _half_done(other.folder)[JOURNAL]

    def put(content: bytes | None) -> str:
        def harm() -> None:
            (clinic.folder / DATABASE).write_bytes(half_done[DATABASE])
            if content is not None:
                (clinic.folder / JOURNAL).write_bytes(content)

        return clinic.after(harm)

    whole = put(journal)
    found.add(whole if whole == SAME else "a whole journal does not undo the write")
    for content in (None, b"", foreign):
        found.add(put(content))
    for length in range(0, len(journal), max(1, len(journal) // min(flips, 40))):
        found.add(put(journal[:length]))
    for number, offset in enumerate(range(0, len(journal), max(1, len(journal) // flips))):
        harmed = bytearray(journal)
        harmed[offset] ^= 1 << number % 8
        found.add(put(bytes(harmed)))
    return found


def flip_backup(folder: Path, payload_flips: int, step: int = 1) -> Found:
    """Turn a bit of every byte around the packed database, and some inside it."""
    clinic = Harmed(folder)
    made = done(clinic.folder, ["backup"])
    assert made.code == 0, made.errors
    [backup] = (clinic.folder / "backups").glob("*.cocmbak")
    whole = backup.read_bytes()
    with ZipFile(backup) as archive:
        [entry] = [each for each in archive.infolist() if each.filename.endswith(".db")]
    packed = entry.header_offset + ENTRY_HEADER
    end = packed + entry.file_size - ENTRY_HEADER
    inside = range(packed, end, max(1, (end - packed) // payload_flips))
    places = [*range(0, packed, step), *inside, *range(end, len(whole), step)]
    found = Found("bits of a backup")
    harmed, scratch = folder / "harmed.cocmbak", folder / "scratch"
    for number, offset in enumerate(places):
        content = bytearray(whole)
        content[offset] ^= 1 << number % 8
        harmed.write_bytes(content)
        found.add(_restored(harmed, scratch, clinic))
        shutil.rmtree(scratch, ignore_errors=True)
    return found


def _restored(backup: Path, scratch: Path, clinic: Harmed) -> str:
    """Say what a restore of a harmed backup comes to: nothing if it was refused."""
    try:
        describe_backup(backup)
        restore_backup(place(scratch, CHEAP_TOOLS), backup)
    except CocmError:
        left = [file.name for file in scratch.glob("*.db")] if scratch.exists() else []
        return f"a refused backup left {left}" if left else ""
    outcome = rows_of(scratch)
    return SAME if outcome == clinic.rows else "other rows were restored"


def flip_settings(folder: Path) -> Found:
    """Turn a bit of every byte of what this computer remembers, and cut it at every length.

    It holds nothing of a patient: the program has to start all the same.
    """
    from cocm_desktop.ui.computer import Computer  # noqa: PLC0415  the only part with Qt

    file = folder / "settings.json"
    Computer(file).remember(folder / "clinic", sign_in=SIGN_IN)
    whole = file.read_bytes()
    found = Found("bits and lengths of settings.json")
    for number in range(len(whole)):
        harmed = bytearray(whole)
        harmed[number] ^= 1 << number % 8
        for content in (bytes(harmed), whole[:number]):
            file.write_bytes(content)
            same = Computer(file).settings.last_folder == str(folder / "clinic")
            found.add(SAME if same else "")
    return found


class Harmed:
    """A clinic with records of every kind, harmed again and again, each time from new."""

    def __init__(self, home: Path) -> None:
        load_everything()
        self.folder = home / "clinic"
        make_clinic(self.folder, CHEAP_TOOLS)
        saves = planned(12, mrns())
        told = done(self.folder, ["record-batch"], stdin=b"".join(save.line for save in saves))
        assert told.code == 0, told.errors
        self._kept = home / "kept"
        shutil.copytree(self.folder, self._kept)
        rows = rows_of(self.folder)
        assert rows
        self.rows: bytes = rows

    def after(self, harm: Callable[[], object], *, checked: bool = True) -> str:
        """Harm it, open it and check it: nothing if that was noticed, `same` if all is there."""
        shutil.rmtree(self.folder)
        shutil.copytree(self._kept, self.folder)
        harm()
        try:
            rows = rows_of(self.folder, checked=checked)
        except CocmError as error:
            return "" if isinstance(error, Unavailable) else f"it was taken for {error}"
        if rows is None:
            return ""
        return SAME if rows == self.rows else "other rows are read, and no check says so"


def rows_of(folder: Path, *, checked: bool = True) -> bytes | None:
    """Give a digest of every row but the audit's, None where a check finds something."""
    workspace = unlock(place(folder, CHEAP_TOOLS), SIGN_IN, PASSWORD, wait_seconds=5)
    try:
        assert workspace.clinic
        with workspace.clinic.database.outside_transactions() as connection:
            try:
                content = repr(list(_content(connection))).encode()
            except driver.DatabaseError:
                return None
        if checked and check_clinic(workspace).findings:
            return None
        return sha256(content).digest()
    finally:
        lock(workspace)


def _content(connection: Any) -> Iterator[object]:
    for table in table_names(connection):
        if not table.startswith("audit"):
            yield table, sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"')))


def _half_done(folder: Path) -> dict[str, bytes]:
    """Give a file and its journal as a power cut in the middle of a large write leaves them."""
    workspace = unlock(place(folder, CHEAP_TOOLS), SIGN_IN, PASSWORD)
    files: dict[str, bytes] = {}
    with suppress(_BrokenOffError), workspace.database.write() as session:
        session.execute(text("PRAGMA cache_size = 1"))
        session.execute(text("PRAGMA cache_spill = 1"))
        patients = "UPDATE patient SET phone = :phone, address = hex(randomblob(600))"
        for number in range(300):
            session.execute(text(patients), {"phone": f"555 {number:04}"})
            if (folder / JOURNAL).stat().st_size > LEAST_PAGES * PAGE_BYTES:
                break
        files = {name: (folder / name).read_bytes() for name in (DATABASE, JOURNAL)}
        raise _BrokenOffError
    lock(workspace)
    return files


class _BrokenOffError(Exception):
    """Ends a write in the middle."""
