"""Recording a measure: eleven keystrokes for a PHQ-9, and item 9 never silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from cocm_desktop.actions.measure import correct_measure, record_measure
from cocm_desktop.actions.measure_form import read_measure_form
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import EpisodeId, MeasureId, new_id
from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.domain.measure import Measure, MeasureDraft
from cocm_desktop.domain.measure_form import MeasureForm
from cocm_desktop.domain.score_preview import ScorePreview, preview, preview_of_total
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError, Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.answer_grid import AnswerGrid
from cocm_desktop.ui.measure.answer_row import AnswerRow
from cocm_desktop.ui.measure.circumstances import Circumstances, TotalField
from cocm_desktop.ui.measure.instrument_field import InstrumentField
from cocm_desktop.ui.measure.not_asked import NotAskedQuestion
from cocm_desktop.ui.measure.result import ResultStrip
from cocm_desktop.ui.measure.words import facts_of
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.form import Form
from cocm_desktop.ui.widgets.form_dialog import SCREEN_SHARE
from cocm_desktop.ui.widgets.labels import ElidingLabel, Label

WIDTH = 1060
_GRIDS = "_grids."
_IN_FRONT = "form in front"


class RecordMeasureDialog(PatientDialog):
    """One widget for every instrument. Enter saves when no question is left open.

    With `corrects` it is filled with that measure, and takes its place. Opened by `open_form`,
    which has the safety step follow.
    """

    draft_kind = "measure"

    critical_stored = Signal(object)
    """A MeasureId: a critical answer was stored, and its safety task with it."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        parent: QWidget | None = None,
        *,
        corrects: Measure | None = None,
        instrument_id: InstrumentId | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._corrects = corrects
        self._first = instrument_id
        self._grids: dict[InstrumentId, AnswerGrid] = {}
        self._ids: dict[InstrumentId, MeasureId] = {}
        self._is_known_as_not_asked = False
        self.grid: AnswerGrid
        self.facts: MeasureForm
        self.instrument_field = InstrumentField()
        self.about = ElidingLabel("", "secondary")
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.circumstances = Circumstances(desk)
        self.taken_on, self.mode = self.circumstances.taken_on, self.circumstances.mode
        self.reason = QLineEdit()
        self.cautions = Label("", "due", wraps=True)
        self.paper_total = TotalField()
        self.total_only = QCheckBox(self.tr("&Only the total is known"))
        self.only_words = Label("", "secondary", wraps=True)
        self.outcome = ResultStrip(shows_scores=desk.may(Permission.SEE_CHART))
        if corrects is None:
            self.set_words(self.tr("Record measure"), self.tr("Save measure"))
        else:
            self.set_words(self.tr("Correct measure"), self.tr("Save correction"))
        self._build()

    @property
    def instrument(self) -> Instrument:
        return self.grid.instrument

    @property
    def answered(self) -> ScorePreview:
        """What the form in front comes to."""
        instrument, answers = self.instrument, self.grid.answers
        course, day = self.facts.course_of(instrument), self.taken_on.day()
        if self.total_only.isChecked():
            total = self.paper_total.total()
            return preview_of_total(instrument, answers, total, course=course, taken_on=day)
        return preview(instrument, answers, course=course, taken_on=day, sex=self.facts.sex)

    @override
    def open(self) -> None:
        """Read what is offered, then show the dialog: it never stands there without a form."""
        question = partial(
            read_measure_form,
            episode_id=self.subject.episode_id or "",
            corrects=self._corrects.id if self._corrects else "",
        )
        self.desk.read(question, self._begin, failed=self._give_up)

    @override
    def typed(self) -> object:
        return (
            *((grid.answers, grid.difficulty) for grid in self._grids.values() if grid.is_touched),
            self.taken_on.entry.text(),
            tuple(self.circumstances.stated().values()),
            self.paper_total.total(),
            self.total_only.isChecked(),
            self.reason.text(),
        )

    @override
    def draft_subjects(self) -> tuple[str, str]:
        wrong = self._corrects
        return wrong.id if wrong else self.subject.patient_id, self.subject.patient_id

    @override
    def draft_values(self) -> Mapping[str, Any]:
        return {**super().draft_values(), _IN_FRONT: self.instrument.id}

    @override
    def put_draft_values(self, values: Mapping[str, Any]) -> None:
        """Open each form that was begun, then fill them in."""
        begun = [name.removeprefix(_GRIDS) for name in values if name.startswith(_GRIDS)]
        for name in (*begun, values[_IN_FRONT]):
            if name in self.facts.catalogue:
                self.choose(InstrumentId(name))
        super().put_draft_values(values)
        self.grid.begin()

    def draft(self) -> MeasureDraft:
        is_total_only, total = self.total_only.isChecked(), self.paper_total.total()
        return MeasureDraft(
            id=self._ids[self.instrument.id],
            episode_id=self.subject.episode_id or EpisodeId(""),
            instrument_id=self.instrument.id,
            taken_on=self.taken_on.day(),
            answers=self.grid.answers,
            difficulty=self.grid.difficulty,
            paper_total=None if is_total_only else total,
            total_only=total if is_total_only else None,
            **self.circumstances.stated(),
        )

    @Slot(object)
    def choose(self, instrument_id: InstrumentId) -> None:
        """Put another instrument in front. What was answered on the one before is kept."""
        if instrument_id not in self._grids:
            self._add_grid(self._definition(instrument_id))
        self.grid = self._grids[instrument_id]
        for each in self._grids.values():
            each.setVisible(each is self.grid)
        self.problems.clear_problems()
        self.instrument_field.show_chosen(instrument_id)
        self.about.setText(facts_of(self.instrument))
        self._is_known_as_not_asked = False
        has_total = self.instrument.total is not None
        self.total_only.setChecked(self.total_only.isChecked() and has_total)
        for widget in (self.total_only, self.paper_total, self._total_label):
            widget.setVisible(has_total)
        self.paper_total.show_total(None)
        self._show_kind()
        self.scroll_area.verticalScrollBar().setValue(0)
        self.grid.begin()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        is_total_only = self.total_only.isChecked()
        if is_total_only and self.paper_total.total() is None:
            words = self.tr("Type the total that stands on the form.")
            raise Refused(Problem("total_only", words))
        left = self.grid.open_items
        if left and not is_total_only:
            words = self.tr(
                "%1 not answered yet. Press %2, or - for a question left blank on the form."
            )
            item = self.instrument.items[self.grid.items.index(left[0])]
            words = words.replace("%1", count_of(len(left), "question"))
            raise Refused(Problem("answers", words.replace("%2", item.range_words)))
        if self._corrects is None:
            return partial(record_measure, draft=self.draft())
        return partial(
            correct_measure,
            measure_id=self._corrects.id,
            draft=self.draft(),
            reason=self.reason.text(),
        )

    @Slot()
    @override
    def _save(self) -> None:
        """Ask for an answer to a critical item before a total alone is stored without it."""
        not_asked = self.answered.not_asked_words
        is_total_only = self.total_only.isChecked() and self.paper_total.total() is not None
        if is_total_only and not_asked and not self._is_known_as_not_asked:
            question = NotAskedQuestion(self.instrument, not_asked, self)
            question.accepted.connect(self._save_without)
            question.rejected.connect(self.grid.begin)
            question.open()
        else:
            super()._save()

    @Slot()
    def _save_without(self) -> None:
        self._is_known_as_not_asked = True
        self._save()

    @override
    def _done(self) -> None:
        """Close, or go on with another form that was begun; the safety step opens in any case."""
        draft, instrument = self.draft(), self.instrument
        is_critical = bool(instrument.score(draft.answers).critical)
        self._forget_grid(instrument.id)
        others = [name for name, grid in self._grids.items() if grid.is_touched]
        if others and self._corrects is None:
            self._set_busy(busy=False)
            self.stored.emit()
            self.total_only.setChecked(False)
            self.choose(others[0])
            words = self.tr("The %1 is saved.").replace("%1", str(instrument.id))
            self.desk.told.emit(words)
        else:
            super()._done()
        if is_critical:
            self.critical_stored.emit(draft.id)

    def _begin(self, facts: MeasureForm) -> None:
        self.facts = facts
        self.instrument_field.offer(facts.offers)
        self.circumstances.offer_givers(facts.givers)
        if self._corrects is None:
            wanted = self._first or facts.first.id
            self.choose(wanted if wanted in facts.catalogue else facts.first.id)
        else:
            self._show_wrong(self._corrects)
        super().open()
        self.grid.begin()

    def _give_up(self, error: CocmError) -> None:
        self.desk.tell(error)
        self.deleteLater()

    def _show_wrong(self, wrong: Measure) -> None:
        """Fill in the measure that is to be corrected."""
        self.choose(wrong.instrument_id)
        self.grid.show_answers(wrong.answers, wrong.difficulty)
        self.circumstances.show_measure(wrong)
        self.total_only.setChecked(wrong.total_only)
        self.paper_total.show_total(wrong.total if wrong.total_only else None)
        self._show_result()

    def _definition(self, instrument_id: InstrumentId) -> Instrument:
        """Give what is offered; for a correction the definition that it was recorded with."""
        wrong = self._corrects
        if wrong is not None and wrong.instrument_id == instrument_id:
            return self.facts.catalogue.version(instrument_id, wrong.instrument_version)
        return self.facts.catalogue[instrument_id]

    def _add_grid(self, instrument: Instrument) -> None:
        grid = AnswerGrid(instrument, self.facts.sex)
        self._grids[instrument.id] = grid
        self._ids[instrument.id] = MeasureId(new_id())
        self._heads.addWidget(grid.head)
        self.body.addWidget(grid)
        grid.changed.connect(self._show_result)
        grid.done.connect(self.save.setFocus)

    def _forget_grid(self, instrument_id: InstrumentId) -> None:
        grid = self._grids.pop(instrument_id)
        grid.head.hide()
        grid.hide()

    def _build(self) -> None:
        self.title.hide()
        room = self.screen().availableGeometry().width() * SCREEN_SHARE
        self.setMinimumWidth(min(theme_of(self).px(WIDTH), int(room)))
        self.column.setSpacing(8)
        place = self.column.indexOf(self.scroll_area)
        self._heads = QHBoxLayout()
        self.column.insertLayout(place, self._choice())
        self.column.insertWidget(place + 1, self.circumstances)
        self.column.insertWidget(place + 2, self.cautions)
        self.column.insertWidget(place + 3, self.only_words)
        self.column.insertLayout(place + 4, self._heads)
        self.column.insertWidget(place + 6, self.outcome)
        self.body.setSpacing(0)
        self._build_total()
        if self._corrects is not None:
            why = Form()
            why.add(self.tr("&Reason for the correction"), self.reason)
            self.column.insertLayout(place + 7, why)

        self.instrument_field.picked.connect(self.choose)
        self.circumstances.changed.connect(self._show_result)
        self.paper_total.valueChanged.connect(self._show_result)
        self.total_only.toggled.connect(self._show_kind)
        bar = self.scroll_area.verticalScrollBar()
        bar.rangeChanged.connect(self._line_up)

    def _choice(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = Label(self.tr("&Instrument"), "secondary")
        label.setBuddy(self.instrument_field)
        row.addWidget(label)
        row.addWidget(self.instrument_field)
        row.addSpacing(6)
        row.addWidget(self.about, 1)
        return row

    def _build_total(self) -> None:
        self._total_label = Label(self.tr("&Total on the form"), "secondary")
        self._total_label.setBuddy(self.paper_total)
        self.paper_total.setAccessibleName(self.tr("Total on the form"))
        for widget in (self._total_label, self.paper_total, self.total_only):
            self.outcome.row.addWidget(widget)

    @Slot()
    def _line_up(self) -> None:
        """Keep the heads over their columns, and the question in focus in sight."""
        bar = self.scroll_area.verticalScrollBar()
        width = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self._heads.setContentsMargins(0, 0, width, 0)
        row = self.focusWidget()
        if isinstance(row, AnswerRow):
            row.keep_in_sight()

    @Slot()
    def _show_kind(self) -> None:
        """Show the whole grid, or only what is asked beside a total."""
        is_total_only = self.total_only.isChecked()
        self.grid.ask_critical_only(is_total_only=is_total_only)
        has_rows = not is_total_only or bool(self.instrument.critical_items)
        for each in self._grids.values():
            each.head.setVisible(each is self.grid and has_rows and not each.head.is_empty)
        self.only_words.setVisible(is_total_only)
        words = self.tr("Only the total is recorded, and it is marked so wherever it shows.")
        if self.instrument.critical_items:
            words += " " + self.tr("What the form says here is still asked:")
        self.only_words.setText(words)
        if is_total_only:
            self.paper_total.setFocus()
            self.paper_total.selectAll()
        self._show_result()

    @Slot()
    def _show_result(self) -> None:
        self.fields = {
            "taken_on": self.taken_on,
            "answers": (*self.grid.open_items, *self.grid.items)[0],
            "difficulty": self.grid.difficulty_row,
            "paper_total": self.paper_total,
            "total_only": self.paper_total,
            "language": self.circumstances.language,
            "reason": self.reason,
        }
        cautions = self.facts.cautions(self.instrument, self.taken_on.day())
        self.cautions.setText("\n".join(cautions))
        self.cautions.setVisible(bool(cautions))
        is_open = bool(self.grid.open_items) and not self.total_only.isChecked()
        self.outcome.show_preview(self.answered, is_open=is_open)
