"""Sorting the registry by several columns, without a mouse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from cocm_desktop.domain.registry_column import Column
from cocm_desktop.domain.registry_columns import COLUMNS
from cocm_desktop.domain.row_order import USUAL_ORDER, SortKey
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.form import Form, beside
from cocm_desktop.ui.widgets.labels import Label

LINES = 3


class SortDialog(QDialog):
    """First by one column; where patients are equal there, by the next."""

    chosen = Signal(object)
    """The order wanted: a tuple of SortKey."""

    def __init__(self, order: Sequence[SortKey], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sort"))
        choices: list[tuple[Column | None, str]] = [
            (None, self.tr("Nothing more")),
            *((column, self.tr(column.title)) for column in COLUMNS),
        ]
        self.columns = [ChoiceField(choices) for _ in range(LINES)]
        self.ways = [ChoiceField([(False, "")]) for _ in range(LINES)]
        self.sort = PrimaryButton(self.tr("Sort"))
        self.reset = LinkButton(self.tr("Back to the usual order"))
        self._build()
        self._fill(order)

    @property
    def order(self) -> tuple[SortKey, ...]:
        """Give the lines that name a column, each column once."""
        found: dict[str, SortKey] = {}
        for column, way in zip(self.columns, self.ways, strict=True):
            chosen = column.choice()
            if chosen is not None:
                found.setdefault(chosen.key, SortKey(chosen, way.choice()))
        return tuple(found.values()) or USUAL_ORDER

    def _build(self) -> None:
        form = Form()
        for number, name in enumerate((self.tr("&First"), self.tr("&Then"), self.tr("&Last"))):
            form.add(name, beside(self.columns[number], self.ways[number]))
            self.columns[number].currentIndexChanged.connect(partial(self._offer_ways, number))
            self.ways[number].setAccessibleName(self.tr("In which direction"))
        self.sort.setDefault(True)
        cancel = Button(self.tr("Cancel"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.sort, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        words = self.tr(
            "Patients with an open safety answer stand on top whatever the order, and blanks last."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.windowTitle(), "section"))
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addLayout(form)
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(theme_of(self).px(540))
        self.reset.clicked.connect(self._reset)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)

    def _fill(self, order: Sequence[SortKey]) -> None:
        for number in range(LINES):
            key = order[number] if number < len(order) else None
            self.columns[number].choose(key.column if key else None)
            self._offer_ways(number)
            if key:
                self.ways[number].choose(key.descending)

    @Slot(int)
    def _offer_ways(self, number: int, _place: int = 0) -> None:
        column, way = self.columns[number].choice(), self.ways[number]
        way.setEnabled(column is not None)
        if column is not None:
            way.offer([(turn, self.tr(column.orders[turn])) for turn in (False, True)])
            way.choose(column.starts_descending)

    @Slot()
    def _reset(self) -> None:
        self._fill(USUAL_ORDER)

    @Slot()
    def _accept(self) -> None:
        self.chosen.emit(self.order)
        self.accept()
