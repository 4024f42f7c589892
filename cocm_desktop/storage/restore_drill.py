"""Restore a backup into a scratch folder, open it, read it whole, and throw it away again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver

from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import blaming_the_disk, scratch
from cocm_desktop.storage.audit_chain import Head, head_of
from cocm_desktop.storage.backup import NO_HEAD, Backup
from cocm_desktop.storage.backup_file import open_backup, unpack
from cocm_desktop.storage.data_key import Purpose
from cocm_desktop.storage.database_copy import require_good_copy
from cocm_desktop.storage.open_clinic import OpenClinic
from cocm_desktop.storage.sqlite import COMMON_PRAGMAS, set_pragmas, unlock

SCRATCH: Final = "restore-drill.part"
_SAFE: Final = "The clinic and its backups are as they were."


@dataclass(frozen=True, slots=True)
class Tried:
    """What a drill found: the backup, the audit's head in it, how long it took, what is wrong."""

    backup: Backup
    head: Head
    seconds: float
    findings: tuple[str, ...]


def try_restore(clinic: OpenClinic, backup: Backup) -> Tried:
    """Do everything a restore does but the last step. The open clinic's own key is the secret."""
    began = time.perf_counter()
    findings: list[str] = []
    head = NO_HEAD
    with blaming_the_disk(_SAFE), scratch(clinic.path / SCRATCH) as folder:
        try:
            head = _open_and_check(clinic, backup, folder)
        except Unavailable as error:
            findings.append(str(error))
    if not findings and head != backup.head:
        findings.append("The audit in the backup does not end where the backup says it does.")
    return Tried(backup, head, time.perf_counter() - began, tuple(findings))


def _open_and_check(clinic: OpenClinic, backup: Backup, folder: Path) -> Head:
    policy = clinic.keys.tools.policy
    try:
        open_backup(backup.path, policy, clinic.keys.own)
    except Unavailable as error:
        raise Unavailable(
            "This backup was made under an earlier key, or it is damaged. Make a backup now, "
            "then try that one."
        ) from error
    keys = unpack(backup.path, policy, name_of=lambda keys: folder / keys.database)
    database, raw_key = folder / keys.database, clinic.keys.derive(Purpose.DATABASE)
    require_good_copy(database, raw_key, backup.contents)
    return _head(database, raw_key) if backup.head != NO_HEAD else NO_HEAD


def _head(database: Path, raw_key: bytes) -> Head:
    connection: Any = driver.connect(str(database), isolation_level=None)
    try:
        unlock(connection, raw_key)
        set_pragmas(connection, COMMON_PRAGMAS)
        return head_of(connection)
    finally:
        connection.close()
