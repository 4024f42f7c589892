"""Nobody is called "improved": a verdict names its definition and version wherever it stands."""

from __future__ import annotations

import ast
import re

import pytest

from cocm_desktop.commands.registry_fields import row_fields
from cocm_desktop.domain.outcome_sets import SETS
from cocm_desktop.paths import resources
from tests.builders import a_row
from tests.source_tree import Module, of_program, parse

pytestmark = pytest.mark.no_cover

BARE = re.compile(r"\bimprove(d|s|ment)?\b", re.IGNORECASE)
SHOWN = {"ui", "printing", "commands", "domain", "actions", "exchange"}


def bare_words(module: Module) -> list[str]:
    """Name the texts of a module that say improved; what explains the code is no text."""
    explained = {
        id(node.body[0].value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        f"{module.path}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in explained
        and BARE.search(node.value)
    ]


def test_no_text_of_the_program_says_improved() -> None:
    modules = [module for module in of_program() if module.place in SHOWN]

    assert modules
    assert [place for module in modules for place in bare_words(module)] == []


def test_no_help_page_says_improved() -> None:
    pages = (resources() / "help").glob("*.md")

    assert [page.name for page in pages if BARE.search(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("text", ['say("Improved")', 'f"{n} improved"', 'x = "improvement"'])
def test_the_check_can_fail(text: str) -> None:
    assert bare_words(parse("cocm_desktop.ui.shown", text))


def test_a_row_for_machines_names_the_set_of_each_verdict() -> None:
    verdicts = row_fields(a_row(24, 12))["verdicts"]

    assert [(each["set"], each["reached"]) for each in verdicts] == [
        ("Bao/NYS target v1", True),
        ("HEDIS response v1", True),
        ("SCOPE treatment response v1", False),
        ("Remission v1", False),
    ]
    assert [each["set"] for each in verdicts] == [each.title for each in SETS]
    assert all(each["rule"] for each in verdicts)
