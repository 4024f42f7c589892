"""Several patients at once: all of them, or none; and lists that leave the screen."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from cocm_desktop.actions.caseload_list import export_list, print_list
from cocm_desktop.actions.chosen import add_tasks, assign_care_manager, set_flags
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review import PacketChoice, print_packet, read_packet
from cocm_desktop.actions.task import read_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.caseload_list import ListChoice
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.registry_columns import COLUMNS, USUAL
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.task import TaskDraft
from cocm_desktop.errors import Refused, Unavailable
from cocm_desktop.storage import staff as staff_members
from tests.actions.test_view import OTHER
from tests.actions.work import as_role, phq9
from tests.conftest import CARE_MANAGER
from tests.printing.read_back import texts
from tests.storage.test_database import fail_commits
from tests.ui.clinic import enrolled


@pytest.fixture
def two(workspace: Workspace) -> tuple[PatientId, PatientId]:
    with workspace.database.write() as session:
        staff_members.add(session, OTHER, workspace.stamp())
    return enrolled(workspace, "Baker")[0], enrolled(workspace, "=Ng")[0]


def choice_of(*patient_ids: PatientId) -> ListChoice:
    return ListChoice(patient_ids, USUAL, "Open", "next due first")


def managers(workspace: Workspace) -> set[StaffId | None]:
    return {row.care_manager_id for row in read_registry(workspace).rows if row.episode_id}


def test_all_chosen_get_one_care_manager(
    workspace: Workspace, two: tuple[PatientId, PatientId]
) -> None:
    assign_care_manager(workspace, two, OTHER.id)

    assert managers(workspace) == {OTHER.id}


def test_nobody_is_assigned_where_one_has_no_open_episode(
    workspace: Workspace, two: tuple[PatientId, PatientId], maria_patient: PatientId
) -> None:
    with pytest.raises(Refused, match="Nobody was assigned"):
        assign_care_manager(workspace, (*two, maria_patient), OTHER.id)
    for wrong in (None, StaffId("nobody")):
        with pytest.raises(Refused):
            assign_care_manager(workspace, two, wrong)
    with pytest.raises(Refused, match="at least one"):
        assign_care_manager(workspace, (), OTHER.id)
    with pytest.raises(Refused, match="At most"):
        assign_care_manager(workspace, two * 300, OTHER.id)

    assert managers(workspace) == {CARE_MANAGER.id}


def test_each_gets_a_task_and_a_mark_or_nobody_does(
    workspace: Workspace, two: tuple[PatientId, PatientId]
) -> None:
    today = workspace.today()
    tasks = [TaskDraft("Call", today, each, assigned_to=CARE_MANAGER.id) for each in two]
    marks = [FlagDraft(each, FlagKind.INTERPRETER, "Asked") for each in two]

    with pytest.raises(Refused):
        add_tasks(workspace, [tasks[0], replace(tasks[1], words="")])
    with pytest.raises(Refused):
        set_flags(workspace, [marks[0], replace(marks[1], reason="")])
    none = [(row.open_tasks, row.flags) for row in read_registry(workspace).rows]
    add_tasks(workspace, tasks)
    set_flags(workspace, marks)

    assert none == [(0, ())] * 2
    assert len(read_tasks(workspace)) == 2
    rows = read_registry(workspace).rows
    assert [(row.open_tasks, row.flags) for row in rows] == [(1, ("Needs an interpreter",))] * 2


def test_sheets_are_printed_of_those_chosen_and_nobody_else(
    workspace: Workspace, two: tuple[PatientId, PatientId], maria: EpisodeId
) -> None:
    choice = PacketChoice(patient_ids=two)

    packet = read_packet(workspace, choice)

    assert {sheet.entry.row.patient_id for sheet in packet.sheets} == set(two)
    assert print_packet(workspace, choice).content.startswith(b"%PDF")


def test_no_sheets_are_printed_where_somebody_has_no_episode(
    workspace: Workspace, two: tuple[PatientId, PatientId], maria_patient: PatientId
) -> None:
    with pytest.raises(Refused, match="Nothing was printed"):
        print_packet(workspace, PacketChoice(patient_ids=(*two, maria_patient)))


def test_the_list_is_printed_with_its_filter_and_every_patient(
    workspace: Workspace, two: tuple[PatientId, PatientId], maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 11, 20), 14)
    rows = read_registry(workspace).rows

    paper = print_list(workspace, choice_of(*(row.patient_id for row in rows)))
    words = " ".join(texts(paper.content))

    for expected in ("Caseload list", "Open", "next due first", "ALVAREZ", "BAKER", "page 1 of 1"):
        assert expected in words


def test_columns_that_do_not_fit_on_paper_are_named(
    workspace: Workspace, two: tuple[PatientId, PatientId]
) -> None:
    keys = tuple(column.key for column in COLUMNS)

    paper = print_list(workspace, replace(choice_of(*two), column_keys=keys))

    assert "Not on paper for want of room" in " ".join(texts(paper.content))


def test_a_list_is_exported_so_that_no_spreadsheet_calculates(
    workspace: Workspace, two: tuple[PatientId, PatientId], tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"

    count = export_list(workspace, choice_of(*two), file)

    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert count == 2
    assert rows[0][:2] == ["Patient", "PHQ-9 now"]
    assert [row[0] for row in rows[1:]] == ["BAKER, Ana", "'=NG, Ana"]


def test_a_list_that_left_is_not_denied_when_the_disk_fills_up(
    workspace: Workspace,
    two: tuple[PatientId, PatientId],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fail_commits(monkeypatch, workspace.database._engine, driver.SQLITE_FULL)

    with pytest.raises(Unavailable, match="The file is written; do not use it, but"):
        export_list(workspace, choice_of(*two), tmp_path / "list.csv")


def test_a_list_that_cannot_be_made_leaves_no_file(
    workspace: Workspace, two: tuple[PatientId, PatientId], tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    consultant = as_role(workspace, Role.PSYCHIATRIC_CONSULTANT)

    for wrong in (choice_of(), choice_of(*two, PatientId("gone"))):
        with pytest.raises(Refused):
            export_list(workspace, wrong, file)
    with pytest.raises(Refused, match="export a list"):
        export_list(consultant, choice_of(*two), file)
    with pytest.raises(Refused, match="Name the file"):
        export_list(workspace, choice_of(*two), Path())

    assert not file.exists()
