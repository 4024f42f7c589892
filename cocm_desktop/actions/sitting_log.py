"""Where a sitting begins and ends in the audit, and what was not as at the last one.

The opening tells that the file is encrypted, by which library and by which key store; that the
file or its keys were put right; that the program was updated, the clock set back, or that the last
sitting ended without a lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from cocm_desktop import __version__
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_entry import AuditEntry
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.errors import CocmError
from cocm_desktop.storage import audit, audit_read
from cocm_desktop.storage.device_share import loaded_back_end
from cocm_desktop.storage.migrations import SCHEMA
from cocm_desktop.storage.open_clinic import OpenClinic
from cocm_desktop.storage.sqlite import cipher_of

BEGAN: Final = "session.began"
LEFT: Final = frozenset(
    {"session.ended", "clinic.locked", "clinic.auto_locked", "clinic.handed_over"}
)
_ENCRYPTION, _KEY_STORE = "encryption", "key_store"


def note_opening(workspace: Workspace) -> None:
    """Tell that somebody signed in. A disk that takes nothing does not keep the file shut."""
    if workspace.clinic is None:
        return
    with suppress(CocmError), workspace.database.write() as session:
        stamp = workspace.stamp()
        last = audit_read.newest_other(session, stamp.session_id)
        opening = audit_read.newest_of(session, BEGAN)
        facts = _facts(cipher_of(session.connection().connection.driver_connection))
        unlike = _unlike(workspace, (last, opening), facts)
        for code, change in (*_put_right(workspace.clinic), *unlike):
            execute = audit.Action.EXECUTE
            audit.write(session, stamp, audit.Note(code, execute, stamp.staff.id, changes=change))
        changes = [FieldChange(name, None, value) for name, value in facts.items()]
        note = audit.Note(BEGAN, audit.Action.EXECUTE, stamp.staff.id, changes=changes)
        audit.write(session, stamp, note)


def note_ending(workspace: Workspace) -> None:
    """Tell that the sitting ended, unless its lock told so already."""
    with suppress(CocmError), workspace.database.write() as session:
        last = audit_read.newest(session)
        is_told = last and last.session_id == workspace.sitting.id and last.code in LEFT
        if not is_told:
            note = audit.Note("session.ended", audit.Action.EXECUTE, workspace.staff.id)
            audit.write(session, workspace.stamp(), note)


def _put_right(clinic: OpenClinic) -> Iterator[tuple[str, list[FieldChange]]]:
    """Give what this opening itself did to the file and its keys."""
    if clinic.upgraded_from is not None:
        yield "clinic.upgraded", [FieldChange("schema", str(clinic.upgraded_from), str(SCHEMA))]
    if clinic.keys_mended:
        yield "key_file.mended", []


def _facts(cipher: str) -> dict[str, str]:
    facts = {_ENCRYPTION: cipher}
    if store := loaded_back_end():
        facts[_KEY_STORE] = store
    return facts


def _unlike(
    workspace: Workspace,
    before: tuple[AuditEntry | None, AuditEntry | None],
    facts: dict[str, str],
) -> Iterator[tuple[str, list[FieldChange]]]:
    """Give what is not as it was at the last opening, as codes with what they tell."""
    (last, opening), stamp = before, workspace.stamp()
    if last is None:
        return
    if opening and last.code not in LEFT:
        moment = long_moment(last.at.astimezone(stamp.at.tzinfo))
        yield "session.recovered", [FieldChange("last_entry_at", None, moment)]
    if stamp.at < last.at - audit.CLOCK_TOLERANCE:
        yield "clock.set_back", [FieldChange("clock", last.at.isoformat(), stamp.at.isoformat())]
    if last.app_version != __version__:
        yield "program.updated", [FieldChange("version", last.app_version, __version__)]
    if opening is None:
        return
    known = {change.field: change.after for change in opening.changes}
    for name, code in ((_ENCRYPTION, "encryption.changed"), (_KEY_STORE, "key_store.changed")):
        old, new = known.get(name), facts.get(name)
        if old and new and old != new:
            yield code, [FieldChange(name, old, new)]
