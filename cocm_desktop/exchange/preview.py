"""Sorting the rows of a list: new, already here, possibly here, or rejected with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.duplicate import Duplicate, Likeness, PatientKey
from cocm_desktop.domain.import_preview import PreviewRow, RowState
from cocm_desktop.domain.patient import PatientDraft, banner_name
from cocm_desktop.domain.patient_list import Mapping, PatientList
from cocm_desktop.domain.patient_row import Reading, ReadRow, read_row
from cocm_desktop.domain.text import tidy
from cocm_desktop.exchange.duplicates import KnownPatients

_MOST_MATCHES_TOLD = 3
_LONGEST_NAME = 80


def sorted_rows(
    patient_list: PatientList, mapping: Mapping, keys: Iterable[PatientKey], *, today: date
) -> Iterator[PreviewRow]:
    """Give each row of the list once, in order, compared with the file above it and with `keys`."""
    reading = Reading.of(patient_list, mapping, today=today)
    on_file, above = KnownPatients(keys), KnownPatients()
    lines: dict[str, int] = {}
    for row in patient_list.rows:
        read = read_row(row, reading)
        key = _key(read.draft)
        if read.reasons or key is None:
            yield _row(read, RowState.REJECTED, read.reasons)
            continue
        found = [
            *(_Match(match) for match in on_file.like(read.draft)),
            *(_Match(match, lines[match.key.id]) for match in above.like(read.draft)),
        ]
        state = _state(found)
        yield _row(read, state, tuple(match.words for match in _telling(found, state)))
        if state is not RowState.REJECTED:
            above.add(key)
            lines[key.id] = row.line


@dataclass(frozen=True, slots=True)
class _Match:
    """Who is like a row: somebody on file, or the patient of a line above."""

    duplicate: Duplicate
    line: int | None = None

    @property
    def words(self) -> str:
        likeness, key = self.duplicate.likeness, self.duplicate.key
        if self.line is None:
            return f"{likeness.value} on file: {key.words}."
        return f"{likeness.value} on line {self.line} of this file: {key.words}."


def _state(found: list[_Match]) -> RowState:
    """Decide by who is like the row: only a likeness in doubt is left to a person."""
    likenesses = [match.duplicate.likeness for match in found]
    if any(likeness.is_certain for likeness in likenesses):
        return RowState.ALREADY_HERE
    if Likeness.TAKEN_MRN in likenesses:
        return RowState.REJECTED
    return RowState.POSSIBLE_DUPLICATE if likenesses else RowState.NEW


def _telling(found: list[_Match], state: RowState) -> list[_Match]:
    """Give the matches that decided the state."""
    if state is RowState.ALREADY_HERE:
        found = [match for match in found if match.duplicate.likeness.is_certain][:1]
    elif state is RowState.REJECTED:
        found = [m for m in found if m.duplicate.likeness is Likeness.TAKEN_MRN]
    return found[:_MOST_MATCHES_TOLD]


def _key(draft: PatientDraft) -> PatientKey | None:
    if draft.born_on is None:
        return None
    return PatientKey(
        id=draft.id,
        mrn=tidy(draft.mrn),
        last_name=tidy(draft.last_name),
        first_name=tidy(draft.first_name),
        born_on=draft.born_on,
        phone=draft.reach.phone,
        preferred_name=draft.preferred_name,
    )


def _row(read: ReadRow, state: RowState, reasons: tuple[str, ...]) -> PreviewRow:
    draft = read.draft
    has_name = draft.last_name or draft.first_name
    return PreviewRow(
        line=read.line,
        state=state,
        name=banner_name(draft.last_name, draft.first_name)[:_LONGEST_NAME] if has_name else "",
        born_on=draft.born_on,
        mrn=draft.mrn,
        draft=None if state is RowState.REJECTED else draft,
        reasons=reasons,
        notes=read.notes,
    )
