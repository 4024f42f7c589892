"""Taking back a closing that was an error."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.reopening import reopen_episode
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.reopening import ReopenDraft
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.people import ConfirmBox
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import NoteField
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 620


class ReopenDialog(PatientDialog):
    """The episode goes on; that it was closed, and why that was wrong, stays in its history."""

    def __init__(
        self, desk: Desk, subject: Subject, episode: Episode, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._episode = episode
        self.reason = NoteField(lines=3)
        self.confirm = ConfirmBox()
        self.about = Label(self._words(), "secondary", wraps=True)
        self.fields = {"reason": self.reason, "is_confirmed": self.confirm}
        self.set_words(self.tr("Take closing back"), self.tr("Take closing back"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, self.about)
        self.form.add(
            self.tr("&Reason"), self.reason, self.tr("Why the closing was an error; it is kept.")
        )
        self.form.addRow(Label(""), self.confirm)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = ReopenDraft(
            episode_id=self._episode.id,
            reason=self.reason.text(),
            version=self._episode.version,
            is_confirmed=self.confirm.isChecked(),
        )
        return partial(reopen_episode, draft=draft)

    def _words(self) -> str:
        episode = self._episode
        closed = long_date(episode.closed_on) if episode.closed_on else ""
        reason = episode.close_reason.value if episode.close_reason else ""
        words = self.tr(
            "The episode closed on %1: %2. Taken back, it goes on where it stood. A patient who "
            "comes back after care has ended is enrolled again instead."
        )
        return words.replace("%1", closed).replace("%2", reason)
