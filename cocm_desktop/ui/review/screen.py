"""The case review screen: the agenda of the next meeting, one case beside it, and its packet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.review import NextReview, print_packet, read_next_review
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.errors import CocmError, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.review.agenda_list import AgendaList
from cocm_desktop.ui.review.agenda_model import AgendaModel
from cocm_desktop.ui.review.case_panel import CasePanel
from cocm_desktop.ui.review.head import ReviewHead
from cocm_desktop.ui.review.nobody import Nobody
from cocm_desktop.ui.screen import Screen

SHARES = (57, 43)
"""Of the width: the agenda and the case."""
_IN_HERE = {"Esc"}
"""Keys that mean something else in the bars around the screen."""


class ReviewScreen(Screen):
    """Reads the agenda whole; the length of the meeting only moves the line where it ends."""

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
    )
    help_page = "review"
    menu_title = "&Review"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._agenda = Agenda(())
        self._is_preparing = False
        self.head = ReviewHead(desk)
        self.model = AgendaModel(self)
        self.list = AgendaList(self.tr("Agenda"), self.model)
        self.panel = CasePanel(desk)
        self.nobody = Nobody()
        self.paper = PaperPage(desk, self.tr("Agenda"))
        self.patient = PatientActions(desk, self)
        self.prepare = self._action(self.tr("Prepare packet"), self._prepare, "Ctrl+P")
        self.next = self._action(self.tr("Next case"), lambda: self.list.step(1), "Alt+Down")
        self.previous = self._action(self.tr("Previous case"), lambda: self.list.step(-1), "Alt+Up")
        self.open_chart = self._action(self.tr("Open chart"), self._open_chart)
        self.leave_paper = self._action(self.tr("Back to the agenda"), self._show_agenda, "Esc")
        self._build()
        self._connect()
        self._show_agenda()

    @override
    def read_again(self) -> None:
        question = partial(read_next_review, choice=self.head.choice_of_agenda())
        self.desk.read(question, self._show)

    @override
    def take_focus(self) -> None:
        (self.list if self.paper.shown is None else self.paper.view).setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        own = (self.prepare, self.next, self.previous, self.open_chart, self.leave_paper)
        return (*own, *self.paper.actions_of_paper, *self.patient.of_one)

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
        self._pages.addWidget(agenda)
        self._pages.addWidget(self.paper)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._pages)

    def _connect(self) -> None:
        self.head.caseload_changed.connect(self.read_again)
        self.head.minutes_changed.connect(self._arrange)
        self.head.prepare.clicked.connect(self.prepare.trigger)
        self.list.case_changed.connect(self._show_case)
        self.list.chart_wanted.connect(self.open_chart.trigger)
        self.panel.chart_wanted.connect(self.open_chart.trigger)
        self.panel.question_wanted.connect(self.patient.flag.trigger)
        self.panel.clearing_wanted.connect(self.patient.clear_flag.trigger)
        self.panel.step_wanted.connect(self.list.step)
        self.nobody.everyone_wanted.connect(self.head.show_everyone)
        self.nobody.registry_wanted.connect(lambda: self.desk.place_wanted.emit("registry"))
        self.paper.left.connect(self._show_agenda)
        self.paper.new_wanted.connect(self._prepare)
        self.desk.changed.connect(self._mark_stale)

    def _show(self, review: NextReview) -> None:
        self.head.caseload.offer_managers(review.care_managers)
        self._agenda = review.agenda
        self.nobody.explain(review.open_episodes, whose=self.head.caseload.whose)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Show the agenda for the length of the meeting; the chosen case stays chosen."""
        chosen, before = self.list.chosen, self.list.currentIndex().row()
        self._agenda = replace(self._agenda, meeting_minutes=self.head.meeting.value())
        self.model.show_agenda(self._agenda)
        places = self.model.places()
        place = self.model.place_of(chosen.entry.row.key) if chosen else None
        if place is None and places:
            place = next((each for each in places if each >= before), places[-1])
        if place is not None:
            self.list.choose_place(place)
        self._middle.setCurrentWidget(self._cases if places else self.nobody)
        self.head.show_agenda(self._agenda)
        whose = self.head.caseload.whose or self.tr("all care managers")
        self.status_changed.emit(f"{self._agenda.fit_words} · {whose}")
        self.counted.emit(len(places))

    @Slot()
    def _show_case(self) -> None:
        case = self.list.chosen
        if case is not None:
            self.panel.show_case(case, count=len(self._agenda.entries))
        self._let()

    @Slot()
    def _open_chart(self) -> None:
        if self.list.chosen is not None:
            self.desk.patient_wanted.emit(self.list.chosen.entry.row.patient_id)

    @Slot()
    def _prepare(self) -> None:
        """Make the packet from the records as they are now, and show it."""
        try:
            choice = self.head.choice()
        except Refused as refusal:
            self.head.show_error(refusal)
            return
        self._set_preparing(busy=True)
        name = f"review-packet-{choice.review_on}"
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
        self.paper.put_away()
        self._pages.setCurrentIndex(0)
        self._let()
        if self.isVisible():
            self.list.setFocus()

    @Slot(object)
    def _mark_stale(self, change: Change) -> None:
        if change.topics & self.topics:
            self.paper.mark_stale()

    def _let(self) -> None:
        """Offer what can be done with what is in sight: the agenda, or its packet."""
        is_agenda = self.paper.shown is None
        case = self.list.chosen if is_agenda else None
        self.prepare.setEnabled(is_agenda and not self._is_preparing)
        self.leave_paper.setEnabled(not is_agenda)
        for action in (self.next, self.previous, self.open_chart):
            action.setEnabled(case is not None)
        self.patient.follow(case.entry.row if case else None)
