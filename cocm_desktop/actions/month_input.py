"""Reading the facts of a month that nobody vouches for."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.described import read_as
from cocm_desktop.exchange.strict_json import parse_json, read_bytes, read_stream

LARGEST = 16 * 1024 * 1024  # Room for the most entries, each with every field.


def month_in(file: Path) -> PatientMonth:
    """Read a month from a file, or raise Refused naming the field, or Unavailable."""
    return month_of(read_bytes(file, largest=LARGEST))


def month_from(stream: BinaryIO) -> PatientMonth:
    """Read a month from an open stream, to its end, or raise Refused naming the field."""
    return month_of(read_stream(stream, largest=LARGEST))


def month_of(content: bytes) -> PatientMonth:
    return read_as(PatientMonth, parse_json(content))
