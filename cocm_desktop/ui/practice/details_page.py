"""The practice's details, as they stand on its papers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cocm_desktop.actions.practice import change_practice, read_practice
from cocm_desktop.domain.practice import US_TIME_ZONES, Practice
from cocm_desktop.errors import Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.practice.zones import zone_words
from cocm_desktop.ui.widgets.buttons import PrimaryButton
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.form import Form, Page
from cocm_desktop.ui.widgets.labels import Card, Label, ProblemLabel

_TEXTS = ("name", "address", "city", "state", "postal_code", "phone", "npi", "ein")


class DetailsPage(Page):
    """Collects a Practice and hands it over; domain/practice.py decides what is allowed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Practice | None = None
        self.lines = {name: QLineEdit() for name in (*_TEXTS, "caseload_goal")}
        self.time_zone = ChoiceField([(zone, zone_words(zone)) for zone in US_TIME_ZONES])
        self.problems = ProblemLabel()
        self.unsaved = Label(self.tr("Not saved yet"), "due")
        self.save = PrimaryButton(self.tr("Save details"))
        self._build()

        for line in self.lines.values():
            line.textChanged.connect(self._show_whether_saved)
        self.time_zone.currentIndexChanged.connect(self._show_whether_saved)
        self.save.clicked.connect(self._save)

    def read_again(self) -> None:
        self._desk.read(read_practice, self.show_practice)

    def show_practice(self, practice: Practice) -> None:
        """Show the details as they are kept, unless a person is changing them."""
        if self.is_changed():
            return
        self._shown = practice
        for name, line in self.lines.items():
            line.setText(getattr(practice, name))
        if practice.time_zone not in US_TIME_ZONES:
            zones = (*US_TIME_ZONES, practice.time_zone)
            self.time_zone.offer((zone, zone_words(zone)) for zone in zones)
        self.time_zone.choose(practice.time_zone)
        self._show_whether_saved()

    def is_changed(self) -> bool:
        return self._shown is not None and self._typed(self._shown) != self._shown

    def _typed(self, practice: Practice) -> Practice:
        texts: dict[str, Any] = {name: line.text().strip() for name, line in self.lines.items()}
        return replace(practice, **texts, time_zone=self.time_zone.choice())

    def _build(self) -> None:
        names = {
            "name": self.tr("&Name"),
            "address": self.tr("&Street"),
            "city": self.tr("&City"),
            "state": self.tr("St&ate"),
            "postal_code": self.tr("&ZIP code"),
            "phone": self.tr("Ph&one"),
        }
        letterhead = Card(self.tr("Letterhead"))
        form = Form()
        hints = {"postal_code": self.tr("Nine digits: claims need the last four too.")}
        for name, words in names.items():
            form.add(words, self.lines[name], hints.get(name, ""))
        letterhead.body.addLayout(form)

        billing = Card(self.tr("Billing"))
        form = Form()
        form.add(self.tr("N&PI"), self.lines["npi"], self.tr("Ten digits, of the practice."))
        form.add(self.tr("&EIN"), self.lines["ein"], self.tr("Nine digits, such as 12-3456789."))
        billing.body.addLayout(form)

        work = Card(self.tr("Work"))
        form = Form()
        words = self.tr("Days and months are counted in this zone, on every computer.")
        form.add(self.tr("T&ime zone"), self.time_zone, words)
        form.add(self.tr("Case&load goal"), self.lines["caseload_goal"])
        work.body.addLayout(form)

        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.unsaved)
        buttons.addStretch(1)
        for card in (letterhead, billing, work):
            self.body.addWidget(card)
        self.body.addWidget(self.problems)
        self.body.addLayout(buttons)
        self.body.addStretch(1)

    @Slot()
    def _show_whether_saved(self) -> None:
        changed = self.is_changed()
        self.unsaved.setVisible(changed)
        self.save.setEnabled(changed)

    @Slot()
    def _save(self) -> None:
        if self._shown is None:
            return
        self.save.setEnabled(False)
        action = partial(change_practice, practice=self._typed(self._shown))
        self._desk.do(action, done=self._saved, refused=self._show_refusal)

    def _saved(self) -> None:
        self._shown = None
        self.problems.clear_problems()
        self._desk.told.emit(self.tr("The practice's details are saved."))
        self.read_again()

    def _show_refusal(self, refusal: Refused) -> None:
        fields: dict[str, QWidget] = {**self.lines, "time_zone": self.time_zone}
        self.problems.show_error(refusal, fields)
        self._show_whether_saved()
