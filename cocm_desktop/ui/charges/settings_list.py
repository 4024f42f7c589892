"""Settings of billing in a table: what holds, since when, what it rests on, what held before."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.actions.billing_settings import (
    BillingSettingLine,
    ReadBillingSettings,
    read_billing_settings,
)
from cocm_desktop.domain.billing.setting_list import SettingPart
from cocm_desktop.domain.clinical_settings import SettingChange
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date, short_date
from cocm_desktop.ui.charges.setting_dialog import ChangeBillingSettingDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.form_dialog import FormScroll
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class SettingsList(QWidget):
    """Shows the settings of some parts; what is chosen is told at its side, with its past."""

    def __init__(
        self,
        desk: Desk,
        parts: Collection[SettingPart],
        *,
        beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._parts = desk, parts
        self._read: ReadBillingSettings | None = None
        self.table = Table(self.tr("Settings of billing"))
        self.model = RowsModel[BillingSettingLine](
            (
                Column(self.tr("Setting"), _title, width=0, hint=_title),
                Column(self.tr("Value"), lambda line: line.words, width=190, hint=_words),
                Column(self.tr("Holds from"), self._since, short_date, width=92),
            ),
            self,
        )
        self.name = Label("", "strong", wraps=True)
        self.about = Label("", "secondary", wraps=True)
        self.past = Label("", wraps=True)
        self.change = Button(self.tr("Change…"), "edit")
        self._build(beside)

        self.table.set_rows_model(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.doubleClicked.connect(self._change)
        self.table.activated.connect(self._change)
        self.change.clicked.connect(self._change)

    def read_again(self) -> None:
        self._desk.read(read_billing_settings, self.show_settings)

    def show_settings(self, read: ReadBillingSettings) -> None:
        row = max(self.table.currentIndex().row(), 0)
        self._read = read
        self.model.show_rows(line for line in read.lines if line.setting.part in self._parts)
        self.table.select_row(row)
        self._show_chosen(self.table.currentIndex())

    @property
    def chosen(self) -> BillingSettingLine | None:
        return self.model.row_at(self.table.currentIndex())

    @staticmethod
    def _since(line: BillingSettingLine) -> object:
        return line.change.valid_from if line.change else None

    @Slot(QModelIndex)
    def _show_chosen(self, _current: object) -> None:
        line = self.chosen
        if line is None or self._read is None:
            return
        self.name.setText(line.setting.title)
        now = self.tr("Now: %1").replace("%1", line.words)
        if line.later is not None:
            then = self.tr("; from %1: %2").replace("%1", long_date(line.later.valid_from))
            now += then.replace("%2", line.setting.words(line.later.value))
        self.about.setText(f"{now}. {line.setting.source}.")
        changes = self._read.changes_of(line.setting.name)
        names = self._read.staff_names
        lines = [self._past_words(line, each, names.get(by, "")) for each, by in reversed(changes)]
        never = self.tr("Never changed: as the program comes.")
        self.past.setText("\n".join(lines) or never)

    def _past_words(self, line: BillingSettingLine, change: SettingChange, by: str) -> str:
        made = change.made_at.astimezone(self._desk.now().tzinfo) if change.made_at else None
        words = self.tr("%1 from %2, chosen by %3 on %4")
        for mark, said in (
            ("%1", line.setting.words(change.value)),
            ("%2", long_date(change.valid_from)),
            ("%3", by),
            ("%4", long_date(made.date()) if made else ""),
        ):
            words = words.replace(mark, said)
        return words

    def _build(self, beside: QWidget | None) -> None:
        self.change.setVisible(self._desk.may(Permission.SET_UP_CHARGES))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name, 1)
        head.addWidget(self.change)
        card = Card()
        card.body.addLayout(head)
        card.body.addWidget(self.about)
        card.body.addWidget(self.past)
        side = FormScroll()
        side.body.addWidget(card)
        if beside is not None:
            side.body.addWidget(beside)
        side.body.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.table, 3)
        row.addWidget(side, 2)

    @Slot()
    def _change(self) -> None:
        if self.chosen is not None and self._desk.may(Permission.SET_UP_CHARGES):
            ChangeBillingSettingDialog(self._desk, self.chosen, self).open()


def _title(line: BillingSettingLine) -> str:
    return line.setting.title


def _words(line: BillingSettingLine) -> str:
    return line.words
