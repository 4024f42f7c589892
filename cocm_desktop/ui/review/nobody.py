"""What the review screen says when nobody is on the agenda, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import EmptyState


class Nobody(EmptyState):
    """Offers the other caseloads first, where one was chosen."""

    everyone_wanted = Signal()
    registry_wanted = Signal()
    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("clipboard-check", "", parent=parent)
        self.everyone = PrimaryButton(self.tr("Show all care managers"))
        self.registry = Button(self.tr("Open the registry"))
        self.add = PrimaryButton(self.tr("Add a patient…"))
        self.add_action(self.everyone)
        self.add_action(self.add)
        self.add_action(self.registry)
        self.everyone.clicked.connect(self.everyone_wanted)
        self.registry.clicked.connect(self.registry_wanted)
        self.add.clicked.connect(self.add_wanted)

    def explain_meeting(self, may_add: int) -> None:
        """Say that no rule names anybody for a meeting, and how many can be added by hand."""
        self.everyone.hide()
        self.add.setVisible(may_add > 0)
        words = self.tr(
            "No rule names a patient, nobody was carried over, and nobody was added.\n"
            "%1 can be added by hand."
        ).replace("%1", count_of(may_add, "open episode"))
        self.say(self.tr("Nobody is on this agenda"), words)

    def explain(self, open_episodes: int, *, whose: str) -> None:
        """Say why: no episode at all, or none with a reason. `whose` is empty for everyone's."""
        self.everyone.setVisible(bool(whose))
        self.add.hide()
        if open_episodes == 0:
            title = self.tr("No open episodes of %1") if whose else self.tr("No open episodes yet")
            words = self.tr("Whoever is enrolled comes onto the next review as a new case.")
        else:
            title = self.tr("Nobody is on the agenda")
            words = self.tr(
                "No rule applies to %1: no open safety answer, no missing response, nobody worse "
                "or new, no question.\nTo put a patient on the agenda, ask a question from the "
                "registry or the chart (Ctrl+R)."
            ).replace("%1", count_of(open_episodes, "open episode"))
        self.say(title.replace("%1", whose), words)
