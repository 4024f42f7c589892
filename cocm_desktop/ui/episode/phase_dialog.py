"""Moving an episode between active treatment, relapse prevention and on hold."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.episode import PHASES, change_phase
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode import Episode, EpisodeStatus
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 560


class ChangePhaseDialog(PatientDialog):
    """In relapse prevention contacts come monthly; on hold nothing is due."""

    def __init__(
        self, desk: Desk, subject: Subject, episode: Episode, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._episode = episode
        self.phase = ChoiceField(words_of(each for each in EpisodeStatus if each in PHASES))
        self.phase.choose(episode.status)
        self.fields = {"status": self.phase}
        self.set_words(self.tr("Change phase"), self.tr("Change phase"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        words = self.tr(
            "In relapse prevention contacts and measures come monthly; on hold nothing is due."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Phase"), self.phase)

    @override
    def typed(self) -> object:
        return self.phase.choice()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        episode, phase = self._episode, self.phase.choice()
        return lambda workspace: change_phase(workspace, episode.id, phase, version=episode.version)
