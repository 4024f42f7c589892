"""What a person changes on the agenda of a meeting: add, leave out, put back, move."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.contact import flag_for_review
from cocm_desktop.actions.meeting_agenda import MeetingAgenda, change_agenda
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_meeting import AgendaChoice, AgendaChoiceKind
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.review.actions import ReviewActions
from cocm_desktop.ui.review.agenda_dialogs import AddToAgendaDialog, ReasonDialog
from cocm_desktop.ui.review.agenda_model import Case


class AgendaActions(ReviewActions):
    """Follows the meeting and the case that are chosen; an ended agenda stays as it is."""

    put = Signal(str)
    """The key of a row that was moved or put back: it stays chosen."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk, window)
        self._found: MeetingAgenda | None = None
        self._case: Case | None = None
        self.add = self._action(self.tr("Add a patient…"), "Ctrl+Shift+N", self._add)
        self.leave_out = self._action(self.tr("Leave out…"), "Del", self._leave_out)
        self.put_back = self._action(self.tr("Put back"), "Ctrl+Shift+B", self._put_back)
        self.up = self._action(self.tr("Move up"), "Ctrl+Shift+Up", partial(self._move, -1))
        self.down = self._action(self.tr("Move down"), "Ctrl+Shift+Down", partial(self._move, 1))
        self.follow(None, None)

    @property
    def all(self) -> tuple[QAction, ...]:
        return (self.add, self.leave_out, self.put_back, self.up, self.down)

    def follow(self, found: MeetingAgenda | None, case: Case | None) -> None:
        """Offer what is possible with this case of this agenda."""
        self._found, self._case = found, case
        is_open = found is not None and not found.meeting.is_ended
        is_on = is_open and case is not None and not case.is_left_out
        is_done = case is not None and case.entry.is_discussed
        last = len(found.agenda.entries) if found else 0
        self.add.setEnabled(is_open)
        self.leave_out.setEnabled(is_on and not is_done)
        self.put_back.setEnabled(is_open and case is not None and case.is_left_out)
        self.up.setEnabled(is_on and case is not None and case.number > 1)
        self.down.setEnabled(is_on and case is not None and case.number < last)

    @property
    def may_change(self) -> bool:
        """Whether there is an agenda that this person may change."""
        return self.add.isEnabled() and self.add.isVisible()

    @Slot(object, str)
    def give_question(self, row: RegistryRow, words: str) -> None:
        """Keep the question to the consultant that was typed beside the case."""
        if words.strip() != row.question:
            action = partial(flag_for_review, episode_id=row.episode_id or "", question=words)
            self._do(action)

    @Slot()
    def _add(self) -> None:
        if self._found is not None:
            AddToAgendaDialog(self._desk, self._found, self._window).open()

    @Slot()
    def _leave_out(self) -> None:
        self._ask_reason(AgendaChoiceKind.LEAVE_OUT)

    @Slot()
    def _put_back(self) -> None:
        if self._case is not None:
            self._choose(AgendaChoice(self._episode_id, AgendaChoiceKind.PUT_BACK))

    def _move(self, by: int) -> None:
        """Move the case by one place; one with a safety task open only with a reason."""
        if self._case is None:
            return
        place = self._case.number + by
        if self._case.entry.is_safety:
            self._ask_reason(AgendaChoiceKind.MOVE, place)
        else:
            self._choose(AgendaChoice(self._episode_id, AgendaChoiceKind.MOVE, place=place))

    @property
    def _episode_id(self) -> EpisodeId:
        return EpisodeId(self._case.entry.row.episode_id or "") if self._case else EpisodeId("")

    def _choose(self, choice: AgendaChoice) -> None:
        if self._found is None:
            return
        action = partial(change_agenda, meeting_id=self._found.meeting.id, choice=choice)
        self.put.emit(self._case.entry.row.key if self._case else "")
        self._do(action)

    def _ask_reason(self, kind: AgendaChoiceKind, place: int | None = None) -> None:
        if self._case is None or self._found is None:
            return
        ReasonDialog(
            self._desk,
            Subject.of_row(self._case.entry.row),
            meeting_id=self._found.meeting.id,
            choice=AgendaChoice(self._episode_id, kind, place=place),
            parent=self._window,
        ).open()
