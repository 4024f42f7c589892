"""Charts for a whole packet hold what each holds when it is read alone."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.chart import charts_of, read_chart
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.domain.measure import MeasureDraft
from tests.actions.work import call
from tests.ui.clinic import enrolled

NOVEMBER_3 = date(2026, 11, 3)


def test_each_chart_holds_its_own_patient_and_records(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, NOVEMBER_3)
    record_measure(workspace, MeasureDraft(maria, PHQ9, NOVEMBER_3, (2,) * 9))
    enrolled(workspace, "Ito")
    rows = tuple(read_registry(workspace).rows)

    charts = charts_of(workspace, rows)

    assert [chart.patient.id for chart in charts] == [row.patient_id for row in rows]
    assert charts == tuple(read_chart(workspace, row.patient_id) for row in rows)
    [hers] = [chart for chart in charts if chart.patient.id == maria_patient]
    assert len(hers.contacts) == 1
    assert hers.contacts[0].minutes > 0
    assert [each.total for each in hers.measures] == [18]
    assert len(hers.safety_tasks) == 1
    assert hers.staff_names[workspace.staff.id] == workspace.staff.name
    [other] = [chart for chart in charts if chart is not hers]
    assert (other.contacts, other.measures, other.safety_tasks) == ((), (), ())
