"""What became of a recommendation: sent, accepted, changed, declined, done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.review_record import record_step
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    Recommendation,
    RecommendationStatus,
    StepDraft,
)
from cocm_desktop.domain.change import Change
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 600


class StepDialog(PatientDialog):
    """Offers only where a recommendation may go from where it stands."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        recommendation: Recommendation,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._recommendation = recommendation
        nothing: list[tuple[RecommendationStatus | None, str]] = [(None, self.tr("Choose"))]
        self.status = ChoiceField([*nothing, *words_of(recommendation.status.next_ones)])
        self.noted_on = DateField(desk.today(), desk.today())
        self.reason = NoteField(lines=2)
        self.fields = {"status": self.status, "noted_on": self.noted_on, "reason": self.reason}
        self.set_words(self.tr("What became of it"), self.tr("Record step"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, Label(recommendation.words, "strong", wraps=True))
        now = self.tr("%1 · now: %2").replace("%1", recommendation.kind.value)
        now = now.replace("%2", recommendation.status.value.lower())
        self.body.insertWidget(1, Label(now, "secondary"))
        self.form.add(self.tr("&Step"), self.status)
        self.form.add(self.tr("&On"), self.noted_on)
        words = self.tr("Needed where it was changed, declined or not done.")
        self.form.add(self.tr("&Reason"), self.reason, words)

    @override
    def typed(self) -> object:
        return (self.status.choice(), self.noted_on.entry.text(), self.reason.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        status = self.status.choice()
        if status is None:
            raise Refused(Problem("status", self.tr("Choose what became of it.")))
        draft = StepDraft(self._recommendation.id, status, self.noted_on.day(), self.reason.text())
        return partial(record_step, draft=draft)
