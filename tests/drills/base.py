"""What each trial of a drill copies.

A clinic with a backup of its own, a bill to claim, papers of last week, a list of patients to take
in and, where they are asked for, older files of kept schemas.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cocm_desktop.actions.backup import check_clinic, restore_backup
from cocm_desktop.actions.session import lock, unlock
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.storage.clinic_keys import ClinicKeys, open_sign_in
from cocm_desktop.storage.key_copies import KeyCopies
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.key_slot import Opened
from tests.actions.filing import filed_bill
from tests.builders.people import id_of
from tests.drills.children import CHEAP_TOOLS, done, load_everything
from tests.drills.clinic import PASSWORD, SIGN_IN, make_clinic, mrns, place
from tests.drills.whole import Save, planned
from tests.source_tree import ROOT

CLINIC, NEW, OUT, IN = "clinic", "new", "out", "in"
OLD_BACKUP, LIST, PACKET = "old.cocmbak", "list.csv", "packet.pdf"
CLAIMS, REPORT, OLD_TABLE = "claims.csv", "report.csv", b"Of last week\n" * 4_000
LATER = "Later"
"""The last name of a patient who was added after the backup."""
OLD_FILES = ROOT / "tests" / "old_files"
OLD_SIGN_IN = "lortiz"
PEOPLE = 40
SAVES = 6


@dataclass(frozen=True, slots=True)
class Base:
    """A folder to copy for each trial, and what was in it."""

    folder: Path
    code: str
    saves: tuple[Save, ...]
    rows: Mapping[str, int]


def base_for(home: Path, names: Iterable[str]) -> Base:
    """Make the base with the older files that works of these names need."""
    load_everything()
    base = make_base(home / "base")
    for name in names:
        if name.startswith("migration"):
            add_old_file(base, int(name[-1]))
    return base


def make_base(folder: Path) -> Base:
    """Make the base once for a whole drill."""
    code = make_clinic(folder / CLINIC, CHEAP_TOOLS)
    made = done(folder / CLINIC, ["backup"])
    assert made.code == 0, made.errors
    for name in (OUT, IN):
        (folder / name).mkdir()
    person = ["--last-name", LATER, "--first-name", "Ana", "--born", "1980-05-06"]
    added = done(folder / CLINIC, ["patient", "add", *person])
    assert added.code == 0, added.errors
    [backup] = backups_of(folder / CLINIC)
    shutil.copy(backup, folder / IN / OLD_BACKUP)
    (folder / OUT / PACKET).write_bytes(b"%PDF of last week" * 4_000)
    for name in (CLAIMS, REPORT):
        (folder / OUT / name).write_bytes(OLD_TABLE)
    lines = [f"Imported,Person {n},19{n + 40}-02-03,I{n:05}\n" for n in range(PEOPLE)]
    (folder / IN / LIST).write_text("Last name,First name,Date of birth,MRN\n" + "".join(lines))
    workspace = unlock(place(folder / CLINIC, CHEAP_TOOLS), SIGN_IN, PASSWORD)
    mrn = mrns()[0]
    filed_bill(workspace, PatientId(id_of(f"patient {mrn}")), EpisodeId(id_of(f"episode {mrn}")))
    rows = check_clinic(workspace).rows
    lock(workspace)
    return Base(folder, str(code), tuple(planned(SAVES, mrns())), rows)


def add_old_file(base: Base, schema: int) -> str:
    """Restore the file that an earlier program made, let it open cheaply, and name its folder."""
    name = f"schema-{schema:04}"
    restore_backup(place(base.folder / name), OLD_FILES / f"{name}.cocmbak")
    copies = KeyCopies(base.folder / name, CHEAP_TOOLS.policy)

    def open_slot(keys: KeyFile) -> Opened:
        return open_sign_in(keys, OLD_SIGN_IN, password=PASSWORD, tools=CHEAP_TOOLS)

    unlocked = copies.unlock(open_slot)
    slot = unlocked.keys.slot_of(OLD_SIGN_IN)
    assert slot
    assert slot.staff_id
    keys = ClinicKeys(copies, unlocked, CHEAP_TOOLS)
    keys.set_password(slot.staff_id, OLD_SIGN_IN, password=PASSWORD)
    return name


def copied(base: Base, target: Path, *, only: Sequence[str]) -> None:
    """Copy what a trial needs of the base."""
    for name in (IN, OUT, *only):
        if (base.folder / name).exists():
            shutil.copytree(base.folder / name, target / name)


def backups_of(clinic: Path) -> list[Path]:
    return sorted((clinic / "backups").glob("*.cocmbak"))
