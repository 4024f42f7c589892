"""The keys of an open clinic: who may sign in, the recovery code, and keys derived for others."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.errors import Problem, Refused, Unavailable, WrongSecret
from cocm_desktop.storage.data_key import DataKey, Purpose, new_data_key
from cocm_desktop.storage.device_share import DeviceShares, new_share
from cocm_desktop.storage.key_copies import KeyCopies, UnlockedKeys
from cocm_desktop.storage.key_cost import KeyPolicy, stretch
from cocm_desktop.storage.key_file import KeyFile, same_name
from cocm_desktop.storage.key_slot import (
    SALT_BYTES,
    Opened,
    SignIn,
    Slot,
    SlotKind,
    open_with_code,
    open_with_password,
    password_slot,
    recovery_slot,
    with_sealed_key,
)
from cocm_desktop.storage.throttle import NOBODY, Throttle


@dataclass(frozen=True, slots=True)
class KeyTools:
    """How keys are made and where device shares are kept: one for the whole program."""

    policy: KeyPolicy
    shares: DeviceShares
    state: Callable[[], Path | None] = lambda: None
    """Gives the folder where this computer keeps what must not lie with the clinic alone."""

    def throttle(self, clinic: Path | None, vault_id: str) -> Throttle:
        """Give what counts the wrong passwords of a clinic."""
        return Throttle(clinic, self.state(), vault_id=vault_id)


class ClinicKeys:
    """Every change is on the disk, whole, when it returns. The database is never rewritten.

    A new staff member's row goes into the database first and the slot here second: a row without
    a slot cannot sign in yet, a slot without a row would sign in as nobody.
    """

    def __init__(self, copies: KeyCopies, unlocked: UnlockedKeys, tools: KeyTools) -> None:
        self._copies = copies
        self._keys = unlocked.keys
        self._data_key = unlocked.data_key
        self._sealed_key = unlocked.sealed_key
        self._tools = tools

    @property
    def vault_id(self) -> str:
        return self._keys.vault_id

    @property
    def tools(self) -> KeyTools:
        return self._tools

    @property
    def key_file(self) -> KeyFile:
        return self._keys

    def sign_ins(self) -> dict[StaffId, str]:
        """Return who has a password, and the sign-in name."""
        return {slot.staff_id: slot.sign_in for slot in self._keys.people() if slot.staff_id}

    def add_audit_key(self) -> None:
        """Give a key file of before the audit chain its key. An older program cannot read it."""
        if not self._keys.audit_key:
            key = new_data_key().secret
            self._write(self._keys.with_audit_key(key, data_key=self._data_key))

    @property
    def audit_key(self) -> bytes:
        """The key of the audit chain: it stays when the data key changes."""
        return self._keys.open_audit_key(self._data_key)

    def own(self, _keys: KeyFile) -> Opened:
        """Stand for a secret where another key file of this clinic, as of a backup, is opened."""
        return Opened(self._data_key)

    def derive(self, purpose: Purpose) -> bytes:
        return self._data_key.derive(purpose)

    def set_password(
        self, staff_id: StaffId, sign_in: str, *, password: str, device_share: bool = False
    ) -> None:
        """Give a person a way in, or another password in the place of a forgotten one.

        With `device_share` it opens on this computer only, or where the share is copied to.
        """
        holder = self._keys.slot_of(sign_in)
        if not same_name(sign_in):
            raise Refused(Problem("sign_in", "Type a sign-in name."))
        if holder is not None and holder.staff_id != staff_id:
            raise Refused(Problem("sign_in", f"The sign-in name {sign_in} is taken."))
        share = self._share_of_this_computer() if device_share else None
        holders = self.sealed_key_holders()
        # Where nobody holds it any more, whoever the recovery code lets in does from then on.
        kept = self._sealed_key if staff_id in holders or not holders else b""
        slot = password_slot(
            self.vault_id,
            self._data_key,
            sign_in=SignIn(staff_id, sign_in.strip(), password, share),
            cost=self._tools.policy.cost,
        )
        self._write(self._keys.with_slot(with_sealed_key(slot, self.vault_id, key=kept)))

    def needs_this_computer(self, staff_id: StaffId) -> bool:
        """Tell whether a person's password opens the clinic only with this computer's share."""
        slot = self._keys.slot_of_staff(staff_id)
        return slot is not None and slot.needs_share

    def change_password(
        self, staff_id: StaffId, *, old: str, new: str, device_share: bool | None = None
    ) -> None:
        """Change a person's own password; the old one must be right.

        `device_share` binds it to this computer or frees it again; None leaves that as it was.
        """
        slot = self.require_password(staff_id, old)
        bound = slot.needs_share if device_share is None else device_share
        self.set_password(staff_id, slot.sign_in, password=new, device_share=bound)

    def require_password(self, staff_id: StaffId, password: str) -> Slot:
        """Give the slot that a person's password opens, or raise WrongSecret."""
        slot = self._keys.slot_of_staff(staff_id)
        if slot is None:
            raise Refused(Problem("staff", "This person has no sign-in."))
        throttle = self._tools.throttle(self._copies.first.parent, self.vault_id)
        with throttle.attempt(slot.sign_in):
            open_person(slot, self.vault_id, password=password, tools=self._tools)
        return slot

    def remove(self, staff_id: StaffId) -> None:
        """Take a person's way in. Rotate the data key as well if they may have copied it."""
        if [slot.staff_id for slot in self._keys.people()] == [staff_id]:
            raise Refused(
                Problem("staff", "This is the last sign-in. Give somebody else a password first.")
            )
        self._write(self._keys.without_staff(staff_id))

    def set_recovery_code(self, code: RecoveryCode) -> None:
        """Let this code open the clinic from now on, and no earlier one."""
        slot = recovery_slot(self.vault_id, self._data_key, code=code)
        kept = with_sealed_key(slot, self.vault_id, key=self._sealed_key)
        self._write(self._keys.with_slot(kept))

    @property
    def sealed_key(self) -> bytes:
        """The key of the sealed notes, empty where the open slot does not hold it."""
        return self._sealed_key

    @property
    def has_sealed_key(self) -> bool:
        """Whether the key of the sealed notes was made."""
        return any(slot.sealed_key for slot in self._keys.slots)

    def sealed_key_holders(self) -> frozenset[StaffId]:
        """Tell who holds the key of the sealed notes, which needs no secret."""
        return frozenset(s.staff_id for s in self._keys.people() if s.staff_id and s.sealed_key)

    def make_sealed_key(self, staff_id: StaffId) -> None:
        """Make the key of the sealed notes, for its first holder and the recovery code."""
        if self.has_sealed_key:
            raise Refused(Problem("staff", "There is a key of the sealed notes already."))
        key = new_data_key().secret
        self._write(self._with_sealed_key({staff_id}, key))
        self._sealed_key = key

    def give_sealed_key(self, staff_id: StaffId) -> None:
        """Let another person's password open the sealed notes. Only a holder can."""
        if not self._sealed_key:
            words = "Only who may open the sealed notes can let somebody else. Nothing was changed."
            raise Refused(Problem("staff", words))
        if self._keys.slot_of_staff(staff_id) is None:
            raise Refused(Problem("staff", "This person has no sign-in."))
        self._write(self._with_sealed_key({staff_id}, self._sealed_key))

    def take_sealed_key(self, staff_id: StaffId) -> None:
        """Take it from a person. What they kept of it opens nothing without a copy of the file."""
        if self.sealed_key_holders() == {staff_id}:
            raise Refused(
                Problem("staff", "This is the last who may open them. Let somebody else first.")
            )
        slot = self._keys.slot_of_staff(staff_id)
        if slot is not None:
            self._write(self._keys.with_slot(with_sealed_key(slot, self.vault_id, key=b"")))

    def keep_sealed_key_recoverable(self) -> None:
        """Let the recovery code hold it again: it was replaced by somebody who does not."""
        paper = self._keys.recovery_slot()
        if self._sealed_key and paper is not None and not paper.sealed_key:
            self._write(self._with_sealed_key(frozenset(), self._sealed_key))

    def _with_sealed_key(self, holders: Collection[StaffId], key: bytes) -> KeyFile:
        """Give the key file with it in the holders' slots and in the recovery code's."""
        changed = self._keys
        for slot in self._keys.slots:
            if slot.kind is SlotKind.RECOVERY or slot.staff_id in holders:
                changed = changed.with_slot(with_sealed_key(slot, self.vault_id, key=key))
        return changed

    def require_recovery_code(self, code: RecoveryCode) -> None:
        """Raise WrongSecret if this is not the code that opens the clinic."""
        open_recovery(self._keys, code)

    def move_to(self, database: str, data_key: DataKey) -> None:
        """Point to another database under another data key; every secret stays good."""
        moved = self._keys.moved_to(database, old_key=self._data_key, new_key=data_key)
        keys = moved.signed(data_key)
        self._copies.write(keys)
        self._keys, self._data_key = keys, data_key

    def repair_copies(self) -> None:
        self._copies.repair(self._keys)

    def _write(self, keys: KeyFile) -> None:
        signed = keys.signed(self._data_key)
        self._copies.write(signed)
        self._keys = signed

    def _share_of_this_computer(self) -> bytes:
        share = self._tools.shares.fetch(self.vault_id)
        if share is None:
            share = new_share()
            self._tools.shares.keep(self.vault_id, share)
        return share


