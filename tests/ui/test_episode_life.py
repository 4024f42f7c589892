"""The windows of an episode's life: referral, wait-list, target and pace, proposal, history."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.episode_phase import change_phase, refer
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.due import closing_proposal
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft, EpisodeStatus
from cocm_desktop.domain.episode_phase import PhaseDraft, ReferralDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import GAD7, PHQ9
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.ui.chart.cards import NextCard
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.close_dialog import CloseEpisodeDialog
from cocm_desktop.ui.episode.course_dialog import FollowUpDialog
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.episode.history_page import EpisodesPage
from cocm_desktop.ui.episode.phase_dialog import ChangePhaseDialog
from cocm_desktop.ui.episode.refer_dialog import ReferDialog
from cocm_desktop.ui.episode.reopen_dialog import ReopenDialog
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.plan.dialog import PlanDialog
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.patient_banner import PatientBanner
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import at, call, phq9, reviewed, rows_stored
from tests.conftest import CARE_MANAGER, PRACTITIONER
from tests.ui.hands import click, dialog_of

EVENING = date(2026, 11, 30)


def the_row(workspace: Workspace) -> RegistryRow:
    [row] = read_registry(workspace).rows
    return row


def subject_of(workspace: Workspace) -> Subject:
    return Subject.of_row(the_row(workspace))


def referred(workspace: Workspace, patient_id: PatientId) -> EpisodeId:
    draft = ReferralDraft(patient_id, CARE_MANAGER.id, date(2026, 11, 2), PRACTITIONER.id)
    return EpisodeId(refer(workspace, draft).record_id)


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


# --------------------------------------------------------------------------------- referral


def test_a_referral_is_recorded_and_is_no_enrollment(
    window: QWidget, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    dialog = ReferDialog(desk, subject_of(workspace), window)
    dialog.open()
    dialog.referred_on.set_day(date(2026, 11, 20))
    dialog.practitioner.choose(PRACTITIONER.id)
    assert dialog.is_touched
    click(dialog.save)

    row = the_row(workspace)
    assert (row.status, row.is_open, row.referred_on) == (
        EpisodeStatus.REFERRED, False, date(2026, 11, 20),
    )  # fmt: skip


def test_a_referral_of_tomorrow_is_refused(
    window: QWidget, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    before = rows_stored(workspace)
    dialog = ReferDialog(desk, subject_of(workspace), window)
    dialog.open()
    dialog.referred_on.set_day(date(2026, 12, 1))

    click(dialog.save)

    assert dialog.problems.text() == "The referral cannot be dated in the future."
    assert rows_stored(workspace) == before


def test_enrolling_goes_on_with_what_the_referral_said(
    window: QWidget, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    episode_id = referred(workspace, maria_patient)
    dialog = EnrollDialog(desk, subject_of(workspace), window)
    dialog.open()
    assert dialog.referred_on.day() == date(2026, 11, 2)
    assert dialog.practitioner.choice() == PRACTITIONER.id
    assert not dialog.is_touched

    dialog.consented_on.set_day(EVENING)
    dialog.scale.choose(GAD7)
    for box in (*dialog.statements, dialog.confirm):
        box.click()
    click(dialog.save)

    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    assert (episode.id, episode.primary_instrument_id) == (episode_id, GAD7)
    assert episode.status is EpisodeStatus.CONSENTED


def test_a_referral_waits_and_ends_in_the_windows_too(
    window: QWidget, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    referred(workspace, maria_patient)
    actions = PatientActions(desk, window)
    actions.follow(the_row(workspace))
    assert actions.contact.isEnabled()
    assert not actions.refer.isEnabled()
    assert not actions.flag.isEnabled()

    actions.phase.trigger()
    waiting = dialog_of(ChangePhaseDialog)
    waiting.phase.choose(EpisodeStatus.WAIT_LISTED)
    click(waiting.save)
    refused = waiting.problems.text()
    waiting.reason.setPlainText("No place free")
    click(waiting.save)
    actions.follow(the_row(workspace))
    actions.close.trigger()
    closing = dialog_of(CloseEpisodeDialog)
    offered = [closing.reason.itemText(number) for number in range(closing.reason.count())]
    closing.reason.choose(CloseReason.REDIRECTED)
    closing.note.setPlainText("Outpatient psychiatry")
    closing.confirm.click()
    click(closing.save)

    assert refused == "Say what the patient waits for."
    assert "Declined collaborative care" in offered
    assert "Graduated" not in offered
    assert closing.windowTitle() == "Close referral"
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    assert episode.close_reason is CloseReason.REDIRECTED


def test_the_plan_of_relapse_prevention_is_written_on_the_way(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    actions = PatientActions(desk, window)
    actions.follow(the_row(workspace))
    actions.phase.trigger()
    dialog = dialog_of(ChangePhaseDialog)
    assert dialog.write_plan.isHidden()
    dialog.phase.choose(EpisodeStatus.RELAPSE_PREVENTION)
    assert "not written yet" in dialog.about.text()
    dialog.write_plan.click()
    plan = dialog_of(PlanDialog)
    for name in ("warning_signs", "helps", "contacts"):
        plan.parts[name].setPlainText("Sleep")
    click(plan.save)

    assert "Its plan was written on Nov 30, 2026." in dialog.about.text()
    click(dialog.save)
    assert the_row(workspace).status is EpisodeStatus.RELAPSE_PREVENTION


# ------------------------------------------------------------------------- target and pace


def test_target_and_pace_are_the_patients_own_until_taken_back(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    actions = PatientActions(desk, window)
    actions.follow(the_row(workspace))
    actions.follow_up.trigger()
    dialog = dialog_of(FollowUpDialog)
    dialog.scale.choose(GAD7)
    dialog.target.setValue(8)
    dialog.interval.choose(3)
    click(dialog.save)

    row = the_row(workspace)
    assert (row.primary_instrument.id, row.target_below, row.interval_weeks) == (GAD7, 8, 3)
    actions.follow_up.trigger()
    again = dialog_of(FollowUpDialog)
    assert (again.target.value(), again.interval.choice()) == (8, 3)
    again.target.setValue(0)
    again.interval.setCurrentIndex(0)
    click(again.save)
    row = the_row(workspace)
    assert (row.target_below, row.interval_weeks) == (None, None)


def test_after_the_baseline_the_scale_cannot_be_chosen(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    phq9(workspace, maria, date(2026, 10, 2), 15)
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None

    dialog = FollowUpDialog(desk, subject_of(workspace), episode, parent=window)

    assert not dialog.scale.isEnabled()
    assert dialog.scale.choice() == PHQ9
    assert "fixed" in dialog.fixed.text()


# ------------------------------------------------------------------------------- the proposal


@pytest.fixture
def in_spring(workspace: Workspace, maria: EpisodeId) -> Workspace:
    """Give the clinic ninety days after the last call."""
    call(workspace, maria, date(2026, 11, 20))
    noon = workspace.now().replace(hour=12)
    return at(workspace, datetime(2027, 2, 18, 12, tzinfo=noon.tzinfo))


def test_ninety_days_without_contact_propose_and_a_person_closes(
    window: QWidget, in_spring: Workspace, maria_patient: PatientId
) -> None:
    desk = Desk(in_spring, InlineWork())
    card = NextCard()
    card.show_page(read_chart_page(in_spring, maria_patient))
    actions = PatientActions(desk, window)
    actions.follow(the_row(in_spring))
    card.closing_wanted.connect(actions.close.trigger)
    assert card.proposal.text() == (
        "Last reached Nov 20, 2026; closing is proposed as of Feb 18, 2027"
    )
    card.close_episode.click()
    dialog = dialog_of(CloseEpisodeDialog)
    assert the_row(in_spring).is_open

    dialog.accept_proposal.click()
    dialog.confirm.click()
    click(dialog.save)

    episode = read_chart(in_spring, maria_patient).episode
    assert episode is not None
    assert (episode.closed_on, episode.close_reason) == (
        date(2027, 2, 18), CloseReason.ADMINISTRATIVE,
    )  # fmt: skip


def test_the_day_before_nothing_is_proposed(in_spring: Workspace, qtbot: QtBot) -> None:
    before = at(in_spring, in_spring.now().replace(day=17))
    row = the_row(before)
    card = NextCard()
    qtbot.addWidget(card)
    card.show_page(read_chart_page(before, row.patient_id))

    assert closing_proposal(row) is None
    assert not card._proposed.isVisibleTo(card)


# ----------------------------------------------------------------------------------- died


def test_who_died_is_shown_as_such_and_named_before_enrolling(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    close_episode(workspace, CloseDraft(maria, EVENING, CloseReason.DIED, version=1))
    banner = PatientBanner(window)
    banner.show_chart(read_chart(workspace, maria_patient))
    dialog = EnrollDialog(desk, subject_of(workspace), window)

    assert "Died Nov 30, 2026 (aged 55)" in banner.accessibleName()
    assert "(55 y)" not in banner.accessibleName()
    assert dialog.notice.text() == (
        "The last episode closed because the patient died on Nov 30, 2026."
    )
    assert not dialog.notice.isHidden()


def test_closing_says_what_a_death_means(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    dialog = CloseEpisodeDialog(desk, subject_of(workspace), episode, parent=window)

    dialog.reason.choose(CloseReason.DIED)

    assert dialog.about.text().startswith("Type the day of death.")
    dialog.fill_in()
    assert dialog.reason.choice() is CloseReason.DIED


# -------------------------------------------------------------------------------- history


def test_earlier_episodes_stay_readable(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    phq9(workspace, maria, date(2026, 10, 2), 18)
    phq9(workspace, maria, date(2026, 10, 20), 8)
    call(workspace, maria, date(2026, 10, 20))
    reviewed(workspace, [maria], date(2026, 10, 21))
    hold = PhaseDraft(maria, EpisodeStatus.ON_HOLD, date(2026, 10, 22), "In hospital", 1)
    change_phase(workspace, hold)
    draft = CloseDraft(maria, date(2026, 10, 25), CloseReason.OTHER, "Left the state", version=2)
    close_episode(workspace, draft)
    day = date(2026, 11, 2)
    again = EnrollDraft(maria_patient, CARE_MANAGER.id, day, ConsentMethod.VERBAL, enrolled_on=day)
    enroll(workspace, again)

    page = EpisodesPage(desk)
    qtbot.addWidget(page)
    page.show_patient(maria_patient)

    now, before = page.cards
    assert now.title.text() == "Episode 2 · Active"
    assert not now.pace.isHidden()
    assert before.title.text() == "Episode 1 · Closed"
    assert before.pace.isHidden()
    words = words_in(before)
    assert "Oct 25, 2026 · Other\nLeft the state" in words
    assert "Baseline 18 (Oct 2, 2026), last 8 (Oct 20, 2026), −10 (−56 %)" in words
    assert "Bao/NYS target v1: reached" in words
    assert "No baseline" in words_in(now)
    model = before.phases.model()
    cells = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert cells == ["", "", "In hospital", "Other"]
    before.show_all.click()
    assert "Oct 2, 2026: PHQ-9 18" in before.all.text()
    assert "review, L. Chen: Go on (open)" in before.all.text()
    assert "Diagnosis: F33.1" in before.all.text()
    before.show_all.click()
    assert before.all.isHidden()


def test_of_the_patient_before_no_episode_stays_in_sight(
    qtbot: QtBot, desk: Desk, maria: EpisodeId, maria_patient: PatientId
) -> None:
    page = EpisodesPage(desk)
    qtbot.addWidget(page)
    page.show_patient(maria_patient)

    page._clear()

    assert page.cards == []


def test_a_baseline_alone_is_said_as_such(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    phq9(workspace, maria, date(2026, 10, 2), 18)
    page = EpisodesPage(desk)
    qtbot.addWidget(page)

    page.show_patient(maria_patient)

    assert "Baseline 18 (Oct 2, 2026), no score after it" in words_in(page.cards[0])


def test_a_closing_is_taken_back_from_the_menu_with_the_reason(
    qtbot: QtBot, workspace: Workspace, maria: EpisodeId
) -> None:
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 20), CloseReason.DIED))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    actions = PatientActions(Desk(workspace, InlineWork()), window)
    dead = the_row(workspace)
    actions.follow(dead)

    actions.reopen.trigger()
    dialog = dialog_of(ReopenDialog)
    click(dialog.save)
    refused = dialog.isVisible(), the_row(workspace).status_words
    dialog.reason.setPlainText("It was her aunt")
    dialog.confirm.setChecked(True)
    click(dialog.save)

    assert "Nov 20, 2026: Died" in dialog.about.text()
    assert refused == (True, "Died")
    assert the_row(workspace).status is EpisodeStatus.ACTIVE
    actions.follow(the_row(workspace))
    assert not actions.reopen.isEnabled()
