"""The patients of a meeting: chosen one by one, each with minutes or an equal share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.meeting import Share
from cocm_desktop.ui.widgets.buttons import Button, IconButton
from cocm_desktop.ui.widgets.fields import ChoiceField, MinutesField
from cocm_desktop.ui.widgets.form_dialog import FormScroll
from cocm_desktop.ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class Discussable:
    """A patient who can be discussed, as the list shows them."""

    episode_id: EpisodeId
    words: str


class ShareRow(QWidget):
    """One patient with the minutes; zero reads as an equal share."""

    changed = Signal()
    unwanted = Signal(object)  # EpisodeId

    def __init__(self, patient: Discussable, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.patient = patient
        self.minutes = MinutesField(longest)
        self.minutes.setSpecialValueText(self.tr("Equal"))
        self.minutes.setAccessibleName(self.tr("Minutes for %1").replace("%1", patient.words))
        self.remove = IconButton(self.tr("Remove %1").replace("%1", patient.words), "x")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(patient.words), 1)
        row.addWidget(self.minutes)
        row.addWidget(self.remove)
        self.minutes.valueChanged.connect(self.changed)
        self.remove.clicked.connect(self._ask_to_go)

    @property
    def share(self) -> Share:
        return Share(self.patient.episode_id, self.minutes.value() or None)

    @Slot()
    def _ask_to_go(self) -> None:
        self.unwanted.emit(self.patient.episode_id)


class PatientShares(QWidget):
    changed = Signal()

    def __init__(self, longest_minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._longest = longest_minutes
        self._patients: dict[EpisodeId, Discussable] = {}
        self.rows: list[ShareRow] = []
        self.choice: ChoiceField[EpisodeId | None] = ChoiceField([(None, "")])
        self.choice.setEditable(True)
        self.choice.setInsertPolicy(ChoiceField.InsertPolicy.NoInsert)
        self.add = Button(self.tr("&Add"))
        self._list = FormScroll()
        self._list.body.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.choice, 1)
        line.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._list)
        self.setFocusProxy(self.choice)
        self.add.clicked.connect(self._add_chosen)

    @property
    def shares(self) -> tuple[Share, ...]:
        return tuple(row.share for row in self.rows)

    @property
    def offered(self) -> tuple[EpisodeId, ...]:
        return tuple(self._patients)

    def offer(self, patients: Sequence[Discussable]) -> None:
        self._patients = {each.episode_id: each for each in patients}
        none: tuple[EpisodeId | None, str] = (None, self.tr("Choose a patient"))
        self.choice.offer([none, *((each.episode_id, each.words) for each in patients)])
        completer = QCompleter(self.choice.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.choice.setCompleter(completer)

    def discuss(self, episode_id: EpisodeId) -> None:
        """Put a patient on the list, unless they are there."""
        patient = self._patients.get(episode_id)
        if patient is None or any(row.patient == patient for row in self.rows):
            return
        row = ShareRow(patient, self._longest)
        row.changed.connect(self.changed)
        row.unwanted.connect(self._drop)
        self.rows.append(row)
        self._list.body.addWidget(row)
        self.changed.emit()

    @Slot()
    def _add_chosen(self) -> None:
        chosen = self.choice.choice()
        if chosen is not None:
            self.discuss(chosen)
            self.choice.choose(None)
        self.choice.setFocus()

    @Slot(object)
    def _drop(self, episode_id: EpisodeId) -> None:
        for row in [row for row in self.rows if row.patient.episode_id == episode_id]:
            self.rows.remove(row)
            self._list.body.removeWidget(row)
            row.deleteLater()
        self.changed.emit()
