"""Envelopes and address labels: names and addresses, and nothing about care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reportlab.lib.units import inch

from cocm_desktop.domain.mailing import LabelPlace, label_places
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Block, Stack
from cocm_desktop.printing.letter import PrintedLetter, address
from cocm_desktop.printing.page import Press
from cocm_desktop.printing.typesetting import Pen, Style

ENVELOPE: Final = (9.5 * inch, 4.125 * inch)
"""Number 10."""
# Source: USPS Publication 28: the address lies 5/8 to 2 3/4 in from the foot, half an inch or
# more from the sides.
ENVELOPE_ADDRESS: Final = (4.0 * inch, 2.0 * inch)
"""From the left and from the top."""
ENVELOPE_ROOM: Final = (4.9 * inch, 1.4 * inch)
RETURN_ADDRESS: Final = (0.45 * inch, 0.4 * inch)
RETURN_WIDTH: Final = 3.3 * inch
MOST_RETURN_LINES: Final = 2
RETURN: Final = Style(fonts.REGULAR, 9.0, 11.5, theme.INK)
RETURN_BOLD: Final = Style(fonts.BOLD, 9.0, 11.5, theme.INK)
# Source: Avery's template 5160: 2 5/8 by 1 in, 1/2 in from the top, 3/16 in from the left,
# columns 2 3/4 in apart.
LABEL: Final = (2.625 * inch, 1.0 * inch)
LABELS_TOP, LABELS_LEFT = 0.5 * inch, 0.1875 * inch
LABEL_PITCH: Final = 2.75 * inch
LABEL_PADDING: Final = (0.14 * inch, 0.12 * inch)


def envelopes_pdf(
    practice: Practice, patients: Sequence[Patient], *, names_practice: bool = True
) -> PrintedLetter:
    """Set an envelope for each; without the practice's name only its address says who sends."""
    press = Press("Envelopes", paper=ENVELOPE)
    for patient in patients:
        content = _Envelope(_sender(practice, names_practice=names_practice), patient)
        press.print_slip(content, is_sample=practice.is_sample)
    return PrintedLetter(press.finish(), len(patients))


def labels_pdf(practice: Practice, patients: Sequence[Patient], *, start: int) -> PrintedLetter:
    """Set Avery 5160 labels, the first of them at `start`, from 1."""
    press = Press("Labels")
    placed = list(zip(label_places(len(patients), start=start), patients, strict=True))
    sheets = groupby(placed, key=lambda each: each[0].sheet)
    count = 0
    for _sheet, labels in sheets:
        press.print_slip(_Sheet(tuple(labels)), is_sample=practice.is_sample)
        count += 1
    return PrintedLetter(press.finish(), count)


def _sender(practice: Practice, *, names_practice: bool) -> Block:
    lines = [
        theme.text(line, RETURN_WIDTH, RETURN, most_lines=MOST_RETURN_LINES)
        for line in practice.address_lines
    ]
    if names_practice or not lines:
        name = theme.text(practice.name, RETURN_WIDTH, RETURN_BOLD, most_lines=MOST_RETURN_LINES)
        lines.insert(0, name)
    return Stack(tuple(lines))


@dataclass(frozen=True, slots=True)
class _Envelope:
    sender: Block
    patient: Patient
    height: float = 0.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Draw from the edges of the paper: `left` and `top` are those of the usual margins."""
        edge, upper = left - theme.MARGIN, top + theme.MARGIN
        self.sender.draw(pen, edge + RETURN_ADDRESS[0], upper - RETURN_ADDRESS[1])
        to = address(self.patient, *ENVELOPE_ROOM)
        to.draw(pen, edge + ENVELOPE_ADDRESS[0], upper - ENVELOPE_ADDRESS[1])


@dataclass(frozen=True, slots=True)
class _Sheet:
    labels: tuple[tuple[LabelPlace, Patient], ...]
    height: float = 0.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        edge, upper = left - theme.MARGIN, top + theme.MARGIN
        room = (LABEL[0] - 2 * LABEL_PADDING[0], LABEL[1] - 2 * LABEL_PADDING[1])
        for place, patient in self.labels:
            words = address(patient, *room)
            x = edge + LABELS_LEFT + place.column * LABEL_PITCH + LABEL_PADDING[0]
            y = upper - LABELS_TOP - place.row * LABEL[1]
            words.draw(pen, x, y - (LABEL[1] - words.height) / 2)
