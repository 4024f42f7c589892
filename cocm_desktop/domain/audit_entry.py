"""One entry of the audit as a person reads it: a sentence, who, when, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from cocm_desktop.domain.audit_event import AuditEvent, event_of
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.domain.wording import count_of

DONE, REFUSED, FAILED = 0, 4, 8
OUTCOMES: Final = {DONE: "Done", REFUSED: "Refused", FAILED: "Failed", 12: "Failed badly"}
"""Source: DICOM PS3.15 A.5.3, event outcome indicator."""
A_KILOBYTE: Final = 1000


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`patient` is how the patient is named today; empty where the entry is about none."""

    seq: int
    id: str
    at: datetime
    ticks_ms: int
    clock_ok: bool
    staff_id: str
    staff_name: str
    roles: str
    is_emergency: bool
    device: str
    os_account: str
    app_version: str
    session_id: str
    code: str
    action: str
    outcome: int
    patient_id: str | None
    object_type: str
    object_id: str
    object_version: int | None
    category: str | None
    reason: str | None
    recipient: str | None
    sha256: str | None
    pages: int | None
    bytes: int | None
    mac: str | None
    patient: str = ""
    changes: tuple[FieldChange, ...] = ()

    @property
    def event(self) -> AuditEvent:
        return event_of(self.code)

    @property
    def sentence(self) -> str:
        """Say what was done, without who and when: Opened the chart of ALVAREZ, Maria (scores)."""
        told = self.event.sentence.format_map(
            {
                "patient": self.patient or "a patient",
                "part": self.category or "",
                "recipient": self.recipient or "somebody",
                "pages": count_of(self.pages or 0, "page"),
                "size": size_words(self.bytes or 0),
            }
        )
        if self.category and "{part}" not in self.event.sentence:
            told = f"{told} ({self.category})"
        return f"{told[:1].upper()}{told[1:]}"

    @property
    def outcome_words(self) -> str:
        return OUTCOMES.get(self.outcome, "Failed")

    @property
    def roles_words(self) -> str:
        """Give the roles as they are called on screen."""
        return ", ".join(
            role.replace("_", " ").capitalize() for role in self.roles.split(",") if role
        )

    @property
    def details(self) -> tuple[str, ...]:
        """Say everything else that the entry holds, one fact a line."""
        about = (
            ("Reason", self.reason),
            ("To", self.recipient),
            ("Pages", self.pages),
            ("Size", size_words(self.bytes) if self.bytes else None),
            ("SHA-256 of what was made", self.sha256),
            ("Outcome", self.outcome_words if self.outcome else None),
            ("Emergency access", "yes" if self.is_emergency else None),
            ("The computer's clock", None if self.clock_ok else "had been set back"),
        )
        facts = [f"{name}: {value}" for name, value in about if value is not None]
        return (*(change_words(change) for change in self.changes), *facts)

    def named(self, patient: str) -> AuditEntry:
        return replace(self, patient=patient)


def change_words(change: FieldChange) -> str:
    """Say how one field changed: Phone: 303-555-0100 → 303-555-0199."""
    name = change.field.replace("_", " ")
    before, after = (value or "nothing" for value in (change.before, change.after))
    told = after if change.before is None else f"{before} → {after}"
    return f"{name[:1].upper()}{name[1:]}: {told}"


def size_words(count: int) -> str:
    """Write a number of bytes: 512 bytes, 12 KB, 3.4 MB."""
    if count < A_KILOBYTE:
        return count_of(count, "byte")
    if count < A_KILOBYTE**2:
        return f"{count / A_KILOBYTE:.0f} KB"
    return f"{count / A_KILOBYTE**2:.1f} MB"
