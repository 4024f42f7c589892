"""What the papers of billing have in common: fields in rows, marks, amounts, diagnoses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.billing.checklist import ProofState
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.identifiers import phone_words
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import NOT_RECORDED, NOTHING, dollars, long_moment
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Beside, Block, Column, Panel, Stack, heading, row
from cocm_desktop.printing.typesetting import Align, Pen, Span, Style

DRAFT: Final = "DRAFT – not issued"
LETTERS: Final = "ABCDEFGHIJKL"  # a claim takes twelve diagnoses
COLUMN_GAP: Final = 18.0
HALF: Final = (theme.BODY_WIDTH - COLUMN_GAP) / 2
MARK: Final = 7.0
FIELD_LABEL: Final = 92.0
TWO_LINES: Final = ("Address", "Payer")

Field = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick, a cross or a dash, drawn: in grey they differ by shape and not by colour."""

    state: ProofState
    height: float = 10.8

    def draw(self, pen: Pen, left: float, top: float) -> None:
        middle = top - self.height / 2
        pen.setStrokeColor(theme.INK)
        pen.setLineWidth(1.3)
        half = MARK / 2
        if self.state is ProofState.DONE:
            pen.lines(
                [
                    (left, middle - 0.3, left + 2.4, middle - 2.8),
                    (left + 2.4, middle - 2.8, left + MARK, middle + 2.9),
                ]
            )
        elif self.state is ProofState.MISSING:
            pen.lines(
                [
                    (left + 0.6, middle - 2.8, left + MARK - 0.8, middle + 2.8),
                    (left + 0.6, middle + 2.8, left + MARK - 0.8, middle - 2.8),
                ]
            )
        else:
            pen.line(left + 1.0, middle, left + half + 2.6, middle)


def dollars_or_dash(cents: int | None) -> str:
    """Write an amount; one that nobody recorded is not zero."""
    return NOTHING if cents is None else dollars(cents)


def field_rows(fields: Iterable[Field], width: float) -> Block:
    """Set fields below each other: quiet labels in a column, what they name beside."""
    return Stack(tuple(_field(label, words, width=width) for label, words in fields))


def _field(label: str, words: str, *, width: float) -> Block:
    most_lines = 2 if label.startswith(TWO_LINES) else 1
    name = theme.text(label, FIELD_LABEL - 4.0, theme.BODY_QUIET, most_lines=1)
    named = theme.text(words or NOT_RECORDED, width - FIELD_LABEL, most_lines=most_lines)
    return Beside(((0.0, name), (FIELD_LABEL, named)))


def practice_lines(practice: Practice) -> tuple[str, ...]:
    """Give the address on one line and the phone on another, as far as they are known."""
    lines = (", ".join(practice.address_lines), phone_words(practice.phone))
    return tuple(line for line in lines if line)


def numbers(pairs: Iterable[Field], width: float, style: Style = theme.BODY) -> Block:
    """Set numbers next to each other on one line, each with its label."""
    quiet = Style(style.face, style.size, style.leading, theme.QUIET)
    spans: list[Span] = []
    for label, number in pairs:
        gap = "   " if spans else ""
        spans += theme.labelled(gap + label, number or NOT_RECORDED, style=style, quiet=quiet)
    return theme.text(spans, width, most_lines=1)


def standing(superbill: Superbill, width: float, state: str = "") -> Iterator[Block]:
    """Say whether this is final: a number and a moment, or the plain mark of a draft."""
    if superbill.issued_at is None:
        words = theme.text(DRAFT, width, theme.LEAD_BOLD)
        tag = Panel(words, words.words_width + 16.0, padding=(8.0, 3.0), border=theme.INK)
        yield Beside(((width - tag.width, tag),))
        return
    spans = theme.labelled("No.", superbill.number, style=theme.LEAD_BOLD, quiet=theme.LEAD_QUIET)
    if state:
        spans.append(Span(f"   {state}", theme.LEAD_BOLD))
    yield theme.text(spans, width, align=Align.RIGHT, most_lines=1)
    issued = theme.labelled("Issued", long_moment(superbill.issued_at))
    yield theme.text(issued, width, align=Align.RIGHT, most_lines=1)


def diagnosis_list(
    diagnoses: Sequence[Diagnosis], style: Style, *, note: str, in_one_column: int
) -> Block:
    """List them from A on: in one column up to a number of them, in two from there."""
    blocks: list[Block] = [heading("Diagnoses", theme.BODY_WIDTH, note)]
    lettered = list(zip(LETTERS, diagnoses, strict=False))
    if not lettered:
        blocks.append(theme.text("None recorded.", theme.BODY_WIDTH, theme.NOTE))
    elif len(lettered) <= in_one_column:
        blocks.append(_diagnosis_column(lettered, theme.BODY_WIDTH, style))
    else:
        first = (len(lettered) + 1) // 2
        left = _diagnosis_column(lettered[:first], HALF, style)
        right = _diagnosis_column(lettered[first:], HALF, style)
        blocks.append(Beside(((0.0, left), (HALF + COLUMN_GAP, right))))
    if len(diagnoses) > len(LETTERS):
        words = f"{len(diagnoses) - len(LETTERS)} more are recorded; a claim takes twelve."
        blocks.append(theme.text(words, theme.BODY_WIDTH, theme.NOTE))
    return Stack(tuple(blocks))


def _diagnosis_column(
    lettered: Sequence[tuple[str, Diagnosis]], width: float, style: Style
) -> Block:
    columns = (Column("", 18.0), Column("", 46.0), Column("", width - 64.0))
    bold = Style(theme.BODY_BOLD.face, style.size, style.leading, style.color)
    return Stack(
        tuple(
            row(
                columns,
                (letter, [Span(diagnosis.code, bold)], diagnosis.title),
                style=style,
                padding=0.6,
                line=None,
            )
            for letter, diagnosis in lettered
        )
    )


def pointer_letters(pointers: Iterable[int]) -> str:
    """Write places in the list of diagnoses as claims do: 1 and 2 are AB."""
    return "".join(LETTERS[place - 1] for place in pointers if 0 < place <= len(LETTERS))
