"""What a form comes to while it is typed: sum, band, change, or what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from cocm_desktop.domain.score_preview import ScorePreview
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.announce import announce
from cocm_desktop.ui.widgets.chips import Chip, ChipLabel
from cocm_desktop.ui.widgets.labels import ElidingLabel, Label


class ResultStrip(QFrame):
    """Big number, chip and comparison; without scores for whoever may not see them."""

    def __init__(self, parent: QWidget | None = None, *, shows_scores: bool) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shows_scores = shows_scores
        self.total = Label("", "number")
        self.chip = ChipLabel(Chip("", Tone.NEUTRAL))
        self.words = ElidingLabel("", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(12)
        row.addWidget(self.total)
        row.addWidget(self.chip)
        row.addWidget(self.words, 1)

    def show_preview(self, preview: ScorePreview) -> None:
        scored = preview.scored
        is_full = scored.total is not None and self._shows_scores
        self.total.setVisible(is_full)
        self.chip.setVisible(is_full)
        if scored.total is not None and scored.band is not None and self._shows_scores:
            self.total.setText(str(scored.total))
            band = scored.band
            self.chip.show_chip(Chip(band.name, Tone(band.level), band.level))
            self.words.setText(preview.change_words)
            announce(self, preview.words)
        else:
            self.words.setText(preview.answered_words)
        self.setAccessibleName(preview.words if self._shows_scores else preview.answered_words)
