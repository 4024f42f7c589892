"""What an action changed, so that open screens know whether to read again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto


class Topic(Flag):
    PRACTICE = auto()
    STAFF = auto()
    PATIENT = auto()
    EPISODE = auto()
    MEASURE = auto()
    CONTACT = auto()
    TIME = auto()
    SAFETY = auto()
    REVIEW = auto()
    BILLING = auto()
    BACKUP = auto()
    TREATMENT = auto()
    TASK = auto()
    SETTINGS = auto()
    TIMER = auto()
    LETTER = auto()
    AUDIT = auto()
    PRIVACY = auto()
    DRAFT = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """The topics an action touched and the id of the record it made or changed."""

    topics: Topic
    record_id: str
