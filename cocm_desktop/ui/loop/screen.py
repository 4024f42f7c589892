"""The follow-through screen: letters to send, answers awaited, actions overdue, and the report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.recommendation_letter import (
    copy_review_text,
    keep_letter,
    keep_letters,
    print_letters,
)
from cocm_desktop.actions.review_loop import LoopPage, read_loop
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.patient import age_on
from cocm_desktop.domain.review_loop import LoopLine, LoopList, ReviewLoop
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.wording import NOTHING, count_of, short_date
from cocm_desktop.ui.case_review.step_dialog import StepDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.loop.answer_dialog import AnswerDialog
from cocm_desktop.ui.loop.letter_dialog import LetterDialog
from cocm_desktop.ui.loop.report_page import ReportPage
from cocm_desktop.ui.loop.send_all_dialog import SendAllDialog
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.registry.filters import CaseloadField
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.filter_row import FilterRow
from cocm_desktop.ui.widgets.labels import Card, EmptyState, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

REPORT = "Report"
RULES = {
    LoopList.TO_SEND: "The letter goes out on the day of the review.",
    LoopList.TO_ANSWER: "An answer is late three days after the letter went out.",
    LoopList.TO_DO: "What was agreed to or is still open, and its day is over.",
}
NOTHING_WAITS = {
    LoopList.TO_SEND: "Every letter is out",
    LoopList.TO_ANSWER: "Every answer is in",
    LoopList.TO_DO: "Nothing is overdue",
}


class LoopTable(Table):
    """Enter does what the line waits for."""

    act_wanted = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.act_wanted.emit()
        else:
            super().keyPressEvent(event)


class LoopScreen(Screen):
    topics = Topic.REVIEW | Topic.LETTER | Topic.EPISODE | Topic.PATIENT | Topic.STAFF
    help_page = "follow_through"
    menu_title = "&Advice"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._loop = ReviewLoop((), desk.today())
        self._is_read = False
        self._list: LoopList | None = LoopList.TO_SEND
        self.caseload = CaseloadField(desk.staff)
        self.lists: FilterRow[LoopList | None] = FilterRow(self._choices())
        self.table = LoopTable(self.tr("What waits"))
        self.model: RowsModel[LoopLine] = RowsModel(self._columns(), self)
        self.report = ReportPage(desk)
        self.facts = Label("", "secondary")
        self.detail_title = Label("", "strong", wraps=True)
        self.detail = Label("", wraps=True)
        self.letter = self._action(self.tr("Letter"), self._open_letter, "Ctrl+L")
        self.copy = self._action(self.tr("Copy letter as text"), self._copy, "Ctrl+Shift+C")
        self.print_all = self._action(self.tr("Print all letters"), self._print_all, "Ctrl+P")
        self.send_all = self._action(self.tr("Record all as sent"), self._send_all)
        self.answer = self._action(self.tr("Record answer"), self._open_answer, "Ctrl+Shift+A")
        self.step = self._action(self.tr("What became of it"), self._open_step)
        self.chart = self._action(self.tr("Open chart"), self._open_chart)
        self._buttons: dict[QAction, Button] = {}
        self._waiting = QWidget()
        self._none = EmptyState("circle-check", "")
        self._pages = QStackedWidget()
        if desk.staff.is_a(Role.CARE_MANAGER):
            self.caseload.offer_managers((desk.staff,))
            self.caseload.choose(desk.staff.id)
        self._build()
        self._connect()
        self.show_list(LoopList.TO_SEND)

    @override
    def read_again(self) -> None:
        question = partial(read_loop, care_manager_id=self.caseload.choice())
        self.desk.read(question, self._show)
        if self._list is None:
            self.report.read_again()

    @override
    def take_focus(self) -> None:
        """Put the cursor where keys do something: an empty list has nothing but its filters."""
        shown = self._pages.currentWidget()
        if shown is self._none:
            self.lists.take_focus()
        else:
            (self.report.first if shown is self.report else self.table).setFocus()

    @override
    def menu_actions(self) -> Sequence[QAction]:
        of_all = (self.print_all, self.send_all)
        return (self.letter, self.copy, self.answer, self.step, self.chart, *of_all)

    @property
    def chosen(self) -> LoopLine | None:
        return self.model.row_at(self.table.currentIndex())

    @Slot(object)
    def show_list(self, wanted: LoopList | None) -> None:
        """Show one of the lists, or the report."""
        self._list = wanted
        self.lists.show_choice(wanted)
        if wanted is None:
            self.report.read_again()
        self._arrange()

    def _action(self, words: str, do: Callable[[], object], keys: str = "") -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _on=False: do())
        self.addAction(made)
        return made

    def _choices(self) -> list[tuple[LoopList | None, str, str]]:
        lists = [(each, self.tr(each.value), self.tr(RULES[each])) for each in LoopList]
        words = self.tr("What became of the advice of a period, counted.")
        return [*lists, (None, self.tr(REPORT), words)]

    def _columns(self) -> tuple[Column[LoopLine], ...]:
        return (
            Column(self.tr("Waits"), self._when, _chip_words, width=92, hint=_hint),
            Column(self.tr("Patient"), lambda each: each.case.name, width=150),
            Column(self.tr("Recommendation"), lambda each: each.words, width=0, hint=_hint),
            Column(self.tr("Practitioner"), lambda each: each.case.practitioner, width=138),
            Column(self.tr("Reviewed"), _reviewed_on, short_date, width=98),
            Column(self.tr("Due"), lambda each: each.due_on, short_date, width=98),
            Column(
                self.tr("Care manager"),
                lambda each: each.case.care_manager,
                width=120,
                is_spare=True,
            ),
        )

    def _when(self, line: LoopLine) -> Chip:
        if line.is_late:
            return Chip(self.tr("%1 d late").replace("%1", str(line.days_late)), Tone.MODERATE)
        if line.due_on == line.today:
            return Chip(self.tr("Today"), Tone.INFO)
        return Chip(self.tr("In time"), Tone.NEUTRAL)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(self.tr("Follow-through"), "title"))
        head.addWidget(self.facts)
        head.addStretch(1)
        head.addWidget(self.caseload)
        self.table.set_rows_model(self.model)
        inner = QVBoxLayout(self._waiting)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addWidget(self.table, 1)
        inner.addWidget(self._detail())
        for page in (self._waiting, self._none, self.report):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(self._choice_row())
        column.addWidget(self._pages, 1)

    def _choice_row(self) -> QHBoxLayout:
        """Lay out the lists, with what can be done with every letter of the first one."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.lists, 1)
        for action, icon in ((self.print_all, "printer"), (self.send_all, "check")):
            button = Button(action.text(), icon)
            button.clicked.connect(action.trigger)
            button.setVisible(action.isEnabled())
            action.enabledChanged.connect(button.setVisible)
            row.addWidget(button)
        return row

    def _detail(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.detail_title, 1)
        for action in (self.chart, self.step, self.answer, self.letter):
            button = Button(action.text())
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            button.setEnabled(action.isEnabled())
            action.enabledChanged.connect(button.setEnabled)
            self._buttons[action] = button
            row.addWidget(button)
        card.body.addLayout(row)
        card.body.addWidget(self.detail)
        return card

    def _connect(self) -> None:
        self.caseload.activated.connect(self._choose_caseload)
        self.lists.chosen.connect(self.show_list)
        self.table.act_wanted.connect(self._act)
        self.table.doubleClicked.connect(self._act)
        self.table.selectionModel().currentRowChanged.connect(self._follow)

    def _show(self, page: LoopPage) -> None:
        self._loop, self._is_read = page.loop, True
        self.caseload.offer_managers(page.care_managers)
        self._arrange()

    def _arrange(self) -> None:
        loop, wanted = self._loop, self._list
        counts: dict[LoopList | None, int | None] = {each: len(loop.of(each)) for each in LoopList}
        self.lists.show_counts({**counts, None: None})
        self.facts.setText(loop.words)
        self.counted.emit(sum(loop.late(each) for each in LoopList) or None)
        kept = self.chosen.key if self.chosen else ""
        rows = loop.of(wanted) if wanted else ()
        self.model.show_rows(rows)
        keys = [row.key for row in rows]
        self.table.select_row(keys.index(kept) if kept in keys else 0)
        if wanted is not None:
            self._none.say(self.tr(NOTHING_WAITS[wanted]), self.tr(RULES[wanted]))
        waiting = self._waiting if rows or not self._is_read else self._none
        self._turn_to(self.report if wanted is None else waiting)
        whose = self.caseload.whose or self.tr("all care managers")
        name = self.tr(wanted.value if wanted else REPORT)
        shown = f"{name} · {count_of(len(rows), 'line')}" if wanted else name
        self.status_changed.emit(f"{shown} · {whose if wanted else self.tr('everybody')}")
        for action in (self.print_all, self.send_all):
            action.setEnabled(wanted is LoopList.TO_SEND and bool(rows))
        for action, button in self._buttons.items():
            button.be_primary(yes=action is self._awaited)
        self._show_chosen()

    def _turn_to(self, page: QWidget) -> None:
        """Show a page. The cursor never stays behind on one that is gone."""
        focused = self.window().focusWidget()
        was_inside = focused is not None and self._pages.isAncestorOf(focused)
        if page is not self._pages.currentWidget():
            self._pages.setCurrentWidget(page)
            if was_inside:
                self.take_focus()

    @Slot(QModelIndex, QModelIndex)
    def _follow(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        line = self.chosen
        for action in (self.letter, self.copy, self.answer, self.chart):
            action.setEnabled(line is not None)
        self.step.setEnabled(line is not None and len(line.asked) == 1)
        if line is None:
            return
        parts = (line.case.name, line.why, line.case.practitioner or self.tr("no practitioner"))
        self.detail_title.setText(" · ".join(parts))
        words = (f"{each.kind.value}: {' '.join(each.words.split())}" for each in line.asked)
        self.detail.setText("\n".join(words))

    @Slot()
    def _choose_caseload(self) -> None:
        self.read_again()

    @Slot()
    def _act(self) -> None:
        """Do what the line waits for."""
        self._awaited.trigger()

    @property
    def _awaited(self) -> QAction:
        """What the lines of the list wait for."""
        awaited = {LoopList.TO_SEND: self.letter, LoopList.TO_ANSWER: self.answer}
        return awaited.get(self._list, self.step) if self._list else self.step

    def _open_letter(self) -> None:
        if (line := self.chosen) is not None:
            LetterDialog(self.desk, self._subject(line), line.case.review, parent=self).open()

    def _copy(self) -> None:
        """Put the letter on the clipboard, kept as it leaves; that it was sent is said later."""
        if (line := self.chosen) is None:
            return
        review_id, told = line.case.review.id, self.desk.told

        def show(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            told.emit(self.tr("Letter copied. Paste it into the record, then record it as sent."))

        self.desk.do(
            partial(keep_letter, review_id=review_id),
            done=lambda: self.desk.read(partial(copy_review_text, review_id=review_id), show),
            refused=self.desk.tell,
        )

    def _print_all(self) -> None:
        """Keep every letter that is to be sent, and show them as one paper."""
        review_ids = [line.case.review.id for line in self.model.rows]
        request = PaperRequest(
            partial(print_letters, review_ids=review_ids),
            self.tr("Letters to practitioners"),
            f"letters-to-practitioners-{self.desk.today()}",
        )
        self.desk.do(
            partial(keep_letters, review_ids=review_ids),
            done=lambda: preview(self.desk, request, self),
            refused=self.desk.tell,
        )

    def _send_all(self) -> None:
        SendAllDialog(self.desk, self.model.rows, self).open()

    def _open_answer(self) -> None:
        if (line := self.chosen) is not None:
            AnswerDialog(self.desk, self._subject(line), line.case.review, parent=self).open()

    def _open_step(self) -> None:
        if (line := self.chosen) is not None:
            StepDialog(self.desk, self._subject(line), line.asked[0], parent=self).open()

    def _open_chart(self) -> None:
        if (line := self.chosen) is not None:
            self.desk.chart_part_wanted.emit(line.case.patient_id, "Reviews")

    def _subject(self, line: LoopLine) -> Subject:
        case = line.case
        age = age_on(case.born_on, line.today)
        return Subject(case.patient_id, line.episode_id, case.name, case.born_on, age, case.mrn)


def _reviewed_on(line: LoopLine) -> object:
    return line.case.review.reviewed_on


def _hint(line: LoopLine) -> str:
    return f"{line.why}\n{line.case.practitioner or NOTHING}"


def _chip_words(chip: Chip) -> str:
    return chip.text
