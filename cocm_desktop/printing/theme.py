"""The look of paper: type, colours that survive grey printing, spacing.

Every word that goes on paper passes `text()`, which sets letters and knows no markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER

from cocm_desktop.printing import fonts
from cocm_desktop.printing.typesetting import CUT, MORE, Align, Span, Style, Text, set_words

PAGE_WIDTH, PAGE_HEIGHT = LETTER
MARGIN: Final = 36.0
BODY_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
GAP: Final = 8.0

# The palette of the screens; each colour of ink keeps 4.5 : 1 against the tints.
INK: Final = HexColor("#1B2733")
QUIET: Final = HexColor("#51606F")
ACCENT: Final = HexColor("#0B5C7A")
SAFETY: Final = HexColor("#8E1024")
WHITE: Final = HexColor("#FFFFFF")
TINT: Final = HexColor("#EAF0F4")
HAIRLINE: Final = HexColor("#C3CCD4")
GUIDE: Final = HexColor("#8C98A4")
# Severity 1 to 5: darker as it grows, so that the order stays visible in grey.
BAND_TINTS: Final = {
    1: HexColor("#F1F8F3"),
    2: HexColor("#F3F4E1"),
    3: HexColor("#FBEFDC"),
    4: HexColor("#F9E3D6"),
    5: HexColor("#F3D7D9"),
}


TITLE: Final = Style(fonts.BOLD, 18, 22, INK)
DISPLAY: Final = Style(fonts.REGULAR, 24, 28, INK)
LETTERHEAD: Final = Style(fonts.BOLD, 14, 18, INK)
SUBTITLE: Final = Style(fonts.REGULAR, 11, 15, INK)
FIGURE: Final = Style(fonts.BOLD, 17, 20, INK)
LEAD: Final = Style(fonts.REGULAR, 9.8, 13, INK)
LEAD_BOLD: Final = Style(fonts.BOLD, 9.8, 13, INK)
LEAD_QUIET: Final = Style(fonts.REGULAR, 9.8, 13, QUIET)
ROOMY: Final = Style(fonts.REGULAR, 9.2, 12.4, INK)
ROOMY_BOLD: Final = Style(fonts.BOLD, 9.2, 12.4, INK)
ROOMY_QUIET: Final = Style(fonts.REGULAR, 9.2, 12.4, QUIET)
BODY: Final = Style(fonts.REGULAR, 8.3, 10.8, INK)
BODY_BOLD: Final = Style(fonts.BOLD, 8.3, 10.8, INK)
BODY_QUIET: Final = Style(fonts.REGULAR, 8.3, 10.8, QUIET)
BODY_NOTE: Final = Style(fonts.ITALIC, 8.3, 10.8, QUIET)
SAFETY_LABEL: Final = Style(fonts.BOLD, 8.3, 10.8, WHITE)
HEADING: Final = Style(fonts.BOLD, 7.4, 9.6, INK)
SMALL: Final = Style(fonts.REGULAR, 7.4, 9.4, INK)
SMALL_BOLD: Final = Style(fonts.BOLD, 7.4, 9.4, INK)
SMALL_QUIET: Final = Style(fonts.REGULAR, 7.4, 9.4, QUIET)
NOTE: Final = Style(fonts.ITALIC, 7.4, 9.4, QUIET)


def text(
    words: str | Sequence[Span],
    width: float,
    style: Style = BODY,
    *,
    most_lines: int | None = None,
    align: Align = Align.LEFT,
) -> Text:
    """Set what was typed, or spans of several styles, in lines of the width."""
    return _set(_spans(words, style), width, most_lines, more=CUT, align=align)


def excerpt(
    words: str | Sequence[Span], width: float, style: Style = BODY, *, most_lines: int
) -> Text:
    """Set the beginning of a text that may be long, and say where the rest of it is."""
    return _set(_spans(words, style), width, most_lines, more=MORE, align=Align.LEFT)


def _spans(words: str | Sequence[Span], style: Style) -> tuple[Span, ...]:
    return (Span(words, style),) if isinstance(words, str) else tuple(words)


@lru_cache(maxsize=512)
def _set(
    spans: tuple[Span, ...], width: float, most_lines: int | None, *, more: str, align: Align
) -> Text:
    """Set words once for all the ways in which a page is tried."""
    return set_words(spans, width, most_lines=most_lines, more=more, align=align)


def forget() -> None:
    """Keep no word of a patient in memory once a file is made."""
    _set.cache_clear()
    fonts.forget()


def fitted(words: str, width: float, styles: Sequence[Style], *, most_lines: int) -> Text:
    """Set words that must all be read in the first style, the largest, that has room for them.

    Where none has, in the last and in as many lines as that takes.
    """
    for style in styles:
        setting = text(words, width, style, most_lines=most_lines)
        if not setting.is_cut and not setting.is_broken:
            return setting
    return text(words, width, styles[-1])


def larger_to_smaller(style: Style, *sizes: float) -> tuple[Style, ...]:
    return (style, *(Style(style.face, s, s * 1.25, style.color) for s in sizes))


def labelled(
    label: str, words: str, *, style: Style = BODY, quiet: Style = BODY_QUIET
) -> list[Span]:
    """Set a field as the banner does: the label lighter than what it names, no colon."""
    return [Span(f"{label} ", quiet), Span(words, style)]
