"""Time as typed, whose role it is spent in, and time on one clock twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.ids import StaffId, TimeEntryId
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import (
    Activity,
    ManualReason,
    TimeEntry,
    TimeSource,
    corrected,
    role_of,
)
from cocm_desktop.domain.time_overlap import overlap_problem, overlapping
from cocm_desktop.errors import Refused
from tests.builders import TODAY, a_care_manager, a_staff_member, a_time_entry, a_time_entry_draft


def test_time_is_kept_in_seconds() -> None:
    draft = a_time_entry_draft(minutes=25, note="  Care plan  ", started_at=time(9, 0))

    (entry,) = draft.accept(staff=a_care_manager(), today=TODAY, closed_on=None)

    assert (entry.id, entry.seconds, entry.minutes) == (draft.id, 1_500, 25)
    assert (entry.note, entry.started_at) == ("Care plan", time(9, 0))
    assert (entry.activity, entry.role) == (Activity.CARE_PLAN, Role.CARE_MANAGER)
    assert entry.contact_id is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"worked_on": None}, "worked_on", id="no date"),
        pytest.param({"worked_on": TODAY + timedelta(days=1)}, "worked_on", id="in the future"),
        pytest.param({"worked_on": TODAY - timedelta(days=1)}, "", id="yesterday is fine"),
        pytest.param({"minutes": 0}, "minutes", id="no minutes"),
        pytest.param({"minutes": -5}, "minutes", id="negative minutes"),
        pytest.param({"minutes": 480}, "", id="eight hours"),
        pytest.param({"minutes": 481}, "minutes", id="more than eight hours"),
        pytest.param({"minutes": 60, "started_at": time(23, 0)}, "", id="until midnight"),
        pytest.param({"minutes": 61, "started_at": time(23, 0)}, "minutes", id="past midnight"),
        pytest.param({"minutes": 1, "started_at": time(0, 0)}, "", id="from midnight"),
        pytest.param({"note": "x" * 2_000}, "", id="a long note"),
        pytest.param({"note": "x" * 2_001}, "note", id="a longer note"),
    ],
)
def test_limits(changes: dict[str, Any], field: str) -> None:
    found = a_time_entry_draft(**changes).problems(today=TODAY, closed_on=None)

    assert [problem.field for problem in found] == ([field] if field else [])


def test_every_slip_is_named_and_nothing_is_made() -> None:
    draft = a_time_entry_draft(worked_on=None, minutes=0, note="x" * 2_001)

    with pytest.raises(Refused) as refusal:
        draft.accept(staff=a_care_manager(), today=TODAY, closed_on=None)

    fields = [problem.field for problem in refusal.value.problems]
    assert fields == ["worked_on", "minutes", "note"]


def test_a_single_slip_is_enough_to_refuse() -> None:
    with pytest.raises(Refused, match="Minutes must be 1 to 480"):
        a_time_entry_draft(minutes=0).accept(staff=a_care_manager(), today=TODAY, closed_on=None)


def test_no_time_is_spent_after_the_closing() -> None:
    draft = a_time_entry_draft()

    assert list(draft.problems(today=TODAY, closed_on=TODAY)) == []
    [problem] = draft.problems(today=TODAY, closed_on=TODAY - timedelta(days=1))
    assert problem.message == "The episode closed on Nov 19, 2026."


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        ({Role.CARE_MANAGER, Role.ADMINISTRATOR, Role.BILLER}, Role.CARE_MANAGER),
        ({Role.TREATING_PRACTITIONER, Role.CARE_MANAGER}, Role.CARE_MANAGER),
        ({Role.ADMINISTRATOR, Role.TREATING_PRACTITIONER}, Role.TREATING_PRACTITIONER),
        ({Role.ADMINISTRATOR, Role.BILLER}, Role.BILLER),
        ({Role.FRONT_DESK}, Role.FRONT_DESK),
    ],
)
def test_time_is_spent_in_the_most_clinical_role(roles: set[Role], role: Role) -> None:
    assert role_of(a_staff_member(roles=frozenset(roles))) is role


@pytest.mark.parametrize("role", list(Role))
def test_every_role_can_spend_time(role: Role) -> None:
    assert role_of(a_staff_member(role)) is role


TEN = a_time_entry(30, started_at=time(10, 0), id=TimeEntryId("ten"))


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        pytest.param(a_time_entry(30, started_at=time(9, 30)), False, id="ends as it begins"),
        pytest.param(a_time_entry(31, started_at=time(9, 30)), True, id="a minute into it"),
        pytest.param(a_time_entry(30, started_at=time(10, 30)), False, id="begins as it ends"),
        pytest.param(a_time_entry(30, started_at=time(10, 29)), True, id="in its last minute"),
        pytest.param(a_time_entry(5, started_at=time(10, 10)), True, id="within it"),
        pytest.param(a_time_entry(90, started_at=time(9, 30)), True, id="around it"),
        pytest.param(a_time_entry(30, started_at=time(10, 0)), True, id="the same"),
        pytest.param(a_time_entry(30), False, id="without a start"),
        pytest.param(
            a_time_entry(30, started_at=time(10, 0), worked_on=date(2026, 11, 13)),
            False,
            id="on another day",
        ),
        pytest.param(
            a_time_entry(30, started_at=time(10, 0), staff_id=StaffId("other")),
            False,
            id="of another person",
        ),
        pytest.param(TEN, False, id="itself"),
        pytest.param(
            a_time_entry(seconds=1, started_at=time(10, 29, 59)), True, id="in its last second"
        ),
        pytest.param(
            a_time_entry(seconds=1, started_at=time(10, 30, 0)), False, id="a second later"
        ),
        pytest.param(
            a_time_entry(seconds=9, started_at=time(10, 30, 10)), False, id="ten seconds later"
        ),
    ],
)
def test_overlap(other: TimeEntry, *, overlaps: bool) -> None:
    assert (overlapping(TEN, [other]) is other) is overlaps
    assert (overlapping(other, [TEN]) is TEN) is overlaps


def test_an_entry_without_a_start_overlaps_nothing() -> None:
    assert overlapping(a_time_entry(30), [TEN]) is None
    assert overlapping(TEN, []) is None


@given(
    first=st.tuples(st.integers(0, 1_380), st.integers(1, 60)),
    second=st.tuples(st.integers(0, 1_380), st.integers(1, 60)),
)
def test_two_entries_overlap_when_they_share_a_minute(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    entries = [
        a_time_entry(length, started_at=time(start // 60, start % 60), id=TimeEntryId(name))
        for name, (start, length) in (("first", first), ("second", second))
    ]

    shared = set(range(first[0], sum(first))) & set(range(second[0], sum(second)))

    assert (overlapping(entries[0], entries[1:]) is not None) is bool(shared)


def test_an_overlap_says_whose_entry_it_is() -> None:
    problem = overlap_problem("10:10 AM–10:25 AM", whose="your", patient="CHEN")

    assert problem.field == "started_at"
    assert problem.message.startswith("This overlaps your 10:10 AM–10:25 AM entry for CHEN.")


def test_time_past_midnight_becomes_two_entries() -> None:
    draft = a_time_entry_draft(
        minutes=50, started_at=time(23, 30), worked_on=TODAY - timedelta(days=1), is_split=True
    )

    first, second = draft.accept(staff=a_care_manager(), today=TODAY, closed_on=None)

    assert (first.id, first.seconds, first.worked_on) == (draft.id, 1_800, draft.worked_on)
    assert (second.id, second.seconds, second.worked_on) == (draft.second_id, 1_200, TODAY)
    assert second.started_at == time(0)


def test_the_second_half_cannot_be_in_the_future_or_after_the_closing() -> None:
    draft = a_time_entry_draft(minutes=50, started_at=time(23, 30), is_split=True)

    assert [p.field for p in draft.problems(today=TODAY, closed_on=None)] == ["worked_on"]
    tomorrow = TODAY + timedelta(days=1)
    [problem] = draft.problems(today=tomorrow, closed_on=TODAY)
    assert problem.message == "The episode closed on Nov 20, 2026."


@pytest.mark.parametrize(
    ("code", "fields"), [("", []), (" g0444 ", []), ("90834", []), ("9083", ["billed_as"])]
)
def test_another_service_is_named_by_its_code(code: str, fields: list[str]) -> None:
    draft = a_time_entry_draft(billed_as=code)

    assert [problem.field for problem in draft.problems(today=TODAY, closed_on=None)] == fields


def test_a_correction_keeps_what_was_measured_where_it_was_left_alone() -> None:
    began_at = datetime(2026, 11, 12, 16, 10, 23, tzinfo=UTC)
    old = a_time_entry(
        seconds=754,
        id=TimeEntryId("old"),
        started_at=time(9, 10, 23),
        began_at=began_at,
        source=TimeSource.TIMER,
    )
    draft = a_time_entry_draft(worked_on=old.worked_on, minutes=12, started_at=time(9, 10))

    [same] = corrected(old, draft.accept(staff=a_care_manager(), today=TODAY, closed_on=None))
    later = replace(draft, started_at=time(9, 20), minutes=13)
    [moved] = corrected(old, later.accept(staff=a_care_manager(), today=TODAY, closed_on=None))

    assert (same.seconds, same.started_at, same.began_at) == (754, time(9, 10, 23), began_at)
    assert (moved.seconds, moved.started_at, moved.began_at) == (780, time(9, 20), None)
    assert {e.manual_reason for e in (same, moved)} == {ManualReason.CORRECTION}
    assert {e.corrects for e in (same, moved)} == {"old"}
    assert {e.source for e in (same, moved)} == {TimeSource.TIMER}
