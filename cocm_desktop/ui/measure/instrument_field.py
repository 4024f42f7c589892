"""Choosing an instrument: a list in groups that is also found by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.domain.instrument_catalogue import bare_name
from cocm_desktop.domain.measure_form import OfferGroup
from cocm_desktop.ui.theme import theme_of

Offers = Sequence[tuple[OfferGroup, Sequence[Instrument]]]
WIDTH, LIST_WIDTH, MOST_SHOWN = 240, 470, 18


class InstrumentField(QComboBox):
    """Shows the name alone; its list says the title too. Headings cannot be chosen."""

    picked = Signal(object)  # InstrumentId

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = InstrumentId("")
        self._words: dict[str, InstrumentId] = {}
        self._names = QStringListModel(self)
        self.entry = QLineEdit()
        self.setEditable(True)
        self.setLineEdit(self.entry)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(MOST_SHOWN)
        self.setFixedWidth(theme_of(self).px(WIDTH))
        if (view := self.view()) is not None:
            view.setMinimumWidth(theme_of(self).px(LIST_WIDTH))
        self.setAccessibleName(self.tr("Instrument"))
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if (popup := completer.popup()) is not None:
            popup.setMinimumWidth(theme_of(self).px(LIST_WIDTH))
        self.setCompleter(completer)

        self.activated.connect(self._take_row)
        completer.activated.connect(self._take_found)

    def offer(self, offers: Offers) -> None:
        """Fill the list, a heading over each group."""
        model = QStandardItemModel(self)
        self._words = {}
        for group, instruments in offers:
            heading = QStandardItem(str(group.value))
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            heading.setFont(theme_of(self).font(bold=True))
            model.appendRow(heading)
            for each in instruments:
                item = QStandardItem(listed_words(each))
                item.setData(each.id)
                model.appendRow(item)
                self._words[listed_words(each)] = each.id
        self.setModel(model)
        self._names.setStringList(list(self._words))
        self.show_chosen(self._chosen)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything in the list, headings too."""
        return tuple(self.itemText(row) for row in range(self.count()))

    def show_chosen(self, instrument_id: InstrumentId) -> None:
        """Show what is chosen, without telling anybody."""
        self._chosen = instrument_id
        for row in range(self.count()):
            if self.itemData(row, Qt.ItemDataRole.UserRole + 1) == instrument_id:
                self.setCurrentIndex(row)
        self.entry.setText(str(instrument_id))
        self.entry.setCursorPosition(0)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entry.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.entry.setText(str(self._chosen))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is typed on Enter, and keep the key: it must not save the form."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self._take_typed()
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: an instrument changed in passing is not noticed."""
        event.ignore()

    @Slot(int)
    def _take_row(self, row: int) -> None:
        self._pick(self.itemData(row, Qt.ItemDataRole.UserRole + 1))

    @Slot(str)
    def _take_found(self, words: str) -> None:
        self._pick(self._words.get(words))

    def _take_typed(self) -> None:
        """Take the one whose name is typed, however it is written; else the first that holds it."""
        typed = bare_name(self.entry.text())
        found = [each for each in self._words.values() if bare_name(each) == typed] or [
            own_id for words, own_id in self._words.items() if typed in bare_name(words)
        ]
        self._pick(found[0] if typed and found else None)

    def _pick(self, instrument_id: InstrumentId | None) -> None:
        is_new = instrument_id is not None and instrument_id != self._chosen
        self.show_chosen(instrument_id or self._chosen)
        if is_new or instrument_id is not None:
            self.picked.emit(self._chosen)


def listed_words(instrument: Instrument) -> str:
    """Name an instrument in the list: PHQ-A · PHQ-9 modified for adolescents (ages 11 to 17)."""
    ages = instrument.ages
    has_ages = ages.lowest is not None or ages.highest is not None
    words = f"{instrument.id} · {instrument.title}"
    return f"{words} (ages {ages.words})" if has_ages else words
