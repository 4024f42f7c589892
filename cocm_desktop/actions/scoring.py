"""The instruments that came with the program: enough to score forms without any clinic."""

from __future__ import annotations

from functools import cache

from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.exchange.instrument_file import read_instruments
from cocm_desktop.paths import resources


@cache
def load_instruments() -> Catalogue:
    """Read and check every definition that came with the program, once."""
    return read_instruments(resources() / "instruments")
