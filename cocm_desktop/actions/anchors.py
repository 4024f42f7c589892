"""Is this the newest file, and is its audit whole? What was seen of it elsewhere tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.domain.text import says_something, tidy
from cocm_desktop.domain.wording import count_of, long_moment
from cocm_desktop.errors import Problem, Refused, RolledBack, Unavailable
from cocm_desktop.storage import anchors, audit, checkpoint
from cocm_desktop.storage.anchors import Anchor, Mismatch
from cocm_desktop.storage.audit_chain import Head, head, read_anchor
from cocm_desktop.storage.audit_verify import ChainReport, LongCheck, check_chain, check_end
from cocm_desktop.storage.backup import SUFFIX
from cocm_desktop.storage.backup_file import read_backup
from cocm_desktop.storage.device_share import AskedOnce, DeviceShares, OsKeyStore
from cocm_desktop.storage.folder_state import BACKUPS_NAME
from cocm_desktop.storage.open_clinic import OpenClinic

NEWEST_BACKUPS = 5
"""So many manifests are compared; an older one tells nothing that a newer does not."""
CHECK_EVERY = timedelta(days=7)
"""How often every entry of the audit is checked."""
KEY_STORE_SECONDS = 1.0
"""How long an anchor is worth waiting for."""
_IMPATIENT = AskedOnce(OsKeyStore(KEY_STORE_SECONDS))


@dataclass(frozen=True, slots=True)
class AnchorAnswer:
    """Whether the file holds the entry that stands on a paper, and a sentence on it."""

    is_held: bool
    words: str


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a look at the file found: sentences, none if all is well."""

    broken: str = ""
    older: str = ""
    is_check_due: bool = False


def current_anchor(workspace: Workspace) -> str:
    """Give what stands in the foot of a paper made now, such as A:184223-9f3c1a2b."""
    found = head(workspace.database)
    return str(found) if found.mac else ""


def require_newest(
    workspace: Workspace, *, accepted: str = "", everywhere: bool = False
) -> tuple[Mismatch, ...]:
    """Raise RolledBack where newer entries than this file's were seen, or other ones.

    With `accepted`, an administrator's reason, the file is taken as it is; that is noted, and
    the anchors it lacks count no more. `everywhere` also asks the key store and slow places.
    """
    clinic = workspace.clinic
    if clinic is None:
        return ()
    seen = list(_anchors(clinic))
    if everywhere:
        seen += anchors.in_key_store(clinic, _key_store(clinic))
        for folder in _second_places(workspace):
            seen += anchors.in_log(clinic, folder)
    with clinic.database.outside_transactions() as connection:
        found = anchors.mismatches(connection, seen)
    if found and (permitted := anchors.permitted(clinic)):
        _take_for_newest(workspace, found, reason=permitted)
    elif found:
        _require_accepted(workspace, found, reason=tidy(accepted))
        _take_for_newest(workspace, found, reason=tidy(accepted))
    anchors.forget_permit(clinic)
    return found


def keep_anchor(workspace: Workspace, *, everywhere: bool = False) -> None:
    """Keep the head of the audit outside the file. Never raises: it is a mirror, not a record."""
    clinic = workspace.clinic
    if clinic is None:
        return
    try:
        anchors.keep(
            clinic,
            clinic.keys.tools.state(),
            store=_key_store(clinic) if everywhere else None,
            logs=_second_places(workspace) if everywhere else (),
        )
    except Unavailable:
        return


def check_anchor(workspace: Workspace, typed: str) -> AnchorAnswer:
    """Compare what stands in the foot of a paper with the audit of this file."""
    workspace.require(Permission.BACK_UP)
    wanted = read_anchor(typed)
    if wanted is None:
        words = "Type it as it stands in the foot of the page, such as A:184223-9f3c1a2b."
        raise Refused(Problem("anchor", words))
    with workspace.database.outside_transactions() as connection:
        is_held = anchors.holds(connection, wanted)
        last = anchors.last_seq(connection)
        broken = check_chain(connection, workspace.database.audit_key) if is_held else None
    entry = f"entry {wanted.seq:,}"
    if broken is not None and not broken.is_whole:
        return AnchorAnswer(is_held=False, words=broken.words)
    if is_held:
        behind = count_of(last - wanted.seq, "entry", "entries")
        words = (
            f"This file holds {entry} with that seal, and every entry before it as it was "
            f"written; {behind if last > wanted.seq else 'none'} came after it."
        )
    elif wanted.seq > last:
        newer = count_of(wanted.seq - last, "entry", "entries")
        words = (
            f"This file ends before that paper was printed: {newer} up to {entry} are missing. "
            "Nothing was changed. Look for a newer file or backup, and ask who put this one here."
        )
    else:
        words = (
            f"This file has another {entry} than the one that was sealed when that paper was "
            "printed. Check the number; if it is right, the audit was rewritten. "
            "Nothing was changed. Keep the paper and this file, and check the backups."
        )
    return AnchorAnswer(is_held, words)


def check_audit(workspace: Workspace) -> ChainReport:
    """Check every entry of the audit and its seal, and note the result."""
    workspace.require(Permission.BACK_UP)
    with workspace.database.outside_transactions() as connection:
        report = check_chain(connection, workspace.database.audit_key)
    return _noted(workspace, report)


def continue_check(workspace: Workspace, check: LongCheck) -> ChainReport | None:
    """Check the next entries; at the end compare the rows too, note the result and give it."""
    workspace.require(Permission.BACK_UP)
    with workspace.database.outside_transactions() as connection:
        report = check.step(connection, workspace.database.audit_key)
    return None if report is None else _noted(workspace, report)


