"""What holds for the whole page: who acts, how soon, when to recheck, impression and minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.case_review import (
    LATEST_RECHECK_WEEKS,
    LONGEST_MINUTES,
    LONGEST_WORDS,
    RecommendationOwner,
    RecommendationUrgency,
)
from cocm_desktop.ui.case_review.keying.lines import ENTER, EnterLine
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, MinutesField, NumberField, words_of
from cocm_desktop.ui.widgets.labels import Label


class WeeksField(NumberField):
    """Weeks until the recheck; none is a dash."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, LATEST_RECHECK_WEEKS)
        self.setSpecialValueText("–")
        self.setSuffix(self.tr(" wk"))
        self.setFixedWidth(theme_of(self).px(88))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()


class RestOfPage(QWidget):
    """Fields in the order of the paper; Enter goes to the next, and saves in the last."""

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.owner = ChoiceField(words_of(RecommendationOwner))
        self.urgency = ChoiceField(words_of(RecommendationUrgency))
        self.recheck = WeeksField()
        self.impression = EnterLine()
        self.impression.setMaxLength(LONGEST_WORDS)
        self.minutes = MinutesField(LONGEST_MINUTES)
        self._order: tuple[QWidget, ...] = (
            self.owner, self.urgency, self.recheck, self.impression, self.minutes,
        )  # fmt: skip
        self._build()
        self.setFocusProxy(self.owner)
        self.begin()

        self.impression.entered.connect(self.minutes.setFocus)
        for field in (self.owner, self.urgency, self.recheck, self.minutes):
            field.installEventFilter(self)

    def begin(self) -> None:
        self.owner.choose(RecommendationOwner.PRACTITIONER)
        self.urgency.choose(RecommendationUrgency.ROUTINE)
        self.recheck.setValue(0)
        self.impression.clear()
        self.minutes.setValue(0)

    def typed(self) -> object:
        return (
            self.owner.choice(),
            self.urgency.choice(),
            self.recheck.value(),
            self.impression.text(),
            self.minutes.value(),
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in ENTER and is_plain and isinstance(watched, QWidget):
                self._go_on(watched)
                return True
        return False

    def _go_on(self, field: QWidget) -> None:
        place = self._order.index(field)
        if field is self.minutes:
            self.minutes.interpretText()
            self.done.emit()
        else:
            self._order[place + 1].setFocus()

    def _build(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        lines = (
            (first, self.tr("&Who acts"), self.owner),
            (first, self.tr("&How soon"), self.urgency),
            (first, self.tr("&Recheck in"), self.recheck),
            (second, self.tr("&Impression"), self.impression),
            (second, self.tr("&Minutes"), self.minutes),
        )
        for row, words, field in lines:
            label = Label(words, "field")
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            row.addWidget(label)
            row.addWidget(field, int(field is self.impression))
            row.addSpacing(10)
        first.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
