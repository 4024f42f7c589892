"""Typed fields: each gives a value of the domain, none decides whether it is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.domain.dates import read_date
from cocm_desktop.domain.wording import SECONDS_A_MINUTE, long_date, minutes_of, short_date, weekday
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

T = TypeVar("T")
Choice = TypeVar("Choice", bound=Enum)
NUMBER_EDGE = 5
"""Pixels between a number and the border of its field."""
NOTE_EDGES = 22
"""Pixels of a note that are border, padding and margin, above and below together."""
_ARROWS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class DateField(QWidget):
    """A date as people type it (1/5/54, t-7, 5 jan), with the long form beside it at once.

    `past` says that the date lies behind us, such as a birth: 54 is then 1954.
    """

    changed = Signal()

    def __init__(
        self,
        today: date,
        day: date | None = None,
        parent: QWidget | None = None,
        *,
        past: bool = False,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._past = past
        self.entry = QLineEdit()
        self.entry.setPlaceholderText(self.tr("mm/dd/yyyy"))
        self.entry.setMaxLength(40)
        self.echo = Label("", "secondary")

        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addWidget(self.entry, 0, Qt.AlignmentFlag.AlignLeft)
        self._line.addWidget(self.echo, 1)
        self.setFocusProxy(self.entry)
        self._fit()

        self.entry.textChanged.connect(self._show_echo)
        self.entry.installEventFilter(self)
        self.set_day(day)

    def day(self) -> date | None:
        """Give the date, or None where nothing or no date is typed."""
        return read_date(self.entry.text(), today=self._today, past=self._past)

    def needed(self, field: str) -> date:
        """Give the date, or refuse in the name of a field."""
        day = self.day()
        if day is None:
            words = self.tr("Type a date, such as %1.").replace("%1", short_date(self._today))
            raise Refused(Problem(field, words))
        return day

    def is_readable(self) -> bool:
        """Tell whether the field is empty or holds a date."""
        return not self.entry.text().strip() or self.day() is not None

    def set_day(self, day: date | None) -> None:
        self.entry.setText(short_date(day) if day else "")
        self._show_echo()

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.entry.setAccessibleName(name)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _ARROWS.get(Qt.Key(event.key()))
            day = self.day()
            if step and day and not event.modifiers():
                self.set_day(day + timedelta(days=step))
                return True
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            day = self.day()
            if day is not None:
                self.entry.setText(short_date(day))
        return False

    @Slot()
    def _show_echo(self) -> None:
        day = self.day()
        if day is not None:
            self.echo.set_role("secondary")
            self.echo.setText(f"{weekday(day)[:3]}, {long_date(day)}")
        elif self.is_readable():
            self.echo.clear()
        else:
            self.echo.set_role("problem")
            self.echo.setText(self.tr("Not a date yet"))
        self.echo.setVisible(bool(self.echo.text()))
        self.entry.setAccessibleDescription(self.echo.text())
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        """Put a long form that may wrap below the date, where beside it has no room."""
        words = self.echo.fontMetrics().horizontalAdvance(self.echo.text())
        beside = self.entry.width() + self._line.spacing() + words
        is_narrow = self.echo.wordWrap() and beside > self.width()
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def _fit(self) -> None:
        self.entry.setFixedWidth(theme_of(self).px(124))


class ChoiceField(QComboBox, Generic[T]):
    """One of a few values, each shown by its words."""

    def __init__(self, choices: Iterable[tuple[T, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[T] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.offer(choices)

    def offer(self, choices: Iterable[tuple[T, str]]) -> None:
        """Put other choices in place; the one chosen stays, where it is among them."""
        chosen = self.choice() if self._values else None
        pairs = list(choices)
        self._values = [value for value, _ in pairs]
        self.clear()
        self.addItems([words for _, words in pairs])
        if chosen in self._values:
            self.choose(chosen)

    def choice(self) -> T:
        return self._values[self.currentIndex()]

    def choose(self, value: T | None) -> None:
        for row, each in enumerate(self._values):
            if each == value:
                self.setCurrentIndex(row)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: a choice changed in passing is not noticed."""
        event.ignore()


def words_of(choices: Iterable[Choice]) -> list[tuple[Choice, str]]:
    """Pair each member of an enum with its words, for a ChoiceField."""
    return [(choice, str(choice.value)) for choice in choices]


class NumberField(QSpinBox):
    """A whole number, set right. The wheel scrolls the form and never changes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.lineEdit().setTextMargins(0, 0, NUMBER_EDGE, 0)  # a style sheet does not reach it

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MinutesField(NumberField):
    """Whole minutes. The domain keeps seconds; nobody types them."""

    def __init__(self, longest_minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, longest_minutes)
        self.setSuffix(self.tr(" min"))
        self.setFixedWidth(theme_of(self).px(88))

    def seconds(self) -> int:
        return self.value() * SECONDS_A_MINUTE

    def set_seconds(self, seconds: int) -> None:
        self.setValue(minutes_of(seconds))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()


class NoteField(QPlainTextEdit):
    """Free text. Tab goes on to the next field."""

    def __init__(self, parent: QWidget | None = None, *, lines: int = 4) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(lines * self.fontMetrics().lineSpacing() + NOTE_EDGES)

    def text(self) -> str:
        return self.toPlainText()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.minimumHeight())
