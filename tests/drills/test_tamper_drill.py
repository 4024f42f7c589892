"""Tampering with the file is found, whoever did it and however."""

from __future__ import annotations

from pathlib import Path

from tests.drills.tamper import WAYS, drill


def test_every_way_of_tampering_is_found(tmp_path: Path) -> None:
    outcomes, wrong = drill(tmp_path, with_pages=False)

    assert wrong == []
    assert [each.way for each in outcomes] == list(WAYS)
    assert all(each.noticed for each in outcomes)
