"""What a consultant has to know of a case: history in eight lines, medicines, scores, safety."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.background import PART2_NOTICE, has_open
from cocm_desktop.domain.eight_lines import eight_lines
from cocm_desktop.domain.medication import Medication
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.score_picture import ScorePicture, day_words
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.labels import Card, IconLabel, Label

MOST_SCORE_DAYS = 8
_TOP = Qt.AlignmentFlag.AlignTop


class SafetyLines(QFrame):
    """The open safety tasks of the case; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "safety_card")
        self.words = Label("", "on_safety", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(IconLabel("shield-exclamation", "on_safety"), 0, _TOP)
        row.addWidget(self.words, 1)
        self.hide()

    def show_words(self, words: str) -> None:
        self.words.setText(words)
        self.setVisible(bool(words))

    def show_chart(self, chart: Chart) -> None:
        tasks = sorted(chart.open_safety_tasks, key=lambda task: task.answered_on, reverse=True)
        told = [task.words_on(chart.row.today) for task in tasks] or [chart.row.safety_words]
        plan_on = chart.facts.safety_plan_on
        if any(told):
            day = day_words(plan_on, today=chart.row.today) if plan_on else ""
            told.append(self.tr("Safety plan %1").replace("%1", day or self.tr("not written")))
        self.show_words("\n".join(filter(None, told)))


class EightLinesCard(Card):
    """The same eight lines for everybody, so that the eye finds its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.body.addWidget(Label(self.tr("History in eight lines"), "strong"))
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(12)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnStretch(1, 1)
        self.body.addLayout(self._lines)
        self.labels: list[Label] = []

    def show_chart(self, chart: Chart) -> None:
        empty(self._lines)
        self.labels = []
        for number, line in enumerate(eight_lines(chart)):
            words = Label(line.words, "secondary" if line.is_blank else "", wraps=True)
            words.setToolTip(line.whole if line.whole != line.words else "")
            words.setAccessibleName(f"{line.title}: {line.whole}")
            self._lines.addWidget(Label(self.tr(line.title), "secondary"), number, 0, _TOP)
            self._lines.addWidget(words, number, 1)
            self.labels.append(words)


class ProtectedCard(Card):
    """What Part 2 programs let the practice know, with its notice; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.body.addWidget(Label(self.tr("Protected records (42 CFR Part 2)"), "strong"))
        self.words = Label("", wraps=True)
        self.notice = Label(PART2_NOTICE, "caption", wraps=True)
        self.body.addWidget(self.words)
        self.body.addWidget(self.notice)
        self.hide()

    def show_chart(self, chart: Chart) -> None:
        records = chart.facts.part2
        self.words.setText("\n".join(record.sentence for record in records))
        self.notice.setVisible(has_open(records))
        self.setVisible(bool(records))


class Lines(Card):
    """A short list: what it is, and what is said of it."""

    def __init__(self, title: str, nothing: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._nothing = nothing
        self._lines = QVBoxLayout()
        self._lines.setSpacing(5)
        self.body.addLayout(self._lines)

    def show_lines(self, lines: Iterator[tuple[str, str]]) -> None:
        empty(self._lines)
        for name, words in lines:
            self._lines.addWidget(_line(name, words))
        if not self._lines.count():
            self._lines.addWidget(Label(self._nothing, "secondary"))


class MedicinesCard(Lines):
    """What is taken now, with the weeks at the dose of today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Medication now"), _tr("None recorded"), parent)

    def show_chart(self, chart: Chart) -> None:
        self.show_lines(self._told(chart))

    def _told(self, chart: Chart) -> Iterator[tuple[str, str]]:
        for each in chart.current_medications:
            yield each.name, " · ".join(filter(None, self._facts(each, chart)))

    @staticmethod
    def _facts(medicine: Medication, chart: Chart) -> Iterator[str]:
        today = chart.row.today
        yield medicine.dose.words
        weeks = count_of(medicine.weeks_at_dose(today), "week")
        yield f"since {day_words(medicine.dose.since, today=today)}, {weeks}"
        if medicine.intake:
            yield medicine.intake.words


class ScoresCard(Lines):
    """The last days on which something was scored, newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Scores"), _tr("No score yet"), parent)

    def show_picture(self, chart: Chart, picture: ScorePicture) -> None:
        today = chart.row.today
        newest = reversed(picture.score_days[-MOST_SCORE_DAYS:])
        told = ((day_words(d, today=today), picture.words_on(d).partition(": ")[2]) for d in newest)
        self.show_lines(told)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Lines", words)


def _line(name: str, words: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(Label(name, "strong"), 0, _TOP)
    row.addWidget(Label(words, wraps=True), 1)
    return holder