def counted_as(keys: KeyFile, sign_in: str) -> str:
    """Give the name that a try counts for: one person's, however it is spelled."""
    slot = keys.slot_of(sign_in)
    return slot.sign_in if slot else NOBODY


def open_sign_in(keys: KeyFile, sign_in: str, *, password: str, tools: KeyTools) -> Opened:
    """Open a person's slot. An unknown name and a wrong password are the same to a stranger."""
    slot = keys.slot_of(sign_in)
    if slot is None:
        stretch(password, bytes(SALT_BYTES), tools.policy.cost)
        raise WrongSecret(
            "The sign-in name or the password is wrong. Nothing was opened. Try again."
        )
    return open_person(slot, keys.vault_id, password=password, tools=tools)


def open_person(slot: Slot, vault_id: str, *, password: str, tools: KeyTools) -> Opened:
    share = None
    if slot.needs_share:
        share = tools.shares.fetch(vault_id)
        if share is None:
            raise Unavailable(
                "This sign-in works only on the computer where it was set up. Nothing was "
                "opened. Go to that computer, or open the clinic with the recovery code."
            )
    return open_with_password(slot, vault_id, password=password, share=share)


def open_recovery(keys: KeyFile, code: RecoveryCode) -> Opened:
    slot = keys.recovery_slot()
    if slot is None:
        raise WrongSecret("This clinic has no recovery code. Nothing was opened.")
    return open_with_code(slot, keys.vault_id, code=code)
