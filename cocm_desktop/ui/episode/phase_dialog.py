"""Moving an episode between active treatment, relapse prevention and on hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.episode_phase import change_phase
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.episode_phase import NEXT_PHASES, PhaseDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 560


class ChangePhaseDialog(PatientDialog):
    """In relapse prevention contacts come monthly; on hold nothing is due."""

    def __init__(
        self, desk: Desk, subject: Subject, episode: Episode, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._episode = episode
        self.phase = ChoiceField(words_of(NEXT_PHASES))
        self.phase.choose(episode.status)
        self.changed_on = DateField(desk.today(), desk.today())
        self.reason = NoteField(lines=2)
        self.fields = {
            "status": self.phase,
            "plan": self.phase,
            "changed_on": self.changed_on,
            "reason": self.reason,
        }
        self.set_words(self.tr("Change phase"), self.tr("Change phase"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        words = self.tr(
            "In relapse prevention contacts and measures come monthly, and its plan is written "
            "with the patient first. On hold nothing is due; say why."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Phase"), self.phase)
        self.form.add(self.tr("&Since"), self.changed_on)
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return (self.phase.choice(), self.changed_on.entry.text(), self.reason.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = PhaseDraft(
            episode_id=self._episode.id,
            status=self.phase.choice(),
            changed_on=self.changed_on.day(),
            reason=self.reason.text(),
            version=self._episode.version,
        )
        return partial(change_phase, draft=draft)
