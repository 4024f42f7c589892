from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from cocm_desktop.actions.registry import Registry, read_registry
from cocm_desktop.actions.sample import clinic as sample
from cocm_desktop.actions.sample.clinic import fill, make_sample_clinic, written_book
from cocm_desktop.actions.sample.team import OWNER, SIGN_INS
from cocm_desktop.actions.session import Place, lock, new_recovery_code, unlock
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.superbill import read_billing_month
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.outcome import Trajectory
from cocm_desktop.domain.registry import Chip, counts
from cocm_desktop.domain.review_priority import Section, agenda
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import CocmError
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.storage.tables import AuditEntryTable, ContactTable, EpisodeTable, MeasureTable
from cocm_desktop.storage.tables_safety import SafetyClosingTable
from cocm_desktop.storage.tables_time import TimeEntryTable
from tests.actions.sample.conftest import AS_OF, NOW, ZONE, empty_clinic
from tests.storage.clinics import CHEAP, PASSWORD, SharesInMemory


def place_at(folder: Path) -> Place:
    tools = KeyTools(CHEAP, SharesInMemory())
    return Place(folder, NOW.astimezone, tools)


def test_a_care_manager_would_believe_the_registry(registry: Registry) -> None:
    chips = counts(registry.rows)
    late = [r for r in registry.rows if r.is_not_at_target and r.weeks and r.weeks >= 8]

    assert 80 <= chips[Chip.EVERYONE] <= 88
    assert 60 <= chips[Chip.OPEN] <= 74
    assert 14 <= len(late) <= 24
    assert 2 <= chips[Chip.SAFETY] <= 4
    assert 5 <= chips[Chip.OVERDUE] <= 20
    assert 4 <= chips[Chip.QUESTION] <= 10
    assert 5 <= chips[Chip.STEP_DOWN] <= 15
    assert chips[Chip.NOT_ENROLLED] >= 4
    assert chips[Chip.MEASURE_DUE] >= 3


def test_every_status_trajectory_and_reason_is_there(registry: Registry) -> None:
    assert {row.status for row in registry.rows} == {None, *EpisodeStatus}
    assert {row.trajectory for row in registry.rows} == set(Trajectory)
    sections = {entry.section for entry in agenda(registry.rows)}
    assert set(Section) - {Section.LONG_EPISODE} <= sections


def test_most_of_the_caseload_is_reviewed_and_its_advice_followed(registry: Registry) -> None:
    treated = [row for row in registry.rows if row.is_open and (row.weeks or 0) >= 2]
    reviewed = [row for row in treated if row.last_review_on]

    assert len(reviewed) >= len(treated) * 3 // 4
    assert any(row.overdue_recommendations for row in registry.rows)
    assert any(row.plan_changed_on for row in registry.rows)


def test_two_care_managers_share_the_caseload(registry: Registry) -> None:
    loads = Counter(row.care_manager for row in registry.rows if row.is_open)

    assert len(loads) == 2
    assert min(loads.values()) >= 25


def test_every_role_works_there_and_it_is_marked_as_sample(
    clinic: Workspace, registry: Registry
) -> None:
    members = read_staff(clinic)

    assert registry.practice.is_sample
    assert {role for member in members for role in member.roles} == set(Role)
    assert sum(member.is_a(Role.TREATING_PRACTITIONER) for member in members) == 2


