"""What a timer comes to: pieces of one local day each, as they stand in the log of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from cocm_desktop.domain.timer import Stretch

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Piece:
    """Measured time of one local day. `is_typed`: said by a person, not measured."""

    worked_on: date
    started_at: time
    began_at: datetime
    seconds: int
    is_typed: bool = False
    is_confirmed: bool = False

    @property
    def until_at(self) -> datetime:
        return self.began_at + timedelta(seconds=self.seconds)


def pieces(stretches: Iterable[Stretch], zone: tzinfo) -> tuple[Piece, ...]:
    """Split stretches at local midnights. Where the clock was set back they follow on each other.

    Instants are UTC, so a day on which clocks change is as long as it truly is.
    """
    made: list[Piece] = []
    for stretch in stretches:
        began = stretch.began_at
        if made:
            began = max(began, made[-1].until_at)
        parts = _split(began, stretch.seconds, zone)
        made += (replace(part, is_confirmed=stretch.is_confirmed) for part in parts)
    return tuple(made)


def of_seconds(
    measured: tuple[Piece, ...], seconds: int, *, began_at: datetime, zone: tzinfo
) -> tuple[Piece, ...]:
    """Give pieces of so many seconds in all: the end is cut off, or typed time is added to it."""
    kept: list[Piece] = []
    left = seconds
    for piece in measured:
        if left > 0:
            kept.append(replace(piece, seconds=min(piece.seconds, left)))
            left -= kept[-1].seconds
    if left > 0:
        end = kept[-1].until_at if kept else began_at
        kept += (replace(each, is_typed=True) for each in _split(end, left, zone))
    return tuple(kept)


def _split(began_at: datetime, seconds: int, zone: tzinfo) -> Iterator[Piece]:
    began = began_at.astimezone(UTC).replace(microsecond=0)
    end = began + timedelta(seconds=seconds)
    while began < end:
        local = began.astimezone(zone)
        until = min(end, _midnight_after(local, zone))
        yield Piece(local.date(), local.time(), began, int((until - began).total_seconds()))
        began = until


def _midnight_after(local: datetime, zone: tzinfo) -> datetime:
    return datetime.combine(local.date() + A_DAY, time(), zone).astimezone(UTC)


def outside(measured: Iterable[Piece], taken: Iterable[tuple[datetime, int]]) -> tuple[Piece, ...]:
    """Give what is left of pieces once other time, as start and seconds, is cut out of them."""
    left = tuple(measured)
    for start, seconds in taken:
        end = start + timedelta(seconds=seconds)
        left = tuple(part for piece in left for part in _cut(piece, start, end))
    return left


def _cut(piece: Piece, start: datetime, end: datetime) -> Iterator[Piece]:
    if end <= piece.began_at or start >= piece.until_at:
        yield piece
        return
    if start > piece.began_at:
        yield replace(piece, seconds=int((start - piece.began_at).total_seconds()))
    if end < piece.until_at:
        passed = end - piece.began_at
        local = datetime.combine(piece.worked_on, piece.started_at) + passed
        length = int((piece.until_at - end).total_seconds())
        yield replace(piece, started_at=local.time(), began_at=end, seconds=length)
