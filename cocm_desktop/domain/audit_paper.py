"""A part of the audit on paper: what was asked, and each entry as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cocm_desktop.domain.audit_entry import AuditEntry
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.record_paper import PaperTable, RecordPaper
from cocm_desktop.domain.wording import clock_time, long_date, short_date

TITLE: Final = "Audit"
MOST_PRINTED: Final = 2_000
"""Some 100 pages: more is read on screen, or exported."""


def audit_paper(
    entries: Sequence[AuditEntry],
    about: Sequence[tuple[str, str]],
    practice: Practice,
    *,
    as_of: datetime,
    by: str,
) -> RecordPaper:
    """Put entries on paper, in the order in which they are given."""
    return RecordPaper(
        title=TITLE,
        practice=practice,
        about=tuple(about),
        words=(),
        tables=(
            PaperTable(
                "Entries",
                ("Number", "When", "Who", "What"),
                (0.09, 0.15, 0.16, 0.60),
                tuple(_row(entry) for entry in entries),
                nothing="No entry fits what was asked.",
            ),
        ),
        as_of=as_of,
        prepared_by=by,
    )


def asked_words(query: AuditQuery, *, person: str, patient: str) -> tuple[tuple[str, str], ...]:
    """Say what was asked of the audit, one line each."""
    which = [
        words
        for words, is_asked in (
            ("failed or refused", query.only_failed),
            ("by emergency access", query.only_emergency),
        )
        if is_asked
    ]
    told = (
        ("Days", _days(query)),
        ("Person", person),
        ("Patient", patient),
        ("Kind", "" if query.code or query.kind is None else query.kind.value),
        ("Event", query.code),
        ("Only what was", " and ".join(which)),
    )
    return tuple((name, words) for name, words in told if words)


def _days(query: AuditQuery) -> str:
    first = f"from {long_date(query.since)}" if query.since else ""
    last = f"until {long_date(query.until)}" if query.until else ""
    return " ".join(part for part in (first, last) if part) or "all"


def _row(entry: AuditEntry) -> tuple[str, ...]:
    when = f"{short_date(entry.at.date())}\n{clock_time(entry.at)}"
    return (
        f"{entry.seq:,}",
        when,
        f"{entry.staff_name}\n{entry.device}",
        "\n".join((entry.sentence, *entry.details)),
    )
