"""Making a clinic out of a backup, in an empty folder or in the place of the one that is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cocm_desktop.domain.backup_plan import Cause
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.errors import CocmError, Problem, Refused, Unavailable
from cocm_desktop.storage import audit, backup_folder, replacing, restore
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.audit import Action, Note
from cocm_desktop.storage.backup import Backup, back_up
from cocm_desktop.storage.backup_file import check_backup, keys_of, open_backup, read_backup
from cocm_desktop.storage.clinic_keys import counted_as, open_recovery, open_sign_in
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_copies import KeyCopies
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.key_slot import Opened
from cocm_desktop.storage.open_clinic import OpenClinic
from cocm_desktop.storage.restore import Restored
from cocm_desktop.storage.throttle import RECOVERY_CODE

if TYPE_CHECKING:
    from cocm_desktop.actions.session import Place
    from cocm_desktop.actions.workspace import Workspace

__all__ = [
    "Backup", "Restored", "Secret", "check_backup", "describe_backup", "find_backups",
    "may_replace", "note_restored", "opener", "restore_backup", "restore_over", "sign_ins_in",
    "try_secret",
]  # fmt: skip


BY_CODE = "the recovery code"


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens a backup: a sign-in name with its password of that day, or the recovery code."""

    sign_in: str = ""
    password: str = ""
    code: RecoveryCode | None = None


def find_backups(folder: Path) -> tuple[Backup, ...]:
    """Give the readable backups in a folder or in a clinic's folder, newest first."""
    return backup_folder.backups_in(folder)


def describe_backup(file: Path) -> Backup:
    """Tell of which clinic and moment a backup is, without a password."""
    return read_backup(file)


def sign_ins_in(place: Place, file: Path) -> tuple[str, ...]:
    """Give the sign-in names that open a backup."""
    keys = keys_of(file, place.tools.policy)
    return tuple(sorted(slot.sign_in for slot in keys.people()))


def may_replace(place: Place) -> bool:
    """Tell whether a folder holds a clinic, whole or not, whose place a backup would take."""
    state = place.door().state
    outside = {FolderState.NOTHING, FolderState.UNFINISHED, FolderState.ONLY_BACKUPS}
    closed = {FolderState.FOREIGN, FolderState.NEWER_KEYS, FolderState.MOVED}
    return state not in outside | closed


def try_secret(place: Place, file: Path, secret: Secret) -> Backup:
    """Open a backup with a secret and change nothing; raises WrongSecret where it does not fit."""
    return open_backup(file, place.tools.policy, opener(place, secret)).backup


def restore_backup(place: Place, file: Path, secret: Secret | None = None) -> Backup:
    """Make a clinic out of a backup in a folder that has none. It is unlocked as on that day.

    With a secret, that is tried first and nothing is unpacked where it does not fit.
    """
    open_slot = opener(place, secret) if secret else None
    return restore.restore(file, place.door(), open_slot)


def restore_over(place: Place, file: Path, secret: Secret) -> Restored:
    """Let a backup take the place of the clinic in the folder, or of what is left of it.

    The secret is tried on the backup first. Where it also opens the clinic that is there, that
    one is backed up once more, and its person must be an administrator. Its files are kept in a
    folder of their own. Who was switched off there since may not: an older backup would let them
    in again.
    """
    try_secret(place, file, secret)
    _require_still_there(place, file, secret)
    if not may_replace(place):
        restored = restore_backup(place, file, secret)
        return Restored(restored)
    _back_up_once_more(place, secret)
    door = place.door()
    by = secret.sign_in.strip() if secret.code is None else BY_CODE
    return restore.restore_over(file, door, opener(place, secret), at=place.clock(None), by=by)


def note_restored(workspace: Workspace) -> None:
    """Write into the audit what was restored, at the first unlocking after it."""
    if workspace.clinic is None or workspace.database.reads_only:
        return
    folder = workspace.clinic.path
    if not (told := replacing.pending_note(folder)):
        return
    changes = tuple(FieldChange(name, None, told[name]) for name in sorted(told))
    note = Note("clinic.restored", Action.EXECUTE, workspace.clinic.keys.vault_id, changes=changes)
    with workspace.database.write() as session:
        audit.write(session, workspace.stamp(), note)
    replacing.forget_note(folder)


def opener(place: Place, secret: Secret) -> Callable[[KeyFile], Opened]:
    """Give what opens a key file with this secret. Wrong ones count as they do at the clinic."""
    clinic = place.folder if may_replace(place) else None

    def open_slot(keys: KeyFile) -> Opened:
        throttle = place.tools.throttle(clinic, keys.vault_id)
        if secret.code is not None:
            with throttle.attempt(RECOVERY_CODE):
                return open_recovery(keys, secret.code)
        if not secret.sign_in.strip():
            raise Refused(Problem("sign_in", "Type the sign-in name."))
        with throttle.attempt(counted_as(keys, secret.sign_in)):
            return open_sign_in(keys, secret.sign_in, password=secret.password, tools=place.tools)

    return open_slot


def _require_still_there(place: Place, file: Path, secret: Secret) -> None:
    """Refuse a person who signs in to the backup, but no more to the clinic that is there."""
    keys = keys_of(file, place.tools.policy)
    slot = keys.slot_of(secret.sign_in) if secret.code is None else None
    if slot is None or slot.staff_id is None:
        return
    with suppress(Unavailable):
        there = KeyCopies(place.folder, place.tools.policy).read()
        if there.vault_id == keys.vault_id and there.slot_of_staff(slot.staff_id) is None:
            raise Refused(
                Problem("sign_in", "This sign-in was switched off since the backup was made. "
                        "Nothing was restored. Ask an administrator, or use the recovery code.")
            )  # fmt: skip


def _back_up_once_more(place: Place, secret: Secret) -> None:
    """Back up what is there, if it can be opened; if not, its files are kept all the same."""
    door = place.door(None)
    try:
        if secret.code is not None:
            clinic = door.unlock_with_recovery_code(secret.code)
        else:
            clinic = door.unlock(secret.sign_in, secret.password)
    except CocmError:
        return
    with clinic:
        if _is_nobody_who_may(clinic):
            words = (
                "A backup takes the place of a clinic that opens only for an administrator or by "
                "the recovery code. Nothing was restored. Ask an administrator."
            )
            raise Refused(Problem("sign_in", words))
        with suppress(CocmError):
            back_up(clinic, label=Cause.BEFORE_RESTORE.value)


def _is_nobody_who_may(clinic: OpenClinic) -> bool:
    """Whether the clinic reads well and says that who signed in is no administrator."""
    if clinic.staff_id is None:
        return False
    with suppress(CocmError), clinic.database.read() as session:
        member = staff_members.get(session, clinic.staff_id)
        return not member.may(Permission.CHANGE_STAFF)
    return False
