"""Tables that a practice loads from public files: rates, localities, diagnosis codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.ids import BillingTableId, new_id
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem


class TableKind(Enum):
    RATES = "Relative values"
    LOCALITIES = "Localities"
    DIAGNOSES = "Diagnosis codes"


@dataclass(frozen=True, slots=True)
class TableChoices:
    """What a person decides about a file that does not say it: its days, whose factor it has."""

    first: date | None = None
    last: date | None = None
    is_qualifying: bool | None = None


@dataclass(frozen=True, slots=True)
class BillingTable:
    """A table that was loaded. Its content is kept beside it and is never changed.

    `is_qualifying` is for rates: whose conversion factor they carry, None being everybody's.
    """

    id: BillingTableId
    kind: TableKind
    name: str
    valid: Span
    file_name: str
    sha256: str
    row_count: int
    is_qualifying: bool | None = None

    @property
    def valid_words(self) -> str:
        return span_words(self.valid)


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """A table on file, and who loaded it when."""

    table: BillingTable
    loaded_at: datetime
    loaded_by: str


@dataclass(frozen=True, slots=True)
class TablePreview:
    """A file as it was understood; nothing is stored yet. `samples` are lines to compare."""

    kind: TableKind
    name: str
    valid: Span
    file_name: str
    sha256: str
    row_count: int
    content: bytes = field(repr=False)
    is_qualifying: bool | None = None
    remarks: tuple[str, ...] = ()
    samples: tuple[tuple[str, str], ...] = ()
    id: BillingTableId = field(default_factory=lambda: BillingTableId(new_id()))

    @property
    def title(self) -> str:
        return f"{self.name}: {span_words(self.valid)}"

    def as_table(self) -> BillingTable:
        return BillingTable(
            id=self.id,
            kind=self.kind,
            name=self.name,
            valid=self.valid,
            file_name=self.file_name,
            sha256=self.sha256,
            row_count=self.row_count,
            is_qualifying=self.is_qualifying,
        )

    def problems(self, loaded: tuple[BillingTable, ...]) -> Iterator[Problem]:
        """Say what keeps it from being loaded."""
        same = [each for each in loaded if each.sha256 == self.sha256 and each.kind is self.kind]
        if any(each.valid == self.valid for each in same):
            yield Problem("file", f"This file is loaded already, as {same[0].name}.")


def span_words(span: Span) -> str:
    first = long_date(span.first)
    return f"{first} to {long_date(span.last)}" if span.last else f"from {first} on"
