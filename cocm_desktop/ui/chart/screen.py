"""The chart screen: everything recorded of one patient, under a banner that never moves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.chart_page import ChartPage, read_chart_page
from cocm_desktop.domain.case_review import CaseReview, Recommendation
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.ui.case_review.page import ReviewsPage
from cocm_desktop.ui.case_review.step_dialog import StepDialog
from cocm_desktop.ui.chart.bar import ChartBar
from cocm_desktop.ui.chart.measures_page import MeasuresPage
from cocm_desktop.ui.chart.pages import ContactsPage
from cocm_desktop.ui.chart.summary import SummaryPage
from cocm_desktop.ui.chart.time_page import TimePage
from cocm_desktop.ui.contact.time_dialog import RecordTimeDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.history_page import EpisodesPage
from cocm_desktop.ui.loop.answer_dialog import AnswerDialog
from cocm_desktop.ui.loop.letter_dialog import LetterDialog
from cocm_desktop.ui.medication.page import MedsAndProblemsPage
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog
from cocm_desktop.ui.plan.page import PlanPage
from cocm_desktop.ui.safety.form import open_form
from cocm_desktop.ui.screen import PatientScreen
from cocm_desktop.ui.tasks.card import TasksCard
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import EmptyState
from cocm_desktop.ui.widgets.patient_banner import PatientBanner

TABS = (
    "Summary",
    "Contacts",
    "Measures",
    "Time and billing",
    "Reviews",
    "Meds and problems",
    "Plan",
    "Episodes",
)
FACTS = TABS.index("Meds and problems")
SHORT = {"Meds and problems": "Meds", "Time and billing": "Time"}
"""What a part is called where there is little room."""


class ChartScreen(PatientScreen):
    """Nothing of the patient before stays in sight while the next one is read."""

    topics = (
        Topic.PATIENT
        | Topic.EPISODE
        | Topic.MEASURE
        | Topic.CONTACT
        | Topic.TIME
        | Topic.SAFETY
        | Topic.REVIEW
        | Topic.LETTER
        | Topic.TREATMENT
        | Topic.STAFF
        | Topic.PRACTICE
        | Topic.BILLING
        | Topic.PRIVACY
    )
    help_page = "chart"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id = ""
        self._page: ChartPage | None = None
        self.patient = PatientActions(desk, self)
        self.banner = PatientBanner()
        self.bar = ChartBar([self.tr(words) for words in TABS], SHORT)
        self.tabs, self.more = self.bar.tabs, self.bar.more
        self.flag, self.measure, self.contact = self.bar.flag, self.bar.measure, self.bar.contact
        self.summary = SummaryPage()
        self.tasks = TasksCard(desk)
        self.summary.add_card(self.tasks)
        self.contacts = ContactsPage(desk)
        self.measures = MeasuresPage(desk)
        self.time = TimePage(desk)
        self.reviews = ReviewsPage(desk)
        self.facts = MedsAndProblemsPage(desk)
        self.plan = PlanPage(desk)
        self.episodes = EpisodesPage(desk)
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self._blank()

    @override
    def show_patient(self, patient_id: str) -> None:
        if patient_id != self._patient_id:
            self._patient_id = patient_id
            self.tabs.setCurrentIndex(0)
            self._blank()
        self._is_stale = True
        self._read_if_stale()

    @override
    def read_again(self) -> None:
        if self._patient_id:
            self.desk.read(partial(read_chart_page, patient_id=self._patient_id), self._show)

    @override
    def menu_actions(self) -> Sequence[QAction]:
        return self.patient.of_one

    @override
    def take_focus(self) -> None:
        self.tabs.setFocus()

    @override
    def show_part(self, name: str) -> None:
        if name in TABS:
            self.tabs.setCurrentIndex(TABS.index(name))

    def _build(self) -> None:
        self._not_enrolled = EmptyState(
            "heart-handshake",
            self.tr("Not enrolled in collaborative care"),
            words=self.tr(
                "Enroll the patient once consent is given; measures, contacts and minutes follow."
            ),
        )
        self._blank_page = QWidget()
        records = (self.contacts, self.measures, self.time, self.reviews)
        self._lists = (*records, self.facts, self.plan)
        shown = (self._blank_page, self._not_enrolled, self.summary, *self._lists, self.episodes)
        for page in shown:
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        enroll = PrimaryButton(self.tr("Enroll"))
        enroll.clicked.connect(self.patient.enroll.trigger)
        enroll.setVisible(self.patient.enroll.isVisible())
        self._not_enrolled.add_action(enroll)
        refer = Button(self.tr("Refer"))
        refer.clicked.connect(self.patient.refer.trigger)
        refer.setVisible(self.patient.refer.isVisible())
        self._not_enrolled.add_action(refer)
        pairs = (
            (self.flag, self.patient.flag),
            (self.measure, self.patient.measure),
            (self.contact, self.patient.contact),
        )
        for button, action in pairs:
            button.clicked.connect(action.trigger)
            button.setToolTip(action.toolTip())
        self.more.clicked.connect(self._show_more)
        self.tabs.currentChanged.connect(self._turn_to)
        self.summary.next.question_wanted.connect(self.patient.flag.trigger)
        self.summary.minutes.time_wanted.connect(self.patient.time.trigger)
        self.summary.contacts.all_wanted.connect(self._show_contacts)
        self.summary.plans.plans_wanted.connect(self._show_plans)
        self.reviews.review_wanted.connect(self.patient.review.trigger)
        self.reviews.step_wanted.connect(self._record_step)
        self.reviews.letter_wanted.connect(self._write_letter)
        self.reviews.answer_wanted.connect(self._record_answer)
        self.episodes.follow_up_wanted.connect(self.patient.follow_up.trigger)
        self.summary.next.why_wanted.connect(self.patient.why.trigger)
        self.summary.next.closing_wanted.connect(self.patient.close.trigger)
        for page in self._lists:
            page.void_wanted.connect(self._void)
        self.measures.correct_wanted.connect(self._correct)
        self.time.correct_wanted.connect(self._correct_time)
        self.time.time_wanted.connect(self.patient.time.trigger)
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._step_tab, by))

    def _show(self, page: ChartPage) -> None:
        if page.chart.row.patient_id != self._patient_id:
            return
        self._page = page
        chart = page.chart
        self.banner.show_chart(chart)
        self.patient.follow(chart.row)
        offered: list[Button] = []
        for button, action in (
            (self.flag, self.patient.flag),
            (self.measure, self.patient.measure),
            (self.contact, self.patient.contact),
        ):
            button.setEnabled(action.isEnabled())
            if action.isVisible() and chart.episode is not None:
                offered.append(button)
        self.banner.show()
        self._offer_parts(chart)
        self.bar.offer(offered)
        if chart.episode is not None:
            self.summary.show_page(page)
            self.tasks.show_patient(Subject.of_row(chart.row))
            for each in self._lists:
                each.show_page(page)
            self.episodes.show_patient(self._patient_id)
        else:
            self.facts.show_page(page)
        self._turn_to(self.tabs.currentIndex())

    def _offer_parts(self, chart: Chart) -> None:
        """Offer every part of an episode; without one, the medicines on file, if there are any."""
        is_enrolled = chart.episode is not None
        self.tabs.setVisible(is_enrolled or chart.has_patient_facts)
        for place in range(self.tabs.count()):
            self.tabs.setTabVisible(place, is_enrolled or place in (0, FACTS))

    def _blank(self) -> None:
        self._page = None
        self.banner.hide()
        self.patient.follow(None)
        self._pages.setCurrentWidget(self._blank_page)

    @Slot(int)
    def _turn_to(self, place: int) -> None:
        if self._page is None:
            return
        first = self.summary if self._page.chart.episode else self._not_enrolled
        pages = (first, *self._lists, self.episodes)
        self._pages.setCurrentWidget(pages[place])

    def _step_tab(self, by: int) -> None:
        """Go to the next part that is offered, round and round."""
        count, place = self.tabs.count(), self.tabs.currentIndex() + by
        while not self.tabs.isTabVisible(place % count):
            place += by
        self.tabs.setCurrentIndex(place % count)

    @Slot()
    def _show_plans(self) -> None:
        self.tabs.setCurrentIndex(TABS.index("Plan"))

    @Slot()
    def _show_contacts(self) -> None:
        self.tabs.setCurrentIndex(1)

    @Slot()
    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.addActions([each for each in self.patient.of_one if each.isEnabled()])
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @Slot(object)
    def _correct(self, measure: Measure) -> None:
        if self._page is not None:
            subject = Subject.of_row(self._page.chart.row)
            open_form(self.desk, subject, self, corrects=measure)

    @Slot(object)
    def _correct_time(self, entry: TimeEntry) -> None:
        if self._page is not None:
            subject = Subject.of_row(self._page.chart.row)
            RecordTimeDialog(self.desk, subject, self, corrects=entry).open()

    @Slot(object)
    def _void(self, record: Voidable) -> None:
        if self._page is not None:
            subject = Subject.of_row(self._page.chart.row)
            VoidDialog(self.desk, subject, record, parent=self).open()

    @Slot(object)
    def _write_letter(self, review: CaseReview) -> None:
        if self._page is not None:
            subject = Subject.of_row(self._page.chart.row)
            LetterDialog(self.desk, subject, review, parent=self).open()

    @Slot(object)
    def _record_answer(self, review: CaseReview) -> None:
        if self._page is not None:
            subject = Subject.of_row(self._page.chart.row)
            AnswerDialog(self.desk, subject, review, parent=self).open()

    @Slot(object)
    def _record_step(self, recommendation: Recommendation) -> None:
        if self._page is not None:
            subject = Subject.of_row(self._page.chart.row)
            StepDialog(self.desk, subject, recommendation, parent=self).open()
