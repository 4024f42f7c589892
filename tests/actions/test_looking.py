"""Who looked at what stands in the audit before it is shown."""

from __future__ import annotations

import ast
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.looking import ChartPart, look, look_at_chart, note_search
from cocm_desktop.actions.medication import read_medications
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.treatment import read_treatment
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.errors import Refused, Unavailable
from cocm_desktop.storage import audit
from cocm_desktop.storage.tables import AuditChangeTable, AuditEntryTable
from tests.actions.work import as_role, at, phq9
from tests.conftest import EVENING
from tests.source_tree import Module, of_program

READ = audit.Action.READ.value


def seen(workspace: Workspace) -> list[tuple[str, str | None, str | None]]:
    entry = AuditEntryTable
    with workspace.database.read() as session:
        statement = select(entry.code, entry.patient_id, entry.category)
        rows = session.execute(statement.where(entry.action == READ).order_by(entry.seq))
        return [(row[0], row[1], row[2]) for row in rows]


def test_a_chart_that_is_opened_tells_its_parts(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    read_chart_page(workspace, maria_patient)

    parts = "demographics, scores, notes, medications"
    assert seen(workspace) == [("chart.viewed", maria_patient, parts)]


def test_the_same_part_is_told_again_after_a_quarter_of_an_hour(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    for minutes in (0, 1, 14, 15, 16):
        read_medications(at(workspace, EVENING + timedelta(minutes=minutes)), maria_patient)

    assert [code for code, _, _ in seen(workspace)] == ["chart.viewed"] * 2


def test_only_the_parts_that_were_not_seen_lately_are_told(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    read_medications(workspace, maria_patient)
    read_chart(workspace, maria_patient)

    assert [part for _, _, part in seen(workspace)] == [
        "medications",
        "demographics, scores, notes",
    ]


def test_an_episode_is_told_by_its_patient(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    read_treatment(workspace, maria)
    read_treatment(workspace, "of nobody")

    assert seen(workspace) == [("chart.viewed", maria_patient, "notes")]


def test_another_sitting_tells_it_again(workspace: Workspace) -> None:
    read_registry(workspace)
    read_registry(replace(workspace, sitting=Sitting()))

    assert seen(workspace) == [("registry.viewed", None, None)] * 2


def test_a_clock_that_was_set_back_hides_no_look(workspace: Workspace) -> None:
    read_registry(workspace)
    read_registry(at(workspace, EVENING - timedelta(hours=3)))

    assert len(seen(workspace)) == 2


def test_a_refused_look_is_none(workspace: Workspace, maria_patient: PatientId) -> None:
    with pytest.raises(Refused):
        read_chart(as_role(workspace, Role.BILLER), maria_patient)

    assert seen(workspace) == []


def test_a_read_inside_another_action_is_told_by_that_one(
    workspace: Workspace, maria: EpisodeId
) -> None:
    with workspace.database.read():
        read_registry(workspace)
        read_treatment(workspace, maria)

    assert seen(workspace) == []


def test_of_a_search_only_a_digest_and_a_count_are_kept(workspace: Workspace) -> None:
    for words in ("Álvarez", "alvarez ", "  ", "Alvar"):
        note_search(workspace, words, found=2)

    with workspace.database.read() as session:
        told = session.execute(select(AuditChangeTable.field, AuditChangeTable.after)).all()
    digests = [after for field, after in told if field == "words_digest"]
    assert [after for field, after in told if field == "found"] == ["2", "2"]
    assert len(set(digests)) == 2
    assert "lvar" not in repr(told)


def test_a_full_disk_does_not_hide_a_record_and_is_told_with_the_next_write(
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_entry: object) -> None:
        raise Unavailable("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(audit, "write", full)
        chart = read_chart(workspace, maria_patient)
        look(workspace, "registry.viewed")
    before = seen(workspace)
    later = at(workspace, EVENING + timedelta(hours=1))
    phq9(later, maria, date(2026, 11, 12), 9)

    assert chart.patient.id == maria_patient
    assert before == []
    assert [code for code, _, _ in seen(workspace)] == ["chart.viewed", "registry.viewed"]
    assert _moments(workspace)[-3:] == [EVENING, EVENING, EVENING + timedelta(hours=1)]
    phq9(later, maria, date(2026, 11, 13), 9)
    assert len(seen(workspace)) == 2


def test_what_is_told_late_stays_for_the_next_write_where_that_one_fails(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    note = audit.Note("chart.viewed", audit.Action.READ, maria_patient, maria_patient)
    workspace.database.tell_later((workspace.stamp(), note))
    with suppress(KeyError), workspace.database.write() as session:
        audit.write(session, workspace.stamp(), audit.created("task.added", "1"))
        raise KeyError("the rest of the action failed")

    look_at_chart(workspace, "another", ChartPart.NOTES)

    assert [who for _, who, _ in seen(workspace)] == [maria_patient, "another"]


def test_an_entry_made_while_the_clock_stood_back_says_so(workspace: Workspace) -> None:
    moments = (EVENING, EVENING - timedelta(seconds=30), EVENING - timedelta(hours=1))
    for number, moment in enumerate(moments):
        stamp: Stamp = at(workspace, moment).stamp()
        with workspace.database.write() as session:
            audit.write(session, stamp, audit.created("task.added", str(number)))

    with workspace.database.read() as session:
        entry = AuditEntryTable
        told = session.scalars(select(entry.clock_ok).order_by(entry.seq)).all()
    assert told == [True, True, False]


def test_a_registry_of_reads_costs_one_write_a_sitting(workspace: Workspace) -> None:
    for _ in range(50):
        read_registry(workspace)

    assert len(seen(workspace)) == 1


# Reads about one patient that tell nothing themselves, and why.
TOLD_ELSEWHERE = {
    "read_proof_records": "part of the audit packet, which tells",
    "read_latest_episode": "gives what other actions begin with, and nothing that is shown",
    "read_sealed_notes": "its list holds no words; each note that is opened tells",
}


@pytest.mark.no_cover
def test_every_read_about_one_patient_tells_the_audit() -> None:
    silent = {
        function.name
        for module in of_program()
        if module.place == "actions"
        for function in _reads_of_a_patient(module)
        if not _tells(function)
    }

    assert silent - set(TOLD_ELSEWHERE) == set()


def _reads_of_a_patient(module: Module) -> list[ast.FunctionDef]:
    return [
        node
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("read_")
        and "patient_id" in {argument.arg for argument in node.args.args}
    ]


def _tells(function: ast.FunctionDef) -> bool:
    """Whether it calls one of the looks, or writes an entry itself."""
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    called = {ast.unparse(call.func) for call in calls}
    return any(name.startswith("look") or name == "audit.write" for name in called)


def _moments(workspace: Workspace) -> list[datetime]:
    with workspace.database.read() as session:
        return list(session.scalars(select(AuditEntryTable.at).order_by(AuditEntryTable.seq)))
