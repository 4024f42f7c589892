"""The folder of definitions: every file is read, and a bad one is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.instrument_file import read_instruments
from tests.domain.test_instrument_definition import small
from tests.source_tree import ROOT

FOLDER = ROOT / "resources" / "instruments"


def test_every_definition_of_the_program_is_sound() -> None:
    assert len(read_instruments(FOLDER)) == len(list(FOLDER.glob("*.json"))) == 28
    assert load_instruments() is load_instruments()


def test_a_definition_with_a_mistake_is_refused_by_file_and_field(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(json.dumps(small()))
    (tmp_path / "wrong.json").write_text(json.dumps(small(id="OWN-5", version="one")))

    with pytest.raises(Refused, match=r"definition wrong\.json cannot be used: The field version"):
        read_instruments(tmp_path)


def test_a_file_that_is_no_json_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")

    with pytest.raises(Refused, match=r"broken\.json cannot be used: The file is no JSON"):
        read_instruments(tmp_path)


def test_an_older_version_may_lie_beside_the_newer(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text(json.dumps(small()))
    (tmp_path / "own.v2.json").write_text(json.dumps(small(version=2)))

    assert [each.version for each in read_instruments(tmp_path).values()] == [2]