def _noted(workspace: Workspace, report: ChainReport) -> ChainReport:
    if report.is_whole:
        with workspace.database.outside_transactions() as connection:
            report = checkpoint.compared(connection, report)
    note = audit.Note(
        "audit.checked",
        audit.Action.EXECUTE,
        "audit",
        outcome=audit.SERIOUS_FAILURE if report.words else audit.DONE,
        reason=report.words or None,
    )
    with workspace.database.write() as session:
        audit.write(session, workspace.stamp(), note)
    return report


def check_recent(workspace: Workspace) -> ChainReport:
    """Check the last entries and their seals, as at each unlock; nothing is noted."""
    with workspace.database.outside_transactions() as connection:
        return check_end(connection, workspace.database.audit_key)


def look_at_file(workspace: Workspace) -> FileLook:
    """Look at the file as at each unlock in the window: the last entries, and every anchor.

    Where all is well the day's checkpoint is written and the anchors are renewed.
    """
    if workspace.clinic is None:
        return FileLook()
    report = check_recent(workspace)
    if not report.is_whole:
        return FileLook(broken=report.words)
    try:
        require_newest(workspace, everywhere=True)
    except RolledBack as older:
        return FileLook(older=str(older))
    if workspace.database.reads_only:
        return FileLook()
    write_checkpoint(workspace)
    keep_anchor(workspace, everywhere=True)
    checked = last_checked_on(workspace)
    due = checked is None or workspace.today() - checked >= CHECK_EVERY
    return FileLook(is_check_due=due)


def last_checked_on(workspace: Workspace) -> date | None:
    """Tell on which day the whole audit was checked last, whatever was found."""
    with workspace.database.read() as session:
        at = audit.last_at(session, "audit")
    return at.astimezone(workspace.now().tzinfo).date() if at else None


def write_checkpoint(workspace: Workspace) -> bool:
    """Note once a day how many rows each table has; tell whether that was done now."""
    zone = workspace.now().tzinfo
    with workspace.database.read() as session:
        at = audit.last_at(session, checkpoint.OBJECT)
    if at is not None and at.astimezone(zone).date() >= workspace.today():
        return False
    with workspace.database.write() as session:
        note = audit.Note(
            checkpoint.CODE,
            audit.Action.EXECUTE,
            checkpoint.OBJECT,
            changes=[
                FieldChange(table, None, str(rows))
                for table, rows in checkpoint.counted(session.connection().connection).items()
            ],
        )
        audit.write(session, workspace.stamp(), note)
    return True


def _anchors(clinic: OpenClinic) -> Iterator[Anchor]:
    yield from anchors.kept_here(clinic, clinic.keys.tools.state())
    names = (clinic.path / BACKUPS_NAME).glob(f"*{SUFFIX}")
    for file in sorted(names, reverse=True)[:NEWEST_BACKUPS]:
        try:
            backup = read_backup(file)
        except Unavailable:
            continue
        if backup.vault_id == clinic.keys.vault_id and backup.head.mac:
            yield Anchor(backup.head, backup.as_of, f"the backup {file.name}")


def _key_store(clinic: OpenClinic) -> DeviceShares:
    """Give the key store, asked impatiently: the window waits on the same thread."""
    shares = clinic.keys.tools.shares
    return _IMPATIENT if isinstance(shares, OsKeyStore) else shares


def _second_places(workspace: Workspace) -> list[Path]:
    with workspace.database.read() as session:
        return anchors.log_folders(session, workspace.device)


def _words(workspace: Workspace, found: tuple[Mismatch, ...]) -> str:
    worst = found[0]
    seen = long_moment(worst.anchor.seen_at.astimezone(workspace.now().tzinfo))
    where = f"{seen} ({worst.anchor.where})"
    if worst.newer:
        entries = count_of(worst.newer, "newer entry was", "newer entries were")
        happened = f"This clinic's file is an older one: {entries} seen on {where}."
    else:
        happened = (
            f"The audit of this file was rewritten: entry {worst.anchor.head.seq:,} is another "
            f"one than was seen on {where}."
        )
    return (
        f"{happened} Nothing was changed. Put the newer file back or restore the newest backup. "
        "Only if there is none, an administrator may go on with this file and say why."
    )


def _require_accepted(workspace: Workspace, found: tuple[Mismatch, ...], *, reason: str) -> None:
    words = _words(workspace, found)
    if not reason:
        raise RolledBack(words)
    if not workspace.staff.may(Permission.SEE_AUDIT):
        raise RolledBack(f"{words} You are not an administrator.")
    if not says_something(reason):
        told = "Say why this file is the right one; it is kept in the audit. Nothing was changed."
        raise RolledBack(f"{words} {told}")


def _take_for_newest(workspace: Workspace, found: tuple[Mismatch, ...], *, reason: str) -> None:
    now = str(head(workspace.database))
    names = dict.fromkeys(str(each.anchor.head) for each in found)
    note = audit.Note(
        anchors.ACCEPTED_CODE,
        audit.Action.EXECUTE,
        workspace.require_clinic().keys.vault_id,
        reason=reason,
        changes=[FieldChange("anchor", name, now) for name in names],
    )
    with workspace.database.write() as session:
        audit.write(session, workspace.stamp(), note)
    keep_anchor(workspace)


__all__ = [
    "AnchorAnswer", "ChainReport", "FileLook", "Head", "LongCheck", "check_anchor",
    "check_audit", "check_recent", "continue_check", "current_anchor", "keep_anchor",
    "last_checked_on", "look_at_file", "require_newest", "write_checkpoint",
]  # fmt: skip
