"""Recording the history and Part 2 records: stored once, audited, never overwritten unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cocm_desktop.actions.background import (
    change_part2_consent,
    note_history,
    read_background,
    record_part2,
)
from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.plan import write_plan
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import (
    HistoryKind,
    HistoryNoteDraft,
    Part2Consent,
    Part2ConsentDraft,
    Part2RecordDraft,
)
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.errors import Refused
from tests.actions.work import rows_stored

DAY = date(2026, 11, 2)


def test_two_who_change_one_consent_do_not_overwrite_each_other(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = Part2RecordDraft(maria_patient, "Elm House", "Methadone.", DAY)
    record = record_part2(workspace, draft).record_id
    change_part2_consent(workspace, record, Part2ConsentDraft(DAY), version=1)
    stored = rows_stored(workspace)

    with pytest.raises(Refused, match="another screen"):
        change_part2_consent(workspace, record, Part2ConsentDraft(), version=1)

    [shown] = read_background(workspace, maria_patient).records
    assert (shown.consent, shown.version) == (Part2Consent.VALID, 2)
    assert rows_stored(workspace) == stored


def test_a_consent_that_did_not_change_leaves_no_trace(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = Part2RecordDraft(maria_patient, "Elm House", "Methadone.", DAY, Part2ConsentDraft(DAY))
    record = record_part2(workspace, draft).record_id
    stored = rows_stored(workspace)

    change_part2_consent(workspace, record, Part2ConsentDraft(DAY), version=1)

    assert rows_stored(workspace) == stored


def test_what_is_wrong_stores_nothing(workspace: Workspace, maria_patient: PatientId) -> None:
    stored = rows_stored(workspace)
    wrong = Part2ConsentDraft(DAY, DAY - timedelta(days=1))

    with pytest.raises(Refused):
        note_history(workspace, HistoryNoteDraft(maria_patient, HistoryKind.SOCIAL, "", DAY))
    with pytest.raises(Refused):
        record_part2(workspace, Part2RecordDraft(maria_patient, "Elm", "x", DAY, wrong))

    assert rows_stored(workspace) == stored


def test_a_chart_holds_the_newest_notes_of_today_and_the_day_of_the_safety_plan(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    for days, words in ((0, "Lives alone."), (3, "Lives with her sister.")):
        note = HistoryNoteDraft(
            maria_patient, HistoryKind.SOCIAL, words, DAY + timedelta(days=days)
        )
        note_history(workspace, note)
    parts = {part.name: "x" for part in PlanKind.SAFETY_PLAN.fields}
    for day in (DAY, DAY + timedelta(days=9)):
        write_plan(workspace, PlanDraft(maria, PlanKind.SAFETY_PLAN, day, parts))
    earlier = replace(workspace, now=lambda: workspace.now() - timedelta(days=27))

    now, then = read_chart(workspace, maria_patient), read_chart(earlier, maria_patient)

    assert [note.words for note in now.facts.history] == ["Lives with her sister."]
    assert now.facts.safety_plan_on == DAY + timedelta(days=9)
    assert [note.words for note in then.facts.history] == ["Lives alone."]
    assert then.facts.safety_plan_on == DAY
