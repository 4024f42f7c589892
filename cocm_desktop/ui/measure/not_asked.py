"""A total without the answers says nothing of a critical item: ask for it before saving."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.ui.widgets.question import Question


class NotAskedQuestion(Question):
    """The safe way on is to ask. Accepted, the measure is kept with the item marked not asked."""

    def __init__(self, instrument: Instrument, not_asked: str, parent: QWidget) -> None:
        named = f"{not_asked[0].upper()}{not_asked[1:]}"
        title = f"{instrument.id}: {not_asked}"
        words = parent.tr(
            "%1. A total does not say what was answered there, and a low total does not rule "
            "anything out. Look at the form, or ask the patient now, and type the answer. "
            "Saved without it, the measure is marked so wherever it shows."
        ).replace("%1", named)
        super().__init__(
            title,
            words,
            parent.tr("Save without it"),
            leave_it=parent.tr("Answer it now"),
            parent=parent,
        )
