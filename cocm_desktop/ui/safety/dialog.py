"""Closing a safety task: when and how it was assessed, what was done, who was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.safety import close_safety_task
from cocm_desktop.actions.safety_case import SafetyCase, read_safety_case
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.safety import (
    FOLLOW_WORDS,
    NO_RISK_WORDS,
    SCREENER,
    SafetyClosingDraft,
    SafetyStep,
    SafetyTask,
)
from cocm_desktop.domain.safety_age import age_words
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.safety.assessment import AssessmentField
from cocm_desktop.ui.safety.beside import BesidePanel
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import NoteField
from cocm_desktop.ui.widgets.form_dialog import SCREEN_SHARE
from cocm_desktop.ui.widgets.labels import IconLabel, Label
from cocm_desktop.ui.widgets.moment_field import MomentField

WIDTH = 1020


class CloseSafetyTaskDialog(PatientDialog):
    """Leaving it open is always possible: the task stays urgent and the red bar stays."""

    draft_kind = "close_safety"

    def __init__(
        self, desk: Desk, subject: Subject, task: SafetyTask, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._task = task
        self._case: SafetyCase | None = None
        now = desk.now()
        self.assessed_at = MomentField(now, now)
        self.assessment = AssessmentField()
        self.assessed = NoteField(lines=2)
        self.steps = {step: QCheckBox(self.tr(step.value)) for step in SafetyStep}
        self.step_taken = NoteField(lines=1)
        self.told = NoteField(lines=1)
        self.told_at = MomentField(now)
        for field in (self.assessed, self.step_taken, self.told):
            field.setFixedHeight(field.minimumHeight() + 12)
        self.beside = BesidePanel()
        self.fields = {
            "assessed_at": self.assessed_at.day,
            "assessed_at_time": self.assessed_at.time,
            "assessed": self.assessed,
            "action": self.step_taken,
            "told": self.told,
            "told_at": self.told_at.day,
            "told_at_time": self.told_at.time,
        }
        self.set_words(self.tr("Safety"), self.tr("Close safety task"))
        self.cancel.setText(self.tr("Leave open as urgent task"))
        room = self.screen().availableGeometry().width() * SCREEN_SHARE
        self.setMinimumWidth(min(theme_of(self).px(WIDTH), int(room)))
        self._build()

        self.assessment.screener_wanted.connect(self._record_screener)
        self.assessment.chosen.connect(self._name_assessment)
        self.beside.plan_wanted.connect(self._open_chart)

    @override
    def draft_subjects(self) -> tuple[str, str]:
        return self._task.id, self.subject.patient_id

    @override
    def open(self) -> None:
        self._read(choose_newest=False)
        super().open()

    @override
    def typed(self) -> object:
        return (
            self.assessed_at.text(),
            self.assessed.text(),
            self._chosen_steps(),
            self.step_taken.text(),
            self.told.text(),
            self.told_at.text(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        self._require_moments()
        draft = SafetyClosingDraft(
            task_id=self._task.id,
            assessed=self.assessed.text(),
            action=self.step_taken.text(),
            told=self.told.text(),
            assessed_at=self.assessed_at.moment(),
            steps=self._chosen_steps(),
            told_at=self.told_at.moment(),
            assessment_id=self.assessment.measure_id(),
        )
        return partial(close_safety_task, draft=draft)

    def _require_moments(self) -> None:
        """Refuse a moment that is missing, or begun and not whole: it would count as now."""
        words = self.tr("Type the day and the time.")
        problems = [
            Problem(name, words)
            for name, field, is_needed in (
                ("assessed_at", self.assessed_at, True),
                ("told_at", self.told_at, self.told_at.is_begun()),
            )
            if is_needed and field.moment() is None
        ]
        if problems:
            raise Refused(*problems)

    def _chosen_steps(self) -> tuple[SafetyStep, ...]:
        return tuple(step for step, box in self.steps.items() if box.isChecked())

    def _build(self) -> None:
        named = (
            (self.tr("A&ssessed on"), self.assessed_at),
            (self.tr("Sc&reener"), self.assessment),
            (self.tr("What was &assessed"), self.assessed),
            (self.tr("What was &done"), self._steps()),
            (self.tr("&In words"), self.step_taken),
            (self.tr("Who was &told"), self.told),
            (self.tr("Told &when"), self.told_at),
        )
        for words, field in named:
            self.form.add(words, field)
        self.body.removeItem(self.form)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(self.form, 1)
        both.addWidget(self.beside)
        self.body.addWidget(self._words())
        self.body.addLayout(both)

    def _steps(self) -> QWidget:
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        for place, box in enumerate(self.steps.values()):
            grid.addWidget(box, place // 2, place % 2)
        boxes.setFocusProxy(self.steps[SafetyStep.HANDED_OVER])
        return boxes

    def _words(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "trouble")
        today = self.desk.today()
        answer = f"{self._task.what}, {long_date(self._task.answered_on)}."
        if self._task.is_overdue(today):
            answer = f"{self._task.what}, {age_words(self._task.answered_on, today)}."
        self.words = Label(answer, "strong", wraps=True)
        rest = FOLLOW_WORDS if self._task.is_by_hand else f"{FOLLOW_WORDS} {NO_RISK_WORDS}"
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.words)
        words.addWidget(Label(rest, wraps=True))
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(IconLabel("shield-exclamation", "error", size=28))
        row.addLayout(words, 1)
        return frame

    def _read(self, *, choose_newest: bool) -> None:
        def show(case: SafetyCase) -> None:
            self._case = case
            self.beside.show_case(case)
            self.assessment.show_assessments(
                case.assessments,
                can_record=case.open_episode_id is not None,
                choose_newest=choose_newest,
            )

        self.desk.read(partial(read_safety_case, task_id=self._task.id), show, failed=self._show)

    @Slot()
    def _record_screener(self) -> None:
        """Open the measure entry for the screener; the closing takes it as the assessment."""
        if self._case is not None and self._case.open_episode_id is not None:
            subject = replace(self.subject, episode_id=self._case.open_episode_id)
            dialog = RecordMeasureDialog(self.desk, subject, self, instrument_id=SCREENER)
            dialog.stored.connect(self._take_screener)
            dialog.open()

    @Slot()
    def _take_screener(self) -> None:
        self._read(choose_newest=True)

    @Slot()
    def _name_assessment(self) -> None:
        """Name the screener among what was assessed, unless something is written there."""
        assessment = self.assessment.assessment()
        if assessment is not None and not self.assessed.text().strip():
            self.assessed.setPlainText(assessment.words)

    @Slot()
    def _open_chart(self) -> None:
        self.desk.patient_wanted.emit(self.subject.patient_id)
        self.reject()
