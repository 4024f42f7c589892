"""Settings: the letters to patients, and whose wording each of them has."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cocm_desktop.actions.letter_template import (
    preview_template,
    read_templates,
    use_shipped_template,
)
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.letter import LetterTemplate
from cocm_desktop.domain.letter_template import TemplateDraft
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.letters.template_dialog import TemplateDialog
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

TABLE_WIDTH = 460


class LettersPage(QWidget):
    """A list of the letters in each language, and beside it the words of the one chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.table = Table(self.tr("Letters to patients"))
        self.model = RowsModel[LetterTemplate](
            (
                Column(self.tr("Letter"), lambda each: each.kind.value, width=0),
                Column(self.tr("Language"), lambda each: each.language.value, width=84),
                Column(self.tr("Wording"), self._whose, width=92, is_spare=True),
            ),
            self,
        )
        self.name = Label("", "strong", wraps=True)
        self.whose = Label("", "secondary")
        self.words = QPlainTextEdit()
        self.change = PrimaryButton(self.tr("Change…"), "edit")
        self.paper = Button(self.tr("Preview"), "printer")
        self.shipped = Button(self.tr("Use the program's wording…"))
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.activated.connect(self._change)
        self.change.clicked.connect(self._change)
        self.paper.clicked.connect(self._preview)
        self.shipped.clicked.connect(self._ask_for_shipped)
        desk.changed.connect(self._note_change)

    @property
    def chosen(self) -> LetterTemplate | None:
        return self.model.row_at(self.table.currentIndex())

    def read_again(self) -> None:
        self._desk.read(read_templates, self.show_templates)

    def show_templates(self, found: tuple[LetterTemplate, ...]) -> None:
        row = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(found)
        self.table.select_row(row)
        self._show_chosen(self.table.currentIndex())

    def _whose(self, template: LetterTemplate) -> object:
        own = Chip(self.tr("Practice"), Tone.INFO)
        return own if template.is_own else self.tr("Program")

    def _build(self) -> None:
        about = self.tr(
            "Letters are filled from the patient's records. The practice can put its own words in "
            "the place of the program's, in each language."
        )
        card = Card()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(self.tr("The words of the letter"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.change, self.paper, self.shipped):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card.body.addWidget(self.name)
        card.body.addWidget(self.whose)
        card.body.addWidget(self.words, 1)
        card.body.addLayout(buttons)
        both = QHBoxLayout()
        both.setSpacing(12)
        self.table.set_rows_model(self.model)
        self.table.setMaximumWidth(theme_of(self).px(TABLE_WIDTH))
        both.addWidget(self.table, 1)
        both.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(Label(about, "secondary", wraps=True))
        column.addLayout(both, 1)
        for button in (self.change, self.shipped):
            button.setVisible(self._desk.may(Permission.CHANGE_PRACTICE))

    @Slot(QModelIndex)
    def _show_chosen(self, _current: object) -> None:
        template = self.chosen
        if template is not None:
            self.name.setText(template.title)
            own, usual = self.tr("The practice's own wording"), self.tr("The program's wording")
            self.whose.setText(own if template.is_own else usual)
            self.words.setPlainText(template.body)
            self.shipped.setEnabled(template.is_own)

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & Topic.LETTER and self.model.rows:
            self.read_again()

    @Slot()
    def _change(self) -> None:
        if self.chosen is not None and self._desk.may(Permission.CHANGE_PRACTICE):
            TemplateDialog(self._desk, self.chosen, parent=self).open()

    @Slot()
    def _preview(self) -> None:
        template = self.chosen
        if template is not None:
            draft = TemplateDraft(template.kind, template.language, template.title, template.body)
            make = partial(preview_template, draft=draft)
            facts = self.tr("Made-up values")
            request = PaperRequest(make, template.kind.value, "letter-preview", facts)
            preview(self._desk, request, self)

    @Slot()
    def _ask_for_shipped(self) -> None:
        question = Question(
            self.tr("Use the program's wording again?"),
            self.tr("The practice's own words stay in the file's history, but are used no more."),
            self.tr("Use the program's wording"),
            parent=self,
        )
        question.accepted.connect(self._use_shipped)
        question.open()

    @Slot()
    def _use_shipped(self) -> None:
        template = self.chosen
        if template is not None:
            action = partial(use_shipped_template, kind=template.kind, language=template.language)
            self._desk.do(action, done=self.table.setFocus, refused=self._desk.tell)
