"""The parts of a case sheet about the past: the history, and records of Part 2 programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from cocm_desktop.domain.background import PART2_NOTICE, HistoryKind, HistoryNote, ShownRecord
from cocm_desktop.domain.case_facts import CaseFacts
from cocm_desktop.domain.wording import month_year
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Block, heading
from cocm_desktop.printing.marked_bar import marked_bar
from cocm_desktop.printing.typesetting import CUT, Span

# What decides most comes first: where there is little room, the end is cut.
BY_WEIGHT: Final = (
    HistoryKind.ATTEMPTS,
    HistoryKind.PSYCHIATRIC,
    HistoryKind.SUBSTANCES,
    HistoryKind.FAMILY,
    HistoryKind.MEDICAL,
    HistoryKind.SOCIAL,
)
LABELS: Final = {HistoryKind.ATTEMPTS: "Stays, attempts", HistoryKind.SUBSTANCES: "Substances"}
LETTERS_A_LINE: Final = 60
SHARES: Final = 3
SOCIAL_LEFT_OUT: Final = "social history left out"
PROTECTED: Final = "PROTECTED"


def history_part(
    facts: CaseFacts, width: float, lines: int, *, leaves_out_social: bool
) -> Iterator[Block]:
    """Set the history in at most so many lines, each part of it behind its name."""
    kept = [note for note in facts.history if not note.kind.goes_with_medication]
    notes = [n for n in kept if not (leaves_out_social and n.kind is HistoryKind.SOCIAL)]
    yield heading("History", width, _note(kept, is_whole=len(notes) == len(kept)))
    if not notes:
        yield theme.text("None recorded.", width, theme.NOTE)
        return
    notes.sort(key=lambda note: BY_WEIGHT.index(note.kind))
    # A long note leaves room for two others.
    longest = lines * LETTERS_A_LINE // min(len(notes), SHARES)
    spans = [
        span for n, note in enumerate(notes) for span in _spans(note, is_first=not n, most=longest)
    ]
    yield theme.excerpt(spans, width, most_lines=lines)


def _spans(note: HistoryNote, *, is_first: bool, most: int) -> tuple[Span, Span]:
    label = LABELS.get(note.kind, note.kind.value)
    words = note.words if len(note.words) <= most else f"{note.words[:most].rstrip()}{CUT}"
    return Span(f"{'' if is_first else '   '}{label} ", theme.BODY_BOLD), Span(words, theme.BODY)


def _note(kept: Sequence[HistoryNote], *, is_whole: bool) -> str:
    """Say what is left out on purpose, and how old the newest note is."""
    left_out = "" if is_whole else SOCIAL_LEFT_OUT
    taken = f"as of {month_year(max(note.noted_on for note in kept))}" if kept else ""
    return ", ".join(filter(None, (left_out, taken)))


def part2_part(records: Sequence[ShownRecord], *, most: int, lines: int) -> Iterator[Block]:
    """Set what Part 2 programs let the practice know, with its notice; or that it is left out.

    At most so many records stand there, the newest first, each in so many lines.
    """
    if records:
        inside = partial(_records, records, most=most, lines=lines)
        yield marked_bar(PROTECTED, theme.INK, inside)


def _records(
    records: Sequence[ShownRecord], width: float, *, most: int, lines: int
) -> Iterator[Block]:
    newest_first = [record for record in records if record.is_open][::-1]
    for record in newest_first[:most]:
        spans = [
            Span(f"{record.program}  ", theme.BODY_BOLD),
            Span(f"{record.consent_words}  ", theme.BODY_QUIET),
            Span(record.words, theme.BODY),
        ]
        yield theme.excerpt(spans, width, most_lines=lines)
    if newest_first:
        more = len(newest_first) - most
        hidden = f"  {more} more in the chart." if more > 0 else ""
        spans = [Span(PART2_NOTICE, theme.BODY_BOLD), Span(hidden, theme.BODY_QUIET)]
        yield theme.text(spans, width)
    left_out = [record for record in records if not record.is_open]
    if left_out:
        yield theme.text(left_out[-1].sentence, width, most_lines=1)
