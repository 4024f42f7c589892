"""Pictures of the trend chart, of the tab of plan and treatment, and of plans on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.plan import PlanChoice, print_plan, read_plans
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.treatment import read_treatment
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.outcome import course_of
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.score_picture import score_picture
from cocm_desktop.ui.chart.screen import TABS, ChartScreen
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.plan.dialog import PlanBasis, PlanDialog
from cocm_desktop.ui.treatment.goal_dialogs import AddGoalDialog, GoalStateDialog
from cocm_desktop.ui.treatment.referral_dialogs import AddReferralDialog
from cocm_desktop.ui.treatment.session_dialog import RecordSessionDialog
from cocm_desktop.ui.widgets.score_chart import ScoreChart
from tests.builders import (
    ENROLLED_ON,
    TODAY,
    a_case_review,
    a_chart,
    a_course,
    a_measure,
    a_medication,
    a_phase,
    a_row,
    load_instrument,
    scores,
)
from tests.pictures_of_patients import Stage, opened

SIZE = (760, 420)
PCL5 = InstrumentId("PCL-5")


def planned(workspace: Workspace) -> RegistryRow:
    """Give the open patient with the most plans, and of these with the most goals."""

    def weight(row: RegistryRow) -> tuple[int, int]:
        if not row.is_open or row.episode_id is None:
            return (-1, 0)
        goals = len(read_treatment(workspace, row.episode_id).goals)
        return (len({plan.kind for plan in read_plans(workspace, row.episode_id)}), goals)

    return max(read_registry(workspace).rows, key=weight)


def opened_chart(stage: Stage, tab: str) -> ChartScreen:
    stage.window.open_patient(planned(stage.workspace).patient_id)
    screen = stage.window.screen_shown
    if not isinstance(screen, ChartScreen):
        raise TypeError("no chart is shown")
    screen.tabs.setCurrentIndex(TABS.index(tab))
    return screen


def tab(stage: Stage) -> QWidget:
    opened_chart(stage, "Plan").plan.show_lists()
    return stage.window


def preview(stage: Stage) -> QWidget:
    opened_chart(stage, "Plan").plan.view.plans.form.click()
    return stage.window


def focus(stage: Stage) -> QWidget:
    """Step to a day of the trend by the keyboard."""
    chart = opened_chart(stage, "Summary").summary.trend.chart
    chart.setFocus()
    QTest.qWait(5)
    for _ in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Left)
    return stage.window


def of_chart(chart: Chart) -> QWidget:
    shown = ScoreChart()
    shown.setAutoFillBackground(True)
    shown.show_picture(score_picture(chart))
    shown.resize(*SIZE)
    return shown


def one_point() -> Chart:
    mood = a_course(18, first_on=TODAY - timedelta(days=10))
    return a_chart(a_row(phq9=mood, gad7=a_course()), contacts=())


def by_pcl5() -> Chart:
    course = course_of(scores(62, 51, 40), enrolled_on=ENROLLED_ON, remission_below=None)
    pcl5 = load_instrument(PCL5)
    return a_chart(a_row(primary_instrument_id=PCL5, other_instrument=pcl5, other=course))


def unsure() -> Chart:
    """Give a course with an incomplete form, a total alone, and every kind of mark."""
    row = a_row(phq9=a_course(18, 14, 12, 9, alone=(2,)))
    first, second, _, last = (score.taken_on for score in row.phq9.scores)
    return a_chart(
        row,
        measures=(a_measure(taken_on=first + timedelta(days=5), answers=(1, 2, *[None] * 7)),),
        medications=(
            a_medication("sertraline", ("50 mg daily", first), ("100 mg daily", second)),
            a_medication("trazodone", ("50 mg", date(2026, 9, 25)), stopped_on=last),
        ),
        reviews=(a_case_review(second), a_case_review(last, recommendations=())),
        phases=(
            a_phase(EpisodeStatus.ACTIVE, first),
            a_phase(EpisodeStatus.RELAPSE_PREVENTION, last),
        ),
    )


def subject(stage: Stage) -> Subject:
    return Subject.of_row(planned(stage.workspace))


def plan(kind: PlanKind, stage: Stage) -> QDialog:
    page = opened_chart(stage, "Plan")._page
    if page is None:
        raise ValueError("no chart is read")
    written = [each for each in page.plans if each.kind is kind]
    basis = PlanBasis(kind, written[-1] if written else None, page.crisis)
    return opened(PlanDialog(stage.desk, subject(stage), basis, parent=stage.window))


def goal_state(stage: Stage) -> QDialog:
    row = planned(stage.workspace)
    goal = read_treatment(stage.workspace, row.episode_id or "").goals[0]
    return opened(GoalStateDialog(stage.desk, subject(stage), goal, parent=stage.window))


def _paper(kind: PlanKind, workspace: Workspace, *, as_form: bool) -> bytes:
    for row in read_registry(workspace).rows:
        plans = read_plans(workspace, row.episode_id or "")
        if row.episode_id and (as_form or any(each.kind is kind for each in plans)):
            return print_plan(workspace, row.episode_id, PlanChoice(kind, as_form)).content
    raise ValueError("no such plan in the sample clinic")


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "chart-plan": tab,
    "chart-plan-paper": preview,
    "trend-focus": focus,
    "trend-one-point": lambda _stage: of_chart(one_point()),
    "trend-pcl5": lambda _stage: of_chart(by_pcl5()),
    "trend-unsure": lambda _stage: of_chart(unsure()),
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "plan-care": partial(plan, PlanKind.CARE_PLAN),
    "plan-safety": partial(plan, PlanKind.SAFETY_PLAN),
    "plan-relapse": partial(plan, PlanKind.RELAPSE_PREVENTION_PLAN),
    "treatment-goal": lambda stage: opened(AddGoalDialog(stage.desk, subject(stage), stage.window)),
    "treatment-goal-state": goal_state,
    "treatment-session": lambda stage: opened(
        RecordSessionDialog(stage.desk, subject(stage), stage.window)
    ),
    "treatment-referral": lambda stage: opened(
        AddReferralDialog(stage.desk, subject(stage), stage.window)
    ),
}
PAPERS: dict[str, Callable[[Workspace], bytes]] = {
    f"{kind.name.lower().replace('_', '-')}{'-form' if as_form else ''}": partial(
        _paper, kind, as_form=as_form
    )
    for kind in PlanKind
    for as_form in (False, True)
}
