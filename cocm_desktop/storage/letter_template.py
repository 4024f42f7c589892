"""The practice's own wording of letters; what is not its own comes with the program."""

from __future__ import annotations

from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop import paths
from cocm_desktop.domain.letter import Language, LetterKind, LetterTemplate
from cocm_desktop.domain.letter_template import PATIENT_KINDS, read_shipped
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables_letter import LetterTemplateTable

_CODES = {Language.ENGLISH: "en", Language.SPANISH: "es"}


@cache
def shipped(kind: LetterKind, language: Language) -> LetterTemplate:
    """Give the wording that comes with the program."""
    name = f"{kind.name.lower()}.{_CODES[language]}.txt"
    text = (paths.resources() / "templates" / name).read_text(encoding="utf-8")
    return read_shipped(kind, language, text)


def add(session: Session, template: LetterTemplate, stamp: Stamp, *, record_id: str) -> None:
    """Keep a wording from now on; one without words gives the shipped one back its place."""
    session.add(
        LetterTemplateTable(
            id=record_id,
            kind=template.kind,
            language=template.language,
            title=template.title,
            body=template.body,
            **recorded(stamp),
        )
    )


def exists(session: Session, record_id: str) -> bool:
    return is_stored(session, LetterTemplateTable, record_id)


def everyone(session: Session) -> tuple[LetterTemplate, ...]:
    """Give the wording that holds of every letter to patients, in each language."""
    own = _own(session)
    return tuple(
        own.get((kind, language)) or shipped(kind, language)
        for kind in PATIENT_KINDS
        for language in Language
    )


def holding(session: Session, kind: LetterKind, language: Language) -> LetterTemplate:
    return _own(session).get((kind, language)) or shipped(kind, language)


def _own(session: Session) -> dict[tuple[LetterKind, Language], LetterTemplate]:
    table = LetterTemplateTable
    rows = session.scalars(select(table).order_by(table.recorded_at, table.id))
    latest = {(row.kind, row.language): row for row in rows}
    return {
        key: LetterTemplate(row.kind, row.language, row.title, row.body, is_own=True)
        for key, row in latest.items()
        if row.body
    }
