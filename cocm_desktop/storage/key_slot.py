"""One way into the clinic's file: a person's password, or the printed recovery code.

A slot is a key pair. Its private half is wrapped under what the person knows; the data key is
sealed to its public half. So a new data key can be sealed to everybody without their passwords.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from cocm_desktop.domain.ids import StaffId, new_id
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.errors import Damaged, WrongSecret
from cocm_desktop.storage.data_key import (
    KEY_BYTES,
    WRAPPED_BYTES,
    DataKey,
    decrypt,
    derive,
    encrypt,
)
from cocm_desktop.storage.key_cost import Cost, stretch

SALT_BYTES: Final = 16
SEALED_BYTES: Final = KEY_BYTES + WRAPPED_BYTES
_DATA_KEY: Final = "data key"
_SEALED_KEY: Final = "sealed key"


class SlotKind(Enum):
    PASSWORD = "password"  # noqa: S105  the kind of a slot
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who signs in, and with what. `share` is this computer's half, where one is required."""

    staff_id: StaffId
    name: str
    password: str = field(repr=False)
    share: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Slot:
    """What the key file keeps of one way in. A recovery slot has no person and no cost."""

    id: str
    kind: SlotKind
    salt: bytes = field(repr=False)
    staff_id: StaffId | None = None
    sign_in: str = ""
    cost: Cost | None = None
    needs_share: bool = False
    public_key: bytes = field(default=b"", repr=False)
    private_key: bytes = field(default=b"", repr=False)
    data_key: bytes = field(default=b"", repr=False)
    sealed_key: bytes = field(default=b"", repr=False)
    """The key of the sealed notes, sealed to this slot; empty where its person has none."""


def password_slot(vault_id: str, data_key: DataKey, *, sign_in: SignIn, cost: Cost) -> Slot:
    """Make the slot of a person, at the cost that a guess shall have."""
    slot = Slot(
        id=new_id(),
        kind=SlotKind.PASSWORD,
        salt=secrets.token_bytes(SALT_BYTES),
        staff_id=sign_in.staff_id,
        sign_in=sign_in.name,
        cost=cost,
        needs_share=sign_in.share is not None,
    )
    wrapping = _wrapping_key(slot, sign_in.password, sign_in.share)
    return _filled(slot, vault_id, data_key=data_key, wrapping=wrapping)


def recovery_slot(vault_id: str, data_key: DataKey, *, code: RecoveryCode) -> Slot:
    """Make the slot of the printed code, which needs no device share."""
    slot = Slot(id=new_id(), kind=SlotKind.RECOVERY, salt=secrets.token_bytes(SALT_BYTES))
    wrapping = _recovery_key(slot, code)
    return _filled(slot, vault_id, data_key=data_key, wrapping=wrapping)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a slot guards: the data key, and the key of the sealed notes where it holds one."""

    data_key: DataKey
    sealed_key: bytes = field(default=b"", repr=False)


def open_with_password(
    slot: Slot, vault_id: str, *, password: str, share: bytes | None = None
) -> Opened:
    """Return what the slot guards, or raise WrongSecret."""
    return _opened(slot, vault_id, wrapping=_wrapping_key(slot, password, share))


def open_with_code(slot: Slot, vault_id: str, *, code: RecoveryCode) -> Opened:
    """Return what the slot guards, or raise WrongSecret."""
    return _opened(slot, vault_id, wrapping=_recovery_key(slot, code))


def resealed(slot: Slot, vault_id: str, *, data_key: DataKey) -> Slot:
    """Return the slot with another data key inside; its person's password stays as it is."""
    return replace(slot, data_key=_sealed(slot, vault_id, key=data_key.secret, part=_DATA_KEY))


def with_sealed_key(slot: Slot, vault_id: str, *, key: bytes) -> Slot:
    """Return the slot with the key of the sealed notes inside, or without it where `key` is empty.

    Needs nobody's password: it is sealed to the slot's public half.
    """
    return replace(
        slot, sealed_key=_sealed(slot, vault_id, key=key, part=_SEALED_KEY) if key else b""
    )


def _sealed(slot: Slot, vault_id: str, *, key: bytes, part: str) -> bytes:
    ephemeral = X25519PrivateKey.generate()
    recipient = X25519PublicKey.from_public_bytes(slot.public_key)
    public = ephemeral.public_key().public_bytes_raw()
    sealing = _sealing_key(ephemeral.exchange(recipient), public, slot.public_key)
    return public + encrypt(sealing, key, _bound_to(vault_id, slot, part))


def _filled(slot: Slot, vault_id: str, *, data_key: DataKey, wrapping: bytes) -> Slot:
    private = X25519PrivateKey.generate()
    wrapped = encrypt(
        wrapping, private.private_bytes_raw(), _bound_to(vault_id, slot, "private key")
    )
    public = private.public_key().public_bytes_raw()
    owned = replace(slot, public_key=public, private_key=wrapped)
    return resealed(owned, vault_id, data_key=data_key)


def _opened(slot: Slot, vault_id: str, *, wrapping: bytes) -> Opened:
    try:
        raw = decrypt(wrapping, slot.private_key, _bound_to(vault_id, slot, "private key"))
    except InvalidTag:
        raise WrongSecret(
            "The sign-in name or the password is wrong. Nothing was opened. Try again."
            if slot.kind is SlotKind.PASSWORD
            else "This recovery code is not the one of this clinic. Nothing was opened. "
            "Compare it with the newest paper."
        ) from None
    private = X25519PrivateKey.from_private_bytes(raw)
    try:
        data_key = DataKey(_unsealed(slot, vault_id, private=private, part=_DATA_KEY))
        has_more = bool(slot.sealed_key)
        more = _unsealed(slot, vault_id, private=private, part=_SEALED_KEY) if has_more else b""
        return Opened(data_key, more)
    except (InvalidTag, ValueError) as error:
        raise Damaged(
            "The key file was altered: the secret fits, what it guards does not. "
            "Nothing was opened. Restore keys.json from a backup."
        ) from error


def _unsealed(slot: Slot, vault_id: str, *, private: X25519PrivateKey, part: str) -> bytes:
    whole = slot.data_key if part == _DATA_KEY else slot.sealed_key
    public, sealed = whole[:KEY_BYTES], whole[KEY_BYTES:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    sealing = _sealing_key(shared, public, slot.public_key)
    return decrypt(sealing, sealed, _bound_to(vault_id, slot, part))


def _wrapping_key(slot: Slot, password: str, share: bytes | None) -> bytes:
    if slot.cost is None:
        raise ValueError("a password slot has a cost")
    stretched = stretch(password, slot.salt, slot.cost)
    if not slot.needs_share:
        return derive(stretched, "CoCM Desktop/1/wrap/password", salt=slot.salt)
    if share is None:
        raise ValueError("this slot needs the device share")
    return derive(stretched + share, "CoCM Desktop/1/wrap/password+share", salt=slot.salt)


def _recovery_key(slot: Slot, code: RecoveryCode) -> bytes:
    """Derive without stretching: 140 random bits cannot be guessed."""
    return derive(code.secret(), "CoCM Desktop/1/wrap/recovery", salt=slot.salt)


def _sealing_key(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    return derive(shared, "CoCM Desktop/1/seal", salt=ephemeral + recipient)


def _bound_to(vault_id: str, slot: Slot, part: str) -> bytes:
    """Name the one place where a ciphertext belongs, so that it opens nowhere else."""
    return f"{vault_id}|{slot.id}|{slot.kind.value}|{part}".encode()
