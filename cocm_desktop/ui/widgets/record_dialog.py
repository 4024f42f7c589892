"""A form that records something: what was typed is not lost by closing it in passing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.time_field import TimeField


class RecordDialog(FormDialog):
    """Asks before it drops what was typed. Ctrl+S and Ctrl+Enter save from any field."""

    stored = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._untouched: object = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save.click)

    def typed(self) -> object:
        """Give everything typed so far, to be compared with what it was when opened."""
        return None

    @property
    def is_touched(self) -> bool:
        return self.typed() != self._untouched

    @override
    def open(self) -> None:
        self._untouched = self.typed()
        super().open()

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

    @override
    def _done(self) -> None:
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
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(self._discard)
        question.open()

    @Slot()
    def _discard(self) -> None:
        self.forget()
        self.reject()
