"""A form that records something: what was typed is not lost by closing it in passing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.draft import Draft, DraftPlace
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.drafts.keeper import DraftKeeper
from cocm_desktop.ui.drafts.keeper import Form as DraftForm
from cocm_desktop.ui.drafts.offer import DraftOffer
from cocm_desktop.ui.drafts.values import put_values, values_of
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.time_field import TimeField

_TAB = Qt.FocusPolicy.TabFocus


class RecordDialog(FormDialog):
    """Asks before it drops what was typed. Ctrl+S and Ctrl+Enter save from any field."""

    stored = Signal()
    draft_kind: ClassVar[str] = ""
    """The name under which a form keeps what is typed; one without a name keeps nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._untouched: object = None
        self._keeper: DraftKeeper | None = None
        self.draft_offer: DraftOffer | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save.click)

    def typed(self) -> object:
        """Give everything typed so far, to be compared with what it was when opened."""
        return None

    def draft_subjects(self) -> tuple[str, str]:
        """Give the ids of the record and of the patient that this form is about.

        What was typed about one record is never offered for another.
        """
        return "", ""

    def draft_values(self) -> Mapping[str, Any]:
        """Give what is typed as values that can be kept."""
        return values_of(self)

    def put_draft_values(self, values: Mapping[str, Any]) -> None:
        """Put in what was typed before."""
        put_values(self, values)

    @property
    def is_touched(self) -> bool:
        return self.typed() != self._untouched

    @override
    def open(self) -> None:
        self._untouched = self.typed()
        super().open()
        if self.draft_kind and self._keeper is None:
            self._keep_drafts()

    @override
    def reject(self) -> None:
        """Close without saving; where something was typed, ask first."""
        if self.is_touched and not self._is_busy:
            self._ask_to_discard()
        else:
            super().reject()

    def forget(self) -> None:
        """Take what is typed for saved, so that closing asks nothing."""
        self._untouched = self.typed()

    def _keep_drafts(self) -> None:
        """Keep what is typed from now on, and offer what was typed before."""
        record_id, patient_id = self.draft_subjects()
        form = DraftForm(
            place=DraftPlace(self.draft_kind, record_id),
            is_touched=lambda: self.is_touched and not self._is_busy,
            patient_id=patient_id,
            values=self.draft_values,
            put=self.put_draft_values,
        )
        self._keeper = DraftKeeper(self.desk, self, form)
        self._keeper.offered.connect(self._offer_draft)
        self._keeper.begin()

    @Slot(object)
    def _offer_draft(self, draft: Draft) -> None:
        """Have the form wait until it is known which of the two texts goes on."""
        offer = DraftOffer(draft, self.desk.device)
        self.draft_offer = offer
        self.column.insertWidget(self.column.indexOf(self.scroll_area), offer)
        self._wait_for_draft(is_waiting=True)
        offer.continued.connect(self._go_on_with_draft)
        offer.discarded.connect(self._discard_draft)
        offer.go_on.setFocus()

    @Slot()
    def _go_on_with_draft(self) -> None:
        self._wait_for_draft(is_waiting=False)
        if self._keeper is not None:
            self._keeper.go_on()

    @Slot()
    def _discard_draft(self) -> None:
        self._wait_for_draft(is_waiting=False)
        if self._keeper is not None:
            self._keeper.discard()

    def _wait_for_draft(self, *, is_waiting: bool) -> None:
        for row in range(self.column.count()):
            item = self.column.itemAt(row)
            widget = item.widget() if item else None
            if widget is None or widget is self.draft_offer or widget.isAncestorOf(self.cancel):
                continue
            if any(part.focusPolicy() & _TAB for part in widget.findChildren(QWidget)):
                widget.setDisabled(is_waiting)  # who the form is about stays readable
        self.save.setDisabled(is_waiting)
        if self.draft_offer is not None and not is_waiting:
            self.draft_offer.hide()
            self._order_fields()

    @override
    def _whole(self, action: Callable[[Workspace], Change]) -> Callable[[Workspace], Change]:
        return self._keeper.saving(action) if self._keeper is not None else action

    @override
    def _done(self) -> None:
        if self._keeper is not None:
            self._keeper.saved()
            self._keeper.end()
        self.forget()
        self.stored.emit()
        super()._done()

    @Slot()
    @override
    def _save(self) -> None:
        if unreadable := self._unreadable():
            self._show(Refused(*unreadable))
        else:
            super()._save()

    def _unreadable(self) -> list[Problem]:
        """Name each date or time that cannot be read: left alone, it would count as empty."""
        date_words = self.tr("This is not a date. Type it like 11/22/2026.")
        time_words = self.tr("This is not a time of day. Type it like 2:30 pm.")
        return [
            Problem(name, date_words if isinstance(field, DateField) else time_words)
            for name, field in self.fields.items()
            if isinstance(field, DateField | TimeField) and not field.is_readable()
        ]

    def _ask_to_discard(self) -> None:
        question = Question(
            self.tr("Close without saving?"),
            self.tr("What you typed here is not saved yet."),
            self.tr("Discard what I typed"),
            leave_it=self.tr("Go on typing"),
            parent=self,
        )
        if self._keeper is not None:
            question.offer_instead(self.tr("Keep it as a draft"))
            question.chose_instead.connect(self._keep_and_close)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(self._discard)
        question.open()

    @Slot()
    def _keep_and_close(self) -> None:
        if self._keeper is not None:
            self._keeper.keep()
            self._keeper.end()
        self.forget()
        self.reject()

    @Slot()
    def _discard(self) -> None:
        if self._keeper is not None:
            self._keeper.forget()
        self.forget()
        self.reject()
