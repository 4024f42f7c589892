"""The audit as a file with its seal beside it, and whether such a file is as it was written."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from cocm_desktop.actions.afterwards import telling_of_the_file
from cocm_desktop.actions.audit import require_good, zone_of
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.audit_file import audit_csv, audit_ndjson
from cocm_desktop.exchange.safe_file import write_whole
from cocm_desktop.storage import audit, audit_read
from cocm_desktop.storage.audit_chain import Head, head

SEAL = ".seal.json"
"""What the name of a file's seal ends with."""


class AuditFormat(Enum):
    CSV = "CSV"
    FHIR = "FHIR R4 AuditEvent, one a line"


@dataclass(frozen=True, slots=True)
class ExportedAudit:
    entries: int
    seal: Path
    head: str


def export_audit(
    workspace: Workspace, query: AuditQuery, file: Path, *, kind: AuditFormat = AuditFormat.CSV
) -> ExportedAudit:
    """Write all entries that fit, oldest first, and beside them a seal; both whole or not at all.

    The seal names the head of the audit and is made with the key of its chain: whoever opens
    this clinic can tell whether the file was changed since.
    """
    workspace.require(Permission.SEE_AUDIT)
    workspace.require_proof()
    require_good(query)
    if not file.name:
        raise Refused(Problem("file", "Name the file, not only its folder."))
    with workspace.database.read() as session:
        entries = tuple(audit_read.every(session, query, zone_of(workspace)))
    content = audit_csv(entries) if kind is AuditFormat.CSV else audit_ndjson(entries)
    digest = hashlib.sha256(content).hexdigest()
    at = head(workspace.database)
    seal_file = file.with_name(file.name + SEAL)
    made = {"file": file.name, "entries": len(entries), "sha256": digest}
    with telling_of_the_file() as told, workspace.database.write() as session:
        note = audit.Note(
            "audit.exported",
            audit.Action.EXECUTE,
            new_id(),
            query.patient_id or None,
            sha256=digest,
            bytes=len(content),
            changes=[FieldChange("entries", None, str(len(entries)))],
        )
        audit.write(session, workspace.stamp(), note)
        write_whole(seal_file, _sealed(workspace, made, at))
        write_whole(file, content)
        told.is_done = True
    return ExportedAudit(len(entries), seal_file, str(at))


def check_export(workspace: Workspace, file: Path) -> str:
    """Say that an exported file is as it was written, or refuse with what is wrong."""
    workspace.require(Permission.SEE_AUDIT)
    try:
        content = file.read_bytes()
        seal = json.loads(file.with_name(file.name + SEAL).read_text(encoding="utf-8"))
        made = {name: seal[name] for name in ("file", "entries", "sha256")}
        at, signature = Head(int(seal["seq"]), str(seal["mac"])), str(seal["signature"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        words = f"The file or its seal ({file.name}{SEAL}) cannot be read. Nothing was changed."
        raise Refused(Problem("file", words)) from error
    if hashlib.sha256(content).hexdigest() != made["sha256"]:
        words = "The file was changed after it was exported: do not rely on it. Export it again."
        raise Refused(Problem("file", words))
    if not hmac.compare_digest(_signature(workspace, made, at), signature):
        words = "The seal was not made by this clinic, or was changed: do not rely on the file."
        raise Refused(Problem("file", words))
    return f"The file is as it was exported: {made['entries']:,} entries, up to {at}."


def _sealed(workspace: Workspace, made: dict[str, Any], at: Head) -> bytes:
    signature = _signature(workspace, made, at)
    seal = {**made, "seq": at.seq, "mac": at.mac, "signature": signature}
    return json.dumps(seal, indent=1).encode()


def _signature(workspace: Workspace, made: dict[str, Any], at: Head) -> str:
    told = json.dumps([made["entries"], made["sha256"], at.seq, at.mac])
    return hmac.digest(workspace.database.audit_key, told.encode(), "sha256").hex()
