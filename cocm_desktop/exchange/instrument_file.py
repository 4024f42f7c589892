"""Definition files of instruments: one JSON file each, in the program's resources."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from cocm_desktop.domain.instrument import Instrument, InstrumentId, parse_instrument
from cocm_desktop.errors import Problem, Refused


def read_instruments(folder: Path) -> Mapping[InstrumentId, Instrument]:
    """Read every definition in a folder, in the order of the file names.

    Raises Refused when a file is not a whole definition: nothing is scored by half a rule.
    """
    instruments = {}
    for file in sorted(folder.glob("*.json")):
        try:
            instrument = parse_instrument(json.loads(file.read_text("utf-8")))
        except (Refused, ValueError) as error:
            words = f"The definition {file.name} cannot be used: {error}"
            raise Refused(Problem("instrument", words)) from error
        instruments[instrument.id] = instrument
    return instruments
