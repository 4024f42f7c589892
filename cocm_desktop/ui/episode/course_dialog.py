"""How one patient is followed: the scale, the target, how often to call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.episode_phase import CourseChoices, change_course, read_course
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.episode_phase import PaceDraft
from cocm_desktop.domain.follow_up import AS_NEEDED, INTERVALS, interval_words
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, NumberField
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 620
HIGHEST = 999


class TargetField(NumberField):
    """The last score shall come below this; at the lowest end it is the practice's target."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, HIGHEST)
        self.setPrefix(self.tr("below "))
        self.setSpecialValueText(self.tr("The practice's target"))
        self.setFixedWidth(theme_of(self).px(190))

    def target(self) -> int | None:
        return self.value() or None


class FollowUpDialog(PatientDialog):
    """Scale, target and pace of one episode; what is left alone is the practice's own."""

    def __init__(
        self, desk: Desk, subject: Subject, episode: Episode, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._episode = episode
        primary = episode.primary_instrument_id
        self.scale = ChoiceField[InstrumentId]([(primary, primary)])
        self.target = TargetField()
        self.target.setValue(episode.target_below or 0)
        weeks = (None, *INTERVALS, AS_NEEDED)
        self.interval = ChoiceField([(each, interval_words(each)) for each in weeks])
        self.interval.setCurrentIndex(weeks.index(episode.interval_weeks))
        self.fixed = Label("", "caption", wraps=True)
        self.fields = {
            "instrument": self.scale,
            "target_below": self.target,
            "interval_weeks": self.interval,
        }
        self.set_words(self.tr("Target and pace"), self.tr("Save target and pace"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Primary scale"), self.scale)
        self.form.addRow(Label(""), self.fixed)
        self.form.add(
            self.tr("&Target"),
            self.target,
            self.tr("The last score on the primary scale shall come below it."),
        )
        self.form.add(self.tr("&Contacts"), self.interval)
        desk.read(partial(read_course, episode_id=episode.id), self._offer)

    @override
    def typed(self) -> object:
        return (self.scale.choice(), self.target.value(), self.interval.choice())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = PaceDraft(
            episode_id=self._episode.id,
            interval_weeks=self.interval.choice(),
            target_below=self.target.target(),
            version=self._episode.version,
        )
        return partial(change_course, draft=draft, instrument_id=self.scale.choice())

    def _offer(self, choices: CourseChoices) -> None:
        if choices.fixed_words:
            self.scale.setEnabled(False)
            self.fixed.setText(choices.fixed_words)
        else:
            self.scale.offer([(each, str(each)) for each in choices.scales])
            self.fixed.setText(self.tr("It can be chosen until there is a baseline on it."))
