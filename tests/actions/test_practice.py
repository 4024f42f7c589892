from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from cocm_desktop.actions.practice import change_practice, read_practice
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.errors import Refused
from cocm_desktop.storage.tables import (
    AuditChangeTable,
    AuditEntryTable,
)
from tests.actions.work import rows_stored


def test_what_changed_stands_field_by_field_in_the_audit(workspace: Workspace) -> None:
    practice = read_practice(workspace)

    change_practice(workspace, replace(practice, phone="303-555-0100", ein="12-3456789"))

    with workspace.database.read() as session:
        entry = session.scalars(select(AuditEntryTable)).one()
        changes = session.scalars(select(AuditChangeTable).order_by(AuditChangeTable.field)).all()
    assert (entry.code, entry.seq, entry.staff_id) == (
        "practice.changed",
        1,
        workspace.staff.id,
    )
    assert [(change.field, change.before, change.after) for change in changes] == [
        ("ein", "", "12-3456789"),
        ("phone", "", "303-555-0100"),
    ]
    assert read_practice(workspace).version == practice.version + 1


def test_two_screens_do_not_overwrite_each_other(workspace: Workspace) -> None:
    practice = read_practice(workspace)
    change_practice(workspace, replace(practice, phone="303-555-0100"))

    with pytest.raises(Refused, match="changed on another screen"):
        change_practice(workspace, replace(practice, phone="303-555-0199"))

    assert read_practice(workspace).phone == "303-555-0100"


def test_a_wrong_npi_is_refused_and_nothing_is_stored(workspace: Workspace) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="check digit"):
        change_practice(workspace, replace(read_practice(workspace), npi="1234567890"))

    assert rows_stored(workspace) == before
