"""The list of codes that comes with the program: whole, or not used at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cocm_desktop.actions.codes import load_codes
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.code_file import read_codes


def content(**changes: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "release": "2026-04-01",
        "checked_until": "2026-09-30",
        "source": "NCHS",
        "common": ["F33.1"],
        "words": {"mdd": ["F33"]},
        "codes": [
            {"code": "F33", "title": "Recurrent", "header": True},
            {"code": "F33.1", "title": "Moderate", "from": "2015-10-01"},
        ],
        **changes,
    }


def file_of(folder: Path, changed: dict[str, Any]) -> Path:
    file = folder / "codes.json"
    file.write_text(json.dumps(changed), encoding="utf-8")
    return file


def test_the_list_of_the_program_is_whole() -> None:
    codes = load_codes()

    assert len(codes.codes) > 1_400
    assert sum(not code.is_header for code in codes.codes.values()) > 1_100
    assert codes.release == date(2026, 4, 1)
    assert "public domain" in codes.source
    assert {"F01.50", "F99", "Z13.31", "Z63.0", "R45.851", "G47.00", "T14.91XA"} <= set(codes.codes)


def test_a_file_gives_its_codes(tmp_path: Path) -> None:
    codes = read_codes(file_of(tmp_path, content()))

    assert codes.title_of("F33.1") == "Moderate"
    assert [each.code for each in codes.search("mdd", date(2026, 1, 1))] == ["F33.1", "F33"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"format": 2}, "format 2", id="format"),
        pytest.param({"codes": [{"code": "F33"}]}, "KeyError 'title'", id="no title"),
        pytest.param({"release": "April"}, "ValueError", id="no day"),
        pytest.param({"common": ["F99"]}, "F99", id="common but not there"),
        pytest.param({"words": {"x": ["Z"]}}, ": Z.", id="word that leads nowhere"),
        pytest.param({"codes": content()["codes"] * 2}, "twice", id="twice"),
        pytest.param({"codes": content()["codes"][:1], "common": []}, "heading", id="heading"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(
    tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        read_codes(file_of(tmp_path, content(**changes)))

    assert "codes.json cannot be used" in str(refusal.value)
