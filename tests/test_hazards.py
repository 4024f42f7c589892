"""The log of hazards names controls and tests that are there, and the help says the same."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from cocm_desktop.actions.hazards import read_hazards
from cocm_desktop.domain.hazard import ControlKind, Hazard, as_help_page
from cocm_desktop.paths import resources
from tests.source_tree import ROOT

HAZARDS = read_hazards()
each = pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)


@cache
def named_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_the_log_is_numbered_without_a_gap() -> None:
    assert [hazard.id for hazard in HAZARDS] == [f"H{n}" for n in range(1, len(HAZARDS) + 1)]
    assert len(HAZARDS) >= 20


@each
def test_every_grave_hazard_has_tests_and_each_of_them_is_there(hazard: Hazard) -> None:
    named = [node.partition("::") for node in hazard.tests]

    assert not hazard.is_severe or hazard.tests
    assert [name for file, _, name in named if name not in named_in(file)] == []


@each
def test_every_control_is_in_a_file_that_is_there(hazard: Hazard) -> None:
    assert [c.file for c in hazard.controls if not (ROOT / c.file).is_file()] == []
    assert any(c.kind in {ControlKind.DESIGN, ControlKind.ALARM} for c in hazard.controls)


@each
def test_every_line_is_whole_and_its_controls_make_it_likelier_not(hazard: Hazard) -> None:
    assert all((hazard.hazard, hazard.causes, hazard.effect, hazard.residual, hazard.accepted_by))
    assert 1 <= hazard.likelihood_after < hazard.likelihood_before <= 5
    assert 1 <= hazard.severity <= 5


def test_what_is_gravest_is_called_so() -> None:
    assert {hazard.id for hazard in HAZARDS if hazard.severity == 5} == {"H1", "H7", "H18"}


def test_the_help_page_is_the_log() -> None:
    written = (resources() / "help" / "hazards.md").read_text(encoding="utf-8")

    assert written == as_help_page(HAZARDS)
