"""Who looked at what: a read tells the audit of itself before its answer is shown.

An action that gives a patient's record to a person calls `look` once it has it. The same part of
the same record is told once a quarter of an hour and sitting. A read inside another action is
told by that one.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.domain.text import fold
from cocm_desktop.errors import Unavailable
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes

AGAIN_AFTER: Final = timedelta(minutes=15)
SHORT_DIGEST: Final = 16


class ChartPart(Enum):
    """A part of a patient's record, as the audit names what was looked at."""

    DEMOGRAPHICS = "demographics"
    SCORES = "scores"
    NOTES = "notes"
    MEDICATIONS = "medications"
    BILLING = "billing"
    PART_2 = "part 2"
    SAFETY = "safety"
    LETTERS = "letters"
    PRIVACY = "privacy requests"


def look_at_chart(workspace: Workspace, patient_id: str, *parts: ChartPart) -> None:
    """Tell the audit that parts of a patient's record were seen."""
    look(workspace, "chart.viewed", patient_id, parts=[part.value for part in parts])


def look_at_episode(workspace: Workspace, episode_id: str, *parts: ChartPart) -> None:
    """Tell the audit that parts of a patient's record were seen, by one of the episodes."""
    if workspace.database.is_busy:
        return
    with workspace.database.read() as session:
        found = episodes.by_id(session, (episode_id,))
    for episode in found.values():
        look_at_chart(workspace, episode.patient_id, *parts)


def look(
    workspace: Workspace,
    code: str,
    patient_id: str | None = None,
    *,
    parts: Sequence[str] = ("",),
    changes: Sequence[FieldChange] = (),
) -> None:
    """Tell the audit what was seen, unless it was told of it lately.

    Where the disk takes nothing now, the read still answers, and the next write tells of it.
    """
    fresh = _fresh(workspace, f"{code} {patient_id or ''}", parts)
    if not fresh:
        return
    told = audit.Note(
        code,
        audit.Action.READ,
        patient_id or code,
        patient_id,
        category=", ".join(part for part in fresh if part) or None,
        changes=changes,
    )
    _tell(workspace, told)


def note_search(workspace: Workspace, words: str, *, found: int) -> None:
    """Tell the audit that somebody searched: how many were found, and the words only as a digest.

    The same words give the same digest in this clinic's file and in no other one.
    """
    folded = fold(words)
    if not folded:
        return
    digest = hmac.digest(workspace.database.audit_key, folded.encode(), "sha256").hex()
    changes = (
        FieldChange("words_digest", None, digest[:SHORT_DIGEST]),
        FieldChange("found", None, str(found)),
    )
    if _fresh(workspace, "patient.searched", (digest,)):
        code = "patient.searched"
        _tell(workspace, audit.Note(code, audit.Action.READ, code, changes=changes))


def _fresh(workspace: Workspace, what: str, parts: Sequence[str]) -> list[str]:
    """Give the parts that were not told lately, and remember that they are told now."""
    if workspace.database.is_busy:
        return []
    now, seen = workspace.now(), workspace.sitting.seen
    fresh = [part for part in parts if not _is_recent(seen.get((what, part)), now)]
    seen.update(dict.fromkeys(((what, part) for part in fresh), now))
    return fresh


def _is_recent(at: datetime | None, now: datetime) -> bool:
    return at is not None and timedelta() <= now - at < AGAIN_AFTER


def _tell(workspace: Workspace, note: audit.Note) -> None:
    stamp = workspace.stamp()
    try:
        with workspace.database.write() as session:
            audit.write(session, stamp, note)
    except Unavailable:
        workspace.database.tell_later((stamp, note))
