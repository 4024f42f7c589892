"""A measure that was voided: kept, and counting for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocm_desktop.domain.ids import MeasureId, StaffId
from cocm_desktop.domain.measure import Measure


@dataclass(frozen=True, slots=True)
class WithdrawnMeasure:
    """`corrected_by` is the measure that took its place, where one did."""

    measure: Measure
    voided_at: datetime
    voided_by: StaffId
    reason: str
    corrected_by: MeasureId | None = None
