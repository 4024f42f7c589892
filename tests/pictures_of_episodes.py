"""Pictures of the life of an episode, its reviews, and the rules with what they name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review_record import read_reviews
from cocm_desktop.actions.settings import SettingLine, read_settings
from cocm_desktop.domain.case_review import RecommendationKind
from cocm_desktop.domain.due import closing_proposal
from cocm_desktop.domain.episode import CloseReason, Episode, EpisodeStatus
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.ui.case_review.dialog import RecordReviewDialog
from cocm_desktop.ui.case_review.step_dialog import StepDialog
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.due.why import WhyDialog
from cocm_desktop.ui.episode.close_dialog import CloseEpisodeDialog
from cocm_desktop.ui.episode.course_dialog import FollowUpDialog
from cocm_desktop.ui.episode.phase_dialog import ChangePhaseDialog
from cocm_desktop.ui.episode.refer_dialog import ReferDialog
from cocm_desktop.ui.episode.start_dialog import StartTreatmentDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.practice.rule_dialog import ChangeRuleDialog
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from tests.pictures_of_patients import Stage, measured, not_enrolled, opened, typed

Opened = TypeVar("Opened", bound=RecordDialog)


def rows(stage: Stage) -> tuple[RegistryRow, ...]:
    return tuple(read_registry(stage.workspace).rows)


def found(stage: Stage, which: Callable[[RegistryRow], bool]) -> RegistryRow:
    """Give the first patient of a kind, or the first of all where there is none."""
    every = rows(stage)
    return next((row for row in every if which(row)), every[0])


def episode_of(stage: Stage, row: RegistryRow) -> Episode:
    episode = read_chart(stage.workspace, row.patient_id).episode
    if episode is None:
        raise LookupError("the patient has no episode")
    return episode


def on(stage: Stage, make: Callable[..., Opened], row: RegistryRow) -> Opened:
    subject = Subject.of_row(row)
    return opened(make(stage.desk, subject, episode_of(stage, row), parent=stage.window))


def chart(stage: Stage, row: RegistryRow, tab: str = "Summary") -> QWidget:
    stage.window.open_patient(row.patient_id)
    screen = stage.window.screen_shown
    if isinstance(screen, ChartScreen):
        titles = [screen.tabs.tabText(number) for number in range(screen.tabs.count())]
        screen.tabs.setCurrentIndex(titles.index(tab))
    return stage.window


def reviewed(stage: Stage) -> RegistryRow:
    def has_reviews(row: RegistryRow) -> bool:
        return row.is_open and row.last_review_on is not None and bool(row.open_recommendations)

    return found(stage, has_reviews)


def silent(stage: Stage) -> RegistryRow:
    return found(stage, lambda row: closing_proposal(row) is not None)


def started(stage: Stage) -> RegistryRow:
    return found(stage, lambda row: row.status is EpisodeStatus.ACTIVE)


def of_status(stage: Stage, status: EpisodeStatus) -> RegistryRow:
    return found(stage, lambda row: row.status is status)


def died(stage: Stage) -> QWidget:
    closed = [row for row in rows(stage) if row.status is EpisodeStatus.CLOSED]
    reasons = {row.key: episode_of(stage, row).close_reason for row in closed}
    return chart(
        stage,
        next((row for row in closed if reasons[row.key] is CloseReason.DIED), closed[0]),
    )


def closing(stage: Stage) -> QDialog:
    row = silent(stage)
    dialog = opened(
        CloseEpisodeDialog(
            stage.desk,
            Subject.of_row(row),
            episode_of(stage, row),
            proposal=closing_proposal(row),
            parent=stage.window,
        )
    )
    dialog.fill_in()
    return typed(dialog)


def phase(stage: Stage) -> QDialog:
    dialog = on(stage, ChangePhaseDialog, started(stage))
    dialog.phase.choose(EpisodeStatus.RELAPSE_PREVENTION)
    return typed(dialog)


def review(stage: Stage) -> QDialog:
    subject = Subject.of_row(measured(stage))
    dialog = opened(RecordReviewDialog(stage.desk, subject, stage.window))
    dialog.minutes.setValue(9)
    dialog.impression.setPlainText("Partial response after eight weeks at 50 mg.")
    [form] = dialog.advice.forms
    form.kind.choose(RecommendationKind.DOSE)
    form.words.setPlainText("Raise sertraline to 100 mg; ask about sleep in two weeks.")
    form.due_on.set_day(stage.desk.today() + timedelta(weeks=1))
    return typed(dialog)


def step(stage: Stage) -> QDialog:
    row = reviewed(stage)
    given = [
        each
        for review in read_reviews(stage.workspace, row.episode_id or "")
        for each in review.recommendations
        if each.awaits_action
    ]
    dialog = StepDialog(stage.desk, Subject.of_row(row), given[-1], parent=stage.window)
    return opened(dialog)


def why(stage: Stage) -> QDialog:
    row = max(rows(stage), key=lambda row: len(row.due_now))
    return opened(WhyDialog(stage.desk, row, stage.window))


def settings(stage: Stage, title: str) -> SettingsScreen:
    stage.window.go("settings")
    screen = stage.window.screen_shown
    if not isinstance(screen, SettingsScreen):
        raise TypeError("the settings are not shown")
    titles = [screen.tabs.tabText(number) for number in range(screen.tabs.count())]
    screen.tabs.setCurrentIndex(titles.index(title))
    return screen


def line(stage: Stage, name: str) -> SettingLine:
    lines = read_settings(stage.workspace).lines
    return next(each for each in lines if each.setting.name == name)


def rules(stage: Stage) -> QWidget:
    settings(stage, "Clinical rules").show_part("no_contact_days")
    return stage.window


def outcomes(stage: Stage) -> QWidget:
    settings(stage, "Outcome definitions")
    return stage.window


def rule(stage: Stage) -> QDialog:
    dialog = opened(ChangeRuleDialog(stage.desk, line(stage, "review_days"), parent=stage.window))
    dialog.type_value("20")
    dialog.save.click()
    return typed(dialog)


def protocol(stage: Stage) -> QDialog:
    return opened(ChangeRuleDialog(stage.desk, line(stage, "safety_protocol"), parent=stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "episode-history": lambda stage: chart(stage, measured(stage), "Episodes"),
    "episode-reviews": lambda stage: chart(stage, reviewed(stage), "Reviews"),
    "episode-reviews-empty": lambda stage: chart(
        stage, found(stage, lambda row: row.is_open and row.last_review_on is None), "Reviews"
    ),
    "episode-proposal": lambda stage: chart(stage, silent(stage)),
    "episode-deceased": died,
    "settings-rules": rules,
    "settings-outcomes": outcomes,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "episode-refer": lambda stage: opened(
        ReferDialog(stage.desk, Subject.of_row(not_enrolled(stage)), stage.window)
    ),
    "episode-start": lambda stage: on(
        stage, StartTreatmentDialog, of_status(stage, EpisodeStatus.CONSENTED)
    ),
    "episode-phase": phase,
    "episode-pace": lambda stage: on(stage, FollowUpDialog, started(stage)),
    "episode-close": closing,
    "episode-review": review,
    "episode-step": step,
    "episode-why": why,
    "settings-rule": rule,
    "settings-protocol": protocol,
}
