"""The chart's tab of plan and treatment, and the papers of plans in its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.chart_page import ChartPage
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.plan import PlanChoice, print_plan
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.goal import Goal
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient_language import language_spoken
from cocm_desktop.domain.plans import Plan, PlanKind
from cocm_desktop.domain.referral_out import ReferralOut
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.plan.dialog import PlanBasis, PlanDialog
from cocm_desktop.ui.plan.plans_card import PlansCard
from cocm_desktop.ui.plan.treatment_cards import GoalsCard, ReferralsCard, SessionsCard
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.treatment.goal_dialogs import AddGoalDialog, GoalStateDialog
from cocm_desktop.ui.treatment.referral_dialogs import AddReferralDialog, ReferralResultDialog
from cocm_desktop.ui.treatment.session_dialog import RecordSessionDialog

WIDE = 1000


class TreatmentView(QScrollArea):
    """Two columns of cards, one where the text is large."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plans = PlansCard(desk)
        self.goals = GoalsCard(desk)
        self.sessions = SessionsCard(desk)
        self.referrals = ReferralsCard(desk)
        inner = QWidget()
        inner.setProperty("role", "page")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._columns.setContentsMargins(16, 12, 16, 12)
        self._columns.setSpacing(12)
        for cards in ((self.plans, self.referrals), (self.goals, self.sessions)):
            column = QVBoxLayout()
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self.setWidget(inner)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        is_wide = self.viewport().width() >= theme_of(self).px(WIDE)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        super().resizeEvent(event)


class PlanPage(QStackedWidget):
    """Lists with what can be done, and the plan on paper instead of them."""

    void_wanted = Signal(object)  # Voidable

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page: ChartPage | None = None
        self._make: Callable[[Workspace], Paper] | None = None
        self.view = TreatmentView(desk)
        self.paper = PaperPage(desk, self.tr("Plan and treatment"))
        self.addWidget(self.view)
        self.addWidget(self.paper)
        self._connect()

    def show_page(self, page: ChartPage) -> None:
        is_other = self._page is None or page.chart.row.key != self._page.chart.row.key
        self._page = page
        if is_other:
            self.show_lists()
        else:
            self.paper.mark_stale()
        self.view.plans.show_plans(page.plans)
        for card in (self.view.goals, self.view.sessions, self.view.referrals):
            card.show_treatment(page.treatment)

    @Slot()
    def show_lists(self) -> None:
        """Put a paper away and come back to the lists."""
        self.paper.put_away()
        self.setCurrentWidget(self.view)

    def _connect(self) -> None:
        view = self.view
        view.plans.write_wanted.connect(self._write)
        view.plans.paper_wanted.connect(self._show_plan)
        view.plans.form_wanted.connect(self._show_form)
        view.goals.add_wanted.connect(self._add_goal)
        view.goals.note_wanted.connect(self._note_goal)
        view.sessions.add_wanted.connect(self._add_session)
        view.referrals.add_wanted.connect(self._add_referral)
        view.referrals.note_wanted.connect(self._note_referral)
        for card in (view.plans, view.goals, view.sessions, view.referrals):
            card.void_wanted.connect(self.void_wanted)
        self.paper.left.connect(self.show_lists)
        self.paper.new_wanted.connect(self._make_again)

    def _subject(self) -> Subject | None:
        return Subject.of_row(self._page.chart.row) if self._page else None

    @Slot(object)
    def _write(self, kind: PlanKind) -> None:
        subject = self._subject()
        if subject is not None and self._page is not None:
            line = self.view.plans.row
            last = line.plan if line is not None else None
            basis = PlanBasis(kind, last, self._page.crisis)
            PlanDialog(self._desk, subject, basis, parent=self).open()

    @Slot()
    def _add_goal(self) -> None:
        if (subject := self._subject()) is not None:
            AddGoalDialog(self._desk, subject, self).open()

    @Slot(object)
    def _note_goal(self, goal: Goal) -> None:
        if (subject := self._subject()) is not None:
            GoalStateDialog(self._desk, subject, goal, parent=self).open()

    @Slot()
    def _add_session(self) -> None:
        if (subject := self._subject()) is not None:
            RecordSessionDialog(self._desk, subject, self).open()

    @Slot()
    def _add_referral(self) -> None:
        if (subject := self._subject()) is not None:
            AddReferralDialog(self._desk, subject, self).open()

    @Slot(object)
    def _note_referral(self, referral: ReferralOut) -> None:
        if (subject := self._subject()) is not None:
            ReferralResultDialog(self._desk, subject, referral, parent=self).open()

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        choice = PlanChoice(plan.kind, plan_id=str(plan.id))
        make = partial(print_plan, episode_id=plan.episode_id, choice=choice)
        self._show_paper(make, plan.kind, long_date(plan.written_on))

    @Slot(object)
    def _show_form(self, kind: PlanKind) -> None:
        """Show a form in the patient's own language: nothing is written on it yet."""
        if self._page is not None and self._page.chart.episode is not None:
            chart = self._page.chart
            language = language_spoken(chart.patient.reach.language)
            choice = PlanChoice(kind, as_form=True, language=language)
            make = partial(print_plan, episode_id=self._page.chart.episode.id, choice=choice)
            facts = self.tr("empty form")
            is_usual = language is Language.ENGLISH
            self._show_paper(make, kind, facts if is_usual else f"{facts}, {language.value}")

    def _show_paper(self, make: Callable[[Workspace], Paper], kind: PlanKind, facts: str) -> None:
        name = kind.value.lower().replace(" ", "-")

        def show(paper: Paper) -> None:
            self._make = make
            self.paper.show_paper(ShownPaper(paper, kind.value, facts, name))
            self.setCurrentWidget(self.paper)
            self.paper.view.setFocus()

        self._desk.read(make, show)

    @Slot()
    def _make_again(self) -> None:
        shown = self.paper.shown
        if shown is None or self._make is None:
            return

        def show(paper: Paper) -> None:
            self.paper.show_paper(ShownPaper(paper, shown.title, shown.facts, shown.name))

        self._desk.read(self._make, show)
