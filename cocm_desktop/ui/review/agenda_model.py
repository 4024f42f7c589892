"""The lines of the agenda as Qt reads them: headings, cases, where the meeting ends, left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_priority import AgendaEntry, Section
from cocm_desktop.domain.wording import NOTHING

LINE = Qt.ItemDataRole.UserRole
"""The Heading, Case or Cut behind a line."""
TOP = QModelIndex()
DONE = "✓"
LEFT_OUT = "Left out of this meeting"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """A section with its cases; without a section, those who were left out by hand."""

    section: Section | None
    count: int

    @property
    def title(self) -> str:
        return self.section.value if self.section else LEFT_OUT


@dataclass(frozen=True, slots=True)
class Case:
    """A patient's place on the agenda, counted from 1; 0 for who was left out, with the reason."""

    number: int
    entry: AgendaEntry
    left_out: str = ""

    @property
    def is_left_out(self) -> bool:
        return self.number == 0

    @property
    def mark(self) -> str:
        """The number, or a tick once the case has been discussed."""
        if self.entry.is_discussed:
            return DONE
        return str(self.number or NOTHING)

    @property
    def about(self) -> str:
        """Age, week and status on one line."""
        row = self.entry.row
        week = "" if row.weeks is None else f" · week {row.weeks}"
        return f"{row.age} y{week} · {row.status_words.lower()}"

    @property
    def first_score(self) -> str:
        """The baseline, where there is a later score to compare it with."""
        course = self.entry.row.primary
        return course.baseline.marked if course.baseline and course.change is not None else ""

    @property
    def last_score(self) -> str:
        """The last total of the primary scale, which is named where it is not the PHQ-9."""
        row = self.entry.row
        last = row.primary.last
        if last is None:
            return ""
        name = "" if row.primary_instrument_id == PHQ9 else f"{row.primary_instrument.id} "
        return f"{name}{last.marked}"

    @property
    def change(self) -> str:
        """How the primary scale has changed; empty where there is nothing to compare."""
        course = self.entry.row.primary
        return "" if course.change is None else course.change_words

    @property
    def why(self) -> str:
        """The reason that decides the section, in a few words; of who was left out, why."""
        return self.left_out or self.entry.reasons[0].short

    @property
    def why_else(self) -> str:
        """Whether the patient waits already, and the other reasons."""
        shown = self.entry.reasons if self.is_left_out else self.entry.reasons[1:]
        carried = self.entry.carried.short if self.entry.carried else ""
        return " · ".join(filter(None, (carried, *(r.short for r in shown))))

    @property
    def spoken(self) -> str:
        """Everything the line says, for whoever does not see it."""
        row = self.entry.row
        course, instrument = row.primary, row.primary_instrument
        score = f"no {instrument.id}"
        if last := course.last:
            score = f"{instrument.id} {instrument.words_of(last.total)}{last.alone_words}"
        if self.first_score:
            score = f"{score}, first {self.first_score}"
        why = "; ".join(reason.words for reason in self.entry.reasons)
        section = f"{self.entry.section.letter}, {self.entry.section.value}"
        told = f"{row.name}, {self.about}. {score}. {section}: {why}"
        if self.is_left_out:
            return f"Left out: {self.left_out}. {told}"
        done = "Discussed. " if self.entry.is_discussed else ""
        carried = f" {self.entry.carried_words}." if self.entry.carried else ""
        return f"{done}{self.number}, {told}{carried}"


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the time of the meeting ends."""

    words: str


Line = Heading | Case | Cut


def lines_of(agenda: Agenda) -> Iterator[Line]:
    """Give every line of the agenda in its order."""
    number = 0
    if agenda.is_cut and agenda.fit == 0:
        yield Cut(agenda.cut_words)
    for section, entries in agenda.sections:
        yield Heading(section, len(entries))
        for entry in entries:
            number += 1
            yield Case(number, entry)
            if agenda.is_cut and number == agenda.fit:
                yield Cut(agenda.cut_words)
    if agenda.left_out:
        yield Heading(None, len(agenda.left_out))
        for left in agenda.left_out:
            yield Case(0, left.entry, left.reason)


class AgendaModel(QAbstractListModel):
    """Shows the lines it is given. Only cases can be chosen; the arrow keys pass by the rest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def show_agenda(self, agenda: Agenda) -> None:
        self.beginResetModel()
        self._lines = tuple(lines_of(agenda))
        self.endResetModel()

    def places(self) -> list[int]:
        """Tell which lines are cases, from the top."""
        return [place for place, line in enumerate(self._lines) if isinstance(line, Case)]

    def place_of(self, key: str) -> int | None:
        """Give the line of a patient, or None who is not on the agenda."""
        for place, line in enumerate(self._lines):
            if isinstance(line, Case) and line.entry.row.key == key:
                return place
        return None

    @override
    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._lines[index.row()], Case):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _words(line)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, Case):
            why = (f"{each.words} (rule {each.rule})" for each in line.entry.reasons)
            return "\n".join((line.entry.row.name, *why))
        return None


def _words(line: Line) -> str:
    if isinstance(line, Heading):
        letter = f"{line.section.letter} " if line.section else ""
        return f"{letter}{line.title}, {line.count}"
    return line.words if isinstance(line, Cut) else line.spoken
