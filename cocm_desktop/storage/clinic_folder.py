"""The one door to a clinic's folder: see what is there, make a clinic, open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import StaffId, is_sample_id, new_id, new_sample_id
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.errors import NewerFile, OlderFile, Problem, Refused, Unavailable
from cocm_desktop.paths import state_folder
from cocm_desktop.safe_file import (
    OWNER_ONLY_FOLDER,
    blaming_the_disk,
    flush_file,
    flush_folder,
    part_of,
    write_new,
)
from cocm_desktop.storage import CANNOT_ENCRYPT, migrations, replacing
from cocm_desktop.storage.backup import back_up
from cocm_desktop.storage.clinic_keys import (
    ClinicKeys,
    KeyTools,
    counted_as,
    open_recovery,
    open_sign_in,
)
from cocm_desktop.storage.data_key import DataKey, Purpose, new_data_key
from cocm_desktop.storage.data_lock import DataLock
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.database_check import is_plain
from cocm_desktop.storage.device_share import OsKeyStore
from cocm_desktop.storage.engine import open_engine
from cocm_desktop.storage.folder_state import (
    CREATING_NAME,
    FIRST_DATABASE,
    LOCK_NAME,
    MOVED_NAME,
    FolderState,
    look,
    of_database,
)
from cocm_desktop.storage.key_copies import NAME, KeyCopies, UnlockedKeys
from cocm_desktop.storage.key_cost import PRODUCTION
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.key_rotation import remove_broken_off
from cocm_desktop.storage.key_slot import Opened, SignIn, password_slot, recovery_slot
from cocm_desktop.storage.open_clinic import OpenClinic, remove_database
from cocm_desktop.storage.place import Misplaced, misplaced
from cocm_desktop.storage.read_only import NOTICE, may_be_written
from cocm_desktop.storage.schema_check import require_our_schema
from cocm_desktop.storage.sqlite import blaming_the_file
from cocm_desktop.storage.throttle import RECOVERY_CODE

OF_THIS_COMPUTER: Final = KeyTools(PRODUCTION, OsKeyStore(), state_folder)
_SPARE_WAS_USED: Final = (
    "The key file keys.json was damaged; its spare copy was used and keys.json was put right. "
    "Make a backup today."
)


class ClinicFolder:
    """A folder that holds a clinic, or may. Nothing is touched before a method is called."""

    def __init__(
        self, path: Path, *, now: Callable[[], datetime], tools: KeyTools = OF_THIS_COMPUTER
    ) -> None:
        self.path = path
        self.tools = tools
        self._now = now
        self._copies = KeyCopies(path, tools.policy)
        self._lock = DataLock(path / LOCK_NAME, now)

    @property
    def state(self) -> FolderState:
        return look(self.path, self.tools.policy)

    def sign_ins(self) -> tuple[str, ...]:
        """Give the sign-in names in the key file, which needs no secret."""
        self._require_keys()
        return tuple(sorted(slot.sign_in for slot in self._copies.read().people()))

    def create(
        self,
        owner: SignIn,
        code: RecoveryCode,
        *,
        fill: Callable[[Session], None],
        is_sample: bool = False,
    ) -> OpenClinic:
        """Make a clinic that `owner` and `code` open, and leave it open for `owner`.

        `fill` writes the first rows. All of it, or nothing that looks like a clinic: the keys
        are written last, and without them what is there counts as unfinished.
        """
        vault_id = new_sample_id() if is_sample else new_id()
        self.require_room(is_sample=is_sample)
        with blaming_the_disk("No clinic was created."):
            self.path.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        self._lock.acquire()
        try:
            self.require_room(is_sample=is_sample)
            with blaming_the_disk("No clinic was created."):
                keys, data_key = self._make(vault_id, owner, code, fill=fill)
            return self._opened(UnlockedKeys(keys, data_key, from_spare=False), owner.staff_id)
        except BaseException:
            self._lock.release()
            raise

    def unlock(
        self, sign_in: str, password: str, *, upgrade: bool = False, wait_seconds: float = 0.0
    ) -> OpenClinic:
        """Open the clinic for a person. With `upgrade` an older file is brought up to date."""

        def open_slot(keys: KeyFile) -> Opened:
            return open_sign_in(keys, sign_in, password=password, tools=self.tools)

        return self._unlock(open_slot, sign_in, upgrade=upgrade, wait_seconds=wait_seconds)

    def unlock_with_recovery_code(
        self, code: RecoveryCode, *, upgrade: bool = False, wait_seconds: float = 0.0
    ) -> OpenClinic:
        """Open the clinic for nobody in particular: set a password for somebody, then sign in."""

        def open_slot(keys: KeyFile) -> Opened:
            return open_recovery(keys, code)

        return self._unlock(open_slot, None, upgrade=upgrade, wait_seconds=wait_seconds)

    def require_room(self, *, is_sample: bool = False) -> None:
        """Refuse, in words, unless a clinic may be made here."""
        if harm := misplaced(self.path, is_sample=is_sample):
            raise harm.to_make_in()
        state = self.state
        if not state.may_be_created_in:
            raise Refused(Problem("folder", state.value))

    def require_fit(self) -> None:
        """Refuse, in words, a clinic that was moved away or lies where it would come to harm."""
        if (self.path / MOVED_NAME).exists():
            raise FolderState.MOVED.error()
        if harm := self.harm():
            raise harm.to_open()

    def harm(self) -> Misplaced | None:
        """Tell why the clinic that is here must not be used where it lies; None where it may."""
        return misplaced(self.path, is_sample=is_sample_id(self._copies.read().vault_id))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other programs out of the folder while something is done to it as a whole."""
        self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()

    def _unlock(
        self,
        open_slot: Callable[[KeyFile], Opened],
        sign_in: str | None,
        *,
        upgrade: bool,
        wait_seconds: float,
    ) -> OpenClinic:
        self._require_keys()
        self.require_fit()
        self._lock.acquire(wait_seconds=wait_seconds, reading=self._reads_only())
        try:
            with self._attempt(sign_in) as wrong_tries:
                unlocked = self._copies.unlock(open_slot)
            slot = None if sign_in is None else unlocked.keys.slot_of(sign_in)
            staff_id = slot.staff_id if slot else None
            clinic = self._opened(unlocked, staff_id, upgrade=upgrade)
            return replace(clinic, wrong_tries=wrong_tries)
        except BaseException:
            self._lock.release()
            raise

    def _require_keys(self) -> None:
        with blaming_the_disk("Nothing was changed."):
            if not self._copies.exist():
                raise self.state.error()

    def _reads_only(self) -> bool:
        return not may_be_written(self.path, self._copies.read().database)

    def _attempt(self, sign_in: str | None) -> AbstractContextManager[int]:
        """Count a try, or refuse it while there is a pause. Nobody stands for the code."""
        keys = self._copies.read()
        name = RECOVERY_CODE if sign_in is None else counted_as(keys, sign_in)
        return self.tools.throttle(self.path, keys.vault_id).attempt(name)

    def _opened(
        self, unlocked: UnlockedKeys, staff_id: StaffId | None, *, upgrade: bool = False
    ) -> OpenClinic:
        """Open the database of these keys. What is wrong from here on is the file, not a secret."""
        with blaming_the_disk("Nothing was changed."):
            state = of_database(self.path, unlocked.keys)
        if state is not FolderState.CLINIC:
            raise state.error()
        keys = ClinicKeys(self._copies, unlocked, self.tools)
        reads_only = not may_be_written(self.path, unlocked.keys.database)
        engine = open_engine(
            self.path / unlocked.keys.database,
            keys.derive(Purpose.DATABASE),
            reads_only=reads_only,
        )
        audit_key = keys.audit_key if unlocked.keys.audit_key else b""
        keys_mended = unlocked.from_spare and not reads_only
        spare = (_SPARE_WAS_USED,) if keys_mended else ()
        clinic = OpenClinic(
            path=self.path,
            database=Database(engine, audit_key, reads_only=reads_only),
            keys=keys,
            lock=self._lock,
            now=self._now,
            staff_id=staff_id,
            notices=(NOTICE,) if reads_only else spare,
            keys_mended=keys_mended,
        )
        try:
            older = _bring_up_to_date(clinic, engine, allowed=upgrade)
            if not reads_only:
                self._tidy(clinic)
        except BaseException:
            clinic.database.close()
            raise
        return replace(clinic, upgraded_from=older)

    def _tidy(self, clinic: OpenClinic) -> None:
        """Finish what a crash may have left undone, now that the file has proved good."""
        clinic.keys.repair_copies()
        clinic.keys.keep_sealed_key_recoverable()
        key_file = clinic.keys.key_file
        with suppress(OSError):
            replacing.finish(self.path, key_file)
            flush_folder(self.path)
            if key_file.superseded:
                remove_database(self.path / key_file.superseded)
            remove_broken_off(self.path, key_file.database)
            (self.path / CREATING_NAME).unlink(missing_ok=True)
        holder = clinic.keys.sign_ins().get(clinic.staff_id) if clinic.staff_id else None
        self._lock.announce(holder or "")

    def _make(
        self,
        vault_id: str,
        owner: SignIn,
        code: RecoveryCode,
        *,
        fill: Callable[[Session], None],
    ) -> tuple[KeyFile, DataKey]:
        self._remove_unfinished()
        write_new(self.path / CREATING_NAME, b"")
        data_key, audit_key = new_data_key(), new_data_key().secret
        try:
            self._make_database(data_key, audit_key, fill)
            slots = (
                password_slot(vault_id, data_key, sign_in=owner, cost=self.tools.policy.cost),
                recovery_slot(vault_id, data_key, code=code),
            )
            unsigned = KeyFile(vault_id, generation=1, database=FIRST_DATABASE, slots=slots)
            keys = unsigned.with_audit_key(audit_key, data_key=data_key).signed(data_key)
            self._copies.write(keys)
        except BaseException:
            self._remove_unfinished()
            raise
        (self.path / CREATING_NAME).unlink()
        flush_folder(self.path)
        return keys, data_key

    def _make_database(
        self, data_key: DataKey, audit_key: bytes, fill: Callable[[Session], None]
    ) -> None:
        file = self.path / FIRST_DATABASE
        write_new(file, b"")
        engine = open_engine(file, data_key.derive(Purpose.DATABASE), create=True)
        database = Database(engine, audit_key)
        try:
            with database.write() as session:
                migrations.create_schema(session.connection())
            if is_plain(file):  # whatever the library says of itself, nobody's name goes in
                raise Unavailable(CANNOT_ENCRYPT)
            with database.write() as session:
                fill(session)
        finally:
            database.close()
        flush_file(file)
        flush_folder(self.path)

    def _remove_unfinished(self) -> None:
        """Remove what a creation left that never came to its keys."""
        if self._copies.exist():
            return
        remove_database(self.path / FIRST_DATABASE)
        for name in (part_of(self.path / NAME).name, CREATING_NAME):
            with suppress(OSError):
                (self.path / name).unlink(missing_ok=True)


