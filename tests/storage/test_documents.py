"""A value of the domain is written as text and comes back as the same value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum

import pytest

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.storage.documents import value_from_text, value_to_text


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Leaf:
    colour: Colour
    other: Colour | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    owner: StaffId
    on: date
    at: datetime
    opens: time
    factor: Decimal
    colours: frozenset[Colour]
    leaves: tuple[Leaf, ...]
    count: int | None = None


TREE = Tree(
    StaffId("s1"),
    date(2026, 11, 22),
    datetime(2026, 11, 22, 17, 5, tzinfo=UTC),
    time(8, 30),
    Decimal("33.4009"),
    frozenset(Colour),
    (Leaf(Colour.RED), Leaf(Colour.BLUE, Colour.RED)),
)


def test_a_value_with_every_kind_of_field_comes_back_as_it_was() -> None:
    assert value_from_text(Tree, value_to_text(TREE)) == TREE


def test_a_field_that_an_older_document_lacks_gets_its_default() -> None:
    text = value_to_text(Leaf(Colour.RED)).replace(', "other": null', "")

    assert value_from_text(Leaf, text) == Leaf(Colour.RED)


def test_a_document_of_another_kind_is_not_taken_for_it() -> None:
    with pytest.raises(TypeError, match="another kind"):
        value_from_text(str, value_to_text(5))
