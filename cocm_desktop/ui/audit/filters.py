"""What of the audit is shown: days, a person, a sort of event, and which of three views."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.audit_event import EventKind
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.filter_row import FilterRow
from cocm_desktop.ui.widgets.labels import Label

PERIOD = timedelta(days=30)


class Which(Enum):
    """Which entries; the value is the filter's rule."""

    EVERYTHING = "All entries of the period."
    FAILED = "Only what failed or was refused."
    EMERGENCY = "Only what was done by emergency access."


class AuditFilters(QWidget):
    """The last 30 days of everybody to begin with; of one patient, everything."""

    changed = Signal()

    def __init__(self, desk: Desk, patient_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        today = desk.today()
        self._patient_id = patient_id
        self.since = DateField(today, None if patient_id else today - PERIOD)
        self.until = DateField(today)
        self.person: ChoiceField[str] = ChoiceField([("", self.tr("Everybody"))])
        kinds: list[tuple[EventKind | None, str]] = [(None, self.tr("Every kind"))]
        self.kind: ChoiceField[EventKind | None] = ChoiceField([*kinds, *words_of(EventKind)])
        self.which: FilterRow[Which] = FilterRow(
            (
                (Which.EVERYTHING, self.tr("Everything"), self.tr(Which.EVERYTHING.value)),
                (Which.FAILED, self.tr("Failed or refused"), self.tr(Which.FAILED.value)),
                (Which.EMERGENCY, self.tr("Emergency access"), self.tr(Which.EMERGENCY.value)),
            )
        )
        self.which.show_counts(dict.fromkeys(Which))
        self._which = Which.EVERYTHING
        self.which.show_choice(self._which)
        self.patient = Button(self.tr("All patients"), "x")
        self.patient.setVisible(False)
        self._build()
        for field in (self.since.entry, self.until.entry):
            field.editingFinished.connect(self.changed)
        for choice in (self.person, self.kind):
            choice.activated.connect(self._tell)
        self.which.chosen.connect(self._choose)
        self.patient.clicked.connect(self.show_everybody)

    @property
    def fields(self) -> dict[str, QWidget]:
        return {"since": self.since, "until": self.until}

    def query(self) -> AuditQuery:
        return AuditQuery(
            since=self.since.day(),
            until=self.until.day(),
            staff_id=self.person.choice(),
            patient_id=self._patient_id,
            kind=self.kind.choice(),
            only_failed=self._which is Which.FAILED,
            only_emergency=self._which is Which.EMERGENCY,
        )

    def offer_people(self, people: tuple[tuple[str, str], ...]) -> None:
        self.person.offer([("", self.tr("Everybody")), *people])

    def show_patient(self, patient_id: str, name: str) -> None:
        """Show only what is about one patient, whenever it was."""
        self._patient_id = patient_id
        self.patient.setText(self.tr("Only %1").replace("%1", name))
        self.patient.setToolTip(self.tr("Show all patients again"))
        self.patient.setVisible(True)
        self.since.set_day(None)
        self.changed.emit()

    def show_person(self, staff_id: str) -> None:
        """Show only what one person did."""
        self.person.choose(staff_id)
        self.changed.emit()

    @Slot()
    def show_everybody(self) -> None:
        self._patient_id = ""
        self.patient.setVisible(False)
        self.changed.emit()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, field in ((self.tr("&From"), self.since), (self.tr("&until"), self.until)):
            label = Label(name, "secondary")
            label.setBuddy(field.focusProxy() or field)
            field.setAccessibleName(name.replace("&", ""))
            row.addWidget(label)
            row.addWidget(field.entry)
        self.person.setAccessibleName(self.tr("Person"))
        self.kind.setAccessibleName(self.tr("Kind of entry"))
        row.addWidget(self.person)
        row.addWidget(self.kind)
        row.addWidget(self.patient)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.which)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    @Slot(object)
    def _choose(self, which: Which) -> None:
        self._which = which
        self.changed.emit()
