"""A packet that was printed: what its pages said, and whether they are true still."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.wording import count_of, long_moment

OLD_AFTER = timedelta(hours=24)
_NOT_ON_A_PAGE = {
    "row", "patient", "consent", "care_manager", "treating_practitioner", "staff_names",
    "restriction",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A patient's page by its number, with a digest of the facts on it."""

    episode_id: EpisodeId
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class PrintedPacket:
    """What was printed, from the records as of a moment."""

    id: str
    review_on: date
    as_of: datetime
    sha256: str
    pages: int
    cases: tuple[PrintedPage, ...]
    meeting_id: ReviewMeetingId | None = None


@dataclass(frozen=True, slots=True)
class PacketState:
    """How a printed packet stands to the records now."""

    packet: PrintedPacket
    changed: tuple[int, ...]
    is_old: bool

    @property
    def is_superseded(self) -> bool:
        return bool(self.changed) or self.is_old

    @property
    def words(self) -> str:
        """Say which pages are not true any more, or that the packet is a day old."""
        if self.changed:
            pages = ", ".join(map(str, self.changed))
            verb = "has" if len(self.changed) == 1 else "have"
            word = "Page" if len(self.changed) == 1 else "Pages"
            return f"{word} {pages} {verb} changed since."
        return "It is older than 24 hours." if self.is_old else "Nothing has changed since."

    @property
    def told(self) -> str:
        """Say it with what was printed and when."""
        cases = count_of(len(self.packet.cases), "patient")
        return f"Printed {long_moment(self.packet.as_of)}, {cases}. {self.words}"


def state_of(packet: PrintedPacket, digests: Mapping[EpisodeId, str], now: datetime) -> PacketState:
    """Compare what was printed with the digests of the same patients now.

    A patient who is gone, merged into another one perhaps, is a page that changed.
    """
    changed = (page for page in packet.cases if digests.get(page.episode_id) != page.digest)
    numbers = tuple(page.number for page in changed)
    return PacketState(packet, numbers, is_old=now - packet.as_of > OLD_AFTER)


def digests_of(charts: Sequence[Chart]) -> dict[EpisodeId, str]:
    """Give the digest of the facts on each patient's page, by episode."""
    return {chart.episode.id: digest_of(chart) for chart in charts if chart.episode}


def digest_of(chart: Chart) -> str:
    """Take together what a page says of a patient, but nothing that the mere day changes."""
    row, patient = chart.row, chart.patient
    facts = [
        *(getattr(chart, each.name) for each in fields(chart) if each.name not in _NOT_ON_A_PAGE),
        (patient.name, patient.preferred_name, patient.mrn, patient.born_on, patient.sex),
        (row.status, row.enrolled_on, row.question, row.target_below, row.primary_instrument_id),
        (chart.practitioner_words, row.care_manager),
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()
