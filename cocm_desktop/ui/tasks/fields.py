"""Fields of tasks: quick dates, whose it is, the patient it is about, the usual wordings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.listed_patient import ListedPatient
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.task import LONGEST_WORDS
from cocm_desktop.domain.wording import short_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField
from cocm_desktop.ui.widgets.flow import FlowLayout

SHOWN_AT_ONCE = 12


class QuickDateField(QWidget):
    """A date with the usual ones as buttons, which take the day from today."""

    def __init__(
        self,
        today: date,
        quick: Mapping[str, int],
        day: date | None = None,
    ) -> None:
        super().__init__()
        self._today = today
        self.date = DateField(today, day)
        self.buttons: dict[str, Button] = {}
        line = QWidget()
        flow = FlowLayout(line, gap=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.date)
        column.addWidget(line)
        for words, days in quick.items():
            button = Button(self.tr(words))
            button.setProperty("days", days)
            button.clicked.connect(self._choose)
            self.buttons[words] = button
            flow.addWidget(button)
        self.setFocusProxy(self.date.entry)

    @Slot()
    def _choose(self) -> None:
        self.date.set_day(self._today + timedelta(days=int(self.sender().property("days"))))


@dataclass(frozen=True, slots=True)
class Whose:
    """A person or a team."""

    staff_id: StaffId | None = None
    team: Role | None = None


class WhoseField(ChoiceField[Whose]):
    """Me, then the others who work here, then the teams."""

    def __init__(self, me: StaffMember, parent: QWidget | None = None) -> None:
        self._me = me
        self._own = (Whose(me.id), f"{me.name} (me)")
        super().__init__([self._own], parent)

    def offer_staff(self, staff: Iterable[StaffMember]) -> None:
        others = [
            (Whose(each.id), each.title) for each in staff if each.active and each.id != self._me.id
        ]
        teams = [(Whose(team=role), self.tr("Team: %1").replace("%1", role.value)) for role in Role]
        self.offer([self._own, *others, *teams])


class WordingField(QComboBox):
    """What is to be done: typed, or chosen from the usual wordings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = QLineEdit()
        self._entry.setMaxLength(LONGEST_WORDS)
        self._entry.setPlaceholderText(self.tr("Type it, or press Alt+Down for the usual ones"))
        self._entry.setStyleSheet("border: 0; padding: 0; min-height: 0;")
        self.setEditable(True)
        self.setLineEdit(self._entry)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(SHOWN_AT_ONCE)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def offer(self, wordings: Sequence[str]) -> None:
        typed = self.currentText()
        self.clear()
        self.addItems(list(wordings))
        found = QCompleter(list(wordings), self)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(found)
        self.setCurrentIndex(-1)
        self.setEditText(typed)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class PatientField(QLineEdit):
    """A patient by name, chosen from what matches while one types; empty for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: dict[str, PatientId] = {}
        self.setPlaceholderText(self.tr("None. Type part of a name for a patient"))

    def offer(self, patients: Iterable[ListedPatient]) -> None:
        self._ids = {_named(each): each.patient_id for each in patients}
        found = QCompleter(list(self._ids), self)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setMaxVisibleItems(SHOWN_AT_ONCE)
        self.setCompleter(found)

    def patient_id(self) -> PatientId | None:
        """Give the patient, or refuse where what is typed is nobody's name."""
        typed = self.text().strip()
        if not typed:
            return None
        if typed not in self._ids:
            words = self.tr("Choose the patient from the list below the field, or leave it empty.")
            raise Refused(Problem("patient", words))
        return self._ids[typed]


def _named(patient: ListedPatient) -> str:
    known = f"{patient.name} · {short_date(patient.born_on)}"
    return f"{known} · {patient.mrn}" if patient.mrn else known
