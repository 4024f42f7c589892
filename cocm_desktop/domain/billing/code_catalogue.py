"""The codes of behavioral care and the days on which each may be billed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.described import meant, read_as


@dataclass(frozen=True, slots=True)
class BillingCode:
    """A code with a label of our own: the descriptors of CPT are copyright."""

    code: str = meant("The code.", example="99492")
    label: str = meant("Our own short label.", example="CoCM, first month of the episode")
    valid: Span = meant("Days of service on which it may be billed.", example=None)


@dataclass(frozen=True, slots=True)
class CodeCatalogue:
    """All codes, and where they were read."""

    source: str = meant("Where they were read.", example="CMS RVU26C")
    codes: tuple[BillingCode, ...] = meant("The codes.", example=[])

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> CodeCatalogue:
        return read_as(cls, content)

    def label(self, code: str) -> str:
        return next((each.label for each in self.codes if each.code == code), "")

    def is_valid(self, code: str, day: date) -> bool:
        return any(each.code == code and each.valid.holds(day) for each in self.codes)
