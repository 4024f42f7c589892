from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from cocm_desktop.actions.importing import import_patients, preview_import
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.import_preview import ImportPreview, RowState
from tests.exchange.lists import ANNA, BEN, HEADER, csv_at
from tests.source_tree import ROOT

SAMPLE = ROOT.parent / "shared" / "samples" / "ehr_patient_list.csv"


def states(preview: ImportPreview) -> list[RowState]:
    return [row.state for row in preview.rows]


@pytest.mark.no_cover
def test_two_thousand_rows_are_looked_at_and_imported_in_seconds(
    workspace: Workspace, tmp_path: Path
) -> None:
    births = [date(1930, 1, 1) + timedelta(days=13 * n) for n in range(2000)]
    rows = (
        f"{n},Family{n % 700},Given{n % 90},{born},F,555-{n % 900 + 100}-{n % 9000 + 1000}"
        for n, born in enumerate(births)
    )
    path = csv_at(tmp_path, HEADER, *rows)
    began = time.process_time()

    preview = preview_import(workspace, path)
    import_patients(workspace, preview)

    budget = 3 if sys.gettrace() is None else 12  # measuring coverage takes its time
    assert time.process_time() - began < budget
    assert sum(preview.counts.values()) == 2000
    assert preview.counts[RowState.NEW] > 1900


@pytest.mark.skipif(not SAMPLE.exists(), reason="the real sample is not on this computer")
def test_a_real_export_is_accounted_for_row_by_row(workspace: Workspace) -> None:
    preview = preview_import(workspace, SAMPLE)

    assert preview.problems == ()
    assert None not in preview.mapping
    assert preview.counts[RowState.NEW] == len(preview.rows) == 100
    children = [row for row in preview.rows if any("guardian" in note for note in row.notes)]
    assert len(children) == 7
    import_patients(workspace, preview)
    again = preview_import(workspace, SAMPLE)
    assert again.counts[RowState.ALREADY_HERE] == 100
    assert again.is_remembered


def test_an_mrn_of_somebody_else_rejects_a_row(
    workspace: Workspace, maria_patient: PatientId, tmp_path: Path
) -> None:
    path = csv_at(tmp_path, HEADER, "100200,Ng,Kim,1/2/1980,F,", ANNA, "1001,Roe,Di,1/1/90,F,")

    preview = preview_import(workspace, path)

    assert states(preview) == [RowState.REJECTED, RowState.NEW, RowState.REJECTED]
    assert "Same MRN, but another name and date of birth on file" in preview.rows[0].reasons[0]
    assert "on line 3 of this file" in preview.rows[2].reasons[0]


def test_the_same_patient_twice_in_a_file_comes_in_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    preview = preview_import(workspace, csv_at(tmp_path, HEADER, ANNA, BEN, ANNA))

    import_patients(workspace, preview)

    assert states(preview)[2] is RowState.ALREADY_HERE
    assert "on line 2 of this file" in preview.rows[2].reasons[0]
    assert len(read_registry(workspace).rows) == 2
