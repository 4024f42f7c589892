"""Writing a letter to a patient: which one, in which language, and what the records lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.patient_letter import (
    LetterBasis,
    LetterRequest,
    print_patient_letter,
    read_letter_basis,
    write_patient_letter,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import LetterId, new_id
from cocm_desktop.domain.letter import Language, LetterKind
from cocm_desktop.domain.letter_template import (
    PATIENT_KINDS,
    FieldKind,
    LetterField,
    fields_of,
    shown_text,
)
from cocm_desktop.errors import Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.form import Form
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.time_field import TimeField

WIDTH, TEXT_LINES = 760, 14
KINDS = tuple(kind for kind in PATIENT_KINDS if kind is not LetterKind.CONSENT)
Entry = QLineEdit | DateField | TimeField


class AskedFields(QWidget):
    """An entry for each field that is typed for one letter, or that the records lack."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._typed: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}
        self._form = Form(self)

    @property
    def given(self) -> dict[str, str]:
        return {name: _line(entry).text() for name, entry in self.entries.items()}

    def ask_for(self, fields: tuple[LetterField, ...], known: Mapping[str, str]) -> None:
        """Show entries for these fields; what was typed for one of them before stays."""
        self._typed |= self.given
        while self._form.rowCount():
            self._form.removeRow(0)
        self.entries = {field.name: self._entry(field, known) for field in fields}
        self.setVisible(bool(fields))

    def _entry(self, field: LetterField, known: Mapping[str, str]) -> Entry:
        entry: Entry = QLineEdit()
        if field.kind is FieldKind.DAY:
            entry = DateField(self._desk.today())
        elif field.kind is FieldKind.TIME:
            entry = TimeField()
        line = _line(entry)
        line.setText(self._typed.get(field.name, ""))
        said = known.get(field.name, "")
        line.textChanged.connect(self.changed)
        hint = self.tr("Left empty: %1").replace("%1", said) if said else ""
        if not said and field.recorded_in:
            hint = self.tr("Not recorded in %1").replace("%1", field.recorded_in)
        self._form.add(field.meaning, entry, hint)
        return entry


class WriteLetterDialog(PatientDialog):
    """Shows the letter as it will read. Keeping it opens it as a paper."""

    def __init__(
        self, desk: Desk, subject: Subject, basis: LetterBasis, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._basis = basis
        self._id = LetterId(new_id())
        self.kind = ChoiceField[LetterKind]([(each, each.value) for each in KINDS])
        self.language = ChoiceField[Language](words_of(Language))
        self.language.choose(basis.language)
        self.asked = AskedFields(desk)
        self.text = QPlainTextEdit()
        self._build()
        self._ask()
        self.kind.currentIndexChanged.connect(self._ask)
        self.language.currentIndexChanged.connect(self._ask)
        self.asked.changed.connect(self._show_text)
        self.stored.connect(self._preview)

    @override
    def typed(self) -> object:
        return tuple(text for text in self.asked.given.values() if text)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        request = LetterRequest(
            self.subject.patient_id,
            self.kind.choice(),
            self.language.choice(),
            self.asked.given,
            self._id,
        )
        return partial(write_patient_letter, request=request)

    def _build(self) -> None:
        theme = theme_of(self)
        self.set_words(self.tr("Write a letter"), self.tr("Keep and preview"))
        self.setMinimumWidth(theme.px(WIDTH))
        self.form.add(self.tr("&Letter"), self.kind)
        self.form.add(self.tr("L&anguage"), self.language)
        self.body.addWidget(self.asked)
        for words in self._basis.notices:
            self.body.addWidget(Label(words, "secondary", wraps=True))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("The letter"))
        self.text.setMinimumHeight(TEXT_LINES * self.text.fontMetrics().lineSpacing() + 16)
        self.body.addWidget(self.text)

    @Slot()
    def _ask(self) -> None:
        """Ask for what this letter needs in this language."""
        if self.kind.currentIndex() < 0 or self.language.currentIndex() < 0:
            return
        template = self._basis.template(self.kind.choice(), self.language.choice())
        known = self._basis.values(self.language.choice(), {})
        self.asked.ask_for(
            tuple(
                field
                for field in fields_of(template.body)
                if field.is_asked or not known[field.name]
            ),
            known,
        )
        self.fields = {"kind": self.kind, **self.asked.entries}
        chosen_by = self.focusWidget()
        self._order_fields()
        lines = map(_line, self.asked.entries.values())
        for here, following in pairwise((self.language, *lines, self.text)):
            self.setTabOrder(here, following)
        if chosen_by in {self.kind, self.language}:
            chosen_by.setFocus()
        self._show_text()

    @Slot()
    def _show_text(self) -> None:
        language = self.language.choice()
        template = self._basis.template(self.kind.choice(), language)
        try:
            values = self._basis.values(language, self.asked.given)
        except Refused:
            return  # a date half typed: the letter stays as it was
        self.text.setPlainText(shown_text(template, values))

    @Slot()
    def _preview(self) -> None:
        window = self.parentWidget()
        if window is not None:
            preview_letter(self.desk, self._id, self.kind.choice(), window=window)


def preview_letter(desk: Desk, letter_id: str, kind: LetterKind, *, window: QWidget) -> None:
    """Show a letter to a patient as it will be printed."""
    make = partial(print_patient_letter, letter_id=letter_id)
    name = f"letter-{kind.name.lower().replace('_', '-')}-{desk.today()}"
    preview(desk, PaperRequest(make, kind.value, name), window)


def open_write_dialog(desk: Desk, subject: Subject, window: QWidget) -> None:
    """Read what the letters can be filled from, and open the form over it."""

    def show(basis: LetterBasis) -> None:
        WriteLetterDialog(desk, subject, basis, parent=window).open()

    desk.read(partial(read_letter_basis, patient_id=subject.patient_id), show)


def _line(entry: Entry) -> QLineEdit:
    return entry if isinstance(entry, QLineEdit) else entry.entry
