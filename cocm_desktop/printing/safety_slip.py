"""The slip that the front desk hands on: no form, no answer, no score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.safety import FRONT_DESK_WORDS
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Rule, Space, Stack
from cocm_desktop.printing.page import SLIP, Press
from cocm_desktop.printing.typesetting import Style

TITLE: Final = "Slip"
ORDER: Final = Style(fonts.BOLD, 17.0, 22.0, theme.INK)
NAME: Final = Style(fonts.BOLD, 12.0, 16.0, theme.INK)
WIDTH: Final = SLIP[0] - 2 * theme.MARGIN


@dataclass(frozen=True, slots=True)
class Slip:
    practice: Practice
    patient: Patient
    by: str
    at: datetime


def slip_pdf(slip: Slip) -> bytes:
    """Set the slip on a quarter of a letter page."""
    press = Press(TITLE, paper=SLIP)
    who = slip.patient
    content = Stack(
        (
            theme.text(slip.practice.name, WIDTH, theme.LEAD_QUIET, most_lines=2),
            Space(6.0),
            Rule(WIDTH),
            Space(16.0),
            theme.text(FRONT_DESK_WORDS, WIDTH, ORDER),
            Space(20.0),
            theme.text(f"{who.first_name} {who.last_name}", WIDTH, NAME, most_lines=2),
            theme.text(f"born {who.born}", WIDTH, theme.LEAD_QUIET),
            Space(20.0),
            theme.text(f"{long_moment(slip.at)} · {slip.by}", WIDTH, theme.LEAD, most_lines=2),
            Space(26.0),
            Rule(WIDTH * 0.6),
            Space(3.0),
            theme.text("Taken over by, at", WIDTH, theme.SMALL_QUIET),
        )
    )
    press.print_slip(content, is_sample=slip.practice.is_sample)
    return press.finish()
