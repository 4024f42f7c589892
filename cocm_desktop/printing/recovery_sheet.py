"""The paper with the recovery code: one page, to be locked away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.wording import long_date
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Block, Panel, Space, Stack
from cocm_desktop.printing.page import Folio, Press
from cocm_desktop.printing.typesetting import Align, Style

TITLE: Final = "Recovery code"
CODE: Final = Style(fonts.BOLD, 20.0, 30.0, theme.INK)
NUMBER: Final = Style(fonts.REGULAR, 8.0, 10.0, theme.QUIET)
PADDING: Final = (18.0, 16.0)
RULES: Final = """
Whoever has this paper can open the clinic’s file and read everything in it. Lock it away, not
beside the computer. Two people of the practice should know where it is.

To use it: start CoCM Desktop, press “Use the recovery code”, type the code and your sign-in name,
and choose a new password. Capitals do not matter; O is read as 0, I and L as 1.

If this paper is lost, or a stranger has seen it, make a new code under Settings, Staff. The old
one stops working at once.

Without this code and with every password forgotten, nobody can open the file: not the makers of
the program either.
"""


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    code: RecoveryCode
    practice: str
    made_on: date


def recovery_sheet(sheet: RecoverySheet) -> bytes:
    """Set the page. The same sheet is always the same file."""
    press = Press(TITLE)
    foot = f"Confidential · {sheet.practice} · made {long_date(sheet.made_on)}"
    folio = Folio("code", TITLE, foot, number=1, of=1, is_sample=False)
    press.print_page(_content(sheet), folio)
    return press.finish()


def _content(sheet: RecoverySheet) -> Block:
    width = theme.BODY_WIDTH
    said = f"{sheet.practice} · made {long_date(sheet.made_on)}"
    rules: list[Block] = []
    for rule in RULES.split("\n\n"):
        rules += [theme.text(" ".join(rule.split()), width, theme.LEAD), Space(6.0)]
    return Stack(
        (
            theme.text(TITLE, width, theme.TITLE),
            theme.text(said, width, theme.LEAD_QUIET),
            Space(18.0),
            Panel(_code(sheet.code, width - 2 * PADDING[0]), width, PADDING, border=theme.INK),
            Space(18.0),
            *rules,
        )
    )


def _code(code: RecoveryCode, width: float) -> Block:
    """Set the groups in two lines, so that each can be read at arm's length."""
    groups = code.groups
    half = (len(groups) + 1) // 2
    lines = (groups[:half], groups[half:])
    return Stack(
        tuple(theme.text("   –   ".join(line), width, CODE, align=Align.CENTER) for line in lines)
    )
