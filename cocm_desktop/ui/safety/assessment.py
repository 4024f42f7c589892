"""The C-SSRS screener as the assessment: offered, recorded, chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.safety_case import Assessment
from cocm_desktop.domain.ids import MeasureId
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.labels import Label


class AssessmentField(QWidget):
    """Shows what the form's own published triage reads, by the form's name."""

    screener_wanted = Signal()
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assessments: dict[MeasureId, Assessment] = {}
        self.choices: ChoiceField[MeasureId | None] = ChoiceField(self._offers(()))
        self.record = Button(self.tr("Record C-SSRS screener"))
        self.words = Label("", "secondary", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choices)
        row.addWidget(self.record)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.words)
        self.setFocusProxy(self.choices)

        self.record.clicked.connect(self.screener_wanted)
        self.choices.currentIndexChanged.connect(self._show_words)

    def measure_id(self) -> MeasureId | None:
        return self.choices.choice()

    def assessment(self) -> Assessment | None:
        chosen = self.measure_id()
        return self._assessments[chosen] if chosen else None

    def show_assessments(
        self, assessments: Sequence[Assessment], *, can_record: bool, choose_newest: bool
    ) -> None:
        """Offer the screeners since the answer; after recording one, that one is chosen."""
        self._assessments = {each.measure_id: each for each in assessments}
        self.choices.offer(self._offers(assessments))
        self.record.setEnabled(can_record)
        if not can_record:
            words = self.tr("Without an open episode no screener can be recorded.")
            self.record.setToolTip(words)
        if choose_newest and assessments:
            self.choices.choose(assessments[0].measure_id)
        self._show_words()

    def _offers(self, assessments: Sequence[Assessment]) -> list[tuple[MeasureId | None, str]]:
        none: tuple[MeasureId | None, str] = (None, self.tr("Without a screener"))
        taken = self.tr("C-SSRS of %1")
        return [
            none,
            *((e.measure_id, taken.replace("%1", long_date(e.taken_on))) for e in assessments),
        ]

    @Slot()
    def _show_words(self) -> None:
        assessment = self.assessment() if self._assessments else None
        self.words.setText(assessment.words if assessment else "")
        self.words.setVisible(assessment is not None)
        self.chosen.emit()
