"""Closing an episode: when, why, and a few words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode import CloseDraft, CloseReason, Episode
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 600


class CloseEpisodeDialog(PatientDialog):
    """An open safety task outlives the episode; nothing is removed."""

    def __init__(
        self, desk: Desk, subject: Subject, episode: Episode, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._episode = episode
        self.closed_on = DateField(desk.today(), desk.today())
        choices: list[tuple[CloseReason | None, str]] = [(None, self.tr("Choose"))]
        self.reason = ChoiceField([*choices, *words_of(CloseReason)])
        self.note = NoteField(lines=3)
        self.fields = {"closed_on": self.closed_on, "reason": self.reason, "note": self.note}
        self.set_words(self.tr("Close episode"), self.tr("Close episode"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        words = self.tr(
            "The patient leaves the caseload; every record stays. A new episode can follow later."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Closed on"), self.closed_on)
        self.form.add(self.tr("&Reason"), self.reason)
        self.form.add(self.tr("&Note"), self.note)

    @override
    def typed(self) -> object:
        return (self.closed_on.entry.text(), self.reason.choice(), self.note.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = CloseDraft(
            episode_id=self._episode.id,
            closed_on=self.closed_on.day(),
            reason=self.reason.choice(),
            note=self.note.text(),
            version=self._episode.version,
        )
        return partial(close_episode, draft=draft)