def _bring_up_to_date(clinic: OpenClinic, engine: Engine, *, allowed: bool) -> int | None:
    """Read the file for the first time, which proves its key, and see to its schema.

    Gives the older schema that was brought up to date; None where nothing was to be done.
    """
    with clinic.database.read() as session:
        schema = session.connection().exec_driver_sql("PRAGMA user_version").scalar_one()
    if schema == migrations.SCHEMA:
        _require_our_schema(clinic)
        return None
    if schema > migrations.SCHEMA:
        raise NewerFile(
            "A newer CoCM Desktop made this clinic's file. It was left as it is. "
            "Install the newer CoCM Desktop on this computer."
        )
    if not allowed:
        raise OlderFile(
            "An older CoCM Desktop made this clinic's file. Nothing was changed. "
            "Bring it up to date; a checked copy is made first."
        )
    back_up(clinic, label=f"before-schema-{migrations.SCHEMA}")
    clinic.keys.add_audit_key()
    clinic.database.audit_key = clinic.keys.audit_key
    with blaming_the_file():
        migrations.upgrade(engine)
    _require_our_schema(clinic)
    return int(schema)


def _require_our_schema(clinic: OpenClinic) -> None:
    with clinic.database.outside_transactions() as connection:
        require_our_schema(connection)
