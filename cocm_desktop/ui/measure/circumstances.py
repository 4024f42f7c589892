"""The day of a form, how it was answered, who gave it, in which language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.measure import LONGEST_LANGUAGE, Measure, MeasureMode
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import Label

NO_TOTAL = -1
HIGHEST = 9_999
NOBODY = StaffId("")
"""Stands for the patient, who filled in the form alone."""


class TotalField(QSpinBox):
    """The total written on the form; empty unless typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(NO_TOTAL, HIGHEST)
        self.setValue(NO_TOTAL)
        self.setSpecialValueText("–")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(theme_of(self).px(64))

    def total(self) -> int | None:
        return None if self.value() == NO_TOTAL else self.value()

    def show_total(self, total: int | None) -> None:
        self.setValue(NO_TOTAL if total is None else total)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class StatedCircumstances(TypedDict):
    """The fields of a draft that are stated here."""

    mode: MeasureMode
    administered_by: StaffId | None
    is_self_administered: bool
    language: str


class Circumstances(QWidget):
    """A line of fields, or two. Whoever records a form has given it, unless another is chosen."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.taken_on = DateField(desk.today(), desk.today())
        self.mode = ChoiceField(words_of(MeasureMode))
        self.giver: ChoiceField[StaffId] = ChoiceField(
            [(desk.staff.id, desk.staff.title), (NOBODY, self.tr("The patient alone"))]
        )
        self.language = QLineEdit()
        self.language.setPlaceholderText(self.tr("English"))
        self.language.setMaxLength(LONGEST_LANGUAGE)
        self.language.setFixedWidth(theme_of(self).px(110))
        flow = FlowLayout(self, gap=14)
        for words, field in (
            (self.tr("&Date"), self.taken_on),
            (self.tr("&How"), self.mode),
            (self.tr("&Given by"), self.giver),
            (self.tr("&Language"), self.language),
        ):
            flow.addWidget(self._named(words, field))

        self.taken_on.changed.connect(self.changed)

    def _named(self, words: str, field: QWidget) -> QWidget:
        """Keep a field and its name together where the line is too long for all."""
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = Label(words, "secondary")
        label.setBuddy(field)
        field.setAccessibleName(words.replace("&", ""))
        row.addWidget(label)
        row.addWidget(field)
        return pair

    def offer_givers(self, givers: Sequence[tuple[StaffId, str]]) -> None:
        """Put whoever is signed in first, and the patient last."""
        own_id = self._desk.staff.id
        mine = [pair for pair in givers if pair[0] == own_id]
        others = [pair for pair in givers if pair[0] != own_id]
        self.giver.offer([*mine, *others, (NOBODY, self.tr("The patient alone"))])
        self.giver.setMaximumWidth(theme_of(self).px(200))

    def show_measure(self, measure: Measure) -> None:
        self.taken_on.set_day(measure.taken_on)
        self.mode.choose(measure.mode)
        self.giver.choose(measure.administered_by or NOBODY)
        self.language.setText(measure.language)

    def stated(self) -> StatedCircumstances:
        giver = self.giver.choice()
        return StatedCircumstances(
            mode=self.mode.choice(),
            administered_by=giver or None,
            is_self_administered=giver == NOBODY,
            language=self.language.text(),
        )
