"""Changing the wording of a letter: title, words, and the fields that it may name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.letter_template import change_template, preview_template
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.letter import LetterTemplate
from cocm_desktop.domain.letter_template import LETTER_FIELDS, LetterField, TemplateDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.fields import NoteField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.room import SCREEN_SHARE
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

WIDTH, LINES = 1040, 18
NAME_WIDTH = 164


class TemplateDialog(RecordDialog):
    """Enter or a double click puts a field into the words where the cursor stands."""

    def __init__(
        self, desk: Desk, template: LetterTemplate, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._template = template
        self._id = new_id()
        self.name = QLineEdit(template.title)
        self.words = NoteField(lines=LINES)
        self.words.setPlainText(template.body)
        self.table = Table(self.tr("Fields"))
        self.model = RowsModel[LetterField](
            (
                Column(self.tr("Field"), lambda each: f"{{{each.name}}}", width=NAME_WIDTH),
                Column(self.tr("What it becomes"), self._becomes, width=0, hint=self._becomes),
            ),
            self,
        )
        self.insert = Button(self.tr("Insert field"), "plus")
        self.preview = Button(self.tr("Preview"), "printer")
        self._build()
        self.table.activated.connect(self._insert)
        self.insert.clicked.connect(self._insert)
        self.preview.clicked.connect(self._preview)

    @override
    def typed(self) -> object:
        return (self.name.text(), self.words.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(change_template, draft=self._draft())

    def _draft(self) -> TemplateDraft:
        kind, language = self._template.kind, self._template.language
        return TemplateDraft(kind, language, self.name.text(), self.words.text(), self._id)

    def _becomes(self, field: LetterField) -> str:
        asked = self.tr("%1 (asked for each letter)")
        return asked.replace("%1", field.meaning) if field.is_asked else field.meaning

    def _build(self) -> None:
        theme = theme_of(self)
        self.set_words(self.tr("Change the wording"), self.tr("Save wording"))
        room = int(self.screen().availableGeometry().width() * SCREEN_SHARE)
        self.setMinimumWidth(min(theme.px(WIDTH), room))
        which = f"{self._template.kind.value}, {self._template.language.value}"
        self.body.insertWidget(0, Label(which, "strong"))
        self.form.add(self.tr("&Title"), self.name)
        self.words.setAccessibleName(self.tr("The words of the letter"))
        self.table.set_rows_model(self.model)
        self.model.show_rows(LETTER_FIELDS)
        self.table.select_row(0)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.insert)
        row.addWidget(self.preview)
        row.addStretch(1)
        side.addLayout(row)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.words, 3)
        both.addLayout(side, 2)
        self.body.addLayout(both)
        words = self.tr(
            "A line is as long as you leave it; an empty line makes room. “- ” begins a point, "
            "“# ” a heading, “[ ] ” a box to tick. Letters that were written keep their words."
        )
        self.body.addWidget(Label(words, "caption", wraps=True))
        self.fields = {"title": self.name, "body": self.words}

    @Slot()
    def _insert(self) -> None:
        field = self.model.row_at(self.table.currentIndex())
        if field is not None:
            self.words.insertPlainText(f"{{{field.name}}}")
            self.words.setFocus()

    @Slot()
    def _preview(self) -> None:
        make = partial(preview_template, draft=self._draft())
        facts = self.tr("Made-up values")
        request = PaperRequest(make, self._template.kind.value, "letter-preview", facts)
        preview(self.desk, request, self, failed=self._show, done=self.problems.clear_problems)
