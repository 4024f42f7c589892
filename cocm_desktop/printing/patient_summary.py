"""The patient's own summary on paper: plain words, large type, a ruler for each score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.instrument_scale import Band, Direction
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.patient_language import band_in, date_in
from cocm_desktop.domain.patient_summary import PatientSummary, SummaryScores
from cocm_desktop.domain.summary_words import SummaryWords
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Beside, Block, Panel, Rule, Space, Stack
from cocm_desktop.printing.forms import RuledLines, identity
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.running import in_pages
from cocm_desktop.printing.typesetting import Align, Pen, Span, Style

WIDTH: Final = theme.BODY_WIDTH
TITLE: Final = Style(fonts.BOLD, 20.0, 25.0, theme.INK)
WHO: Final = Style(fonts.BOLD, 12.0, 16.0, theme.INK)
WHO_QUIET: Final = Style(fonts.REGULAR, 11.0, 16.0, theme.QUIET)
SECTION: Final = Style(fonts.BOLD, 12.5, 17.0, theme.ACCENT)
WORDS: Final = Style(fonts.REGULAR, 11.5, 16.0, theme.INK)
STRONG: Final = Style(fonts.BOLD, 11.5, 16.0, theme.INK)
QUIET: Final = Style(fonts.REGULAR, 10.0, 14.0, theme.QUIET)
CRISIS: Final = Style(fonts.BOLD, 11.5, 16.0, theme.INK)
MARK: Final = Style(fonts.BOLD, 9.5, 12.0, theme.INK)
BAND: Final = Style(fonts.REGULAR, 8.0, 10.0, theme.INK)
BULLET: Final = "•"
INDENT: Final = 14.0
GAPS: Final = ((13.0, 3.0), (8.0, 0.0), (5.0, 0.0))
"""Above a section and above a line: the closer ones where they save a page."""
PADDING: Final = (12.0, 8.0)
RULER: Final = 13.0
POINTER: Final = 4.5
PITCH: Final = 22.0
LEAST_LINES, MOST_LINES = 2, 6


def summary_pdf(summary: PatientSummary) -> tuple[bytes, int]:
    """Set the summary; give the file and how many pages it has. No word of it is cut."""
    head = _head(summary)
    pages, gap = _pages(summary, head)
    title = summary.words.title
    press = Press(title, language=summary.language)
    for number, blocks in enumerate(pages, start=1):
        folio = Folio(
            key=f"page-{number}",
            bookmark=title if number == 1 else "",
            foot=" · ".join(filter(None, (summary.practice.name, summary.practice.phone))),
            number=number,
            of=len(pages),
            is_sample=summary.practice.is_sample,
        )
        press.print_page(Stack((head, Space(gap), *blocks)), folio)
    return press.finish(), len(pages)


def _pages(summary: PatientSummary, head: Block) -> tuple[list[list[Block]], float]:
    """Take the roomiest setting of those that need the fewest pages."""
    tried = [(_placed(summary, head, gaps), gaps[0]) for gaps in GAPS]
    pages, gap = min(tried, key=lambda each: len(each[0]))
    _add_lines(pages[-1], ROOM - head.height - gap, summary.words)
    return pages, gap


def _placed(summary: PatientSummary, head: Block, gaps: tuple[float, float]) -> list[list[Block]]:
    gap, line_gap = gaps
    placed = [(gap if is_new else line_gap, block) for is_new, block in _blocks(summary)]
    return list(in_pages(placed, ROOM - head.height - gap))


def _head(summary: PatientSummary) -> Block:
    """Name, birth and number on every page: one may be found alone."""
    words, patient = summary.words, summary.patient
    as_of = words.as_of.format(date_in(summary.today, summary.language))
    when = theme.text(as_of, WIDTH, WHO_QUIET, align=Align.RIGHT)
    facts = f"   {words.born} {date_in(patient.born_on, summary.language)}"
    number = f"   {words.number} {patient.mrn}" if patient.mrn else ""
    name = Span(f"{patient.first_name} {patient.last_name}", WHO)
    return Stack(
        (
            Beside(
                (
                    (0.0, theme.text(words.title, WIDTH, TITLE)),
                    (0.0, Stack((Space(7.0), when))),
                )
            ),
            Space(2.0),
            identity(name, Span(f"{facts}{number}", WHO_QUIET), WIDTH, most_lines=3),
            Space(5.0),
            Rule(WIDTH, 1.0),
        )
    )


Parts = Iterator[tuple[bool, Block]]
"""Blocks, each with whether a section begins there."""


def _blocks(summary: PatientSummary) -> Parts:
    words = summary.words
    yield from _section(summary.title_of_why, [_plain(line) for line in summary.why])
    yield from _section(words.team, [_point([Span(line, WORDS)]) for line in summary.team])
    yield from _section(words.medicines, [*_medicines(summary)])
    goals = [_point(_goal_spans(*goal)) for goal in summary.goals]
    yield from _section(words.goals, goals)
    yield from _section(words.scores, [_scores(each, summary) for each in summary.scores])
    steps = [_point([Span(line, WORDS)]) for line in summary.next_steps]
    yield from _section(words.next, steps)
    yield True, _whom(summary)


def _section(title: str, lines: list[Block]) -> Parts:
    """Set a title with its first line, so that none stands alone at the foot of a page."""
    if not lines:
        return
    first, *more = lines
    yield True, Stack((theme.text(title, WIDTH, SECTION), Space(2.0), first))
    yield from ((False, line) for line in more)


def _plain(line: str) -> Block:
    return theme.text(line, WIDTH, WORDS)


def _point(spans: list[Span]) -> Block:
    words = theme.text(spans, WIDTH - INDENT)
    return Beside(((2.0, theme.text(BULLET, INDENT, WORDS)), (INDENT, words)))


def _goal_spans(goal: str, note: str) -> list[Span]:
    return [Span(goal, WORDS), Span(f"   {note}" if note else "", QUIET)]


def _medicines(summary: PatientSummary) -> Iterator[Block]:
    words = summary.words
    if not summary.medicines:
        yield _plain(words.no_medicines)
    for name, taken in summary.medicines:
        yield _point([Span(name, STRONG), Span(f"   {taken}", WORDS)])
    if summary.allergies:
        yield _plain(summary.allergies)
    if summary.medicines:
        yield theme.text(words.not_alone, WIDTH, QUIET)


def _scores(scores: SummaryScores, summary: PatientSummary) -> Block:
    words, instrument = summary.words, scores.instrument
    better_low = instrument.direction is Direction.HIGHER_IS_WORSE
    which = words.ruler if better_low else words.ruler_up
    heading = [
        Span(instrument.id, STRONG),
        Span(f"   {which.format(instrument.highest_total)}", QUIET),
    ]
    return Stack(
        (
            theme.text(heading, WIDTH),
            Space(3.0),
            ScoreRuler(scores, words, summary.language),
            Space(3.0),
        )
    )


@dataclass(frozen=True, slots=True)
class ScoreRuler:
    """The bands of a scale side by side, with a pointer from above and one from below.

    The first score points down from above, the last one up from below: they never collide.
    """

    scores: SummaryScores
    words: SummaryWords
    language: Language

    @property
    def height(self) -> float:
        above = MARK.leading + POINTER if self.scores.first else 0.0
        return above + RULER + POINTER + MARK.leading + 1.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        instrument, first = self.scores.instrument, self.scores.first
        if first is not None:
            self._say(pen, self.words.first, first, left=left, top=top)
            top -= MARK.leading + POINTER
            _point_at(pen, self._x(first.total, left), top, is_down=True)
        for band in instrument.bands:
            self._draw_band(pen, band, (left, top))
        below = top - RULER
        last = self.scores.last
        _point_at(pen, self._x(last.total, left), below, is_down=False)
        self._say(pen, self.words.now, last, left=left, top=below - POINTER - 1.0)

    def _x(self, total: float, left: float) -> float:
        """Give where a total lies: in the middle of its own share of the width."""
        return left + WIDTH * (total + 0.5) / (self.scores.instrument.highest_total + 1)

    def _draw_band(self, pen: Pen, band: Band, at: tuple[float, float]) -> None:
        left, top = at
        x, end = self._x(band.lowest - 0.5, left), self._x(band.highest + 0.5, left)
        pen.setFillColor(theme.BAND_TINTS[band.level])
        pen.setStrokeColor(theme.GUIDE)
        pen.setLineWidth(0.5)
        pen.rect(x, top - RULER, end - x, RULER, stroke=1, fill=1)
        name, room = band_in(band.name, self.language), end - x - 2.0
        for said in (f"{name} {band.lowest}–{band.highest}", name):
            words = theme.text(said, room, BAND, most_lines=1, align=Align.CENTER)
            if not words.is_cut:
                break
        words.draw(pen, x + 1.0, top - (RULER - words.height) / 2)

    def _say(self, pen: Pen, label: str, score: Score, *, left: float, top: float) -> None:
        """Write the score beside its pointer, on whichever side there is room."""
        day = date_in(score.taken_on, self.language)
        said = f"{label}: {_named(self.scores.instrument, score, self.language)}, {day}"
        words = theme.text(said, WIDTH, MARK, most_lines=1)
        at = self._x(score.total, 0.0) - words.words_width / 2
        words.draw(pen, left + max(0.0, min(at, WIDTH - words.words_width)), top)


def _named(instrument: Instrument, score: Score, language: Language) -> str:
    band = instrument.band_of(score.total)
    return f"{score.total} ({band_in(band.name, language)})" if band else str(score.total)


def _point_at(pen: Pen, x: float, top: float, *, is_down: bool) -> None:
    """Draw a small triangle that touches the ruler's edge."""
    foot = top + POINTER if is_down else top - POINTER
    path = pen.beginPath()
    path.moveTo(x, top)
    path.lineTo(x - POINTER, foot)
    path.lineTo(x + POINTER, foot)
    path.close()
    pen.setFillColor(theme.INK)
    pen.drawPath(path, stroke=0, fill=1)


def _whom(summary: PatientSummary) -> Block:
    room = WIDTH - 2 * PADDING[0]
    lines: list[Block] = [theme.text(summary.words.whom, room, SECTION)]
    if summary.practice.phone:
        practice = f"{summary.practice.phone}: {summary.practice.name}"
        lines.append(theme.text(practice, room, WORDS))
    lines += [theme.text(line, room, CRISIS) for line in summary.crisis]
    return Panel(Stack(tuple(lines)), WIDTH, PADDING, border=theme.SAFETY)


def _add_lines(page: list[Block], room: float, words: SummaryWords) -> None:
    """Leave lines for the patient's own questions, where the last page has room for some."""
    heading = theme.text(words.my_questions, WIDTH, SECTION)
    gap = GAPS[0][0]
    free = room - Stack(tuple(page)).height - gap - heading.height
    count = min(int(free // PITCH), MOST_LINES)
    if count >= LEAST_LINES:
        page.extend((Space(gap), heading, RuledLines((WIDTH,), count, PITCH)))
