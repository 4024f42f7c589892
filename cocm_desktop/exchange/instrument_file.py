"""Definition files of instruments: one JSON file each, in the program's resources."""

from __future__ import annotations

from pathlib import Path

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.instrument_definition import parse_instrument
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.strict_json import read_json


def read_instruments(folder: Path) -> Catalogue:
    """Read every definition in a folder.

    Raises Refused when a file is not a whole definition, with the file and the field: nothing is
    scored by half a rule.
    """
    return Catalogue.of(_read(file) for file in sorted(folder.glob("*.json")))


def _read(file: Path) -> Instrument:
    try:
        return parse_instrument(read_json(file))
    except Refused as refusal:
        words = f"The definition {file.name} cannot be used: {refusal}"
        raise Refused(Problem("instrument", words)) from refusal
