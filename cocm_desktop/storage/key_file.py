"""keys.json: every way into a clinic's file, and which file that is.

The only pointer to the database, so that another database under another key can take its place
in one rename. Signed with a key derived from the data key; the plain checksum is there to tell
damage from a wrong password before anybody has typed one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any, Final

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.errors import Damaged, NewerFile
from cocm_desktop.storage.data_key import (
    KEY_BYTES,
    WRAPPED_BYTES,
    DataKey,
    Purpose,
    decrypt,
    encrypt,
)
from cocm_desktop.storage.key_cost import Cost, KeyPolicy
from cocm_desktop.storage.key_json import Fields, canonical, checksum, damaged, encoded, load
from cocm_desktop.storage.key_slot import (
    SALT_BYTES,
    SEALED_BYTES,
    Slot,
    SlotKind,
    resealed,
)

VERSION: Final = 2
_WITHOUT_AUDIT_KEY: Final = 1
LARGEST: Final = 1024 * 1024
_READABLE: Final = {_WITHOUT_AUDIT_KEY, VERSION}
_FORMAT: Final = "CoCM Desktop keys"
_CIPHER: Final = "SQLCipher 4, raw key"
_KDF: Final = "argon2id"
_DATABASE_NAME: Final = re.compile(r"clinic(-\d{4})?\.db")
_SLOT_FIELDS: Final = {
    "id", "kind", "staff_id", "sign_in", "kdf", "salt", "needs_share",
    "public_key", "private_key", "data_key", "sealed_key",
}  # fmt: skip
_FIELDS: Final = {
    "format", "version", "cipher", "vault_id", "generation", "database", "superseded",
    "slots", "audit_key", "signature", "checksum",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What keys.json says. `superseded` names a database that a newer one has replaced."""

    vault_id: str
    generation: int
    database: str
    slots: tuple[Slot, ...]
    superseded: str = ""
    audit_key: bytes = b""
    """The key of the audit chain, wrapped under the data key; empty in a file of version 1."""
    signature: bytes = b""

    @property
    def version(self) -> int:
        return VERSION if self.audit_key else _WITHOUT_AUDIT_KEY

    def slot_of(self, sign_in: str) -> Slot | None:
        """Find a person by sign-in name, however the name is written."""
        wanted = same_name(sign_in)
        return next((slot for slot in self._people() if same_name(slot.sign_in) == wanted), None)

    def slot_of_staff(self, staff_id: StaffId) -> Slot | None:
        return next((slot for slot in self._people() if slot.staff_id == staff_id), None)

    def recovery_slot(self) -> Slot | None:
        return next((slot for slot in self.slots if slot.kind is SlotKind.RECOVERY), None)

    def people(self) -> tuple[Slot, ...]:
        return tuple(self._people())

    def with_slot(self, slot: Slot) -> KeyFile:
        """Add the slot in the place of the same person's, or of the recovery code's."""
        others = (
            other
            for other in self.slots
            if (other.kind, other.staff_id) != (slot.kind, slot.staff_id)
        )
        return replace(self, slots=(*others, slot))

    def without_staff(self, staff_id: StaffId) -> KeyFile:
        return replace(self, slots=tuple(s for s in self.slots if s.staff_id != staff_id))

    def with_audit_key(self, audit_key: bytes, *, data_key: DataKey) -> KeyFile:
        """Wrap the key of the audit chain under the data key."""
        wrapping = data_key.derive(Purpose.AUDIT)
        return replace(self, audit_key=encrypt(wrapping, audit_key, self._audit_place))

    def open_audit_key(self, data_key: DataKey) -> bytes:
        """Give the key of the audit chain, which stays when the data key changes."""
        return decrypt(data_key.derive(Purpose.AUDIT), self.audit_key, self._audit_place)

    @property
    def _audit_place(self) -> bytes:
        return f"{self.vault_id}|audit key".encode()

    def moved_to(self, database: str, *, old_key: DataKey, new_key: DataKey) -> KeyFile:
        """Point to another database under another data key, open to the same secrets."""
        moved = replace(
            self,
            generation=self.generation + 1,
            database=database,
            superseded=self.database,
            slots=tuple(resealed(slot, self.vault_id, data_key=new_key) for slot in self.slots),
        )
        return moved.with_audit_key(self.open_audit_key(old_key), data_key=new_key)

    def signed(self, data_key: DataKey) -> KeyFile:
        return replace(self, signature=self._signature(data_key))

    def require_signed_by(self, data_key: DataKey) -> None:
        if not hmac.compare_digest(self.signature, self._signature(data_key)):
            raise Damaged(
                "The key file was changed by something other than CoCM Desktop. "
                "Nothing was opened. Restore the newest backup: where only the keys are lost, "
                "only they come back."
            )

    def _people(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.kind is SlotKind.PASSWORD]

    def _signature(self, data_key: DataKey) -> bytes:
        key = data_key.derive(Purpose.KEY_FILE)
        return hmac.digest(key, canonical(_content(self)), hashlib.sha256)


