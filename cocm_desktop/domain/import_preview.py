"""What an import would do with each row of a patient list, before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from cocm_desktop.domain.ids import ImportBatchId, new_id
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.patient_list import Mapping, PatientList
from cocm_desktop.domain.wording import count_of, long_date
from cocm_desktop.errors import Problem


class RowState(Enum):
    """What becomes of a row. Every row of the file is in exactly one state."""

    NEW = "New"
    ALREADY_HERE = "Already here"
    POSSIBLE_DUPLICATE = "Possible duplicate"
    REJECTED = "Rejected"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file: the patient it would make, its state, and why.

    `draft` is None where the row cannot become a patient. `notes` say what was read with a doubt.
    """

    line: int
    state: RowState
    name: str
    born_on: date | None
    mrn: str
    draft: PatientDraft | None = None
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Everything a person should read about the row, the reason of its state first."""
        return (*self.reasons, *self.notes)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Nothing is stored yet. `id` becomes the batch's, so that a retried import is one import."""

    patient_list: PatientList
    mapping: Mapping
    rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...] = ()
    is_remembered: bool = False
    id: ImportBatchId = field(default_factory=lambda: ImportBatchId(new_id()))

    @property
    def notices(self) -> tuple[str, ...]:
        return self.patient_list.notices

    @property
    def counts(self) -> dict[RowState, int]:
        """Give how many rows are in each state; together they are all rows of the file."""
        of_state = Counter(row.state for row in self.rows)
        return {state: of_state[state] for state in RowState}

    def of(self, state: RowState) -> tuple[PreviewRow, ...]:
        return tuple(row for row in self.rows if row.state is state)

    def left_out(self, include: AbstractSet[int]) -> tuple[PreviewRow, ...]:
        """Give the rows that are neither added nor known to be here already."""
        return tuple(
            row
            for row in self.rows
            if row.state is RowState.REJECTED
            or (row.state is RowState.POSSIBLE_DUPLICATE and row.line not in include)
        )

    def words(self, include: AbstractSet[int]) -> str:
        """Say what an import would do: 93 patients will be added; 5 already here, 1 rejected."""
        added = len(self.drafts(include))
        left = Counter(row.state for row in self.left_out(include))
        left[RowState.ALREADY_HERE] = self.counts[RowState.ALREADY_HERE]
        rest = [f"{left[state]:,} {state.value.lower()}" for state in RowState if left[state]]
        whole = f"{count_of(added, 'patient')} will be added"
        return f"{whole}. Left out: {', '.join(rest)}." if rest else f"{whole}."

    def drafts(self, include: AbstractSet[int]) -> tuple[PatientDraft, ...]:
        """Give the patients to add: the new ones, and the possible duplicates chosen by line."""
        return tuple(
            row.draft
            for row in self.rows
            if row.draft
            and (
                row.state is RowState.NEW
                or (row.state is RowState.POSSIBLE_DUPLICATE and row.line in include)
            )
        )


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """An import that was done: what came of it, and whether it was undone.

    `rows_known` counts patients who were here already and possible duplicates not chosen.
    """

    id: ImportBatchId
    file_name: str
    sha256: str
    rows_added: int
    rows_known: int
    rows_rejected: int
    imported_at: datetime
    imported_by: str
    undone_at: datetime | None = None
    undo_reason: str = ""

    @property
    def can_be_undone(self) -> bool:
        """Tell whether there is something to undo; patients in use may still forbid it."""
        return self.undone_at is None and self.rows_added > 0

    @property
    def undone_words(self) -> str:
        return long_date(self.undone_at.date()) if self.undone_at else ""

    @property
    def words(self) -> str:
        """Write 92 patients added, 5 already here, 3 rejected."""
        added = count_of(self.rows_added, "patient")
        return f"{added} added, {self.rows_known} already here, {self.rows_rejected} rejected"
