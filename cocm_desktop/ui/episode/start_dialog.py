"""Starting treatment of a patient who has consented."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.episode import start_treatment
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode import Episode
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 560


class StartTreatmentDialog(PatientDialog):
    """The day of the care manager's initial assessment."""

    draft_kind = "start"

    def __init__(
        self, desk: Desk, subject: Subject, episode: Episode, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._episode = episode
        self.enrolled_on = DateField(desk.today(), desk.today())
        self.fields = {"enrolled_on": self.enrolled_on}
        self.set_words(self.tr("Start treatment"), self.tr("Start treatment"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        words = self.tr("Weeks, baseline and quality measures count from this day.")
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Initial assessment on"), self.enrolled_on)

    @override
    def draft_subjects(self) -> tuple[str, str]:
        return self._episode.id, self.subject.patient_id

    @override
    def typed(self) -> object:
        return self.enrolled_on.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        day = self.enrolled_on.needed("enrolled_on")
        episode = self._episode
        return lambda workspace: start_treatment(
            workspace, episode.id, enrolled_on=day, version=episode.version
        )
