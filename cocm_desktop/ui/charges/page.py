"""The charges among the settings: what is missing, the numbers, payers, fees and claim files."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cocm_desktop.actions.charge_setup import ReadSetUp, read_set_up
from cocm_desktop.domain.billing.charge_setup import SetupPlace
from cocm_desktop.domain.billing.setting_list import SettingPart
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.ui.charges.missing import MissingPage
from cocm_desktop.ui.charges.named_page import NamedPage
from cocm_desktop.ui.charges.payers_page import PayersPage
from cocm_desktop.ui.charges.place_card import PlaceCard
from cocm_desktop.ui.charges.settings_list import SettingsList
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.practice.fees_page import FeesPage
from cocm_desktop.ui.widgets.filter_row import FilterRow

SHOWN_HERE = (
    SetupPlace.NUMBERS,
    SetupPlace.PAYERS,
    SetupPlace.PATIENTS,
    SetupPlace.FEES,
    SetupPlace.FILES,
)


class ChargesPage(QWidget):
    """One section at a time. The row above says how much is missing in each."""

    elsewhere = Signal(object)
    """A SetupPlace that is set up on another tab."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_read = False
        choices = [("", self.tr("Still missing"), self.tr("All that a first claim needs"))]
        choices += [(each.value, each.value, "") for each in SHOWN_HERE]
        self.sections = FilterRow(choices)
        self.missing = MissingPage()
        parts = (SettingPart.PRACTICE, SettingPart.COUNTING, SettingPart.FACILITY)
        self.place = PlaceCard()
        self.numbers = SettingsList(desk, parts, beside=self.place)
        self.payers = PayersPage(desk)
        self.named = NamedPage(desk)
        self.fees = FeesPage(desk)
        self.files = SettingsList(desk, (SettingPart.FILES,))
        self.stack = QStackedWidget()
        self._pages: dict[str, QWidget] = {
            "": self.missing,
            SetupPlace.NUMBERS.value: _framed(self.numbers),
            SetupPlace.PAYERS.value: _framed(self.payers),
            SetupPlace.PATIENTS.value: _framed(self.named),
            SetupPlace.FEES.value: self.fees,
            SetupPlace.FILES.value: _framed(self.files),
        }
        self._build()

        self.sections.chosen.connect(self.show_section)
        self.missing.wanted.connect(self._go)
        self.named.emptied.connect(self.sections.take_focus)
        desk.changed.connect(self._note_change)

    def read_again(self) -> None:
        self._is_read = True
        self._desk.read(read_set_up, self.show_set_up)
        for section in (self.numbers, self.payers, self.named, self.fees, self.files):
            if section.isVisible():
                section.read_again()

    def show_set_up(self, read: ReadSetUp) -> None:
        self.missing.show_gaps(read)
        self.place.show_amounts(read.place)
        # Without a number where nothing is missing: "Payers 0" reads as if there were none.
        counts = {
            place.value: sum(gap.is_needed and gap.place is place for gap in read.gaps) or None
            for place in SHOWN_HERE
        }
        self.sections.show_counts({"": read.needed, **counts})

    @Slot(object)
    def show_section(self, name: str) -> None:
        """Open a section by the words of its place; nothing opens what is missing."""
        self.sections.show_choice(name)
        self.stack.setCurrentWidget(self._pages[name])
        self.read_again()

    @Slot(object)
    def _go(self, place: SetupPlace) -> None:
        if place in SHOWN_HERE:
            self.show_section(place.value)
        else:
            self.elsewhere.emit(place)

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        is_shown = Topic.BILLING | Topic.PRACTICE | Topic.STAFF
        if self._is_read and self.isVisible() and change.topics & is_shown:
            self.read_again()

    def _build(self) -> None:
        for page in self._pages.values():
            self.stack.addWidget(page)
        row = QVBoxLayout()
        row.setContentsMargins(16, 12, 16, 0)
        row.addWidget(self.sections)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        self.sections.show_choice("")


def _framed(section: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 12, 16, 16)
    column.addWidget(section)
    return page
