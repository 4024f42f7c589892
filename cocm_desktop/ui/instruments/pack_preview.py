"""How forms of a file would be scored: rules, examples, what was taken for granted, the items."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cocm_desktop.domain.instrument import Item
from cocm_desktop.domain.instrument_pack import CheckedPack
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

MOST_ITEMS_SHOWN = 8


class Lines(Card):
    """A heading with a line for each fact; hidden while there is none."""

    def __init__(self, title: str, role: str = "") -> None:
        super().__init__(title)
        self.words = Label("", role, wraps=True)
        self.body.addWidget(self.words)

    def show_lines(self, lines: Sequence[str]) -> None:
        self.words.setText("\n".join(lines))
        self.setVisible(bool(lines))


class PackPreviewView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", "strong", wraps=True)
        self.left_out = Lines(self.tr("Not understood, and left out"), "due")
        self.rules = Lines(self.tr("How it is scored"))
        self.examples = Lines(self.tr("Examples"))
        self.remarks = Lines(self.tr("How the file was read"), "secondary")
        self.table = Table(self.tr("Items"))
        self.model = RowsModel[Item](
            (
                Column(self.tr("Item"), lambda item: item.number, right=True, width=56),
                Column(
                    self.tr("Question"),
                    lambda item: item.form_words,
                    width=0,
                    hint=lambda item: item.form_words,
                ),
                Column(self.tr("Answers, with points"), _answers, width=420, hint=_answers),
                Column(self.tr("Safety from"), lambda item: item.critical_from, width=96),
            ),
            self,
        )
        self.table.set_rows_model(self.model, most_rows=MOST_ITEMS_SHOWN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        parts = (self.title, self.left_out, self.rules, self.examples, self.table, self.remarks)
        for part in parts:
            column.addWidget(part)
        self.show_nothing()

    def show_checked(self, checked: CheckedPack) -> None:
        preview = checked.preview
        instrument = preview.instrument
        self.title.setText(preview.title)
        self.left_out.show_lines(preview.not_understood)
        self.rules.show_lines((*preview.rule_words, *preview.band_words))
        self.examples.show_lines([f"{each.answers}: {each.result}" for each in preview.examples])
        self.remarks.show_lines((*preview.remarks, f"Licence: {instrument.licence}"))
        self.model.show_rows(instrument.items)
        self.show()

    def show_nothing(self) -> None:
        """Show no preview: the file could not be read."""
        self.model.show_rows(())
        self.hide()


def _answers(item: Item) -> str:
    return " · ".join(
        str(option.value) if option.words == str(option.value) else f"{option.value} {option.words}"
        for option in item.options
    )
