"""The instruments that come with the program, and scoring without a file."""

from __future__ import annotations

from collections.abc import Mapping

from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.exchange.instrument_file import read_instruments
from cocm_desktop.paths import resources


def load_instruments() -> Mapping[InstrumentId, Instrument]:
    """Read and check every definition that came with the program."""
    return read_instruments(resources() / "instruments")
