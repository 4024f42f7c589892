"""Reading one patient's chart as the chart screen shows it: the record, the time, the month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.measure_form import read_withdrawn_measures
from cocm_desktop.actions.month_facts import month_case
from cocm_desktop.actions.plan import read_crisis_words, read_plans
from cocm_desktop.actions.treatment import Treatment, read_treatment
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.draft import evaluate_case
from cocm_desktop.domain.ids import CaseReviewId, StaffId
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.letter import Letter
from cocm_desktop.domain.month_minutes import MonthMinutes, minutes_of_month, no_minutes
from cocm_desktop.domain.plans import Plan
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.review_priority import Reason, reasons_for
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.domain.withdrawn_measure import WithdrawnMeasure
from cocm_desktop.storage import letter as letters
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries

OVERVIEW = (ChartPart.DEMOGRAPHICS, ChartPart.SCORES, ChartPart.NOTES, ChartPart.MEDICATIONS)
PART_2 = ChartPart.PART_2


@dataclass(frozen=True, slots=True)
class ChartPage:
    """One patient's chart with the time of the episode, oldest first, all from one moment.

    `catalogue` holds the definitions that its measures were made with.
    """

    chart: Chart
    catalogue: Catalogue
    time: tuple[TimeEntry, ...]
    month: MonthMinutes
    staff_names: Mapping[StaffId, str]
    treatment: Treatment
    plans: tuple[Plan, ...] = ()
    crisis: tuple[str, ...] = ()
    withdrawn: tuple[WithdrawnMeasure, ...] = ()
    letters: Mapping[CaseReviewId, tuple[Letter, ...]] = field(default_factory=dict)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the patient is on the review list."""
        return tuple(reasons_for(self.chart.row))


def read_chart_page(workspace: Workspace, patient_id: str) -> ChartPage:
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read() as session:
        chart = read_chart(workspace, patient_id)
        episode_id = chart.row.episode_id or ""
        page = ChartPage(
            chart=chart,
            catalogue=read_instruments(workspace),
            time=tuple(time_entries.of_episode(session, episode_id, until=workspace.today())),
            month=_month(workspace, chart.row),
            staff_names={m.id: m.title for m in staff_members.everyone(session)},
            treatment=read_treatment(workspace, episode_id),
            plans=read_plans(workspace, episode_id),
            crisis=read_crisis_words(workspace),
            withdrawn=read_withdrawn_measures(workspace, episode_id),
            letters=letters.of_reviews(session, [review.id for review in chart.reviews]),
        )
    look_at_chart(workspace, patient_id, *OVERVIEW, *([PART_2] if chart.facts.part2 else []))
    return page


def _month(workspace: Workspace, row: RegistryRow) -> MonthMinutes:
    today = workspace.today()
    month = ServiceMonth.of(today)
    with workspace.database.read() as session:
        if time_entries.of_month(session, row.patient_id, month, until=today):
            case = month_case(workspace, row.patient_id, month)
            result = evaluate_case(case, tables_of(workspace), None).result
            first = case.offices.settings.g2214_first_minute
            return minutes_of_month(month, result, g2214_first_minute=first)
    return no_minutes(month, row.month_kind, row.next_code)
