"""The diagnosis codes that came with the program, and finding one among them."""

from __future__ import annotations

from functools import cache

from cocm_desktop.domain.diagnosis_code import CodeSet
from cocm_desktop.exchange.code_file import read_codes
from cocm_desktop.paths import resources


@cache
def load_codes() -> CodeSet:
    """Read and check the list that came with the program, once."""
    return read_codes(resources() / "icd10cm" / "behavioral.json")
