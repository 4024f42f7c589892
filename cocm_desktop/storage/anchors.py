"""Anchors of the audit chain: heads kept outside the file, by which an older file is noticed.

They lie in this computer's own folder (sealed with the audit's key), in its key store, in the
manifest of each backup, and as lines of a text file in the second place of backups. A file that
lacks an entry which an anchor names, or has another one in its place, is not the newest.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import OWNER_ONLY_FOLDER, write_safely
from cocm_desktop.storage.audit_chain import SHORT, Head, head, read_anchor
from cocm_desktop.storage.data_key import derive
from cocm_desktop.storage.device_share import DeviceShares
from cocm_desktop.storage.open_clinic import OpenClinic
from cocm_desktop.storage.tables_trust import BackupPlaceTable

ACCEPTED_CODE: Final = "audit.older_accepted"
LOG_NAME: Final = "audit-anchors.txt"
PERMIT_NAME: Final = "older-permitted.json"
_FOLDER: Final = "anchors"
_INFO: Final = "CoCM Desktop/1/anchor"
_LARGEST: Final = 4_096
_LOG_TAIL: Final = 4_000
_IN_KEY_STORE: Final = 16
"""Bytes of a seal that the key store keeps, besides eight of the number and eight of the time."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head as it was seen at some time in some place. Its seal may be cut short."""

    head: Head
    seen_at: datetime
    where: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An anchor that the open file does not hold.

    `newer` is the number of entries behind the end of the file; 0 where the file has another
    entry in the place of the one that was seen.
    """

    anchor: Anchor
    newer: int


def kept_here(clinic: OpenClinic, state: Path | None) -> Iterator[Anchor]:
    """Give the anchor in this computer's own folder; one that was tampered with is none."""
    if state is None:
        return
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        with _file(clinic, state).open("rb") as stream:
            content = json.loads(stream.read(_LARGEST))
        if hmac.compare_digest(content.pop("seal"), _sealed(clinic, content)):
            at = datetime.fromisoformat(content["at"])
            yield Anchor(Head(content["seq"], content["mac"]), at, "this computer")


def in_key_store(clinic: OpenClinic, store: DeviceShares) -> Iterator[Anchor]:
    """Give the anchor in the key store of the operating system; it may wait for a person."""
    try:
        kept = store.fetch(_name(clinic))
    except Unavailable:
        return
    if kept:
        seq, seconds = (int.from_bytes(kept[at : at + 8], "big") for at in (0, 8))
        with suppress(ValueError, OverflowError, OSError):
            at = datetime.fromtimestamp(seconds, UTC)
            yield Anchor(Head(seq, kept[16:].hex()), at, "this computer's key store")


def in_log(clinic: OpenClinic, folder: Path) -> Iterator[Anchor]:
    """Give the anchors in a text file elsewhere, the newest of this clinic."""
    try:
        lines = (folder / LOG_NAME).read_bytes()[-_LOG_TAIL:].decode("ascii", "replace")
    except OSError:
        return
    for line in reversed(lines.splitlines()):
        moment, _, rest = line.partition("  ")
        vault, _, typed = rest.partition("  ")
        found = read_anchor(typed)
        if vault == clinic.keys.vault_id[-SHORT:] and found is not None:
            with suppress(ValueError):
                yield Anchor(found, datetime.fromisoformat(moment), str(folder / LOG_NAME))
                return


def keep(
    clinic: OpenClinic,
    state: Path | None,
    *,
    store: DeviceShares | None = None,
    logs: Iterable[Path] = (),
) -> Head:
    """Keep the head wherever it can be kept now, and give it. What cannot be written is left."""
    found, now = head(clinic.database), clinic.now().astimezone(UTC)
    if not found.mac:
        return found
    if state is not None and found not in {each.head for each in kept_here(clinic, state)}:
        content = {"seq": found.seq, "mac": found.mac, "at": now.isoformat()}
        whole = content | {"seal": _sealed(clinic, content)}
        file = _file(clinic, state)
        with suppress(OSError):
            file.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
            write_safely(file, json.dumps(whole).encode())
    if store is not None:
        with suppress(Unavailable):
            store.keep(_name(clinic), _packed(found, now))
    for folder in logs:
        if any(str(each.head) == str(found) for each in in_log(clinic, folder)):
            continue
        _add_line(clinic, folder, found=found, now=now)
    return found


