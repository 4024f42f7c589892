"""Saving and discarding the timer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from cocm_desktop.actions.timer_saving import discard_timer, stop_timer, switch_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.time_entry import LONGEST_ENTRY_MINUTES, Activity, ManualReason
from cocm_desktop.domain.timer import Tick
from cocm_desktop.domain.timer_draft import TimerDraft
from cocm_desktop.domain.timer_view import TimerView, clock_words
from cocm_desktop.domain.wording import minutes_of
from cocm_desktop.errors import CocmError, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, MinutesField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 600


class SaveTimerDialog(PatientDialog):
    """The measured time, or other minutes with a reason. Saving signs it."""

    def __init__(
        self,
        desk: Desk,
        view: TimerView,
        tick: Callable[[], Tick],
        *,
        then: Subject | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, Subject.of_row(view.row), parent)
        self._view, self._tick, self._then = view, tick, then
        measured = minutes_of(view.timer.seconds)
        self.activity = ChoiceField(words_of(Activity))
        self.activity.choose(view.timer.activity)
        self.minutes = MinutesField(max(LONGEST_ENTRY_MINUTES, measured))
        self.minutes.set_seconds(view.timer.seconds)
        self.reason = ChoiceField[ManualReason | None](
            [(None, self.tr("As measured")), *words_of(ManualReason)]
        )
        self.note = NoteField(lines=2)
        self.without_overlap = QCheckBox(self.tr("Leave out what is recorded already"))
        self.confirm = QCheckBox(self.tr("That is right"))
        self.fields = {
            "minutes": self.minutes,
            "reason": self.reason,
            "note": self.note,
            "started_at": self.without_overlap,
            "is_confirmed": self.confirm,
        }
        self._build(view)

    def _build(self, view: TimerView) -> None:
        save = self.tr("Save time")
        if self._then is not None:
            save = self.tr("Save, and start for %1").replace("%1", self._then.name)
        self.set_words(self.tr("Stop the timer"), save)
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        measured = self.tr("Measured: %1").replace("%1", clock_words(view.timer.seconds))
        self.form.add(self.tr("&What for"), self.activity)
        self.form.add(self.tr("&Minutes"), self.minutes, measured)
        self.form.add(self.tr("&Reason, if other than measured"), self.reason)
        self.form.add(self.tr("&Note"), self.note)
        for box in (self.without_overlap, self.confirm):
            self.body.addWidget(box)
            box.hide()
        words = view.not_counted or self.tr(
            "Measured time is saved to the second, in the parts in which it was measured, and "
            "signed by you."
        )
        self.body.addWidget(Label(words, "due" if view.not_counted else "secondary", wraps=True))

    @override
    def typed(self) -> object:
        return self.activity.choice(), self.minutes.value(), self.reason.choice(), self.note.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = TimerDraft(
            self._view.timer.id,
            self.activity.choice(),
            self.minutes.value(),
            self.reason.choice(),
            self.note.text(),
            leaves_out_overlap=self.without_overlap.isChecked(),
            is_confirmed=self.confirm.isChecked(),
        )
        tick = self._tick()
        if self._then is not None and self._then.episode_id:
            episode_id = self._then.episode_id
            return partial(switch_timer, draft=draft, episode_id=episode_id, tick=tick)
        return partial(stop_timer, draft=draft, tick=tick)

    @override
    def _show(self, error: CocmError) -> None:
        """Offer the box that answers what was refused."""
        if isinstance(error, Refused):
            asked = {problem.field for problem in error.problems}
            self.without_overlap.setVisible(
                "started_at" in asked or self.without_overlap.isChecked()
            )
            self.confirm.setVisible("is_confirmed" in asked or self.confirm.isChecked())
        super()._show(error)


class DiscardTimerDialog(VoidDialog):
    """Counts nothing of the timer, with the reason."""

    def __init__(
        self,
        desk: Desk,
        view: TimerView,
        tick: Callable[[], Tick],
        *,
        parent: QWidget | None = None,
    ) -> None:
        timer = view.timer
        words = self.tr("%1 on the timer").replace("%1", clock_words(timer.seconds))
        also = self.tr("Nothing of it will count. What was measured stays on file.")

        def discard(workspace: Workspace, reason: str) -> Change:
            return discard_timer(workspace, timer.id, reason=reason, tick=tick())

        record = Voidable(words, also, discard)
        super().__init__(desk, Subject.of_row(view.row), record, parent=parent)
        self.set_words(self.tr("Discard the timer"), self.tr("Discard time"))
