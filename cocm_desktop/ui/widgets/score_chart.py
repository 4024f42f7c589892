"""The score chart: a picture of the course that the keyboard can read point by point."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cocm_desktop.domain.score_picture import ScorePicture
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.announce import announce
from cocm_desktop.ui.widgets.score_chart_painter import LANE, ChartPainter, Layout, layout_of

_CTRL = Qt.KeyboardModifier.ControlModifier


class ScoreChart(QWidget):
    """Left and Right step from day to day, with Ctrl from score to score, Home and End to the ends.

    `stepped` gives the words of the day stepped to, or nothing when the chart is left.
    """

    stepped = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, is_small: bool = False) -> None:
        super().__init__(parent)
        self._picture: ScorePicture | None = None
        self._day: date | None = None
        self._is_small = is_small
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Score chart"))

    @property
    def focused_day(self) -> date | None:
        return self._day

    def show_picture(self, picture: ScorePicture) -> None:
        self._picture, self._day = picture, None
        days = picture.score_days
        words = picture.words_on(days[-1]) if days else self.tr("No score yet")
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = theme_of(self)
        return QSize(
            theme.px(320), theme.px(230) if self._is_small else self._least() + theme.px(60)
        )

    @override
    def minimumSizeHint(self) -> QSize:
        theme = theme_of(self)
        return QSize(theme.px(240), theme.px(200) if self._is_small else self._least())

    def _least(self) -> int:
        """Leave every plot and every lane room enough to be read."""
        picture = self._picture
        plots, lanes = (len(picture.plots), len(picture.lanes)) if picture else (1, 0)
        return theme_of(self).px(110 + 70 * plots + LANE * lanes)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        shown = self._day if self.hasFocus() or self.underMouse() else None
        ChartPainter(painter, self._picture, self._layout(self._picture), theme_of(self)).draw(
            shown
        )
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        days = self._days(scores_only=bool(event.modifiers() & _CTRL))
        last = len(days) - 1
        day = self._day or date.max
        places = {
            Qt.Key.Key_Left: max(0, bisect_left(days, day) - 1),
            Qt.Key.Key_Right: min(last, bisect_right(days, day)),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        place = places.get(Qt.Key(event.key()))
        if not days or place is None:
            super().keyPressEvent(event)
            return
        self._step_to(days[place])

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._picture is None or not self._picture.days:
            return
        layout, clock, x = self._layout(self._picture), self._picture.clock, event.position().x()
        near = min(self._picture.days, key=lambda day: abs(layout.across(clock.x_of(day)) - x))
        if near != self._day:
            self._step_to(near)

    @override
    def leaveEvent(self, event: object) -> None:
        self._forget()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._forget()

    def _days(self, *, scores_only: bool) -> tuple[date, ...]:
        if self._picture is None:
            return ()
        return self._picture.score_days if scores_only else self._picture.days

    def _step_to(self, day: date) -> None:
        self._day = day
        words = self._picture.words_on(day) if self._picture else ""
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        announce(self, words)
        self.stepped.emit(words)
        self.update()

    def _forget(self) -> None:
        self._day = None
        self.stepped.emit("")
        self.update()

    def _layout(self, picture: ScorePicture) -> Layout:
        area = QRectF(self.rect()).adjusted(0, 0, 0, -2)
        return layout_of(picture, area, theme_of(self), is_small=self._is_small)
