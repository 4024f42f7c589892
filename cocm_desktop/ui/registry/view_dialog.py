"""Saving the registry as it is shown under a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.view import record_view
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.row_order import order_words
from cocm_desktop.domain.saved_view import LONGEST_NAME, SavedView, ViewContent, ViewDraft
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog


class SaveViewDialog(RecordDialog):
    """Keeps filter, columns and order, never patients. With `view` its contents are replaced."""

    def __init__(
        self,
        desk: Desk,
        content: ViewContent,
        parent: QWidget | None = None,
        *,
        view: SavedView | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.name = QLineEdit(view.name if view else "")
        self.name.setMaxLength(LONGEST_NAME)
        self.shared = QCheckBox(self.tr("Everybody at the practice may use it"))
        self.shared.setChecked(bool(view and view.is_shared))
        self.pinned = QCheckBox(self.tr("Pin it beside the filters above the table"))
        self.first = QCheckBox(self.tr("Begin with it when I open the registry"))
        draft = ViewDraft("", content)
        self.draft = replace(draft, id=view.id) if view else draft
        self.fields = {"name": self.name}
        title = self.tr("Change the view") if view else self.tr("Save the view")
        self.set_words(title, self.tr("Save view"))
        self.form.add(self.tr("&Name"), self.name)
        for box in (self.shared, self.pinned, self.first):
            self.form.addRow("", box)
        self.body.addWidget(Label(self._kept(content), "secondary", wraps=True))

    @override
    def typed(self) -> object:
        boxes = (self.shared, self.pinned, self.first)
        return self.name.text(), *(box.isChecked() for box in boxes)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = replace(self.draft, name=self.name.text(), is_shared=self.shared.isChecked())
        return partial(record_view, draft=draft)

    def _kept(self, content: ViewContent) -> str:
        """Say what the view will keep."""
        parts = [content.chip.value, content.filter.words, order_words(content.order)]
        columns = count_of(len(content.columns), "column")
        words = " · ".join(part for part in (*parts, columns) if part)
        return self.tr("It keeps: %1. What is typed into the find box is not kept.").replace(
            "%1", words
        )
