"""The practitioner's answer, keyed from the signed letter: one key for each recommendation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.actions.review_loop import record_steps
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    ANSWERS,
    LONGEST_REASON,
    NEEDS_REASON,
    CaseReview,
    Recommendation,
    RecommendationStatus,
    StepDraft,
)
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.case_review.keying.lines import EnterLine
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.labels import Card, Label

WIDTH = 760
_S = RecommendationStatus
KEYS = {"A": _S.ACCEPTED, "C": _S.MODIFIED, "D": _S.DECLINED}
"""The letter that chooses an answer, while the cursor is on one of them."""


class AnswerButton(QRadioButton):
    """Chooses by its letter, too."""

    key_pressed = Signal(object)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = KEYS.get(event.text().upper())
        if answer is not None and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.key_pressed.emit(answer)
        else:
            super().keyPressEvent(event)


class AnswerRow(Card):
    """One recommendation: what was asked, the answer, and the reason where one is needed."""

    answered = Signal()

    def __init__(
        self, number: int, asked: Recommendation, *, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self.asked = asked
        self.reason = EnterLine()
        self.reason.setMaxLength(LONGEST_REASON)
        self.buttons: dict[RecommendationStatus, AnswerButton] = {}
        self._group = QButtonGroup(self)
        self.body.setSpacing(4)
        words = f"{number}. {' '.join(asked.words.split())}"
        self.body.addWidget(Label(words, "strong", wraps=True))
        about = f"{asked.about} · {self.tr('now')}: {asked.status.value.lower()}"
        self.body.addWidget(Label(about, "caption", wraps=True))
        self._build(number)

    def choice(self) -> RecommendationStatus | None:
        return next((each for each, button in self.buttons.items() if button.isChecked()), None)

    def typed(self) -> object:
        return (self.choice(), self.reason.text())

    def take_focus(self) -> None:
        chosen = self.choice()
        button = self.buttons[chosen] if chosen else next(iter(self.buttons.values()))
        button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def choose(self, answer: RecommendationStatus) -> None:
        """Choose by key: agreed goes on, anything else wants its reason first."""
        if answer not in self.buttons:
            return
        self.buttons[answer].setChecked(True)
        if answer in NEEDS_REASON:
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.answered.emit()

    def _build(self, number: int) -> None:
        words = {
            _S.ACCEPTED: self.tr("Agree (A)"),
            _S.MODIFIED: self.tr("With changes (C)"),
            _S.DECLINED: self.tr("Decline (D)"),
        }
        row = QHBoxLayout()
        row.setSpacing(14)
        spoken = self.tr("Recommendation %1").replace("%1", str(number))
        for answer in ANSWERS:
            if answer not in self.asked.status.next_ones:
                continue
            button = AnswerButton(words[answer])
            button.setAccessibleName(f"{spoken}: {words[answer]}")
            button.key_pressed.connect(self.choose)
            self._group.addButton(button)
            self.buttons[answer] = button
            row.addWidget(button)
        self.reason.setPlaceholderText(self.tr("Changes or reason"))
        self.reason.setAccessibleName(f"{spoken}: {self.tr('changes or reason')}")
        row.addWidget(self.reason, 1)
        self.body.addLayout(row)
        self.reason.entered.connect(self.answered)


class AnswerDialog(PatientDialog):
    """Everything agreed is two keys: Alt+E, Ctrl+Enter. All answers are kept, or none."""

    draft_kind = "answer"

    def __init__(
        self, desk: Desk, subject: Subject, review: CaseReview, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self.answered_on = DateField(desk.today(), desk.today())
        self.all_agreed = Button(self.tr("Agre&ed to everything"), "check")
        self.rows = [
            AnswerRow(number, asked)
            for number, asked in enumerate(review.recommendations, start=1)
            if set(ANSWERS) & set(asked.status.next_ones)
        ]
        self._review_of = review
        self._build(review)

    @override
    def draft_subjects(self) -> tuple[str, str]:
        return self._review_of.id, self.subject.patient_id

    @override
    def typed(self) -> object:
        return tuple(row.typed() for row in self.rows)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        day = self.answered_on.day()
        drafts = [
            StepDraft(row.asked.id, answer, day, row.reason.text())
            for row in self.rows
            if (answer := row.choice()) is not None
        ]
        return partial(record_steps, drafts=drafts)

    def _build(self, review: CaseReview) -> None:
        self.set_words(self.tr("Answer of the practitioner"), self.tr("Record answer"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        about = self.tr("Advice of %1. What is left open stays as it is.")
        words = about.replace("%1", long_date(review.reviewed_on))
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("Answered &on"), self.answered_on)
        line = QHBoxLayout()
        line.addWidget(self.all_agreed)
        line.addStretch(1)
        self.body.addLayout(line)
        column = QVBoxLayout()
        column.setSpacing(8)
        for number, row in enumerate(self.rows):
            column.addWidget(row)
            row.answered.connect(partial(self._go_on, number))
        self.body.addLayout(column)
        self.fields = {
            "noted_on": self.answered_on,
            **{f"noted_on:{row.asked.id}": self.answered_on for row in self.rows},
            **{f"reason:{row.asked.id}": row.reason for row in self.rows},
        }
        self.all_agreed.setEnabled(bool(self.rows))
        self.all_agreed.clicked.connect(self._agree_to_all)

    @override
    def open(self) -> None:
        super().open()
        if self.rows:
            self.rows[0].take_focus()

    @Slot()
    def _agree_to_all(self) -> None:
        for row in self.rows:
            if _S.ACCEPTED in row.buttons:
                row.buttons[_S.ACCEPTED].setChecked(True)
        self.save.setFocus()

    def _go_on(self, number: int) -> None:
        """Go to the next recommendation, and from the last one to the button that keeps all."""
        if number + 1 < len(self.rows):
            self.rows[number + 1].take_focus()
        else:
            self.save.setFocus()
