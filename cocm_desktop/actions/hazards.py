"""Reading the log of what could harm a patient. It needs no clinic."""

from __future__ import annotations

import json

from cocm_desktop.domain.hazard import Hazard, hazards_of
from cocm_desktop.paths import resources


def read_hazards() -> tuple[Hazard, ...]:
    file = resources() / "hazards" / "hazards.json"
    return hazards_of(json.loads(file.read_text(encoding="utf-8")))
