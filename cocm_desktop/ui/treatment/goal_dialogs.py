"""Setting a goal with the patient, and saying how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.treatment import note_goal, record_goal
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.goal import Goal, GoalDraft, GoalState
from cocm_desktop.domain.ids import EpisodeId, GoalId, new_id
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label


class AddGoalDialog(PatientDialog):
    """In the patient's own words, with a sign by which they will know."""

    draft_kind = "goal"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = GoalId(new_id())
        self.words = NoteField(lines=2)
        self.measured_by = NoteField(lines=2)
        self.set_on = DateField(desk.today(), desk.today())
        self.fields = {
            "words": self.words,
            "measured_by": self.measured_by,
            "set_on": self.set_on,
        }
        self.set_words(self.tr("Add goal"), self.tr("Add goal"))
        self.form.add(self.tr("&Goal"), self.words, self.tr("In the patient's own words"))
        hint = self.tr("Something to count or to see, such as “walks on five of seven days”")
        self.form.add(self.tr("Reached &when"), self.measured_by, hint)
        self.form.add(self.tr("&Set on"), self.set_on)

    @override
    def typed(self) -> object:
        return (self.words.text(), self.measured_by.text(), self.set_on.entry.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = GoalDraft(
            episode_id=self.subject.episode_id or EpisodeId(""),
            words=self.words.text(),
            set_on=self.set_on.day(),
            measured_by=self.measured_by.text(),
            id=self._id,
        )
        return partial(record_goal, draft=draft)


class GoalStateDialog(PatientDialog):
    """What was said before stays as history."""

    def __init__(
        self, desk: Desk, subject: Subject, goal: Goal, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._goal = goal
        self.state = ChoiceField(words_of(GoalState))
        self.state.choose(goal.state)
        self.noted_on = DateField(desk.today(), desk.today())
        self.fields = {"state": self.state, "noted_on": self.noted_on}
        self.set_words(self.tr("How far the goal has come"), self.tr("Record"))
        self.body.insertWidget(0, Label(goal.words, "strong", wraps=True))
        self.form.add(self.tr("&Now"), self.state)
        self.form.add(self.tr("&As of"), self.noted_on)

    @override
    def typed(self) -> object:
        return (self.state.choice(), self.noted_on.entry.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        noted_on = self.noted_on.needed("noted_on")
        return partial(
            note_goal, goal_id=self._goal.id, state=self.state.choice(), noted_on=noted_on
        )
