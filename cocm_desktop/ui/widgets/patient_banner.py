"""The banner over everything about one patient. It never moves and never shortens a name."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.domain.background import part2_mark
from cocm_desktop.domain.patient import Sex, age_on
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.wording import NOT_RECORDED, long_date
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.chips import Chip, ChipLabel
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import Label


class Fact(QWidget):
    """A label, lighter, and its value, on one line."""

    def __init__(self, label: str, value: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(Label(label, "secondary"))
        row.addWidget(Label(value))
        self.setAccessibleName(f"{label} {value}")


class PatientBanner(QFrame):
    """Family name in capitals, given name in full, birth and age, sex, MRN, where they stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "top")
        self._facts = QWidget()
        self._flow = FlowLayout(self._facts, gap=22)
        self.chip = ChipLabel(Chip("", Tone.NEUTRAL))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(self._facts, 1)
        row.addWidget(self.chip)

    def show_chart(self, chart: Chart) -> None:
        """Put another patient, or newer facts, into the banner."""
        empty(self._flow)
        patient, row = chart.patient, chart.row
        name = Label(patient.name, "banner")
        self._flow.addWidget(name)
        for label, value in self._values(chart):
            self._flow.addWidget(Fact(label, value))
        protected = part2_mark(chart.facts.part2)
        marks = (*row.flags, *filter(None, [protected, chart.restriction]))
        for mark in marks:
            self._flow.addWidget(ChipLabel(Chip(mark, Tone.INFO)))
        weeks = "" if row.weeks is None else self.tr(" · week %1").replace("%1", str(row.weeks))
        stands = self.tr("Died") if chart.died_on else f"{row.status_words}{weeks}"
        self.chip.show_chip(Chip(stands, Tone.NEUTRAL))
        spoken = [f"{label} {value}" for label, value in self._values(chart)]
        spoken += marks
        self.setAccessibleName(", ".join((patient.name, *spoken, self.chip.accessibleName())))

    def _values(self, chart: Chart) -> list[tuple[str, str]]:
        patient = chart.patient
        born, died_on = patient.born, chart.died_on
        if died_on is None:
            born = self.tr("%1 (%2 y)").replace("%1", born).replace("%2", str(chart.row.age))
        values = [
            (self.tr("Born"), born),
            (self.tr("Sex"), NOT_RECORDED if patient.sex is Sex.UNKNOWN else patient.sex.value),
            (self.tr("MRN"), patient.mrn_or_words),
        ]
        if died_on is not None:
            age = age_on(patient.born_on, died_on)
            words = self.tr("%1 (aged %2)").replace("%1", long_date(died_on))
            values.insert(1, (self.tr("Died"), words.replace("%2", str(age))))
        if patient.preferred_name:
            values.append((self.tr("Preferred name"), patient.preferred_name))
        if chart.practitioner_words:
            values.append((self.tr("Practitioner"), chart.practitioner_words))
        return values
