"""The audit as files: CSV for a spreadsheet, FHIR R4 AuditEvent lines for other systems.

Source: HL7 FHIR R4 AuditEvent; its types are those of DICOM PS3.15 A.5.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any, Final

from cocm_desktop.domain.audit_entry import AuditEntry
from cocm_desktop.domain.audit_event import EventKind
from cocm_desktop.exchange.table_file import table_csv

HEADS: Final = (
    "number", "at", "person", "roles", "emergency", "what", "patient", "patient id", "code",
    "outcome", "details", "computer", "account", "program", "clock good", "seal",
)  # fmt: skip
_DICOM: Final = "http://dicom.nema.org/resources/ontology/DCM"
_OWN: Final = "urn:cocm-desktop:audit-code"
_TYPES: Final = {
    EventKind.SESSION: ("110114", "User Authentication"),
    EventKind.ACCESS: ("110110", "Patient Record"),
    EventKind.CHANGE: ("110110", "Patient Record"),
    EventKind.SAFETY: ("110110", "Patient Record"),
    EventKind.OUTPUT: ("110106", "Export"),
    EventKind.ADMIN: ("110113", "Security Alert"),
    EventKind.DATA: ("110100", "Application Activity"),
    EventKind.SECURITY: ("110113", "Security Alert"),
}
_SPECIAL: Final = {
    "audit.viewed": ("110101", "Audit Log Used"),
    "import.done": ("110107", "Import"),
    "patient.searched": ("110112", "Query"),
}


def audit_csv(entries: Iterable[AuditEntry]) -> bytes:
    return table_csv(HEADS, (_cells(entry) for entry in entries))


def audit_ndjson(entries: Iterable[AuditEntry]) -> bytes:
    """Write an AuditEvent a line."""
    lines = (json.dumps(audit_event(entry), ensure_ascii=False) for entry in entries)
    return "".join(f"{line}\n" for line in lines).encode()


def audit_event(entry: AuditEntry) -> dict[str, Any]:
    """Give an entry as a FHIR R4 AuditEvent; every field of the entry is in it."""
    code, display = _SPECIAL.get(entry.code, _TYPES[entry.event.kind])
    event: dict[str, Any] = {
        "resourceType": "AuditEvent",
        "id": entry.id,
        "type": {"system": _DICOM, "code": code, "display": display},
        "subtype": [{"system": _OWN, "code": entry.code, "display": entry.sentence}],
        "action": entry.action,
        "recorded": entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "outcome": str(entry.outcome),
        "agent": [_agent(entry)],
        "source": {
            "site": entry.device,
            "observer": {"display": f"CoCM Desktop {entry.app_version}"},
        },
        "entity": list(_entities(entry)),
    }
    if entry.is_emergency:
        reason = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
        event["purposeOfEvent"] = [{"coding": [{"system": reason, "code": "BTG"}]}]
    return event


def _agent(entry: AuditEntry) -> dict[str, Any]:
    agent: dict[str, Any] = {
        "who": {"identifier": {"value": entry.staff_id}, "display": entry.staff_name},
        "name": entry.staff_name,
        "requestor": True,
        "network": {"address": entry.device, "type": "1"},
    }
    if entry.os_account:
        agent["altId"] = entry.os_account
    if entry.roles:
        agent["role"] = [{"text": entry.roles_words}]
    return agent


def _entities(entry: AuditEntry) -> Iterable[dict[str, Any]]:
    kinds = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
    if entry.patient_id:
        yield {
            "what": {"reference": f"Patient/{entry.patient_id}"},
            "type": {"system": kinds, "code": "1", "display": "Person"},
            "name": entry.patient,
        }
    about = {
        "sequence": entry.seq, "session": entry.session_id, "seal": entry.mac,
        "version": entry.object_version, "part": entry.category, "reason": entry.reason,
        "recipient": entry.recipient, "sha256": entry.sha256, "pages": entry.pages,
        "bytes": entry.bytes, "monotonic milliseconds": entry.ticks_ms,
        "clock good": str(entry.clock_ok).lower(),
    }  # fmt: skip
    detail = [{"type": k, "valueString": str(v)} for k, v in about.items() if v is not None]
    for change in entry.changes:
        values = json.dumps([change.before, change.after], ensure_ascii=False)
        detail.append({"type": f"change of {change.field}", "valueString": values})
    yield {
        "what": {"identifier": {"value": entry.object_id}},
        "type": {"system": kinds, "code": "2", "display": "System Object"},
        "description": entry.object_type,
        "detail": detail,
    }


def _cells(entry: AuditEntry) -> tuple[str, ...]:
    return (
        str(entry.seq),
        entry.at.isoformat(timespec="milliseconds"),
        entry.staff_name,
        entry.roles_words,
        "yes" if entry.is_emergency else "",
        entry.sentence,
        entry.patient,
        entry.patient_id or "",
        entry.code,
        entry.outcome_words,
        "; ".join(entry.details),
        entry.device,
        entry.os_account,
        entry.app_version,
        "yes" if entry.clock_ok else "no",
        entry.mac or "",
    )
