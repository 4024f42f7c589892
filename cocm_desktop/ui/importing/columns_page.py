"""Second step: what each column of the file holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cocm_desktop.domain.import_preview import ImportPreview
from cocm_desktop.domain.patient_list import Mapping, PatientField, PatientList, mapping_problems
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError, Refused
from cocm_desktop.ui.importing.notices import Notices
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.fields import ChoiceField, words_of
from cocm_desktop.ui.widgets.labels import Card, ElidingLabel, Label, ProblemLabel

NAME_WIDTH = 190


class ColumnsPage(QWidget):
    """A line for each column: its name, a few of its values, and a choice of what it holds."""

    left = Signal()
    mapped = Signal(object)  # Mapping

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Label("", "secondary")
        self.notices = Notices()
        self.choices: list[ChoiceField[PatientField | None]] = []
        self.problems = ProblemLabel()
        self.back = Button(self.tr("Back"), "chevron-left")
        self.check = PrimaryButton(self.tr("Check the rows"))
        self._scroll = QScrollArea()
        self._build()

        self.back.clicked.connect(self.left)
        self.check.clicked.connect(self._go_on)

    def show_list(self, preview: ImportPreview) -> None:
        read = preview.patient_list
        rows = count_of(len(read.rows), "row")
        columns = count_of(len(read.columns), "column")
        self.heading.setText(f"{read.file_name} · {rows} · {columns}")
        self.notices.show_notices(read.notices)
        lines = self._lines(read, preview.mapping)
        self._scroll.setWidget(lines)
        lines.setAutoFillBackground(False)  # the card's own colour shows through
        self._follow_choice()

    def mapping(self) -> Mapping:
        return tuple(choice.choice() for choice in self.choices)

    def take_focus(self) -> None:
        first = next((c for c in self.choices if c.choice() is None), None)
        if self.problems.isHidden() or first is None:
            self.check.setFocus()
        else:
            first.setFocus()

    def show_error(self, error: CocmError) -> None:
        self.problems.show_error(error)

    def _build(self) -> None:
        card = Card()
        card.body.setContentsMargins(1, 1, 1, 1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card.body.addWidget(self._scroll)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.problems, 1)
        foot.addStretch(0)
        foot.addWidget(self.back)
        foot.addWidget(self.check)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.heading)
        column.addWidget(self.notices)
        column.addWidget(card, 1)
        column.addLayout(foot)

    def _lines(self, read: PatientList, mapping: Mapping) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(14, 10, 14, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        titles = (self.tr("Column in the file"), self.tr("Holds"), self.tr("For example"))
        for place, title in enumerate(titles):
            grid.addWidget(Label(title, "caption"), 0, place)
        offered = [(None, self.tr("Leave out")), *words_of(PatientField)]
        self.choices = []
        for number, (name, field) in enumerate(zip(read.columns, mapping, strict=True)):
            column = ElidingLabel(name, "strong")
            column.setMinimumWidth(theme_of(self).px(NAME_WIDTH))
            samples = " · ".join(read.samples(number)) or self.tr("Empty")
            choice = ChoiceField[PatientField | None](offered)
            choice.choose(field)
            choice.setAccessibleName(self.tr("%1 holds").replace("%1", name))
            choice.setAccessibleDescription(samples)
            choice.activated.connect(self._follow_choice)
            self.choices.append(choice)
            line = number + 1
            grid.addWidget(column, line, 0)
            grid.addWidget(choice, line, 1)
            grid.addWidget(ElidingLabel(samples, "secondary"), line, 2)
        grid.setRowStretch(len(read.columns) + 1, 1)
        return inner

    @Slot()
    def _follow_choice(self) -> None:
        """Say at once what is still missing; the rule is the domain's."""
        problems = tuple(mapping_problems(self.mapping()))
        self.check.setEnabled(not problems)
        if problems:
            self.problems.show_error(Refused(*problems))
        else:
            self.problems.clear_problems()

    @Slot()
    def _go_on(self) -> None:
        self.mapped.emit(self.mapping())
