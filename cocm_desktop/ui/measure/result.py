"""What a form comes to while it is typed: sum, band, change, or what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cocm_desktop.domain.score_preview import ScorePreview
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.announce import announce
from cocm_desktop.ui.widgets.chips import Chip, ChipLabel
from cocm_desktop.ui.widgets.labels import ElidingLabel, Label

BETWEEN = "  ·  "


class ResultStrip(QFrame):
    """Big number, chip and comparison; without scores for whoever may not see them."""

    def __init__(self, parent: QWidget | None = None, *, shows_scores: bool) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shows_scores = shows_scores
        self._said = ""
        self.total = Label("", "number")
        self.chip = ChipLabel(Chip("", Tone.NEUTRAL))
        self.words = ElidingLabel("", "secondary")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.lines = Label("", "caption", wraps=True)
        self.row = QHBoxLayout()
        self.row.setSpacing(12)
        self.row.addWidget(self.total)
        self.row.addWidget(self.chip)
        self.row.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 6)
        column.setSpacing(2)
        column.addLayout(self.row)
        column.addWidget(self.lines)

    def show_preview(self, preview: ScorePreview, *, is_open: bool) -> None:
        """Show what is known; `is_open` while a question has neither an answer nor a mark."""
        has_total = preview.total is not None and self._shows_scores
        self.total.setVisible(has_total)
        self.total.setText("" if preview.total is None else str(preview.total))
        self._show_chip(preview, is_open=is_open)
        lines = preview.form.known_lines if self._shows_scores else ()
        triage = preview.triage_words if self._shows_scores else ""
        self.lines.setText(BETWEEN.join(line for line in lines if line != triage))
        self.lines.setVisible(bool(self.lines.text()))
        if has_total:
            self.words.setText(preview.compared_words)
        else:
            estimate = "" if is_open or not self._shows_scores else preview.estimate_words
            said = (preview.answered_words, triage, estimate)
            self.words.setText(" ".join(filter(None, said)))
        self._say(preview)

    def _show_chip(self, preview: ScorePreview, *, is_open: bool) -> None:
        band = preview.band if self._shows_scores else None
        state = "" if is_open else preview.state_words
        self.chip.setVisible(band is not None or bool(state))
        if band is not None:
            named = f"{band.name}, {state.lower()}" if state else band.name
            self.chip.show_chip(Chip(named, Tone(band.level), band.level))
        else:
            self.chip.show_chip(Chip(state, Tone.NEUTRAL))

    def _say(self, preview: ScorePreview) -> None:
        """Read the result aloud once it is whole, or says something new."""
        words = preview.words if self._shows_scores else preview.answered_words
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.lines.text())
        is_result = preview.total is not None or bool(preview.form.triage)
        if is_result and self._shows_scores and words != self._said:
            announce(self, words)
        self._said = words