def test_nothing_lies_in_the_future(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        days = [
            *session.scalars(select(ContactTable.made_on)),
            *session.scalars(select(MeasureTable.taken_on)),
            *session.scalars(select(TimeEntryTable.worked_on)),
            *session.scalars(select(EpisodeTable.enrolled_on)),
        ]

    assert max(day for day in days if day) < AS_OF
    assert (AS_OF - min(day for day in days if day)).days > 365


def test_the_audit_tells_the_story_in_its_order(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        told = session.scalars(select(AuditEntryTable.at).order_by(AuditEntryTable.seq)).all()
        codes = set(session.scalars(select(AuditEntryTable.code)))

    ours = told[len(sample.PARTS) :]
    assert all(one <= other for one, other in pairwise(ours))
    assert {"episode.enrolled", "episode.started", "episode.moved", "episode.closed"} <= codes
    assert {"safety.raised", "safety.closed", "flag.raised", "superbill.issued"} <= codes


def test_months_fall_below_at_and_above_the_thresholds(clinic: Workspace) -> None:
    this = ServiceMonth.of(AS_OF)
    units: Counter[str] = Counter()
    for back in range(1, 4):
        month = read_billing_month(clinic, this.plus(-back))
        units.update(f"{line.code}×{line.units}" for b in month.billable for line in b.lines)
        assert 0 < sum(bill.is_issued for bill in month.superbills) < len(month.superbills)
        assert any(not bill.lines for bill in month.superbills) or back > 1

    assert {"99492×1", "99493×1", "G2214×1", "99494×1", "99494×2"} <= set(units)
    assert not any(bill.is_issued for bill in read_billing_month(clinic, this).superbills)


def test_some_come_back_after_half_a_year(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        owners = Counter(session.scalars(select(EpisodeTable.patient_id)))

    assert sorted(owners.values())[-2:] == [2, 2]


def test_closed_safety_tasks_say_what_was_done(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        closings = session.scalars(select(SafetyClosingTable)).all()

    assert len(closings) >= 12
    assert all(closing.assessed and closing.action and closing.told for closing in closings)


def test_notes_neither_repeat_nor_name_the_patient(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        rows = session.execute(
            select(ContactTable.episode_id, ContactTable.note).order_by(
                ContactTable.episode_id, ContactTable.made_on
            )
        ).all()

    same = sum(
        one.note == other.note
        for one, other in pairwise(rows)
        if one.episode_id == other.episode_id
    )
    assert len(rows) > 600
    assert same < len(rows) / 50
    names = {part.last for part in sample.PARTS if len(part.last) > 4}
    assert not [row.note for row in rows if any(name in row.note for name in names)]


def test_the_same_day_gives_the_same_story() -> None:
    owner = OWNER.accept()

    one, other = (repr(written_book(owner, AS_OF).events) for _ in range(2))

    assert one == other
    assert one != repr(written_book(owner, date(2026, 11, 19)).events)


@pytest.mark.parametrize("day", [date(2026, 12, 27), date(2027, 3, 1), date(2028, 2, 29)])
def test_the_story_can_be_told_on_any_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(sample, "PARTS", sample.PARTS[::9])
    workspace = empty_clinic(datetime(day.year, day.month, day.day, 8, tzinfo=ZONE))

    fill(workspace, day)

    assert len(read_registry(workspace).rows) == len(sample.PARTS)


def test_a_sample_clinic_is_a_real_file_that_its_people_can_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "PARTS", sample.PARTS[:2])
    place = place_at(tmp_path / "clinic")

    made = make_sample_clinic(place, PASSWORD, new_recovery_code())
    assert made.now() == NOW
    assert made.staff.sign_in == "mbell"
    lock(made)

    for sign_in in SIGN_INS:
        opened = unlock(place, sign_in, PASSWORD)
        assert opened.staff.sign_in == sign_in
        lock(opened)


def test_a_folder_with_a_clinic_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "PARTS", sample.PARTS[:1])
    place = place_at(tmp_path / "clinic")
    lock(make_sample_clinic(place, PASSWORD, new_recovery_code()))
    before = {path.name: path.read_bytes() for path in place.folder.iterdir() if path.is_file()}

    with pytest.raises(CocmError):
        make_sample_clinic(place, PASSWORD, new_recovery_code())

    after = {path.name: path.read_bytes() for path in place.folder.iterdir() if path.is_file()}
    assert after == before


def test_a_story_that_fails_stores_none_of_it_and_closes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(sample.PARTS[0], code="no code")
    monkeypatch.setattr(sample, "PARTS", (sample.PARTS[1], broken))
    place = place_at(tmp_path / "clinic")

    with pytest.raises(CocmError):
        make_sample_clinic(place, PASSWORD, new_recovery_code())

    opened = unlock(place, "mbell", PASSWORD)
    assert read_registry(opened).rows == ()
    lock(opened)
