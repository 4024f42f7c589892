"""The letters underlined in forms: each means one field."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from tests.source_tree import Module, of_program

pytestmark = pytest.mark.no_cover

_LETTER = re.compile(r"&([A-Za-z])")
_MENUS = {"WindowMenus"}
"""Classes of several menus: the same letter in another menu means another thing."""


def classes() -> list[tuple[Module, ast.ClassDef]]:
    modules = [module for module in of_program() if module.place == "ui"]
    return [(m, node) for m in modules for node in m.nodes if isinstance(node, ast.ClassDef)]


def letters(form: ast.ClassDef) -> Counter[str]:
    """Count the letters that the words of a form underline, each wording once."""
    constants = (node.value for node in ast.walk(form) if isinstance(node, ast.Constant))
    words = {each for each in constants if isinstance(each, str)}
    found = (_LETTER.findall(each) for each in words)
    return Counter(each[0].upper() for each in found if len(each) == 1)


def test_a_letter_means_one_field_of_a_form() -> None:
    twice = {
        f"{module.name} {form.name}": [letter for letter, times in met.items() if times > 1]
        for module, form in classes()
        if (met := letters(form)) and form.name not in _MENUS
    }

    assert len(twice) > len(_MENUS)
    assert {where: found for where, found in twice.items() if found} == {}


@pytest.mark.parametrize(("words", "times"), [('"&Date", "&Day"', 2), ('"&Date", "D&ay"', 1)])
def test_the_letters_of_a_form_are_counted(words: str, times: int) -> None:
    [form] = ast.parse(f"class Form:\n    names = ({words})").body

    assert isinstance(form, ast.ClassDef)
    assert letters(form)["D"] == times
