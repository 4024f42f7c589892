"""Instruments of a clinic's own, from preview to retirement; no score changes its meaning."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.instruments import (
    add_pack,
    preview_pack,
    problems_of,
    read_instruments,
    read_packs,
    retire_pack,
)
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.form_score import score_of_measure
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import PHQ9, InstrumentId
from cocm_desktop.domain.instrument_pack import PackChoices, PackKind
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from cocm_desktop.storage.tables import AuditEntryTable
from tests.actions.work import as_role, phq9, rows_stored
from tests.domain.test_instrument_definition import small
from tests.exchange.forms import file_of, form, question

OWN = InstrumentId("OWN-4")
DAY = date(2026, 11, 12)


def added(workspace: Workspace, folder: Path, **changes: Any) -> str:
    preview = preview_pack(workspace, file_of(folder, small(**changes)))
    return add_pack(workspace, preview).record_id


def recorded(workspace: Workspace, episode_id: EpisodeId, answers: tuple[int, ...]) -> None:
    record_measure(workspace, MeasureDraft(episode_id, OWN, DAY, answers))


def test_a_preview_stores_nothing(workspace: Workspace, tmp_path: Path) -> None:
    before = rows_stored(workspace)

    preview = preview_pack(workspace, file_of(tmp_path, small()))

    assert preview.rule_words[0] == "Total: sum of items 1, 2, 3, 4: 0 to 4"
    assert problems_of(workspace, preview) == ()
    assert rows_stored(workspace) == before
    assert OWN not in read_instruments(workspace)


def test_what_was_previewed_is_what_is_stored(workspace: Workspace, tmp_path: Path) -> None:
    preview = preview_pack(workspace, file_of(tmp_path, small()))

    add_pack(workspace, preview)

    [pack] = read_packs(workspace)
    assert pack == preview.as_pack()
    assert read_instruments(workspace)[OWN] == preview.instrument
    assert (pack.kind, pack.file_name, len(pack.sha256)) == (PackKind.DEFINITION, "form.json", 64)


def test_adding_is_audited_and_repeated_it_is_done_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    preview = preview_pack(workspace, file_of(tmp_path, small()))

    first, again = add_pack(workspace, preview), add_pack(workspace, preview)

    assert first == again
    assert rows_stored(workspace)["instrument_pack"] == 1
    with workspace.database.read() as session:
        codes = session.scalars(select(AuditEntryTable.code)).all()
    assert codes.count("instrument.added") == 1


def test_a_measure_of_the_clinics_own_is_scored_and_kept(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    added(workspace, tmp_path)

    recorded(workspace, maria, (1, 0, 1, 1))

    [measure] = read_chart(workspace, maria_patient).measures
    assert (measure.instrument_id, measure.instrument_version, measure.total) == (OWN, 1, 3)


def test_a_critical_item_of_the_clinics_own_opens_a_safety_task(
    workspace: Workspace, maria: EpisodeId, tmp_path: Path
) -> None:
    added(workspace, tmp_path, items=[{"repeat": 3}, {"critical_from": 1}])

    recorded(workspace, maria, (0, 0, 0, 1))

    [(task, _)] = read_open_safety_tasks(workspace)
    assert (task.instrument, task.item, task.answer) == ("OWN-4", 4, 1)


def test_a_newer_version_changes_no_score_that_is_recorded(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    added(workspace, tmp_path)
    recorded(workspace, maria, (1, 0, 1, 1))

    added(workspace, tmp_path, version=2, total={"items": "1-4", "factor": 10})
    recorded(workspace, maria, (1, 0, 1, 1))

    page = read_chart_page(workspace, maria_patient)
    scores = [
        (
            measure.total,
            score_of_measure(
                page.catalogue.version(measure.instrument_id, measure.instrument_version),
                measure,
                None,
            ).total,
        )
        for measure in page.chart.measures
    ]
    assert scores == [(3, 3), (30, 30)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"id": "PHQ-9"}, "instrument_id", id="a shipped name"),
        pytest.param({"id": "phq 9"}, "instrument_id", id="a shipped name, written otherwise"),
        pytest.param({"id": "own4"}, "instrument_id", id="a name too much alike"),
        pytest.param({"title": "Other"}, "version", id="other content, same version"),
        pytest.param({}, "version", id="the same again"),
    ],
)
def test_what_would_change_a_meaning_is_refused_and_nothing_is_stored(
    workspace: Workspace, tmp_path: Path, changes: dict[str, Any], field: str
) -> None:
    added(workspace, tmp_path)
    preview = preview_pack(workspace, file_of(tmp_path, small(**changes)))
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        add_pack(workspace, preview)

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert problems_of(workspace, preview) == refusal.value.problems
    assert rows_stored(workspace) == before


def test_a_fhir_form_gets_the_next_version_by_itself(workspace: Workspace, tmp_path: Path) -> None:
    file = file_of(tmp_path, form())
    choices = PackChoices(instrument_id="WORRY")
    add_pack(workspace, preview_pack(workspace, file, choices))
    newer = file_of(tmp_path, form(question("1"), question("2"), question("3")))

    preview = preview_pack(workspace, newer, choices)
    add_pack(workspace, preview)

    assert (preview.kind, preview.instrument.version) == (PackKind.FHIR, 2)
    assert json.loads(preview.content)["version"] == 2
    assert read_instruments(workspace)[InstrumentId("WORRY")].highest_total == 6
    assert [pack.version for pack in read_packs(workspace)] == [1, 2]


def test_a_retired_instrument_is_offered_no_more_and_its_scores_are_read(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    added(workspace, tmp_path)
    recorded(workspace, maria, (1, 1, 1, 1))

    retire_pack(workspace, OWN, reason="We use another form")

    catalogue = read_chart_page(workspace, maria_patient).catalogue
    assert OWN not in catalogue
    assert catalogue.version(OWN, 1).title == "Our form"
    [pack] = read_packs(workspace)
    assert (pack.is_retired, pack.retire_reason) == (True, "We use another form")
    with pytest.raises(Refused, match="There is no instrument “OWN-4”"):
        recorded(workspace, maria, (1, 1, 1, 1))


def test_a_newer_version_brings_a_retired_instrument_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    added(workspace, tmp_path)
    retire_pack(workspace, OWN, reason="A mistake in it")

    added(workspace, tmp_path, version=2)

    assert read_instruments(workspace)[OWN].version == 2


@pytest.mark.parametrize(
    ("name", "reason", "message"),
    [
        pytest.param("OWN-4", " ", "Say why", id="no reason"),
        pytest.param("OTHER", "why", "has added no instrument OTHER", id="unknown"),
        pytest.param(PHQ9, "why", "has added no instrument PHQ-9", id="shipped"),
    ],
)
def test_what_cannot_be_retired_is_refused_and_nothing_is_stored(
    workspace: Workspace, tmp_path: Path, name: str, reason: str, message: str
) -> None:
    added(workspace, tmp_path)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=message):
        retire_pack(workspace, name, reason=reason)

    assert rows_stored(workspace) == before


def test_an_instrument_is_retired_once(workspace: Workspace, tmp_path: Path) -> None:
    added(workspace, tmp_path)
    retire_pack(workspace, OWN, reason="Not needed")

    with pytest.raises(Refused, match="retired already"):
        retire_pack(workspace, OWN, reason="Not needed")


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CARE_MANAGER, Role.BILLER])
def test_only_who_may_change_the_practice_adds_or_retires(
    workspace: Workspace, tmp_path: Path, role: Role
) -> None:
    file = file_of(tmp_path, small())
    preview = preview_pack(workspace, file)
    other = as_role(workspace, role)

    for act in (
        lambda: preview_pack(other, file),
        lambda: add_pack(other, preview),
        lambda: retire_pack(other, OWN, reason="why"),
    ):
        with pytest.raises(Refused, match="you may not change the practice"):
            act()
    assert rows_stored(workspace)["instrument_pack"] == 0


def test_shipped_instruments_are_recorded_beside_them(
    workspace: Workspace, maria: EpisodeId, tmp_path: Path
) -> None:
    added(workspace, tmp_path)

    phq9(workspace, maria, DAY, 9)

    assert rows_stored(workspace)["measure"] == 1
