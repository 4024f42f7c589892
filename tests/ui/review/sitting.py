"""Looking at the review screen: who stands on the agenda, what is open, where the cursor is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.ui.review.agenda_model import Case
from cocm_desktop.ui.review.screen import ReviewScreen
from tests.conftest import EVENING

TODAY = EVENING.date()
ENROLLED = date(2026, 11, 10)


def names(screen: ReviewScreen) -> list[str]:
    lines = [line for line in screen.model.lines if isinstance(line, Case)]
    return [f"{'-' if each.is_left_out else ''}{each.entry.row.last_name}" for each in lines]


def here(screen: ReviewScreen) -> str:
    """Give whom the meeting talks about."""
    return screen.walk.entry.row.last_name if screen.walk.entry else ""


def opened(screen: ReviewScreen, kind: type[QDialog]) -> QDialog:
    shown = [each for each in screen.findChildren(QDialog) if each.isVisible()]
    [dialog] = [each for each in shown if isinstance(each, kind)]
    return dialog


def focused(screen: ReviewScreen) -> QWidget:
    widget = screen.focusWidget()
    assert widget is not None
    return widget
