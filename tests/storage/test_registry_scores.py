"""What the registry's statement says of scores, and that it needs no more than their index."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.domain.measure import MeasureDraft

NOVEMBER_3 = date(2026, 11, 3)


def test_a_total_without_its_answers_is_read_as_one(workspace: Workspace, maria: EpisodeId) -> None:
    record_measure(workspace, MeasureDraft(maria, PHQ9, NOVEMBER_3, total_only=14))

    [row] = read_registry(workspace).rows

    last = row.phq9.last
    assert last is not None
    assert (last.total, last.critical, last.is_total_alone) == (14, None, True)
    assert (last.marked, last.alone_words) == ("14*", ", total only")


def test_a_form_with_its_answers_carries_no_mark(workspace: Workspace, maria: EpisodeId) -> None:
    record_measure(workspace, MeasureDraft(maria, PHQ9, NOVEMBER_3, (2,) * 8 + (0,)))

    [row] = read_registry(workspace).rows

    last = row.phq9.last
    assert last is not None
    assert (last.marked, last.critical, last.alone_words) == ("16", 0, "")


def test_scores_are_read_from_their_index_alone(workspace: Workspace, maria: EpisodeId) -> None:
    columns = "taken_on, id, total, critical, total_only"
    asked = f"EXPLAIN QUERY PLAN SELECT {columns} FROM measure WHERE episode_id = :episode"

    with workspace.database.read() as session:
        plan = session.execute(text(asked), {"episode": maria}).all()

    assert "USING COVERING INDEX ix_measure_scores" in str(plan)
