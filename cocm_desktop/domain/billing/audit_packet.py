"""Everything that backs a patient's month when somebody asks: records as tables, with a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cocm_desktop.domain.billing.bill_paper import BillPaper

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PacketSection:
    """One kind of record as a table. `nothing` is said where there is none."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    nothing: str

    @classmethod
    def of(
        cls, title: str, columns: tuple[str, ...], rows: Iterable[Row], *, nothing: str
    ) -> PacketSection:
        return cls(title, columns, tuple(rows), nothing)


@dataclass(frozen=True, slots=True)
class AuditPacket:
    """A patient's month for an auditor: the bill, and the records that back it."""

    paper: BillPaper
    sections: tuple[PacketSection, ...]
    as_of: datetime
    prepared_by: str

    @property
    def digest(self) -> str:
        """SHA-256 over the bill and every record, however the pages are set.

        The same records give the same digest, whoever prints them and whenever.
        """
        text = json.dumps(self.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def content(self) -> dict[str, Any]:
        """What the digest is made of, as plain values."""
        return {
            "bill": dict(_bill_fields(self.paper)),
            "sections": list(map(_plain, self.sections)),
        }


def _plain(section: PacketSection) -> dict[str, Any]:
    rows = [list(row) for row in section.rows]
    return {"title": section.title, "columns": list(section.columns), "rows": rows}


def _bill_fields(paper: BillPaper) -> Iterator[tuple[str, Any]]:
    bill = paper.bill
    yield "patient_id", bill.patient.id
    yield "patient", bill.patient.name
    yield "born_on", bill.patient.born_on.isoformat()
    yield "mrn", bill.patient.mrn
    yield "month", bill.month.key
    yield "number", bill.number
    yield "account_number", bill.account_number
    yield "state", paper.state.value
    yield "minutes", bill.minutes
    yield "service_on", bill.service_on.isoformat()
    yield "lines", [[each.code, each.units, each.amount_cents] for each in bill.lines]
    yield "diagnoses", [each.code for each in bill.diagnoses]
    yield "paid_cents", paper.paid_cents
