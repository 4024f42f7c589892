"""The recommendations of one review, each in its own small form."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from cocm_desktop.domain.case_review import (
    RecommendationDraft,
    RecommendationKind,
    RecommendationOwner,
    RecommendationUrgency,
)
from cocm_desktop.domain.ids import RecommendationId, new_id
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.drafts.values import put_values, values_of
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.form import Form
from cocm_desktop.ui.widgets.labels import Card, Label

LETTERS = 10
LABEL_WIDTH = 84
_AS_ASKED = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class AdviceForm(Card):
    """One recommendation: what, who acts, how soon. Without words it is none."""

    def __init__(self, desk: Desk, number: int, parent: QWidget | None = None) -> None:
        title = desk.tr("Recommendation %1").replace("%1", str(number))
        super().__init__("", parent)
        self._id = RecommendationId(new_id())
        nothing: list[tuple[RecommendationKind | None, str]] = [(None, self.tr("Choose"))]
        self.kind = ChoiceField([*nothing, *words_of(RecommendationKind)])
        self.words = NoteField(lines=2)
        self.owner = ChoiceField(words_of(RecommendationOwner))
        self.urgency = ChoiceField(words_of(RecommendationUrgency))
        self.urgency.choose(RecommendationUrgency.ROUTINE)
        for choice in (self.kind, self.owner, self.urgency):
            choice.setSizeAdjustPolicy(_AS_ASKED)
            choice.setMinimumContentsLength(LETTERS)
        self.due_on = DateField(desk.today())
        self.recheck_on = DateField(desk.today())
        self.recheck_on.entry.setPlaceholderText(self.tr("+4w"))
        for day in (self.due_on, self.recheck_on):
            day.echo.setWordWrap(True)
        self.body.addWidget(Label(title, "strong"))
        form = Form()
        form.add(self.tr("Kind"), self.kind)
        form.add(self.tr("What"), self.words)
        form.add(self.tr("Who acts"), self.owner)
        form.add(self.tr("How soon"), self.urgency)
        form.add(self.tr("Due on"), self.due_on)
        form.add(self.tr("Recheck on"), self.recheck_on)
        self.body.addLayout(form)
        for field in self._fields:
            form.labelForField(field).setMinimumWidth(theme_of(self).px(LABEL_WIDTH))
            field.setAccessibleName(f"{title}: {field.accessibleName()}")

    @property
    def _fields(self) -> tuple[QWidget, ...]:
        told = (self.kind, self.words, self.owner, self.urgency)
        return (*told, self.due_on, self.recheck_on)

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        told = (self.kind, self.words, self.owner, self.urgency)
        return (*told, self.due_on.entry, self.recheck_on.entry)

    def draft(self) -> RecommendationDraft:
        return RecommendationDraft(
            id=self._id,
            words=self.words.text(),
            kind=self.kind.choice(),
            owner=self.owner.choice(),
            urgency=self.urgency.choice(),
            due_on=self.due_on.day(),
            recheck_on=self.recheck_on.day(),
        )

    def typed(self) -> object:
        return (
            self.kind.choice(),
            self.words.text(),
            self.owner.choice(),
            self.urgency.choice(),
            self.due_on.entry.text(),
            self.recheck_on.entry.text(),
        )


class AdviceField(QWidget):
    """One recommendation to begin with; more where they are wanted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        first = AdviceForm(desk, 1)
        self.forms = [first]
        self.more = LinkButton(self.tr("Add another recommendation"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for part in (first, self.more):
            self._column.addWidget(part)
        self.setFocusProxy(first.kind)

        self.more.clicked.connect(self.add)

    @Slot()
    def add(self) -> None:
        form = AdviceForm(self._desk, len(self.forms) + 1)
        self.forms.append(form)
        self._column.insertWidget(self._column.count() - 1, form)
        before = self.forms[-2].tab_order[-1]
        for here, following in pairwise((before, *form.tab_order, self.more)):
            self.setTabOrder(here, following)
        form.kind.setFocus()

    def draft_value(self) -> list[dict[str, Any]]:
        """Give what is typed, a part for each recommendation."""
        return [values_of(form) for form in self.forms]

    def put_draft_value(self, value: list[dict[str, Any]]) -> None:
        """Put in what was typed before, with as many recommendations as there were."""
        while len(self.forms) < len(value):
            self.add()
        for form, values in zip(self.forms, value, strict=False):
            put_values(form, values)

    def drafts(self) -> tuple[RecommendationDraft, ...]:
        return tuple(form.draft() for form in self.forms)

    def require_dates(self) -> None:
        """Refuse a date that cannot be read: left alone, it would count as empty."""
        for form in self.forms:
            for name, field in (("due_on", form.due_on), ("recheck_on", form.recheck_on)):
                if not field.is_readable():
                    field.needed(name)

    def typed(self) -> object:
        return tuple(form.typed() for form in self.forms)