def mismatches(connection: Any, anchors: Iterable[Anchor]) -> tuple[Mismatch, ...]:
    """Compare an open file with anchors by the driver's own connection, the gravest first.

    An anchor that an administrator has accepted as given up counts no more.
    """
    given_up = {
        name
        for (name,) in connection.execute(
            "SELECT c.before FROM audit_change c JOIN audit_entry e ON e.seq = c.seq "
            "WHERE e.code = ? AND c.field = 'anchor'",
            (ACCEPTED_CODE,),
        )
    }
    last = last_seq(connection)
    found = [
        Mismatch(anchor, max(0, anchor.head.seq - last))
        for anchor in anchors
        if str(anchor.head) not in given_up and not holds(connection, anchor.head)
    ]
    return tuple(sorted(found, key=lambda each: (-each.newer, -each.anchor.head.seq)))


def holds(connection: Any, wanted: Head) -> bool:
    """Tell whether a file holds the entry that an anchor names, with its seal."""
    if not wanted.seq:
        return True
    row = connection.execute("SELECT mac FROM audit_entry WHERE seq = ?", (wanted.seq,)).fetchone()
    return row is not None and bool(wanted.mac) and (row[0] or "").startswith(wanted.mac)


def last_seq(connection: Any) -> int:
    (last,) = connection.execute("SELECT coalesce(max(seq), 0) FROM audit_entry").fetchone()
    return int(last)


def log_folders(session: Session, device: str) -> list[Path]:
    """Give the second places of backups, as this computer names them."""
    table = BackupPlaceTable
    found = select(table.folder).where(table.device == device, table.voided_at.is_(None))
    return [Path(folder) for folder in session.scalars(found)]


def permit_older(folder: Path, *, vault_id: str, audit_key: bytes, head: Head, reason: str) -> None:
    """Let the file in a folder be opened though newer entries than `head` were seen.

    For a restore, whose maker had the password or the code. The note is sealed with the audit's
    key, counts for this head alone, and goes into the audit at the next unlock. Raises OSError.
    """
    content: dict[str, Any] = {"seq": head.seq, "mac": head.mac, "reason": reason}
    seal = _seal(audit_key, vault_id, content)
    write_safely(folder / PERMIT_NAME, json.dumps(content | {"seal": seal}).encode())


def permitted(clinic: OpenClinic) -> str:
    """Give why this file may be older than what was seen of it; empty where nothing permits it."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        with (clinic.path / PERMIT_NAME).open("rb") as stream:
            content = json.loads(stream.read(_LARGEST))
        seal = content.pop("seal")
        if not hmac.compare_digest(seal, _sealed(clinic, content)):
            return ""
        if head(clinic.database) == Head(content["seq"], content["mac"]):
            return str(content["reason"])
    return ""


def forget_permit(clinic: OpenClinic) -> None:
    with suppress(OSError):
        (clinic.path / PERMIT_NAME).unlink(missing_ok=True)


def _sealed(clinic: OpenClinic, content: dict[str, Any]) -> str:
    return _seal(clinic.database.audit_key, clinic.keys.vault_id, content)


def _seal(audit_key: bytes, vault_id: str, content: dict[str, Any]) -> str:
    whole = json.dumps([vault_id, content], sort_keys=True).encode()
    return hmac.digest(derive(audit_key, _INFO), whole, hashlib.sha256).hex()


def _name(clinic: OpenClinic) -> str:
    """Name a clinic in one folder: a copy of it elsewhere goes on by itself."""
    folder = hashlib.sha256(str(clinic.path.resolve()).encode("utf-8", "surrogateescape"))
    return f"{clinic.keys.vault_id}-{folder.hexdigest()[:12]}"


def _file(clinic: OpenClinic, state: Path) -> Path:
    return state / _FOLDER / f"{_name(clinic)}.json"


def _packed(found: Head, now: datetime) -> bytes:
    seal = bytes.fromhex(found.mac)[:_IN_KEY_STORE]
    return found.seq.to_bytes(8, "big") + int(now.timestamp()).to_bytes(8, "big") + seal


def _add_line(clinic: OpenClinic, folder: Path, *, found: Head, now: datetime) -> None:
    vault = clinic.keys.vault_id[-SHORT:]
    line = f"{now.isoformat(timespec='seconds')}  {vault}  A:{found.seq}-{found.mac[:32]}\n"
    with suppress(OSError), (folder / LOG_NAME).open("ab") as stream:
        stream.write(line.encode("ascii"))
