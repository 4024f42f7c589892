"""Taking emergency access, and signing that one was looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.emergency import (
    ListedEmergency,
    review_emergency,
    take_emergency_access,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.wording import clock_time, long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.fields import NoteField
from cocm_desktop.ui.widgets.form_dialog import FormDialog
from cocm_desktop.ui.widgets.labels import Label


class TakeEmergencyDialog(FormDialog):
    """Asks for the reason: it is all that stands between a person and every chart."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.set_words(self.tr("Emergency access"), self.tr("Take emergency access"))
        words = self.tr(
            "For 60 minutes you see the registry and every chart, print the downtime list and "
            "see to safety tasks, whatever your roles. Each thing you look at is marked, and an "
            "administrator looks at your reason afterwards. Use it when a patient may come to "
            "harm and nobody is there who may look."
        )
        self.reason = NoteField(lines=3)
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        hint = self.tr("Who is in danger of what, and why it cannot wait. Ten characters or more.")
        self.form.add(self.tr("&Reason"), self.reason, hint)
        self.fields = {"reason": self.reason}

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(take_emergency_access, reason=self.reason.text())


class ReviewEmergencyDialog(FormDialog):
    """An administrator writes what they found."""

    def __init__(self, desk: Desk, listed: ListedEmergency, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._access = listed.access
        self.set_words(self.tr("Look at an emergency access"), self.tr("Sign"))
        self.said = NoteField(lines=3)
        self.form.add(self.tr("Who"), Label(listed.who))
        self.form.add(self.tr("When"), Label(when_words(listed), wraps=True))
        self.form.add(self.tr("Reason"), Label(listed.access.reason, wraps=True))
        entries = self.tr("%1 entries of the audit").replace("%1", str(listed.entries))
        self.form.add(self.tr("Was done"), Label(entries))
        hint = self.tr("Was it needed? What was done about it?")
        self.form.add(self.tr("&What you found"), self.said, hint)
        self.fields = {"words": self.said}

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(
            review_emergency,
            access_id=self._access.id,
            words=self.said.text(),
            version=self._access.version,
        )


def when_words(listed: ListedEmergency) -> str:
    """Say from when to when an access lasted."""
    access = listed.access
    until = access.ended_at or access.ends_at
    return f"{long_date(access.began_at.date())}, {clock_time(access.began_at)}–{clock_time(until)}"
