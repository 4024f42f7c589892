"""What somebody typed and has not saved: it outlives a lock and a power cut, and is theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cocm_desktop.domain.ids import DraftId, StaffId

LONGEST_SECONDS_LOST: Final = 2
"""So often a form that is being typed in is kept."""


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Which form of what record: a draft is offered in that place and in no other.

    `kind` is the form's own name, `subject_id` the record it is about, empty where there is none.
    """

    kind: str
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """`values` are the fields of the form by name; `title` is the form's name on the screen."""

    id: DraftId
    staff_id: StaffId
    place: DraftPlace
    title: str
    patient_id: str
    values: Mapping[str, Any]
    kept_at: datetime
    device: str


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """A draft and the name of the patient it is about, empty where it is about none."""

    draft: Draft
    patient_name: str
