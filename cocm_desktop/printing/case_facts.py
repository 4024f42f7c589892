"""The parts of a case sheet about medication, diagnosis and therapy, in a number of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Final

from cocm_desktop.domain.diagnosis import DiagnosisStatus
from cocm_desktop.domain.intervention import sessions_by_kind
from cocm_desktop.domain.medication import Medication, PastTrial
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.screen_result import ScreenResult
from cocm_desktop.domain.wording import count_of, month_day, month_year
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    Beside,
    Block,
    Column,
    Rule,
    Space,
    Stack,
    heading,
    row,
    title_row,
)
from cocm_desktop.printing.forms import RuledLines
from cocm_desktop.printing.typesetting import Span

# Wherever the page is close, an allergy is not given up.
ALLERGY_LINES: Final = 2
WRITING_PITCH: Final = 13.5
PADDING: Final = 0.9
NAME_SHARE: Final = 0.46
INDENT: Final = 10.0
MONTH_ALONE_FROM: Final = 330


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many rows and lines of each fact a sheet shows."""

    medications: int
    has_intake: bool
    trials: int
    screen_lines: int
    goals: int
    has_homework: bool
    has_labs: bool
    trial_lines: int
    lab_lines: int
    diagnoses: int


@cache
def _columns(width: float) -> tuple[Column, ...]:
    fixed = (("Since", 46.0), ("Weeks", 32.0))
    rest = width - sum(each for _, each in fixed)
    wide = (("Medicine", rest * NAME_SHARE), ("Dose", rest * (1 - NAME_SHARE)))
    return tuple(Column(title, each) for title, each in (*wide, *fixed))


def medication_part(chart: Chart, width: float, amounts: Amounts, *, gap: float) -> Block:
    """Set what is taken now, then what was tried, with allergies and a line for labs."""
    taken, tried = chart.current_medications, _tried(chart)
    more = len(taken) - amounts.medications
    older = len(tried) - amounts.trials
    columns = _columns(width)
    lines: list[Block] = [RuledLines([column.width for column in columns], 2, WRITING_PITCH)]
    if taken:
        lines = [
            block
            for each in taken[: amounts.medications]
            for block in _medicine(each, chart, columns, has_intake=amounts.has_intake)
        ]
    return Stack(
        (
            heading("Medication now", width, _note(taken, more)),
            title_row(columns, line=None),
            *lines,
            Space(gap),
            heading("Past trials, allergies, labs", width, _note(tried, older)),
            *(_few(spans, width, amounts.trial_lines) for spans in tried[: amounts.trials]),
            theme.excerpt(
                theme.labelled("Allergies", chart.facts.allergies), width, most_lines=ALLERGY_LINES
            ),
            *_checked(chart, width, amounts),
        )
    )


def _few(spans: list[Span], width: float, lines: int) -> Block:
    """Set a text in one line, or in a few that say where the rest is."""
    if lines == 1:
        return theme.text(spans, width, most_lines=1)
    return theme.excerpt(spans, width, most_lines=lines)


def _checked(chart: Chart, width: float, amounts: Amounts) -> Iterator[Block]:
    """Set pregnancy, labs and QTc where they are recorded, and a line to write on where not."""
    known = [note for note in chart.facts.history if note.kind.goes_with_medication]
    for note in known:
        spans = theme.labelled(f"{note.kind.value}, {month_day(note.noted_on)}", note.words)
        yield _few(spans, width, amounts.lab_lines)
    if not known and amounts.has_labs:
        yield RuledLines((width,), 1, WRITING_PITCH)


def _note(recorded: tuple[object, ...], more: int) -> str:
    if not recorded:
        return "write in"
    return f"{more} more in the chart" if more > 0 else ""


def _medicine(
    medication: Medication, chart: Chart, columns: tuple[Column, ...], *, has_intake: bool
) -> Iterator[Block]:
    """Set one medicine, and under it how it is taken and borne."""
    intake = medication.intake if has_intake else None
    cells = (
        [Span(medication.name, theme.BODY_BOLD if medication.is_psychotropic else theme.BODY)],
        medication.dose.words,
        _since(medication.dose.since, chart.row.today),
        str(medication.weeks_at_dose(chart.row.today)),
    )
    if intake is None:
        yield row(columns, cells, padding=PADDING)
        return
    width = sum(column.width for column in columns)
    yield row(columns, cells, padding=PADDING, line=None)
    told = theme.labelled(f"told {month_day(intake.noted_on)}", intake.words)
    yield Beside(((INDENT, theme.text(told, width - INDENT, most_lines=1)),))
    yield Rule(width, 0.4, theme.HAIRLINE)


