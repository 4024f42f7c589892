"""The head of a case sheet: whose it is, where they stand, and why they are on the agenda."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.packet_options import PacketOptions
from cocm_desktop.domain.patient import LONGEST_NAME
from cocm_desktop.domain.review_packet import CaseSheet, Chart
from cocm_desktop.domain.wording import NOTHING, long_date
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Beside, Block, Rule, Space, Stack
from cocm_desktop.printing.typesetting import CUT, Align, Span

NAME_STYLES: Final = theme.larger_to_smaller(theme.TITLE, 15.0, 12.0, 9.5, 7.0)
# Two names of the greatest length that is taken in, with what stands between them.
LONGEST_SHOWN_NAME: Final = 2 * LONGEST_NAME + 20
LONGEST_MRN: Final = 40
LONGEST_TITLE: Final = 45


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sheet stands in its packet: case number of all cases."""

    number: int
    of: int


def case_header(
    sheet: CaseSheet, place: Place, options: PacketOptions, *, reason_lines: int
) -> Block:
    chart = sheet.chart
    case = theme.text(
        f"Case {place.number} of {place.of}", theme.BODY_WIDTH, theme.BODY_QUIET, align=Align.RIGHT
    )
    room = theme.BODY_WIDTH - case.words_width - 2 * theme.GAP
    named = _short(options.named(chart.patient), LONGEST_SHOWN_NAME)
    name = theme.fitted(named, room, NAME_STYLES, most_lines=2)
    return Stack(
        (
            Beside(((0.0, name), (0.0, Stack((Space(6.0), case))))),
            theme.text(list(_identity(chart, options)), theme.BODY_WIDTH, most_lines=2),
            theme.text(list(_team(chart)), theme.BODY_WIDTH, most_lines=2),
            Space(3.0),
            Rule(theme.BODY_WIDTH, 0.8),
            Space(3.5),
            theme.excerpt(list(_reasons(sheet)), theme.BODY_WIDTH, most_lines=reason_lines),
        )
    )


def _identity(chart: Chart, options: PacketOptions) -> Iterator[Span]:
    patient = chart.patient
    gap = ""
    if options.mrn_of(patient):
        number = _short(patient.mrn_or_words, LONGEST_MRN)
        yield from theme.labelled("MRN", number, style=theme.BODY_BOLD)
        gap = "   "
    born = f"{options.born(patient)} ({chart.row.age} y)"
    yield from theme.labelled(f"{gap}Born", born)
    yield from theme.labelled("   Sex", patient.sex.value)
    if patient.preferred_name and options.shows_names:
        yield from theme.labelled("   Preferred name", patient.preferred_name)


def _team(chart: Chart) -> Iterator[Span]:
    row = chart.row
    yield Span(row.status_words, theme.BODY_BOLD)
    if row.enrolled_on:
        yield Span(f", week {row.weeks}", theme.BODY_BOLD)
        yield from theme.labelled("   Enrolled", long_date(row.enrolled_on))
    else:
        yield from theme.labelled("   Enrolled", "not yet")
    practitioner = chart.practitioner_words or NOTHING
    yield from theme.labelled("   Treating practitioner", _short(practitioner, LONGEST_TITLE))
    manager = (chart.care_manager.title if chart.care_manager else row.care_manager) or NOTHING
    yield from theme.labelled("   Care manager", _short(manager, LONGEST_TITLE))


def _short(words: str, longest: int) -> str:
    """Keep a number or a name, which is short, from taking the place of what follows it."""
    return words if len(words) <= longest else f"{words[:longest]}{CUT}"


def _reasons(sheet: CaseSheet) -> Iterator[Span]:
    yield Span("On the agenda  ", theme.BODY_QUIET)
    for number, reason in enumerate(sheet.entry.reasons):
        yield Span(f"{'   ' if number else ''}{reason.rule} ", theme.BODY_BOLD)
        yield Span(reason.words, theme.BODY)
