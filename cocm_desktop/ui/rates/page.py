"""Which rates and codes are loaded, for which days, from which file, and by whom."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from cocm_desktop.actions.table_loading import TableList, read_table_list, withdraw_table
from cocm_desktop.domain.billing.billing_table import LoadedTable, TableKind
from cocm_desktop.domain.billing.rate_years import YearOfRates
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.rates.load_dialog import LoadTableDialog
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table
from cocm_desktop.ui.widgets.withdraw_dialog import WithdrawDialog

MOST_YEARS, MOST_LOADED = 8, 8
PAGE_WIDTH = 1180


class RatesPage(Page):
    """Amounts are what Medicare allows, before deductible and coinsurance: the page says so."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=PAGE_WIDTH)
        self._desk = desk
        self._read: TableList | None = None
        self.rates = Button(self.tr("Load rates…"), "upload")
        self.localities = Button(self.tr("Load localities…"), "upload")
        self.codes = Button(self.tr("Load diagnosis codes…"), "upload")
        self.withdraw = DangerButton(self.tr("Withdraw…"))
        self.years = Table(self.tr("Rates by year"))
        self.years_model = RowsModel[YearOfRates](self._year_columns(), self)
        self.years.set_rows_model(self.years_model, most_rows=MOST_YEARS)
        self.loaded = Table(self.tr("Loaded by the practice"))
        self.loaded_model = RowsModel[LoadedTable](self._loaded_columns(), self)
        self.loaded.set_rows_model(self.loaded_model, most_rows=MOST_LOADED)
        self.release = Label("", wraps=True)
        self.stale = Label("", "due", wraps=True)
        self.none = Label("", "secondary", wraps=True)
        self._build()

        self.rates.clicked.connect(partial(self._ask_file, TableKind.RATES))
        self.localities.clicked.connect(partial(self._ask_file, TableKind.LOCALITIES))
        self.codes.clicked.connect(partial(self._ask_file, TableKind.DIAGNOSES))
        self.withdraw.clicked.connect(self._withdraw)
        self.loaded.selectionModel().currentRowChanged.connect(self._show_whether_chosen)
        desk.changed.connect(self._note_change)

    def read_again(self) -> None:
        self._desk.read(read_table_list, self.show_list)

    def show_list(self, read: TableList) -> None:
        self._read = read
        self.years_model.show_rows(read.years)
        self.loaded_model.show_rows(read.loaded)
        self.loaded.setVisible(bool(read.loaded))
        self.none.setVisible(not read.loaded)
        words = self.tr("ICD-10-CM, release of %1, for days of service to %2.")
        words = words.replace("%1", long_date(read.codes.release))
        until = long_date(read.codes.checked_until)
        self.release.setText(words.replace("%2", until))
        self.stale.setText(self.tr("Today lies behind it: load the newer release."))
        self.stale.setVisible(read.is_code_release_stale)
        self._show_whether_chosen()

    def open_file(self, file: Path, kind: TableKind) -> None:
        """Show how a file reads; nothing is stored until it is loaded."""
        LoadTableDialog(self._desk, file, kind, parent=self).open()

    def _year_columns(self) -> tuple[Column[YearOfRates], ...]:
        return (
            Column(self.tr("Year"), lambda each: each.year, width=56),
            Column(
                self.tr("Conversion factor"),
                lambda each: each.factor_words,
                width=230,
                hint=lambda each: each.factor_words,
            ),
            Column(
                self.tr("File"),
                lambda each: each.source_words,
                width=0,
                hint=lambda each: each.source_words,
            ),
            Column(
                self.tr("Localities"),
                lambda each: each.locality_words,
                width=150,
                hint=lambda each: each.locality_words,
            ),
        )

    def _loaded_columns(self) -> tuple[Column[LoadedTable], ...]:
        return (
            Column(self.tr("Table"), lambda each: each.table.name, width=130),
            Column(
                self.tr("File"),
                lambda each: each.table.file_name,
                width=0,
                hint=lambda each: f"{each.table.file_name}\nSHA-256 {each.table.sha256}",
            ),
            Column(self.tr("Days of service"), lambda each: each.table.valid_words, width=190),
            Column(self.tr("Rows"), lambda e: f"{e.table.row_count:,}", right=True, width=70),
            Column(self.tr("Loaded"), self._loaded_on, short_date, width=92),
            Column(self.tr("By"), lambda each: each.loaded_by, width=100),
        )

    def _loaded_on(self, each: LoadedTable) -> object:
        return each.loaded_at.astimezone(self._desk.now().tzinfo).date()

    def _build(self) -> None:
        words = self.tr(
            "What Medicare allows, before deductible and coinsurance. A year that is not loaded "
            "has no amounts: nothing is carried over from another."
        )
        rates = self._card(
            self.tr("Rates by year"), words, self.years, buttons=(self.rates, self.localities)
        )
        codes = Card(self.tr("Diagnosis codes"))
        codes.body.addWidget(self.release)
        codes.body.addWidget(self.stale)
        codes.body.addLayout(self._buttons(self.codes))
        self.none.setText(
            self.tr(
                "Nothing yet: rates, national amounts and codes are those of the program. The "
                "files are public: PPRRVU…csv and GPCI…csv of the Medicare fee schedule, "
                "icd10cm_codes_….txt of ICD-10-CM."
            )
        )
        own = self._card(self.tr("Loaded by the practice"), "", self.none, buttons=(self.withdraw,))
        own.body.insertWidget(own.body.count() - 1, self.loaded)
        for card in (rates, codes, own):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _card(self, title: str, words: str, part: QWidget, *, buttons: tuple[QWidget, ...]) -> Card:
        card = Card(title)
        if words:
            card.body.addWidget(Label(words, "secondary", wraps=True))
        card.body.addWidget(part)
        card.body.addLayout(self._buttons(*buttons))
        return card

    def _buttons(self, *buttons: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
            button.setVisible(self._desk.may(Permission.SET_UP_CHARGES))
        row.addStretch(1)
        return row

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & Topic.SETTINGS and self._read is not None:
            self.read_again()

    @Slot(QModelIndex)
    def _show_whether_chosen(self) -> None:
        is_any = self._read is not None and bool(self._read.loaded)
        self.withdraw.setVisible(is_any and self._desk.may(Permission.SET_UP_CHARGES))
        self.withdraw.setEnabled(self.loaded_model.row_at(self.loaded.currentIndex()) is not None)

    def _ask_file(self, kind: TableKind) -> None:
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self, self.tr("Which file?"), place)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Public files (*.csv *.txt)"))
        dialog.fileSelected.connect(lambda chosen: self.open_file(Path(chosen), kind))
        dialog.open()

    @Slot()
    def _withdraw(self) -> None:
        chosen = self.loaded_model.row_at(self.loaded.currentIndex())
        if chosen is None:
            return
        words = self.tr(
            "It is used no more: what was there before holds again. Bills that were issued keep "
            "their amounts."
        )
        table_id = chosen.table.id
        WithdrawDialog(
            self._desk,
            self.tr("Withdraw %1").replace("%1", chosen.table.name),
            words,
            withdrawing=lambda reason: partial(withdraw_table, table_id=table_id, reason=reason),
            parent=self,
        ).open()
