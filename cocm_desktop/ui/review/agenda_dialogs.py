"""Changing an agenda by hand: somebody is added, left out, or moved although safety is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.meeting_agenda import MeetingAgenda, add_to_agenda, change_agenda
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.contact import LONGEST_QUESTION
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId
from cocm_desktop.domain.meeting_agenda import LONGEST_REASON
from cocm_desktop.domain.registry import Chip, RegistryRow, shown
from cocm_desktop.domain.review_meeting import AgendaChoice, AgendaChoiceKind
from cocm_desktop.domain.wording import count_of, short_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

WIDTH, NARROW = 740, 560
MOST_ROWS = 7
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AddToAgendaDialog(RecordDialog):
    """Finds an open case by a part of its name, MRN or birth; arrows choose, Enter adds."""

    def __init__(self, desk: Desk, found: MeetingAgenda, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._meeting_id = found.meeting.id
        self._rows = sorted(found.may_add, key=lambda row: (row.sort_name, row.key))
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("A part of the name, MRN or birth"))
        self.count = Label("", "caption")
        self.table = Table(self.tr("Cases that are not on the agenda"))
        self.question = QLineEdit()
        self.question.setMaxLength(LONGEST_QUESTION)
        self.question.setPlaceholderText(self.tr("What should the consultant answer?"))
        self.model: RowsModel[RegistryRow] = RowsModel(self._columns(), self)
        self.fields = {"episode_id": self.words, "question": self.question}
        self.set_words(self.tr("Add to the agenda"), self.tr("Add"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Find"), self.words)
        self.form.addRow(self.table)
        self.form.addRow(self.count)
        self.form.add(self.tr("&Question"), self.question)
        self.words.installEventFilter(self)
        self._narrow("")

        self.words.textChanged.connect(self._narrow)
        self.table.doubleClicked.connect(lambda _index: self.save.click())

    @property
    def chosen(self) -> RegistryRow | None:
        return self.model.row_at(self.table.currentIndex())

    @override
    def typed(self) -> object:
        return self.question.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        if self.chosen is None:
            raise Refused(Problem("episode_id", self.tr("Choose a patient from the list.")))
        episode_id = EpisodeId(self.chosen.episode_id or "")
        add = partial(add_to_agenda, meeting_id=self._meeting_id, episode_id=episode_id)
        return partial(add, question=self.question.text())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys choose in the list while the words are typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step:
                last = self.model.rowCount() - 1
                place = self.table.currentIndex().row() + step
                self.table.select_row(min(max(place, 0), last))
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _narrow(self, words: str) -> None:
        found = shown(self._rows, chip=Chip.EVERYONE, find=words)
        self.model = RowsModel(self._columns(), self)
        self.model.show_rows(found)
        self.table.set_rows_model(self.model, most_rows=MOST_ROWS)
        self.table.select_row(0)
        cases = count_of(len(found), "open case that is not on the agenda", _NOT_ON)
        self.count.setText(cases)

    def _columns(self) -> Sequence[Column[RegistryRow]]:
        return (
            Column(self.tr("Patient"), lambda row: row.name, width=0),
            Column(self.tr("Born"), lambda row: row.born_on, short_date, width=98),
            Column(self.tr("MRN"), lambda row: row.mrn, width=86),
            Column(self.tr("Status"), lambda row: row.status_words, width=148),
            Column(self.tr("Last review"), lambda row: row.last_review_on, short_date, width=98),
        )


class ReasonDialog(PatientDialog):
    """A change of the agenda that wants a reason."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        *,
        meeting_id: ReviewMeetingId,
        choice: AgendaChoice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._meeting_id, self._choice = meeting_id, choice
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.fields = {"reason": self.reason, "place": self.reason, "episode_id": self.reason}
        title, words = self._said()
        self.set_words(title, title)
        self.setMinimumWidth(theme_of(self).px(NARROW))
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        choice = replace(self._choice, reason=self.reason.text().strip())
        return partial(change_agenda, meeting_id=self._meeting_id, choice=choice)

    def _said(self) -> tuple[str, str]:
        if self._choice.kind is AgendaChoiceKind.LEAVE_OUT:
            words = self.tr("The patient is not discussed at this meeting, and not carried over. ")
            more = self.tr("The cover of the packet repeats who was left out, and why.")
            return self.tr("Leave out"), words + more
        return (
            self.tr("Move"),
            self.tr("A safety task is open. Say why this case is not discussed in its turn."),
        )


_NOT_ON = "open cases that are not on the agenda"
