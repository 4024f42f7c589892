"""The case review screen: the agenda of a meeting, one case beside it, its packet, its course."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.meeting_agenda import MeetingAgenda
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.review import print_packet
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import ReviewMeetingId
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.errors import CocmError, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.review.agenda_actions import AgendaActions
from cocm_desktop.ui.review.agenda_bar import AgendaBar, follow
from cocm_desktop.ui.review.agenda_list import AgendaList
from cocm_desktop.ui.review.agenda_model import AgendaModel, Case
from cocm_desktop.ui.review.case_panel import CasePanel
from cocm_desktop.ui.review.end_dialog import EndMeetingDialog
from cocm_desktop.ui.review.head import ReviewHead
from cocm_desktop.ui.review.meeting_actions import MeetingActions
from cocm_desktop.ui.review.nobody import Nobody
from cocm_desktop.ui.review.packet_options import choose_options
from cocm_desktop.ui.review.reading import ShownReview, Wanted, read_review
from cocm_desktop.ui.review.walk import Walk
from cocm_desktop.ui.screen import Screen

SHARES = (57, 43)
"""Of the width: the agenda and the case."""
_IN_HERE = {"Esc"}
"""Keys that mean something else in the bars around the screen."""


class ReviewScreen(Screen):
    """Reads the agenda whole; without a meeting its length only moves the line where it ends."""

    topics = (
        Topic.PATIENT
        | Topic.EPISODE
        | Topic.MEASURE
        | Topic.CONTACT
        | Topic.TIME
        | Topic.SAFETY
        | Topic.REVIEW
        | Topic.STAFF
        | Topic.PRACTICE
        | Topic.TREATMENT
    )
    help_page = "review"
    menu_title = "&Review"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._agenda = Agenda(())
        self._shown: ShownReview | None = None
        self._is_first = True
        self._is_preparing = False
        self._moved = ""
        self._planned = ReviewMeetingId("")
        self._starts = ReviewMeetingId("")
        self.model = AgendaModel(self)
        self.list = AgendaList(self.tr("Agenda"), self.model)
        self.panel = CasePanel(desk)
        self.walk = Walk(desk, CasePanel(desk, steps=False))
        self.nobody = Nobody()
        self.paper = PaperPage(desk, self.tr("Agenda"))
        self.patient = PatientActions(desk, self)
        self.changes = AgendaActions(desk, self)
        self.bar = AgendaBar(self.changes)
        self.head = ReviewHead(desk, self.bar)
        self.meetings = MeetingActions(desk, self)
        self.prepare = self._action(self.tr("Prepare packet"), self._prepare, "Ctrl+P")
        ask = partial(choose_options, desk, self, self.prepare.trigger)
        self.options = self._action(self.tr("Packet options…"), ask)
        self.next = self._action(self.tr("Next case"), lambda: self._step(1), "Alt+Down")
        self.previous = self._action(self.tr("Previous case"), lambda: self._step(-1), "Alt+Up")
        self.open_chart = self._action(self.tr("Open chart"), self._open_chart)
        self.question = self._action(self.tr("Write the question"), self._write, "Ctrl+E")
        self.end = self._action(self.tr("End the meeting…"), self._ask_to_end)
        self.leave_paper = self._action(self.tr("Back to the agenda"), self._show_agenda, "Esc")
        self._build()
        self._connect()
        self._show_agenda()

    @override
    def read_again(self) -> None:
        meeting_id = self._planned or self.head.meeting_id
        wanted = Wanted(self.head.choice_of_agenda(), meeting_id, is_first=self._is_first)
        self.desk.read(partial(read_review, wanted=wanted), self._show)

    @override
    def take_focus(self) -> None:
        if self.is_walking:
            self.walk.take_focus()
        else:
            (self.list if self.paper.shown is None else self.paper.view).setFocus()

    @override
    def has_unsaved(self) -> bool:
        return bool(self.walk.drafts) or self.panel.is_asking or self.walk.panel.is_asking

    @override
    def menu_actions(self) -> Sequence[QAction]:
        cases = (self.next, self.previous, self.open_chart, self.question)
        meeting = (*self.meetings.all, self.end, *self.changes.all)
        own = (self.prepare, self.options, *cases, *meeting, self.leave_paper)
        return (*own, *self.paper.actions_of_paper, *self.patient.of_one)

    @property
    def is_walking(self) -> bool:
        """Whether the meeting is under way here, case by case."""
        return self._pages.currentWidget() is self.walk

    def _action(self, words: str, do: Callable[[], object], keys: str = "") -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        if keys in _IN_HERE:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _on=False: do())
        self.addAction(made)
        return made

    def _build(self) -> None:
        self._cases = QWidget()
        beside = QHBoxLayout(self._cases)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        for part, share in zip((self.list, self.panel), SHARES, strict=True):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            beside.addWidget(part, share)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._cases)
        self._middle.addWidget(self.nobody)
        agenda = QWidget()
        column = QVBoxLayout(agenda)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addWidget(self._middle, 1)
        self._pages = QStackedWidget()
        for each in (agenda, self.paper, self.walk):
            self._pages.addWidget(each)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._pages)

    def _connect(self) -> None:
        self.head.meeting_changed.connect(self.read_again)
        self.head.caseload_changed.connect(self.read_again)
        self.head.minutes_changed.connect(self._arrange)
        self.head.prepare.clicked.connect(self.prepare.trigger)
        self.head.options.clicked.connect(self.options.trigger)
        self.head.key.clicked.connect(self.meetings.key.trigger)
        follow(self.head.plan, self.meetings.plan)
        follow(self.head.change, self.meetings.change)
        follow(self.head.start, self.meetings.start)
        follow(self.head.reopen, self.meetings.reopen)
        self.meetings.planned.connect(self._show_planned)
        self.meetings.started.connect(self._walk_soon)
        self.changes.put.connect(self._follow_case)
        self.walk.left.connect(self._show_agenda)
        self.walk.end_wanted.connect(self.end.trigger)
        self.walk.turned.connect(self._let)
        self.list.case_changed.connect(self._show_case)
        self.list.chart_wanted.connect(self.open_chart.trigger)
        for panel in (self.panel, self.walk.panel):
            panel.chart_wanted.connect(self.open_chart.trigger)
            panel.question_given.connect(self.changes.give_question)
            panel.clearing_wanted.connect(self.patient.clear_flag.trigger)
        self.panel.step_wanted.connect(self.list.step)
        self.nobody.everyone_wanted.connect(self.head.show_everyone)
        self.nobody.add_wanted.connect(self.changes.add.trigger)
        self.nobody.registry_wanted.connect(lambda: self.desk.place_wanted.emit("registry"))
        self.paper.left.connect(self._show_agenda)
        self.paper.new_wanted.connect(self._prepare)
        self.desk.changed.connect(self._mark_stale)

    def _show(self, shown: ShownReview) -> None:
        self._shown, found = shown, shown.found
        self._is_first, self._planned = False, ReviewMeetingId("")
        self.head.show_meetings(shown.known, found.meeting.id if found else None)
        self.head.caseload.offer_managers(shown.known.care_managers)
        if found is not None:
            self._agenda = found.agenda
            self.nobody.explain_meeting(len(found.may_add))
        elif shown.due is not None:
            self._agenda = shown.due.agenda
            self.nobody.explain(shown.due.open_episodes, whose=self.head.caseload.whose)
        self._arrange()
        if found is not None and self._starts == found.meeting.id:
            self._starts = ReviewMeetingId("")
            self._begin(shown)
        elif self.is_walking:
            self._walk_on(found)

    def _walk_on(self, found: MeetingAgenda | None) -> None:
        """Show the meeting as it stands now; one that was ended elsewhere is left."""
        if found is None or found.meeting.is_ended:
            self._note_ended()
        else:
            self.walk.show_agenda(found)
            self._let()

    @Slot()
    def _arrange(self) -> None:
        """Show the agenda for the length of the meeting; the chosen case stays chosen."""
        key, before = self._key_chosen(), self.list.currentIndex().row()
        found = self._shown.found if self._shown else None
        if found is None:
            self._agenda = replace(self._agenda, meeting_minutes=self.head.length.value())
        self.model.show_agenda(self._agenda)
        places = self.model.places()
        place = self.model.place_of(key)
        if place is None and places:
            place = next((each for each in places if each >= before), places[-1])
        if place is not None:
            self.list.choose_place(place)
        self._middle.setCurrentWidget(self._cases if places else self.nobody)
        self.head.show_agenda(self._agenda, self._shown.about_words if self._shown else "")
        self.status_changed.emit(f"{self._agenda.fit_words} · {self._whose()}")
        self.counted.emit(len(self._agenda.entries))
        self._let()

    def _key_chosen(self) -> str:
        """Give the case that was moved just now, or else the one that is chosen."""
        key, self._moved = self._moved, ""
        chosen = self.list.chosen
        return key or (chosen.entry.row.key if chosen else "")

    def _whose(self) -> str:
        words = self._shown.whose_words if self._shown else ""
        return words or self.head.caseload.whose or self.tr("all care managers")

    @Slot()
    def _show_case(self) -> None:
        case = self.list.chosen
        if case is not None:
            self.panel.show_case(case, count=len(self._agenda.entries))
        self._let()

    def _step(self, by: int) -> None:
        (self.walk if self.is_walking else self.list).step(by)
        self._let()

    @Slot()
    def _write(self) -> None:
        (self.walk.panel if self.is_walking else self.panel).write_question()

    @Slot()
    def _open_chart(self) -> None:
        row = self.walk.entry.row if self.is_walking and self.walk.entry else None
        if row is None and self.list.chosen is not None:
            row = self.list.chosen.entry.row
        if row is not None:
            self.desk.patient_wanted.emit(row.patient_id)

    @Slot(str)
    def _show_planned(self, meeting_id: str) -> None:
        """Show a meeting that was planned just now, with the reading that follows."""
        self._planned = ReviewMeetingId(meeting_id)

    @Slot(str)
    def _walk_soon(self, meeting_id: str) -> None:
        """Begin when the agenda has been read as it is held now."""
        self._starts = ReviewMeetingId(meeting_id)

    def _begin(self, shown: ShownReview) -> None:
        if shown.found is not None:
            self.paper.put_away()
            self._pages.setCurrentWidget(self.walk)
            self.walk.begin(shown.found, shown.known.consultants)
            self._let()

    @Slot(str)
    def _follow_case(self, key: str) -> None:
        self._moved = key

    @Slot()
    def _ask_to_end(self) -> None:
        """Show what the meeting came to, with the minutes up to now."""
        self.walk.ticker.look()
        self.walk.ticker.keep()
        wanted = Wanted(self.head.choice_of_agenda(), self.head.meeting_id)
        self.desk.read(partial(read_review, wanted=wanted), self._open_end)

    def _open_end(self, shown: ShownReview) -> None:
        if shown.found is None:
            return
        unsaved = self.walk.names_of(self.walk.drafts)
        dialog = EndMeetingDialog(
            self.desk, shown.found, shown.known.attendees, unsaved=unsaved, parent=self
        )
        dialog.stored.connect(self._note_ended)
        dialog.open()

    @Slot()
    def _note_ended(self) -> None:
        self.walk.forget()
        self._show_agenda()
        self.desk.told.emit(self.tr("Meeting ended. Its letters wait under Follow-through."))

    @Slot()
    def _prepare(self) -> None:
        """Make the packet from the records as they are now, and show it."""
        try:
            choice = replace(self.head.choice(), options=self.desk.computer.settings.packet_options)
        except Refused as refusal:
            self.head.show_error(refusal)
            return
        self._set_preparing(busy=True)
        found = self._shown.found if self._shown else None
        name = f"review-packet-{found.meeting.meets_on if found else choice.review_on}"
        show = partial(self._show_paper, name=name)
        self.desk.read(partial(print_packet, choice=choice), show, failed=self._show_trouble)

    def _show_paper(self, paper: Paper, *, name: str) -> None:
        self._set_preparing(busy=False)
        facts = self.tr("Records as of %1").replace("%1", long_moment(paper.as_of))
        self._pages.setCurrentWidget(self.paper)
        self.paper.show_paper(ShownPaper(paper, self.tr("Review packet"), facts, name))
        self._let()

    def _show_trouble(self, error: CocmError) -> None:
        self._set_preparing(busy=False)
        self._show_agenda()
        self.head.show_error(error)

    def _set_preparing(self, *, busy: bool) -> None:
        self._is_preparing = busy
        self.head.set_busy(busy=busy)
        self.paper.again.setEnabled(not busy)
        self._let()

    @Slot()
    def _show_agenda(self) -> None:
        if self.is_walking:
            self.walk.leave()
        self.paper.put_away()
        self._pages.setCurrentIndex(0)
        self._let()
        if self.isVisible():
            self.list.setFocus()

    @Slot(object)
    def _mark_stale(self, change: Change) -> None:
        if change.topics & self.topics:
            self.paper.mark_stale()

    @property
    def _case(self) -> Case | None:
        """The case in sight, on the agenda or in the meeting under way."""
        if self.is_walking:
            return self.walk.case
        return self.list.chosen if self.paper.shown is None else None

    @Slot()
    def _let(self) -> None:
        """Offer what can be done with what is in sight: agenda, packet, or a meeting under way."""
        found = self._shown.found if self._shown else None
        is_agenda = self.paper.shown is None and not self.is_walking
        meeting, case = found.meeting if found else None, self._case
        for each in (self.prepare, self.options):
            each.setEnabled(is_agenda and not self._is_preparing)
        self.leave_paper.setEnabled(not is_agenda)
        for action in (self.next, self.previous, self.open_chart, self.question):
            action.setEnabled(case is not None)
        self.end.setEnabled(meeting is not None and meeting.is_begun and not meeting.is_ended)
        self.meetings.follow(self._shown.known if self._shown else None, meeting)
        self.changes.follow(
            found if self.paper.shown is None else None, case if is_agenda else None
        )
        self.bar.setVisible(self.changes.may_change)
        self.head.show_meeting(meeting, may_reopen=self.meetings.reopen.isEnabled())
        self.patient.follow(case.entry.row if case else None)
