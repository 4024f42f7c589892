"""The head of a packet's first page: who meets when about whom, and how much fits; signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cocm_desktop.domain.review_agenda import ReasonCount
from cocm_desktop.domain.review_packet import ReviewPacket
from cocm_desktop.domain.review_priority import LeftOut
from cocm_desktop.domain.wording import long_date, long_moment, weekday
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Beside, Block, Rule, Space, Stack
from cocm_desktop.printing.forms import FormLine, Part
from cocm_desktop.printing.typesetting import CUT, Align, Span

PRACTICE_WIDTH: Final = 250.0
NOT_NAMED: Final = "not named"
MOST_OF_REASON: Final = 70
REASON_COLUMNS: Final = 3
COUNT_WIDTH: Final = 12.0


def cover(packet: ReviewPacket) -> Block:
    """Set everything that stands over the agenda."""
    return Stack((_title(packet), Space(8.0), _figures(packet), Space(6.0), *_notes(packet)))


def sign_off() -> Block:
    parts = (
        Part("Consultant", blank=2.4),
        Part("Care manager", blank=2.4),
        Part("From", blank=0.7),
        Part("to", blank=0.7),
    )
    return Stack((Space(14.0), FormLine(parts, theme.BODY_WIDTH, height=24.0, gap=12.0)))


def _title(packet: ReviewPacket) -> Block:
    day = f"{weekday(packet.review_on)}, {long_date(packet.review_on)}"
    practice = theme.text(
        packet.practice.name, PRACTICE_WIDTH, theme.SUBTITLE, most_lines=2, align=Align.RIGHT
    )
    title = theme.text("Caseload review", theme.BODY_WIDTH - PRACTICE_WIDTH - 10.0, theme.TITLE)
    place = theme.BODY_WIDTH - PRACTICE_WIDTH
    return Stack(
        (
            Beside(((0.0, title), (place, Stack((Space(5.0), practice))))),
            theme.text(day, theme.BODY_WIDTH, theme.SUBTITLE),
            Space(2.0),
            *_facts(packet),
            Space(6.0),
            Rule(theme.BODY_WIDTH, 0.8),
        )
    )


def _facts(packet: ReviewPacket) -> Iterator[Block]:
    length = f"{packet.meeting_minutes} min, {packet.agenda.minutes_a_case} min a case"
    people = (_managers(packet), ("Consultant", _consultant(packet)))
    times = (("Meeting", length), ("Records as of", long_moment(packet.as_of)))
    for facts in (people, times):
        spans: list[Span] = []
        for label, words in facts:
            gap = "   " if spans else ""
            spans += theme.labelled(
                f"{gap}{label}", words, style=theme.LEAD, quiet=theme.LEAD_QUIET
            )
        yield theme.text(spans, theme.BODY_WIDTH, most_lines=2)


def _managers(packet: ReviewPacket) -> tuple[str, str]:
    names = [member.title for member in packet.care_managers]
    if packet.care_manager and not names:
        names = [packet.care_manager.title]
    if not names:
        return "Caseload", "all care managers"
    return "Care manager" if len(names) == 1 else "Care managers", "; ".join(names)


def _consultant(packet: ReviewPacket) -> str:
    return packet.consultant.title if packet.consultant else NOT_NAMED


def _figures(packet: ReviewPacket) -> Block:
    counts = packet.counts
    figures = (
        (len(packet.sheets), "on the agenda"),
        (packet.agenda.fit, f"fit in {packet.meeting_minutes} min"),
        (counts.active, "active"),
        (counts.relapse_prevention, "relapse prevention"),
        (counts.on_hold, "on hold"),
        (counts.consented, "not yet enrolled"),
    )
    width = theme.BODY_WIDTH / len(figures)
    return Beside(
        tuple(
            (number * width, _figure(value, words, width - theme.GAP))
            for number, (value, words) in enumerate(figures)
        )
    )


def _figure(value: int, words: str, width: float) -> Block:
    return Stack(
        (
            theme.text(f"{value:,}", width, theme.FIGURE),
            theme.text(words, width, theme.SMALL_QUIET, most_lines=2),
        )
    )


def _notes(packet: ReviewPacket) -> Iterator[Block]:
    """Say what fits and why people are here, and name whom somebody took off."""
    if not packet.sheets and not packet.left_out:
        return
    yield theme.text(packet.agenda.cut_words, theme.BODY_WIDTH, theme.LEAD_BOLD, most_lines=1)
    if counts := packet.agenda.reason_counts:
        yield Space(2.0)
        yield _reasons(counts)
    if packet.left_out:
        yield Space(2.5)
        yield theme.text(list(_left_out(packet)), theme.BODY_WIDTH, most_lines=6)


def _reasons(counts: Sequence[ReasonCount]) -> Block:
    """Set how many patients each reason has, in columns that are read downwards."""
    width = theme.BODY_WIDTH / REASON_COLUMNS
    rows = -(-len(counts) // REASON_COLUMNS)
    columns = [counts[start : start + rows] for start in range(0, len(counts), rows)]
    return Beside(
        tuple(
            (number * width, Stack(tuple(_reason(each, width - theme.GAP) for each in column)))
            for number, column in enumerate(columns)
        )
    )


def _reason(count: ReasonCount, width: float) -> Block:
    number = theme.text(str(count.number), COUNT_WIDTH, theme.SMALL_BOLD, align=Align.RIGHT)
    spans = [Span(f"{count.rule} ", theme.SMALL_BOLD), Span(count.title, theme.SMALL)]
    left = COUNT_WIDTH + 4.0
    return Beside(((0.0, number), (left, theme.text(spans, width - left, most_lines=1))))


def _left_out(packet: ReviewPacket) -> Iterator[Span]:
    """Put an open safety answer first: nobody may miss that it is not talked about."""
    yield Span(f"Left out {len(packet.left_out)}", theme.BODY_QUIET)
    for each in sorted(packet.left_out, key=_is_not_safety):
        yield Span(f"   {packet.options.named(each.entry.row)}", theme.BODY_BOLD)
        if each.entry.is_safety:
            yield Span(" (SAFETY OPEN)", theme.BODY_BOLD)
        yield Span(f" {_shortened(each.reason.strip())}", theme.BODY)


def _shortened(words: str) -> str:
    return words if len(words) <= MOST_OF_REASON else f"{words[:MOST_OF_REASON].rstrip()}{CUT}"


def _is_not_safety(each: LeftOut) -> bool:
    return not each.entry.is_safety
