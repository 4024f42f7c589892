"""Values are written for the audit alike everywhere, and an incomplete file is told."""

from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Damaged
from cocm_desktop.storage import practice
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.engine import memory_engine
from cocm_desktop.storage.migrations import create_schema
from cocm_desktop.storage.records import as_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (Role.BILLER, "BILLER"),
        (date(2026, 11, 22), "2026-11-22"),
        (frozenset({Role.CARE_MANAGER, Role.BILLER}), "BILLER,CARE_MANAGER"),
        (5, "5"),
    ],
    ids=["nothing", "a choice", "a day", "several choices", "a number"],
)
def test_a_value_is_the_same_words_in_every_audit(value: object, expected: str | None) -> None:
    assert as_text(value) == expected


def test_a_file_without_a_practice_is_no_complete_clinic() -> None:
    database = Database(memory_engine())
    with database.write() as session:
        create_schema(session.connection())

    with database.read() as session, pytest.raises(Damaged, match="holds no practice"):
        practice.get(session)
    database.close()
