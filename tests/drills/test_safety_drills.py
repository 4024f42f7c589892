"""A short run of the drills of safety, and proof that they would notice a missing task."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.drills import unshown
from tests.drills.paths import WAYS, Form, drill, judge

SHORT = {"dialog": 5}
USUAL = 20


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_program_killed_before_it_shows_the_answer_has_kept_the_task(tmp_path: Path) -> None:
    killed, wrong = unshown.drill(tmp_path, 2, clinics=1)

    assert (killed, wrong) == (2, [])


@pytest.mark.parametrize("way", WAYS)
def test_exactly_the_forms_with_item_9_open_a_task(way: str) -> None:
    opened, wrong = drill(way, SHORT.get(way, USUAL), seed=7)

    assert wrong == []
    assert opened > 0


def test_a_missing_a_wrong_and_a_strange_task_are_named() -> None:
    form, zero = Form("one", (*(0,) * 8, 2)), Form("two", (*(3,) * 8, 0))

    assert judge("x", [form], {}) == ["x: 0,0,0,0,0,0,0,0,2 opened [], not [2]"]
    assert len(judge("x", [form], {"one": [1]})) == 1
    assert len(judge("x", [zero], {"two": [1]})) == 1
    assert judge("x", [], {"three": [1]}) == ["x: a task of no form: three"]
    assert judge("x", [form, zero], {"one": [2]}) == []
