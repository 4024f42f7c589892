"""The registry as a list that leaves the screen: on paper, or in a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.registry_column import Column
from cocm_desktop.domain.staff import StaffMember


@dataclass(frozen=True, slots=True)
class ListChoice:
    """Which patients in which order, in which columns, and by what they were filtered."""

    patient_ids: tuple[PatientId, ...]
    column_keys: tuple[str, ...]
    filter_words: str
    order_words: str


@dataclass(frozen=True, slots=True)
class CaseloadList:
    """The list with the records of one moment."""

    rows: tuple[RegistryRow, ...]
    columns: tuple[Column, ...]
    filter_words: str
    order_words: str
    practice: Practice
    prepared_by: StaffMember
    as_of: datetime
