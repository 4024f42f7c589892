"""Saved views on file: private and shared, changed by whoever saved them, gone with a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from cocm_desktop.actions.view import (
    find_view,
    keep_habits,
    read_views,
    record_view,
    void_view,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.filter_text import read_filter
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.saved_view import ShownColumn, ViewContent, ViewDraft
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.errors import Refused
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.tables import AuditEntryTable
from tests.actions.work import as_role

OTHER = StaffMember(
    StaffId("00000000-0000-7000-8000-000000000009"),
    "oreyes",
    "O. Reyes",
    "RN",
    frozenset({Role.CARE_MANAGER}),
)
CONTENT = ViewContent(filter=read_filter("phq9>=10"))


@pytest.fixture
def other(workspace: Workspace) -> Workspace:
    with workspace.database.write() as session:
        staff_members.add(session, OTHER, workspace.stamp())
    return replace(workspace, staff=OTHER)


def codes(workspace: Workspace) -> list[str]:
    with workspace.database.read() as session:
        found = session.scalars(select(AuditEntryTable.code).order_by(AuditEntryTable.seq))
        return [code for code in found if code.startswith("view.")]


def names(workspace: Workspace) -> list[str]:
    return [view.name for view in read_views(workspace).views]


def test_a_view_is_saved_changed_and_deleted_each_with_its_trace(workspace: Workspace) -> None:
    draft = ViewDraft("Slipping away", CONTENT)
    record_view(workspace, draft)
    record_view(workspace, draft)
    record_view(workspace, replace(draft, name="Slipping", content=ViewContent()))
    kept = find_view(workspace, "slipping")

    void_view(workspace, draft.id)

    assert (kept.id, kept.content) == (draft.id, ViewContent())
    assert names(workspace) == []
    assert codes(workspace) == ["view.saved", "view.changed", "view.deleted"]


def test_others_see_only_what_is_shared_and_cannot_change_it(
    workspace: Workspace, other: Workspace
) -> None:
    shared = ViewDraft("Shared", CONTENT, is_shared=True)
    record_view(workspace, shared)
    record_view(workspace, ViewDraft("Private", CONTENT))

    with pytest.raises(Refused, match="Only whoever saved this view"):
        record_view(other, replace(shared, content=ViewContent()))
    with pytest.raises(Refused, match="Only whoever saved this view"):
        void_view(other, shared.id)

    assert names(other) == ["Shared"]
    assert find_view(workspace, "Shared").content == CONTENT


def test_a_name_is_taken_only_among_ones_own(workspace: Workspace, other: Workspace) -> None:
    record_view(workspace, ViewDraft("Mine", CONTENT, is_shared=True))

    with pytest.raises(Refused, match="already"):
        record_view(workspace, ViewDraft("mine", CONTENT))
    record_view(other, ViewDraft("Mine", ViewContent()))

    assert find_view(other, "Mine").content == ViewContent()
    assert names(workspace) == ["Mine"]


def test_a_view_that_is_not_there_is_refused(workspace: Workspace, other: Workspace) -> None:
    for each in (workspace, other):
        record_view(each, ViewDraft("Twice", CONTENT, is_shared=True))
    third = as_role(workspace, Role.PSYCHIATRIC_CONSULTANT)
    third = replace(third, staff=replace(third.staff, id=StaffId("third")))

    with pytest.raises(Refused, match="No view is called"):
        find_view(workspace, "nothing")
    with pytest.raises(Refused, match="2 shared views"):
        find_view(third, "Twice")


def test_habits_are_each_persons_own_and_forget_a_deleted_view(
    workspace: Workspace, other: Workspace
) -> None:
    draft = ViewDraft("Mine", CONTENT)
    record_view(workspace, draft)
    wide = (ShownColumn("patient", 300), ShownColumn("age"))
    habits = read_views(workspace).habits.with_pin(draft.id, is_pinned=True)
    keep_habits(workspace, habits.with_columns("", wide))
    keep_habits(workspace, replace(read_views(workspace).habits, first=draft.id))
    before = read_views(workspace)

    void_view(workspace, draft.id)

    after = read_views(workspace)
    assert [view.name for view in before.pinned] == ["Mine"]
    assert before.habits.first == draft.id
    assert after.pinned == ()
    assert after.habits.columns_of(None) == wide
    assert read_views(other).habits.pinned == ()


def test_the_front_desk_has_no_views(workspace: Workspace) -> None:
    desk = as_role(workspace, Role.FRONT_DESK)

    with pytest.raises(Refused, match="you may not see the registry"):
        record_view(desk, ViewDraft("Mine", CONTENT))

    with workspace.database.read() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntryTable)) == 0
