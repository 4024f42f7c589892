"""Recording a measure: eleven keystrokes for a PHQ-9, and item 9 never silent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSpinBox,
    QStackedWidget,
    QTabBar,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import EpisodeId, MeasureId, new_id
from cocm_desktop.domain.instrument import GAD7, PHQ9, Instrument
from cocm_desktop.domain.measure import MeasureDraft, MeasureMode
from cocm_desktop.domain.score_preview import preview
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.answer_grid import AnswerGrid
from cocm_desktop.ui.measure.result import ResultStrip
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.safety.step import open_safety_step
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.form_dialog import SCREEN_SHARE
from cocm_desktop.ui.widgets.labels import Label

NO_TOTAL = -1
WIDTH = 1060


class PaperTotalField(QSpinBox):
    """The total written on the paper form, as a check; empty unless typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(NO_TOTAL, 999)
        self.setValue(NO_TOTAL)
        self.setSpecialValueText("–")
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setFixedWidth(theme_of(self).px(64))

    def total(self) -> int | None:
        return None if self.value() == NO_TOTAL else self.value()


class RecordMeasureDialog(PatientDialog):
    """One widget for every instrument. Enter saves when no question is left open."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self.grids = [AnswerGrid(desk.instruments[each]) for each in (PHQ9, GAD7)]
        self._ids = [MeasureId(new_id()) for _ in self.grids]
        self.taken_on = DateField(desk.today(), desk.today())
        self.mode = ChoiceField(words_of(MeasureMode))
        self.paper_total = PaperTotalField()
        self.tabs = QTabBar()
        self.outcome = ResultStrip(shows_scores=desk.may(Permission.SEE_CHART))
        self._pages = QStackedWidget()
        self.set_words(self.tr("Record measure"), self.tr("Save measure"))
        self._build()
        self._show_result()

        self.tabs.currentChanged.connect(self._show_instrument)
        self.taken_on.changed.connect(self._show_result)
        for grid in self.grids:
            grid.changed.connect(self._show_result)
            grid.done.connect(self.save.setFocus)

    @property
    def grid(self) -> AnswerGrid:
        """The form in front."""
        return self.grids[self.tabs.currentIndex()]

    @property
    def instrument(self) -> Instrument:
        return self.grid.instrument

    @override
    def typed(self) -> object:
        return (
            *((grid.answers, grid.difficulty) for grid in self.grids),
            self.taken_on.entry.text(),
            self.mode.choice(),
            self.paper_total.total(),
        )

    def draft(self) -> MeasureDraft:
        return MeasureDraft(
            id=self._ids[self.tabs.currentIndex()],
            episode_id=self.subject.episode_id or EpisodeId(""),
            instrument_id=self.instrument.id,
            taken_on=self.taken_on.day(),
            answers=self.grid.answers,
            mode=self.mode.choice(),
            difficulty=self.grid.difficulty,
            paper_total=self.paper_total.total(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        if left := len(self.grid.open_items):
            words = self.tr(
                "%1 not answered yet. Press 0 to 3, or - for a question left blank on the form."
            )
            raise Refused(Problem("answers", words.replace("%1", count_of(left, "question"))))
        return partial(record_measure, draft=self.draft())

    @override
    def _done(self) -> None:
        scored = self.instrument.score(self.grid.answers)
        parent, measure_id = self.parentWidget(), self.draft().id
        super()._done()
        if scored.critical:
            open_safety_step(self.desk, self.subject, measure_id=measure_id, parent=parent)

    @override
    def open(self) -> None:
        super().open()
        self.grid.begin()

    def _build(self) -> None:
        for grid in self.grids:
            self._pages.addWidget(grid)
            self.tabs.addTab(str(grid.instrument.id))
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Instrument"))
        self.title.hide()
        room = self.screen().availableGeometry().width() * SCREEN_SHARE
        self.setMinimumWidth(min(theme_of(self).px(WIDTH), int(room)))
        self.column.setSpacing(8)
        place = self.column.indexOf(self.scroll_area)
        self.column.insertLayout(place, self._facts())
        self.column.insertWidget(place + 2, self.outcome)
        self.body.addWidget(self._pages)

    def _facts(self) -> QHBoxLayout:
        """Put the scales at the left and what is asked once a form at the right."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tabs)
        row.addStretch(1)
        named = (
            (self.tr("&Date"), self.taken_on),
            (self.tr("&How"), self.mode),
            (self.tr("&Total on the form"), self.paper_total),
        )
        for words, field in named:
            label = Label(words, "secondary")
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            row.addSpacing(6)
            row.addWidget(label)
            row.addWidget(field)
        return row

    @Slot(int)
    def _show_instrument(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
        self.problems.clear_problems()
        self._show_result()
        self.grid.begin()

    @Slot()
    def _show_result(self) -> None:
        self.fields = {
            "taken_on": self.taken_on,
            "answers": (*self.grid.open_items, *self.grid.items)[0],
            "difficulty": self.grid.difficulty_row,
            "paper_total": self.paper_total,
        }
        self.outcome.show_preview(
            preview(
                self.instrument,
                self.grid.answers,
                course=self.subject.course_of(self.instrument.id),
                taken_on=self.taken_on.day(),
            )
        )
