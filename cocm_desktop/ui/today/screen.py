"""The Today screen: what one person, or the team, does now, and what waits for others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.downtime import read_downtime_reminder
from cocm_desktop.actions.draft import read_drafts
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.today import put_off_due, read_today
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.draft import ListedDraft
from cocm_desktop.domain.due_delay import DueDelayDraft
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.safety import SafetyTask
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.today_card import Act, Board, Card, Lane
from cocm_desktop.domain.wording import count_of, long_date, weekday
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.drafts.list_dialog import DraftsDialog
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.patient_papers.actions import DayPaperActions
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.tasks.actions import PUT_OFF_KEYS, TaskActions
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog, PutOffDialog
from cocm_desktop.ui.today.lanes import Lanes
from cocm_desktop.ui.today.why import WhyPanel
from cocm_desktop.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.labels import ElidingLabel, EmptyState, Label


class TodayScreen(Screen):
    """One reading gives the whole board; the cards' actions are those of registry and chart."""

    topics = (
        Topic.PATIENT
        | Topic.EPISODE
        | Topic.MEASURE
        | Topic.CONTACT
        | Topic.SAFETY
        | Topic.REVIEW
        | Topic.STAFF
        | Topic.TREATMENT
        | Topic.TASK
        | Topic.SETTINGS
        | Topic.DRAFT
    )
    help_page = "today"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board: Board | None = None
        self.lanes = Lanes()
        self.why = WhyPanel()
        self.patient = PatientActions(desk, self)
        self.task = TaskActions(desk, self, keys=False)
        self.day_papers = DayPaperActions(desk, self)
        self.whose = ChoiceField(((False, self.tr("Mine")), (True, self.tr("Whole team"))))
        self.capacity = ElidingLabel("", "secondary")
        self.soon = LinkButton("")
        self.downtime = LinkButton("", "printer")
        self.drafts = LinkButton("", "edit")
        self._subtitle = Label("", "secondary")
        self._nothing = EmptyState("circle-check", self.tr("Nothing due"))
        self._pages = QStackedWidget()
        self._build()
        self._connect()

    @override
    def read_again(self) -> None:
        self.desk.read(partial(read_today, whole_team=self.whose.choice()), self._show)
        if self.desk.may(Permission.PRINT_PACKET):
            self.desk.read(read_downtime_reminder, self._remind)
        self.desk.read(read_drafts, self._count_drafts)

    @override
    def take_focus(self) -> None:
        if self.board is not None and not self.board.cards:
            self.to_registry.setFocus()
        else:
            self.lanes.take_focus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        card = (self._act, self._done, self._put_off, self._open)
        return (*card, *self.patient.all, *self.day_papers.all)

    def show_whole_team(self, *, is_shown: bool) -> None:
        self.whose.choose(is_shown)
        self.read_again()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(self.tr("Today"), "title"))
        head.addWidget(self._subtitle)
        head.addWidget(self.soon)
        self.downtime.hide()
        self.drafts.hide()
        head.addStretch(1)
        self.whose.setAccessibleName(self.tr("Whose day"))
        head.addWidget(self.whose)
        self.add = Button(self.tr("New task"), "plus")
        self.day_list = Button(self.tr("Day list"), "printer")
        head.addWidget(self.day_list)
        head.addWidget(self.add)
        self.to_registry = PrimaryButton(self.tr("Open the registry"), "list")
        self.to_registry.clicked.connect(self._go_registry)
        self._nothing.add_action(self.to_registry)
        board = QWidget()
        column = QVBoxLayout(board)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.lanes, 1)
        column.addWidget(self.why)
        self._pages.addWidget(board)
        self._pages.addWidget(self._nothing)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 10)
        page.setSpacing(8)
        page.addLayout(head)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.capacity, 1)
        below.addWidget(self.drafts)
        below.addWidget(self.downtime)
        page.addLayout(below)
        page.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._act = self._action(self.tr("Do what the card calls for"), self._do)
        self._done = self._action(self.tr("Done"), self._finish)
        self._put_off = self._action(self.tr("Put off"), self._delay, PUT_OFF_KEYS)
        self._open = self._action(self.tr("Open chart"), self._open_chart)
        self.whose.activated.connect(self._choose_whose)
        self.add.clicked.connect(self._add)
        self.day_list.clicked.connect(self.day_papers.day_list.trigger)
        self.downtime.clicked.connect(self.day_papers.downtime.trigger)
        self.soon.clicked.connect(self._go_soon)
        self.drafts.clicked.connect(self._show_drafts)
        self.lanes.chosen_changed.connect(self._follow)
        self.lanes.act_wanted.connect(self._do)
        self.lanes.done_wanted.connect(self._finish)
        self.why.act_wanted.connect(self._do)
        self.why.done_wanted.connect(self._finish)
        self.why.delay_wanted.connect(self._delay)
        self.why.chart_wanted.connect(self._open_chart)

    def _action(self, words: str, do: object, keys: str = "") -> QAction:
        action = QAction(words, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(do)
        self.addAction(action)
        return action

    def _show(self, board: Board) -> None:
        self.board = board
        self.lanes.show_board(board)
        self._pages.setCurrentIndex(0 if board.cards else 1)
        self._say(board)
        self._follow()

    def _say(self, board: Board) -> None:
        left = self.tr("%1 left").replace("%1", f"{board.left:,}")
        done = self.tr("%1 done").replace("%1", f"{board.done:,}")
        day = f"{weekday(board.today)}, {long_date(board.today)}"
        self._subtitle.setText(" · ".join((day, left, *((done,) if board.done else ()))))
        review = board.next_review_on
        meeting = self.tr("Next case review %1").replace("%1", long_date(review)) if review else ""
        full = board.capacity
        strip = (full.words, full.stands) if full else ()
        self.capacity.setText(" · ".join(filter(None, (*strip, meeting))))
        self.capacity.setVisible(bool(self.capacity.text()))
        scores = count_of(board.measures_soon, "score is", "scores are")
        words = self.tr("Nothing due. %1 due this week").replace("%1", scores)
        self.soon.setText(words)
        self.soon.setVisible(not board.left and bool(board.measures_soon))
        self._nothing.say(self.tr("Nothing due"), self.tr("No task and no patient waits for you."))
        whose = self.whose.currentText()
        waiting = self.tr("%1 waiting on others").replace("%1", f"{board.open_in(Lane.WAITING):,}")
        self.status_changed.emit(f"{whose} · {left} · {waiting}")
        if not self.whose.choice():
            self.counted.emit(board.left or None)

    def _remind(self, words: str) -> None:
        """Say that the downtime list is old; one click prints it."""
        self.downtime.setText(self.tr("%1: print it").replace("%1", words))
        self.downtime.setVisible(bool(words))

    def _count_drafts(self, found: Sequence[ListedDraft]) -> None:
        self.drafts.setText(count_of(len(found), "unsaved draft"))
        self.drafts.setVisible(bool(found))

    @Slot()
    def _show_drafts(self) -> None:
        DraftsDialog(self.desk, self).open()

    @Slot()
    def _follow(self) -> None:
        """Offer what is possible with the card that is chosen."""
        card = self.lanes.chosen
        self.why.show_card(card)
        self.patient.follow(card.row if card else None)
        self.task.follow(card.task if card else None)
        self._act.setEnabled(card is not None and not card.is_done)
        self._done.setEnabled(card is not None and card.task is not None and not card.is_done)
        self._put_off.setEnabled(card is not None and card.can_put_off)
        self._open.setEnabled(card is not None and card.patient_id is not None)

    @Slot()
    def _do(self) -> None:
        """Do what the card calls for."""
        card = self.lanes.chosen
        if card is None:
            return
        if card.is_done:
            self._open_chart()
            return
        ways = {
            Act.CLOSE_SAFETY: self._close_safety,
            Act.CLOSE_EPISODE: self.patient.close.trigger,
            Act.RECORD_CONTACT: self.patient.contact.trigger,
            Act.RECORD_MEASURE: self.patient.measure.trigger,
            Act.SEE_TO_ADVICE: self._see_to_advice,
            Act.OPEN_CHART: self._open_chart,
            Act.FINISH_TASK: self.task.finish.trigger,
        }
        ways[card.act]()

    @Slot()
    def _finish(self) -> None:
        """Finish the task; what is due is finished by recording it."""
        self._do()

    @Slot()
    def _delay(self) -> None:
        card = self.lanes.chosen
        if card is None or not card.can_put_off:
            return
        if card.task is not None:
            self.task.put_off.trigger()
        elif card.patient_id is not None:
            self._put_off_due(card, card.patient_id)

    def _put_off_due(self, card: Card, patient_id: PatientId) -> None:
        PutOffDialog(
            self.desk,
            f"{card.title}: {card.words}",
            lambda workspace, day, reason: put_off_due(
                workspace, DueDelayDraft(patient_id, day, reason)
            ),
            parent=self,
        ).open()

    def _close_safety(self) -> None:
        subject = self.patient.subject
        if subject is None:
            return

        def show(found: Sequence[tuple[SafetyTask, PatientId]]) -> None:
            tasks = [task for task, patient_id in found if patient_id == subject.patient_id]
            if tasks:
                CloseSafetyTaskDialog(self.desk, subject, tasks[0], parent=self).open()

        self.desk.read(read_open_safety_tasks, show)

    @Slot()
    def _open_chart(self) -> None:
        card = self.lanes.chosen
        if card is not None and card.patient_id is not None:
            self.desk.patient_wanted.emit(card.patient_id)

    def _see_to_advice(self) -> None:
        """Go to what waits after the reviews."""
        self.desk.place_wanted.emit("loop")

    @Slot()
    def _add(self) -> None:
        NewTaskDialog(self.desk, self, subject=self.patient.subject).open()

    @Slot(int)
    def _choose_whose(self, _place: int) -> None:
        self.read_again()

    @Slot()
    def _go_soon(self) -> None:
        self.lanes.enter(Lane.SOON)

    @Slot()
    def _go_registry(self) -> None:
        self.desk.place_wanted.emit("registry")
