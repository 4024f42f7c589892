"""The lower third of a case sheet: what the consultant writes by hand."""

from __future__ import annotations

from functools import cache
from typing import Final

from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Beside, Block, Panel, Space, Stack
from cocm_desktop.printing.forms import FormLine, Part, RuledLines, tick
from cocm_desktop.printing.typesetting import Align

DISCLAIMER: Final = (
    "Advice from the records and the care manager’s report, without examination of the patient. "
    "The treating practitioner decides."
)
LEGEND: Final = "… = more in the chart"
LEAST_LINES: Final = 6
LEAST_PITCH: Final = 13.0
PADDING: Final = (11.0, 7.0)
_WIDTH: Final = theme.BODY_WIDTH - 2 * PADDING[0]


def recommendation_form(room: float, pitch: float) -> Block:
    """Give the write-in block: as many lines as the room takes, at least `pitch` apart."""
    for_lines = room - least_height(0.0)
    count = max(LEAST_LINES, int(for_lines / pitch))
    lines = RuledLines((_WIDTH,), count, max(LEAST_PITCH, for_lines / count))
    inside = Stack((*_above(), lines, *_below()))
    return Panel(inside, theme.BODY_WIDTH, padding=PADDING, border=theme.INK)


def least_height(pitch: float) -> float:
    fixed = Stack((*_above(), *_below())).height
    return fixed + LEAST_LINES * pitch + 2 * PADDING[1]


@cache
def _above() -> tuple[Block, ...]:
    what = (
        tick("continue"),
        tick("medication", 2.2),
        Part("dose", blank=1.0),
        tick("therapy", 1.6),
        tick("labs", 1.2),
        tick("measure", 1.2),
    )
    more = (
        tick("safety step"),
        tick("refer"),
        tick("visit with the practitioner"),
        tick("step down"),
        tick("close the episode"),
        Part("other", blank=1.0),
    )
    title = theme.text("RECOMMENDATION TODAY", _WIDTH, theme.HEADING)
    return title, FormLine(what, _WIDTH), FormLine(more, _WIDTH), Space(1.0)


@cache
def _below() -> tuple[Block, ...]:
    who = (
        Part("Who acts"),
        tick("practitioner"),
        tick("care manager"),
        tick("both"),
        Part("    When"),
        tick("today"),
        tick("this week"),
        tick("routine"),
        Part("    Recheck in weeks", blank=1.0),
    )
    signed = (
        Part("Impression", blank=3.2),
        Part("Consultant", blank=2.6),
        Part("Date", blank=1.0),
        Part("Minutes", blank=0.6),
    )
    return (
        Space(4.0),
        FormLine(who, _WIDTH, gap=9.0),
        FormLine(signed, _WIDTH, height=23.0, gap=10.0),
        Space(4.0),
        Beside(
            (
                (0.0, theme.text(DISCLAIMER, _WIDTH, theme.NOTE)),
                (0.0, theme.text(LEGEND, _WIDTH, theme.NOTE, align=Align.RIGHT)),
            )
        ),
    )
