"""One's own entries of time that are not signed yet, to be signed by one or all at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.time_entry import Unsigned, read_unsigned, sign_time
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.time_questions import exact
from cocm_desktop.domain.wording import count_of, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

WIDTH, HEIGHT = 760, 420


class UnsignedTimeDialog(QDialog):
    """Time counts once the person who spent it has signed it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: tuple[Unsigned, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Time to sign"))
        open_at(self, WIDTH, HEIGHT)
        self.table = Table(self.tr("Time to sign"))
        self.model: RowsModel[Unsigned] = RowsModel(self._columns(), self)
        self.table.set_rows_model(self.model)
        self.sign_all = PrimaryButton(self.tr("Sign all of mine"))
        self.sign = Button(self.tr("Sign this one"))
        self.close_button = Button(self.tr("Close"))
        words = self.tr("Time counts once the person who spent it has signed it.")
        empty = EmptyState("clock", self.tr("Nothing waits for your signature"), words=words)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(empty)
        buttons = QDialogButtonBox()
        buttons.addButton(self.sign_all, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.sign, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("Time to sign"), "section"))
        column.addWidget(self._pages, 1)
        column.addWidget(buttons)

        buttons.rejected.connect(self.reject)
        self.sign_all.clicked.connect(self._sign_all)
        self.sign.clicked.connect(self._sign_chosen)
        desk.changed.connect(self._note_change)

    @override
    def open(self) -> None:
        self._read()
        super().open()

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if self.isVisible() and change.topics & Topic.TIME:
            self._read()

    def _read(self) -> None:
        self._desk.read(read_unsigned, self._show)

    def _show(self, waiting: tuple[Unsigned, ...]) -> None:
        self._waiting = waiting
        self.model.show_rows(waiting)
        self.table.select_row(0)
        self._pages.setCurrentIndex(0 if waiting else 1)
        for button in (self.sign_all, self.sign):
            button.setEnabled(bool(waiting))

    @Slot()
    def _sign_all(self) -> None:
        self._sign(self._waiting)

    @Slot()
    def _sign_chosen(self) -> None:
        chosen = self.model.row_at(self.table.currentIndex())
        if chosen is not None:
            self._sign((chosen,))

    def _sign(self, chosen: tuple[Unsigned, ...]) -> None:
        entries = [each.entry.id for each in chosen]
        words = count_of(len(entries), "entry", "entries")

        def tell() -> None:
            self._desk.told.emit(self.tr("Signed: %1.").replace("%1", words))

        self._desk.do(partial(sign_time, entry_ids=entries), done=tell, refused=self._desk.tell)

    def _columns(self) -> list[Column[Unsigned]]:
        return [
            Column(self.tr("Date"), lambda r: r.entry.worked_on, short_date, width=104),
            Column(self.tr("Length"), lambda r: exact(r.entry.seconds), right=True, width=100),
            Column(self.tr("What for"), lambda r: r.entry.activity.value, width=244),
            Column(self.tr("Patient"), lambda r: r.patient.name, width=0),
        ]