def same_name(sign_in: str) -> str:
    """Return what two spellings of one sign-in name have in common."""
    return unicodedata.normalize("NFKC", sign_in).strip().casefold()


def to_bytes(keys: KeyFile) -> bytes:
    content = _content(keys) | {"signature": encoded(keys.signature)}
    whole = content | {"checksum": checksum(content)}
    return json.dumps(whole, indent=1, sort_keys=True, allow_nan=False).encode() + b"\n"


def from_bytes(raw: bytes, policy: KeyPolicy) -> KeyFile:
    """Read a key file; raise Damaged, or NewerFile, before any password is asked for."""
    content = load(raw)
    if content.get("format") != _FORMAT:
        raise damaged()
    version = content.get("version")
    if type(version) is int and version > VERSION:
        raise NewerFile(
            "A newer CoCM Desktop made this clinic's key file. It was left as it is. "
            "Install the newer CoCM Desktop on this computer."
        )
    unsummed = {name: value for name, value in content.items() if name != "checksum"}
    if (
        content.get("checksum") != checksum(unsummed)
        or type(version) is not int
        or version not in _READABLE
    ):
        raise damaged()
    fields = _FIELDS if version == VERSION else _FIELDS - {"audit_key"}
    return _key_file(Fields(content, fields), policy, is_newest=version == VERSION)


def _key_file(fields: Fields, policy: KeyPolicy, *, is_newest: bool) -> KeyFile:
    fields.one_of("cipher", _CIPHER)
    database, superseded = fields.text("database"), fields.text("superseded")
    if superseded == database:
        raise damaged()
    return KeyFile(
        vault_id=fields.identifier("vault_id"),
        generation=fields.number("generation"),
        database=_database_name(database),
        superseded=superseded and _database_name(superseded),
        slots=tuple(_slot(each, policy, is_newest=is_newest) for each in fields.items("slots")),
        audit_key=fields.data("audit_key", WRAPPED_BYTES) if is_newest else b"",
        signature=fields.data("signature", KEY_BYTES),
    )


def _database_name(name: str) -> str:
    if not _DATABASE_NAME.fullmatch(name):
        raise damaged()
    return name


def _slot(content: object, policy: KeyPolicy, *, is_newest: bool) -> Slot:
    fields = Fields(content, _SLOT_FIELDS if is_newest else _SLOT_FIELDS - {"sealed_key"})
    kind = SlotKind(fields.one_of("kind", *(kind.value for kind in SlotKind)))
    is_person = kind is SlotKind.PASSWORD
    return Slot(
        id=fields.identifier("id"),
        kind=kind,
        salt=fields.data("salt", SALT_BYTES),
        staff_id=StaffId(fields.text("staff_id")) if is_person else None,
        sign_in=fields.text("sign_in"),
        cost=_cost(fields.raw("kdf"), policy) if is_person else None,
        needs_share=fields.flag("needs_share"),
        public_key=fields.data("public_key", KEY_BYTES),
        private_key=fields.data("private_key", WRAPPED_BYTES),
        data_key=fields.data("data_key", SEALED_BYTES),
        sealed_key=_sealed_key(fields) if is_newest else b"",
    )


def _sealed_key(fields: Fields) -> bytes:
    return fields.data("sealed_key", SEALED_BYTES) if fields.text("sealed_key") else b""


def _cost(content: object, policy: KeyPolicy) -> Cost:
    fields = Fields(content, {"algorithm", "memory_kib", "passes", "lanes"})
    fields.one_of("algorithm", _KDF)
    cost = Cost(fields.number("memory_kib"), fields.number("passes"), fields.number("lanes"))
    policy.require(cost)
    return cost


def _content(keys: KeyFile) -> dict[str, Any]:
    content = {
        "format": _FORMAT,
        "version": keys.version,
        "cipher": _CIPHER,
        "vault_id": keys.vault_id,
        "generation": keys.generation,
        "database": keys.database,
        "superseded": keys.superseded,
        "slots": [_slot_content(slot) for slot in keys.slots],
    }
    if keys.version == _WITHOUT_AUDIT_KEY:
        return content
    slots = [_slot_content(s) | {"sealed_key": encoded(s.sealed_key)} for s in keys.slots]
    return content | {"audit_key": encoded(keys.audit_key), "slots": slots}


def _slot_content(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "kind": slot.kind.value,
        "staff_id": slot.staff_id or "",
        "sign_in": slot.sign_in,
        "kdf": _cost_content(slot.cost) if slot.cost else None,
        "salt": encoded(slot.salt),
        "needs_share": slot.needs_share,
        "public_key": encoded(slot.public_key),
        "private_key": encoded(slot.private_key),
        "data_key": encoded(slot.data_key),
    }


def _cost_content(cost: Cost) -> dict[str, Any]:
    return {
        "algorithm": _KDF,
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
    }
