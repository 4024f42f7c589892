"""Wording of instruments in other languages: one JSON file each, in the program's resources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cocm_desktop.domain.home_form import FormWording, Translations
from cocm_desktop.domain.letter import Language
from cocm_desktop.exchange.strict_json import read_json


def read_translations(folder: Path) -> Translations:
    """Read every file of a folder, each by its instrument and language."""
    found = (_wording(read_json(file)) for file in sorted(folder.glob("*.json")))
    return {(wording.instrument, wording.language): wording for wording in found}


def _wording(read: dict[str, Any]) -> FormWording:
    options = tuple(read["options"])
    return FormWording(
        instrument=read["instrument"],
        language=Language(read["language"]),
        title=read["title"],
        lead=read["lead"],
        options=options,
        items=tuple(read["items"]),
        difficulty=read["difficulty"],
        difficulty_options=tuple(read["difficulty_options"]),
        licence=read["licence"],
        values=tuple(range(len(options))),
    )
