"""The chart's tab of plan and treatment: lists, dialogs, and plans on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.patient import change_patient
from cocm_desktop.actions.plan import read_plans, write_plan
from cocm_desktop.actions.treatment import Treatment, read_treatment
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.goal import GoalState
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.intervention import InterventionKind
from cocm_desktop.domain.patient import PatientDraft, Reach
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.referral_out import ReferralResult
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.chart.screen import TABS, ChartScreen
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.plan.dialog import PlanDialog, open_plan_dialog
from cocm_desktop.ui.plan.page import PlanPage
from cocm_desktop.ui.plan.treatment_cards import TreatmentCard
from cocm_desktop.ui.treatment.goal_dialogs import AddGoalDialog, GoalStateDialog
from cocm_desktop.ui.treatment.referral_dialogs import AddReferralDialog, ReferralResultDialog
from cocm_desktop.ui.treatment.session_dialog import RecordSessionDialog
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.printing.read_back import texts
from tests.ui.hands import click, dialog_of, type_into

NOV_3 = date(2026, 11, 3)


def chart_for(qtbot: QtBot, desk: Desk, patient_id: PatientId) -> ChartScreen:
    screen = ChartScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1178, 680)
    screen.show()
    screen.show_patient(patient_id)
    screen.tabs.setCurrentIndex(TABS.index("Plan"))
    return screen


@pytest.fixture
def chart(qtbot: QtBot, desk: Desk, maria_patient: PatientId, maria: EpisodeId) -> ChartScreen:
    return chart_for(qtbot, desk, maria_patient)


@pytest.fixture
def page(chart: ChartScreen) -> PlanPage:
    return chart.plan


def treatment(workspace: Workspace, maria: EpisodeId) -> Treatment:
    return read_treatment(workspace, maria)


def care_plan(workspace: Workspace, maria: EpisodeId, problems: str, on: date = NOV_3) -> None:
    write_plan(workspace, PlanDraft(maria, PlanKind.CARE_PLAN, on, {"problems": problems}))


def cells(table: QAbstractItemView, row: int) -> list[str]:
    model = table.model()
    return [model.index(row, n).data() for n in range(model.columnCount())]


def test_a_goal_is_set_and_followed_up(
    page: PlanPage, workspace: Workspace, maria: EpisodeId
) -> None:
    click(page.view.goals.add)
    dialog = dialog_of(AddGoalDialog)
    dialog.words.setPlainText("Walk the dog")
    dialog.measured_by.setPlainText("five of seven days")
    dialog.set_on.set_day(NOV_3)
    click(dialog.save)

    page.view.goals.note_wanted.emit(page.view.goals.row)
    state = dialog_of(GoalStateDialog)
    state.state.choose(GoalState.PARTLY_MET)
    click(state.save)

    [goal] = treatment(workspace, maria).goals
    assert goal.state is GoalState.PARTLY_MET
    assert cells(page.view.goals.table, 0) == ["Walk the dog", "11/03/2026", "Partly met"]
    assert page.view.goals.detail.text() == (
        "Walk the dog\nReached when: five of seven days\nNov 30, 2026: Partly met"
    )


def test_sessions_are_counted_by_their_kind(
    page: PlanPage, workspace: Workspace, maria: EpisodeId
) -> None:
    click(page.view.sessions.add)
    dialog = dialog_of(RecordSessionDialog)
    dialog.kind.choose(InterventionKind.PROBLEM_SOLVING)
    dialog.minutes.setValue(20)
    dialog.note.setPlainText("Rent arrears: three ways out")
    dialog.homework.setPlainText("Call the landlord")
    click(dialog.save)

    [session] = treatment(workspace, maria).interventions
    assert session.minutes == 20
    assert page.view.sessions.note.text() == "Problem-solving treatment 1"
    assert cells(page.view.sessions.table, 0)[2] == "20"
    assert "Until next time: Call the landlord" in page.view.sessions.detail.text()


def test_a_session_without_minutes_keeps_none(
    page: PlanPage, workspace: Workspace, maria: EpisodeId
) -> None:
    click(page.view.sessions.add)
    dialog = dialog_of(RecordSessionDialog)
    dialog.kind.choose(InterventionKind.SLEEP)
    click(dialog.save)

    assert treatment(workspace, maria).interventions[0].seconds is None
    assert cells(page.view.sessions.table, 0)[2] == "—"


def test_a_session_without_its_kind_is_refused_in_the_dialog(
    page: PlanPage, workspace: Workspace, maria: EpisodeId
) -> None:
    click(page.view.sessions.add)
    dialog = dialog_of(RecordSessionDialog)
    click(dialog.save)

    assert dialog.problems.text() == "Choose the intervention."
    assert treatment(workspace, maria).interventions == ()
    dialog.forget()
    dialog.reject()


def test_a_referral_is_made_and_its_result_kept(
    page: PlanPage, workspace: Workspace, maria: EpisodeId
) -> None:
    click(page.view.referrals.add)
    dialog = dialog_of(AddReferralDialog)
    type_into(dialog.to, "Riverbend Sleep Clinic")
    dialog.reason.setPlainText("Apnea?")
    dialog.made_on.set_day(NOV_3)
    click(dialog.save)

    page.view.referrals.note_wanted.emit(page.view.referrals.row)
    result = dialog_of(ReferralResultDialog)
    result.result_now.choose(ReferralResult.KEPT)
    click(result.save)

    [referral] = treatment(workspace, maria).referrals_out
    assert referral.result is ReferralResult.KEPT
    assert page.view.referrals.detail.text() == (
        "Riverbend Sleep Clinic: Apnea?\nNov 30, 2026: Appointment kept"
    )


def test_a_record_of_each_kind_is_voided_with_a_reason(
    page: PlanPage, workspace: Workspace, maria: EpisodeId
) -> None:
    _record_each(page)
    cards: tuple[TreatmentCard[Any], ...] = (
        page.view.goals,
        page.view.sessions,
        page.view.referrals,
    )

    for card in cards:
        click(card.void)
        dialog = dialog_of(VoidDialog)
        type_into(dialog.reason, "entered twice")
        click(dialog.save)

    for card in cards:
        assert card.row is None
        assert card.nothing.isVisible()
        assert not card.void.isVisible()


def _record_each(page: PlanPage) -> None:
    click(page.view.goals.add)
    goal = dialog_of(AddGoalDialog)
    goal.words.setPlainText("Walk the dog")
    click(goal.save)
    click(page.view.sessions.add)
    session = dialog_of(RecordSessionDialog)
    session.kind.choose(InterventionKind.SLEEP)
    click(session.save)
    click(page.view.referrals.add)
    referral = dialog_of(AddReferralDialog)
    type_into(referral.to, "Sleep clinic")
    referral.reason.setPlainText("Apnea?")
    click(referral.save)


def test_each_kind_of_plan_has_a_line_from_the_beginning(page: PlanPage) -> None:
    lines = [cells(page.view.plans.table, n) for n in range(3)]

    assert lines == [[kind.value, "Not yet", "—"] for kind in PlanKind]
    assert page.view.plans.add.text() == "Write it"
    assert not page.view.plans.paper.isEnabled()
    assert not page.view.plans.void.isEnabled()


def test_a_plan_is_written_and_a_new_one_begins_with_it(
    page: PlanPage, workspace: Workspace, maria: EpisodeId
) -> None:
    click(page.view.plans.add)
    first = dialog_of(PlanDialog)
    first.parts["problems"].setPlainText("Low mood\nSleep")
    first.written_on.set_day(NOV_3)
    click(first.save)

    click(page.view.plans.add)
    second = dialog_of(PlanDialog)
    begins_with = second.parts["problems"].text()
    second.parts["problems"].setPlainText("Sleep")
    click(second.save)

    assert begins_with == "Low mood\nSleep"
    assert [plan.part("problems") for plan in read_plans(workspace, maria)] == [
        "Low mood\nSleep",
        "Sleep",
    ]
    assert cells(page.view.plans.table, 0) == ["Care plan", "11/30/2026", "Holds"]
    assert cells(page.view.plans.table, 3) == ["Care plan", "11/03/2026", "Replaced"]


def test_an_older_plan_stays_readable(
    page: PlanPage, chart: ChartScreen, workspace: Workspace, maria: EpisodeId
) -> None:
    care_plan(workspace, maria, "Low mood\nSleep")
    care_plan(workspace, maria, "Sleep", date(2026, 11, 17))
    chart.read_again()

    page.view.plans.table.select_row(3)

    assert page.view.plans.detail.text() == ("Care plan of Nov 3, 2026\nProblems: Low mood; Sleep")


def test_a_plan_without_what_it_needs_is_refused_at_its_field(page: PlanPage) -> None:
    click(page.view.plans.add)
    dialog = dialog_of(PlanDialog)
    click(dialog.save)

    assert dialog.problems.text() == "Fill in: Problems."
    assert dialog.focusWidget() is dialog.parts["problems"]
    dialog.forget()
    dialog.reject()


def test_a_plan_is_shown_on_paper_and_left_again(
    page: PlanPage, chart: ChartScreen, workspace: Workspace, maria: EpisodeId
) -> None:
    care_plan(workspace, maria, "Low mood")
    chart.read_again()

    click(page.view.plans.paper)
    shown = page.paper.shown
    care_plan(workspace, maria, "Sleep", date(2026, 11, 17))
    chart.read_again()
    is_stale = page.paper.stale.isVisible()
    click(page.paper.again)
    page.paper.left.emit()

    assert shown is not None
    assert (shown.title, shown.facts, shown.name) == ("Care plan", "Nov 3, 2026", "care-plan")
    assert is_stale
    assert page.currentWidget() is page.view
    assert page.paper.shown is None


def test_an_empty_form_can_be_printed_for_any_plan(page: PlanPage) -> None:
    page.view.plans.table.select_row(1)

    click(page.view.plans.form)

    assert page.paper.shown is not None
    assert (page.paper.shown.title, page.paper.shown.facts) == ("Safety plan", "empty form")


def test_an_empty_form_is_in_the_language_of_the_patient(
    page: PlanPage, chart: ChartScreen, workspace: Workspace, maria_patient: PatientId
) -> None:
    spoken = Reach(language="español")
    draft = PatientDraft("Alvarez", "María", date(1971, 4, 5), reach=spoken, id=maria_patient)
    change_patient(workspace, draft, version=1)
    chart.read_again()
    page.view.plans.table.select_row(1)

    click(page.view.plans.form)

    assert page.paper.shown is not None
    assert page.paper.shown.facts == "empty form, Spanish"
    assert "Plan de seguridad" in texts(page.paper.shown.paper.content)[0]


def test_a_plan_is_voided_and_the_one_before_holds(
    page: PlanPage, chart: ChartScreen, workspace: Workspace, maria: EpisodeId
) -> None:
    care_plan(workspace, maria, "Low mood")
    care_plan(workspace, maria, "Sleep", date(2026, 11, 17))
    chart.read_again()

    click(page.view.plans.void)
    dialog = dialog_of(VoidDialog)
    type_into(dialog.reason, "of another patient")
    click(dialog.save)

    assert cells(page.view.plans.table, 0) == ["Care plan", "11/03/2026", "Holds"]


def test_the_form_of_a_safety_plan_says_whom_to_call(desk: Desk, chart: ChartScreen) -> None:
    page = chart._page
    assert page is not None
    kept: list[str] = []
    subject = Subject.of_row(page.chart.row)

    open_plan_dialog(
        desk, subject, PlanKind.SAFETY_PLAN, parent=chart, stored=lambda: kept.append("kept")
    )
    dialog = dialog_of(PlanDialog)
    words = [label.text() for label in dialog.findChildren(Label)]
    for name in ("warning_signs", "coping", "professionals"):
        dialog.parts[name].setPlainText("One thing")
    click(dialog.save)

    assert "\n".join(page.crisis) in words
    assert kept == ["kept"]


def test_who_may_not_treat_is_offered_nothing_to_record(
    qtbot: QtBot, workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    care_plan(workspace, maria, "Low mood")
    desk = Desk(as_role(workspace, Role.PSYCHIATRIC_CONSULTANT), InlineWork())
    page = chart_for(qtbot, desk, maria_patient).plan

    buttons = (page.view.plans.add, page.view.goals.add, page.view.sessions.add)
    assert not any(button.isVisible() for button in buttons)
    assert page.view.plans.paper.isVisible()


def test_the_summary_says_which_plans_there_are_and_leads_to_them(
    chart: ChartScreen, workspace: Workspace, maria: EpisodeId
) -> None:
    care_plan(workspace, maria, "Low mood")
    chart.read_again()
    chart.tabs.setCurrentIndex(0)
    words = [label.text() for label in chart.summary.plans.findChildren(Label)]

    click(chart.summary.plans.all)

    assert words[words.index("Care plan") + 1] == "Nov 3, 2026"
    assert words[words.index("Safety plan") + 1] == "None yet"
    assert words[words.index("Last review") + 1] == "None yet"
    assert chart.tabs.currentIndex() == TABS.index("Plan")
