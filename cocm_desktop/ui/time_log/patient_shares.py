"""The patients of a meeting: chosen one by one, each with minutes or an equal share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.meeting import Share
from cocm_desktop.domain.text import fold
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


class PatientChoice(ChoiceField[EpisodeId | None]):
    """A patient by words typed or from the list. Enter takes what is typed, and saves nothing."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([(None, "")], parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Type a part of the name"))
        self.setLineEdit(self.line)
        self.setInsertPolicy(ChoiceField.InsertPolicy.NoInsert)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and not event.modifiers() and self.line.text():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def fitting(self) -> EpisodeId | None:
        """Give the one patient whom the words fit; None where they fit several or nobody."""
        words = self.line.text()
        if not words.strip() or words == self.itemText(self.currentIndex()):
            return self.choice() if words else None
        pairs = zip(self._values, map(self.itemText, range(self.count())), strict=True)
        found = [value for value, shown in pairs if fold(words) in fold(shown)]
        return found[0] if len(found) == 1 else None


class PatientShares(QWidget):
    changed = Signal()

    def __init__(self, longest_minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._longest = longest_minutes
        self._patients: dict[EpisodeId, Discussable] = {}
        self.rows: list[ShareRow] = []
        self.choice = PatientChoice()
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
        self.choice.entered.connect(self._add_chosen)

    @property
    def shares(self) -> tuple[Share, ...]:
        return tuple(row.share for row in self.rows)

    @property
    def offered(self) -> tuple[EpisodeId, ...]:
        return tuple(self._patients)

    def offer(self, patients: Sequence[Discussable]) -> None:
        self._patients = {each.episode_id: each for each in patients}
        self.choice.offer([(None, ""), *((each.episode_id, each.words) for each in patients)])
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
        before = self.rows[-1].remove if self.rows else self.add
        self.rows.append(row)
        self._list.body.addWidget(row)
        self.setTabOrder(before, row.minutes)
        self.setTabOrder(row.minutes, row.remove)
        self.changed.emit()

    @Slot()
    def _add_chosen(self) -> None:
        """Take whom the words fit; where that is not clear, show whom they could mean."""
        fitting = self.choice.fitting()
        self.choice.setFocus()
        if fitting is not None:
            self.discuss(fitting)
            self.choice.choose(None)
            self.choice.line.clear()
        elif completer := self.choice.completer():
            completer.complete()

    @Slot(object)
    def _drop(self, episode_id: EpisodeId) -> None:
        for row in [row for row in self.rows if row.patient.episode_id == episode_id]:
            self.rows.remove(row)
            self._list.body.removeWidget(row)
            row.deleteLater()
        self.changed.emit()
