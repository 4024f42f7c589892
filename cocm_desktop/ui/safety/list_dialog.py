"""Every open safety task of the practice: whose, since when, who was told."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.safety_list import print_safety_list, read_safety_list
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.safety_list import SafetyLine, SafetyList
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Unavailable
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.printing import print_paper
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.safety.subject import subject_of
from cocm_desktop.ui.safety.told_dialog import PractitionerToldDialog
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel
from cocm_desktop.ui.widgets.room import open_at

SIZE = (860, 520)
TOPICS = Topic.SAFETY | Topic.MEASURE | Topic.PATIENT | Topic.EPISODE


class SafetyCard(QFrame):
    """One task, with what can be done about it."""

    def __init__(self, line: SafetyLine, listed: SafetyList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "trouble" if line.is_escalated else "card")
        self.open_chart = Button(self.tr("Open chart"))
        self.told = Button(self.tr("Practitioner told…"))
        self.close_task = DangerButton(self.tr("Close safety task"))
        words = QVBoxLayout()
        words.setSpacing(2)
        named = self.tr("%1, born %2").replace("%1", line.patient_name)
        words.addWidget(Label(named.replace("%2", line.patient.born), "strong", wraps=True))
        words.addWidget(Label(line.task.words_on(listed.today), wraps=True))
        who = self.tr("Treating practitioner: %1").replace("%1", line.practitioner_words)
        told = ". ".join(filter(None, [who, line.told_words]))
        words.addWidget(Label(f"{told}.", "secondary", wraps=True))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.open_chart, self.told, self.close_task):
            button.setAccessibleDescription(line.patient_name)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(words)
        column.addLayout(buttons)


class SafetyListDialog(QDialog):
    """Stays open while tasks are worked on, and closes nothing by itself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.cards: tuple[SafetyCard, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Open safety tasks"))
        self.said = Label("", "section", wraps=True)
        self.rule = Label("", "secondary", wraps=True)
        self.problems = ProblemLabel()
        self.print_escalated = Button(self.tr("Print the practitioner's list…"), "printer")
        self.print_all = Button(self.tr("Print all…"), "printer")
        self.shut = Button(self.tr("Close"))
        self._build()

        self.print_escalated.clicked.connect(partial(self._print, escalated=True))
        self.print_all.clicked.connect(partial(self._print, escalated=False))
        self.shut.clicked.connect(self.accept)
        desk.changed.connect(self._read_if_shown)
        self.read_again()

    def read_again(self) -> None:
        self._desk.read(read_safety_list, self.show_list)

    def show_list(self, listed: SafetyList) -> None:
        self.cards = tuple(self._card(line, listed) for line in listed.lines)
        self.said.setText(f"{listed.count_words}.")
        days = count_of(listed.escalation_days, "day")
        rule = self.tr("After %1 a task goes to the treating practitioner (practice setting).")
        self.rule.setText(rule.replace("%1", days))
        self.print_escalated.setEnabled(bool(listed.escalated))
        self.print_all.setEnabled(bool(listed.lines))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for card in self.cards:
            column.addWidget(card)
        if not self.cards:
            column.addWidget(Label(self.tr("No safety task is open."), "secondary"))
        column.addStretch(1)
        self._scroll.setWidget(inner)

    def _card(self, line: SafetyLine, listed: SafetyList) -> SafetyCard:
        card = SafetyCard(line, listed)
        card.open_chart.clicked.connect(partial(self._open_chart, line.patient.id))
        card.told.clicked.connect(partial(self._tell, line))
        card.close_task.clicked.connect(partial(self._close_task, line))
        return card

    def _build(self) -> None:
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.print_escalated)
        buttons.addWidget(self.print_all)
        buttons.addStretch(1)
        buttons.addWidget(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.rule)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.problems)
        column.addLayout(buttons)
        open_at(self, *SIZE)

    def _open_chart(self, patient_id: str) -> None:
        self._desk.patient_wanted.emit(patient_id)
        self.accept()

    def _tell(self, line: SafetyLine) -> None:
        PractitionerToldDialog(self._desk, line, self).open()

    def _close_task(self, line: SafetyLine) -> None:
        subject = subject_of(line, self._desk.today())
        CloseSafetyTaskDialog(self._desk, subject, line.task, parent=self).open()

    def _print(self, *, escalated: bool) -> None:
        self.problems.clear_problems()
        question = partial(print_safety_list, escalated=escalated)
        self._desk.read(question, self._show_printer, failed=self.problems.show_error)

    def _show_printer(self, paper: Paper) -> None:
        print_paper(paper.content, self, failed=self._tell_not_printed)

    @Slot()
    def _tell_not_printed(self) -> None:
        words = self.tr("The printer did not answer. Check it and print again.")
        self.problems.show_error(Unavailable(words))

    @Slot(object)
    def _read_if_shown(self, change: Change) -> None:
        if change.topics & TOPICS:
            self.read_again()