def _since(day: date, today: date) -> str:
    """Name the day, or the month with its year where the day alone would be read as this year's."""
    return month_day(day) if (today - day).days < MONTH_ALONE_FROM else month_year(day)


def _tried(chart: Chart) -> tuple[list[Span], ...]:
    """Give a line for each medicine stopped here, the last first, and each tried before."""
    stopped = sorted(chart.stopped_medications, key=lambda each: str(each.stopped_on), reverse=True)
    return (
        *(_stopped_line(each) for each in stopped),
        *(_trial_line(each) for each in chart.facts.past_trials),
    )


def _stopped_line(medication: Medication) -> list[Span]:
    ended = f"stopped {month_day(medication.stopped_on)}" if medication.stopped_on else ""
    facts = (medication.dose.dose, ended, medication.response, medication.stop_reason)
    return _line(medication.name, facts)


def _trial_line(trial: PastTrial) -> list[Span]:
    facts = (trial.highest_dose, trial.taken, trial.response, trial.stop_reason)
    return _line(trial.name, facts)


def _line(name: str, facts: tuple[str, ...]) -> list[Span]:
    return [
        Span(f"{name}  ", theme.BODY_BOLD),
        Span("; ".join(filter(None, facts)), theme.BODY),
    ]


def diagnosis_part(chart: Chart, width: float, amounts: Amounts) -> Iterator[Block]:
    """Set the working diagnoses, what was ruled out, and the screens of the intake."""
    more = len(chart.diagnoses) - amounts.diagnoses
    yield heading("Diagnosis", width, f"{more} more in the chart" if more > 0 else "")
    if not chart.diagnoses:
        yield theme.text("None recorded.", width, theme.NOTE)
    for diagnosis in chart.diagnoses[: amounts.diagnoses]:
        spans = [Span(f"{diagnosis.code}  ", theme.BODY_BOLD), Span(diagnosis.title, theme.BODY)]
        yield theme.text(spans, width, most_lines=2 if len(chart.diagnoses) == 1 else 1)
    ruled_out = [
        f"{each.diagnosis.code} {each.diagnosis.title}".strip()
        for each in chart.facts.settled_diagnoses
        if each.status is DiagnosisStatus.RULED_OUT
    ]
    if ruled_out:
        yield theme.text(theme.labelled("Ruled out", "; ".join(ruled_out)), width, most_lines=1)
    if chart.facts.screens:
        spans = theme.labelled("Screens", _screened(chart.facts.screens))
        yield _few(spans, width, amounts.screen_lines)


def _screened(screens: Iterable[ScreenResult]) -> str:
    """Name each result, and the day once behind those of one day."""
    of_days = (
        f"{'; '.join(screen.words for screen in of_day)}, {month_day(day)}"
        for day, of_day in groupby(screens, attrgetter("taken_on"))
    )
    return "; ".join(of_days)


def therapy_part(chart: Chart, width: float, amounts: Amounts) -> Iterator[Block]:
    """Set the sessions so far by kind, the homework and the goals that are open."""
    sessions, goals = chart.facts.interventions, chart.facts.open_goals
    more = len(goals) - amounts.goals
    note = f"{count_of(more, 'more goal')} in the chart" if more > 0 else ""
    yield heading("Therapy", width, note)
    if not sessions and not goals:
        yield theme.text("No session and no goal recorded.", width, theme.NOTE)
    if sessions:
        counted = sessions_by_kind(sessions)
        words = ", ".join(f"{kind.value} {count}" for kind, count in counted.items())
        last = month_day(sessions[-1].given_on)
        label = f"{count_of(len(sessions), 'session')}, last {last}"
        yield theme.text(theme.labelled(label, words), width, most_lines=1)
        homework = sessions[-1].homework
        if homework and amounts.has_homework:
            yield theme.text(theme.labelled("Homework", homework), width, most_lines=1)
    for goal in goals[: amounts.goals]:
        label = f"Goal, {goal.state.value.lower()}"
        yield theme.text(theme.labelled(label, goal.words), width, most_lines=1)
