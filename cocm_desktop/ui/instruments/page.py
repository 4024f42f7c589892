"""Which instruments there are, what is known of each, and the clinic's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cocm_desktop.actions.instruments import read_listed_instruments
from cocm_desktop.domain.listed_instrument import ListedInstrument
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.text import fold
from cocm_desktop.ui.chart.list_page import FullText
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.instruments.pack_dialog import AddPackDialog
from cocm_desktop.ui.instruments.retire_dialog import RetireDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

DETAIL_HEIGHT, LEAST_DETAIL, TABLE_HEIGHT = 190, 64, 160


class InstrumentsPage(QWidget):
    """Everybody may look; whoever may change the practice adds and retires."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._listed: tuple[ListedInstrument, ...] = ()
        self.find_field = QLineEdit()
        self.find_field.setPlaceholderText(self.tr("Find by name or title"))
        self.find_field.setAccessibleName(self.tr("Find an instrument"))
        self.find_field.setClearButtonEnabled(True)
        self.find_field.setFixedWidth(theme_of(self).px(260))
        self.add = Button(self.tr("Add a pack…"), "file-text")
        self.retire = DangerButton(self.tr("Retire…"))
        self.table = Table(self.tr("Instruments"))
        self.model = RowsModel[ListedInstrument](self._columns(), self)
        self.table.set_rows_model(self.model)
        self.detail_title = Label("", "strong", wraps=True)
        self.detail = FullText()
        self.detail.setMinimumHeight(theme_of(self).px(LEAST_DETAIL))
        self.detail.setMaximumHeight(theme_of(self).px(DETAIL_HEIGHT))
        self.table.setMinimumHeight(theme_of(self).px(TABLE_HEIGHT))
        self._build()

        self.find_field.textChanged.connect(self._show_found)
        self.add.clicked.connect(self._ask_file)
        self.retire.clicked.connect(self._ask_to_retire)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.model.modelReset.connect(self._show_chosen)

    def read_again(self) -> None:
        self._desk.read(read_listed_instruments, self.show_listed)

    def show_listed(self, listed: Sequence[ListedInstrument]) -> None:
        self._listed = tuple(listed)
        self._show_found()

    @property
    def chosen(self) -> ListedInstrument | None:
        return self.model.row_at(self.table.currentIndex())

    def open_file(self, file: Path) -> None:
        """Show how a file would be scored; nothing is stored until it is added."""
        AddPackDialog(self._desk, file, self).open()

    def _columns(self) -> tuple[Column[ListedInstrument], ...]:
        return (
            Column(self.tr("Name"), lambda each: str(each.instrument.id), width=130),
            Column(
                self.tr("Title"),
                lambda each: each.instrument.title,
                width=0,
                hint=lambda each: each.instrument.title,
            ),
            Column(self.tr("Version"), lambda e: e.instrument.version, right=True, width=72),
            Column(self.tr("Items"), lambda e: len(e.instrument.items), right=True, width=62),
            Column(self.tr("Wording"), lambda each: each.wording_words, width=110),
            Column(self.tr("From"), lambda each: each.origin_words, width=116),
            Column(
                self.tr("LOINC"),
                lambda each: each.loinc_words,
                width=250,
                hint=lambda each: each.loinc_words,
            ),
        )

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.find_field)
        top.addStretch(1)
        top.addWidget(self.add)
        top.addWidget(self.retire)
        words = self.tr(
            "A score is always read by the version it was recorded with: a new version or a "
            "retired instrument changes none."
        )
        card = Card()
        card.body.addWidget(self.detail_title)
        card.body.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addWidget(self.table, 1)
        column.addWidget(card)
        may_change = self._desk.may(Permission.CHANGE_PRACTICE)
        self.add.setVisible(may_change)
        self.retire.setVisible(may_change)

    @Slot()
    def _show_found(self) -> None:
        words = fold(self.find_field.text()).split()
        found = [
            each
            for each in self._listed
            if all(word in fold(f"{each.instrument.id} {each.instrument.title}") for word in words)
        ]
        self.model.show_rows(found)
        self.table.select_row(0)

    @Slot()
    def _show_chosen(self) -> None:
        chosen = self.chosen
        own = chosen is not None and chosen.pack is not None and not chosen.is_retired
        self.retire.setEnabled(own)
        self.detail_title.setText(chosen.title if chosen else "")
        self.detail.setPlainText("\n".join(chosen.lines) if chosen else "")

    @Slot()
    def _ask_file(self) -> None:
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Which definition?"), place)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Definition or FHIR Questionnaire (*.json)"))
        dialog.fileSelected.connect(lambda chosen: self.open_file(Path(chosen)))
        dialog.open()

    @Slot()
    def _ask_to_retire(self) -> None:
        if self.chosen is not None:
            dialog = RetireDialog(self._desk, self.chosen.instrument, self)
            words = self.tr("The instrument is retired. Its scores stay.")
            dialog.stored.connect(partial(self._desk.told.emit, words))
            dialog.open()
