"""Adding an instrument of the clinic's own: how it would be scored, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.instruments import add_pack, check_pack
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.instrument_pack import CheckedPack, PackChoices, PackKind
from cocm_desktop.domain.item_numbers import read_numbers
from cocm_desktop.errors import CocmError, Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.instruments.pack_preview import PackPreviewView
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.form_dialog import SCREEN_SHARE
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

WIDTH, HEIGHT = 980, 660


class AddPackDialog(RecordDialog):
    """Shows the file as it was understood. What a FHIR file lacks is decided here, and read again.

    With a problem left, it cannot be added.
    """

    def __init__(self, desk: Desk, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._file = file
        self.checked: CheckedPack | None = None
        self.preview = PackPreviewView()
        self.name = QLineEdit()
        self.bands = QLineEdit()
        self.bands.setPlaceholderText(self.tr("0-4 Minimal, 5-9 Mild, 10-27 High"))
        self.not_scored, self.critical, self.not_critical = QLineEdit(), QLineEdit(), QLineEdit()
        self.again = Button(self.tr("Show the preview again"), "refresh")
        self.set_words(self.tr("Add an instrument"), self.tr("Add to this clinic"))
        self._build()

        self.again.clicked.connect(self._read)
        for entry in self._choice_fields:
            entry.textEdited.connect(self._ask_to_read_again)

    @override
    def open(self) -> None:
        super().open()
        room, theme = self.screen().availableGeometry().size() * SCREEN_SHARE, theme_of(self)
        self.resize(QSize(theme.px(WIDTH), theme.px(HEIGHT)).boundedTo(room))
        self._read()

    @override
    def typed(self) -> object:
        return tuple(entry.text() for entry in self._choice_fields)

    def choices(self) -> PackChoices:
        return PackChoices(
            instrument_id=self.name.text().strip(),
            not_scored=read_numbers("not_scored", self.not_scored.text()),
            critical=read_numbers("critical", self.critical.text()),
            not_critical=read_numbers("not_critical", self.not_critical.text()),
            bands=self.bands.text(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        if self.checked is None:
            words = self.tr("There is nothing to add: see what is wrong with the file.")
            raise Refused(Problem("file", words))
        if self.checked.problems:
            raise Refused(*self.checked.problems)
        return partial(add_pack, preview=self.checked.preview)

    @property
    def _choice_fields(self) -> tuple[QLineEdit, ...]:
        return (self.name, self.bands, self.not_scored, self.critical, self.not_critical)

    @Slot()
    def _read(self) -> None:
        try:
            choices = self.choices()
        except Refused as refusal:
            self._fail(refusal)
            return
        question = partial(check_pack, file=self._file, choices=choices)
        self.desk.read(question, self._show_checked, failed=self._fail)

    def _show_checked(self, checked: CheckedPack) -> None:
        self.checked = checked
        self.problems.clear_problems()
        self.preview.show_checked(checked)
        self._choices.setVisible(checked.preview.kind is PackKind.FHIR)
        if not self.name.text():
            self.name.setText(str(checked.preview.instrument.id))
            self.forget()
        self.save.setEnabled(not checked.problems)
        if checked.problems:
            self.problems.show_error(Refused(*checked.problems), self.fields)

    def _fail(self, error: CocmError) -> None:
        self.checked = None
        self.save.setEnabled(False)
        self.preview.show_nothing()
        self.problems.show_error(error, self.fields)

    @Slot()
    def _ask_to_read_again(self) -> None:
        """Take no choice for made until the preview shows it."""
        self.save.setEnabled(False)
        self.again.setDefault(True)

    def _build(self) -> None:
        self.fields = {
            "instrument_id": self.name,
            "bands": self.bands,
            "not_scored": self.not_scored,
            "critical": self.critical,
            "not_critical": self.not_critical,
            "choices": self.critical,
        }
        file = Label(self._file.name, "secondary", wraps=True)
        self.column.insertWidget(1, file)
        self._choices = QWidget()
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 0, 0)
        words = self.tr("What a FHIR file does not say. Questions by their numbers here: 3, 10-12.")
        column.addWidget(Label(words, "secondary", wraps=True))
        for row in (
            ((self.tr("&Name here"), self.name), (self.tr("&Bands"), self.bands)),
            (
                (self.tr("No&t scored"), self.not_scored),
                (self.tr("C&ritical"), self.critical),
                (self.tr("N&ot critical"), self.not_critical),
            ),
        ):
            column.addLayout(self._line(row))
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self._choices.hide()
        self.body.addWidget(self._choices)
        self.body.addWidget(self.preview)
        self.body.addStretch(1)

    def _line(self, fields: tuple[tuple[str, QLineEdit], ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, entry in fields:
            label = Label(words, "secondary")
            label.setBuddy(entry)
            entry.setAccessibleName(words.replace("&", ""))
            row.addWidget(label)
            row.addWidget(entry, 1)
        return row
