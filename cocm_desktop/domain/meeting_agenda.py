"""The agenda of one meeting: what the rules name, what was not reached, what people changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_meeting import (
    AgendaChoice,
    AgendaChoiceKind,
    HeldCase,
    ReviewMeeting,
)
from cocm_desktop.domain.review_priority import (
    AgendaEntry,
    CarriedOver,
    LeftOut,
    Reason,
    Section,
    place_of,
    reasons_for,
)
from cocm_desktop.domain.text import says_something
from cocm_desktop.errors import Problem

ADDED = Reason("–", Section.QUESTION, "Added by hand; no rule names the patient", "Added")
NOT_REACHED = Reason(
    "–", Section.CARRIED_OVER, "Not reached last time; no rule names the patient now", "Not reached"
)
DISCUSSED = Reason("–", Section.ROUTINE, "Discussed without being on the agenda", "Discussed")
LONGEST_REASON = 200
Discussed = Mapping[ReviewMeetingId, Collection[EpisodeId]]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the agenda rests on beside rules and choices: who was discussed, who not reached."""

    discussed: Collection[EpisodeId] = frozenset()
    carried: Mapping[EpisodeId, CarriedOver] = field(default_factory=dict)


NOTHING_BESIDE = Beside()


def agenda_of_meeting(
    rows: Iterable[RegistryRow], meeting: ReviewMeeting, beside: Beside = NOTHING_BESIDE
) -> Agenda:
    """Compose the agenda of a meeting from the rows of all patients."""
    entries, left_out = [], []
    for entry in _entries(rows, meeting, beside):
        choice = meeting.left_out_by(entry.row.episode_id)
        if choice is not None and not entry.is_discussed:
            left_out.append(LeftOut(entry, choice.reason))
        else:
            entries.append(entry)
    ordered = _moved(sorted(entries, key=place_of), meeting.choices)
    left_out.sort(key=lambda each: place_of(each.entry))
    return Agenda(tuple(ordered), meeting.minutes, meeting.tenths_a_case, tuple(left_out))


def carried_over(
    over: Iterable[ReviewMeeting], discussed: Discussed
) -> dict[EpisodeId, CarriedOver]:
    """Tell who was on the agenda of meetings that are over, oldest first, and not reached since.

    A patient who was discussed, or left out on purpose, is not carried over any more.
    """
    found: dict[EpisodeId, CarriedOver] = {}
    for meeting in over:
        reached = discussed.get(meeting.id, ())
        for episode_id in reached:
            found.pop(episode_id, None)
        for case in meeting.cases:
            if case.episode_id in reached:
                continue
            if meeting.left_out_by(case.episode_id):
                found.pop(case.episode_id, None)
                continue
            before = found.get(case.episode_id)
            times = before.times + 1 if before else 1
            found[case.episode_id] = CarriedOver(meeting.meets_on, times)
    return found


def held_cases(agenda: Agenda) -> tuple[HeldCase, ...]:
    """Give the agenda as it is kept when a meeting begins: its order and its reasons."""
    every = [*agenda.entries, *(each.entry for each in agenda.left_out)]
    return tuple(
        HeldCase(entry.row.episode_id, entry.reasons, entry.carried, entry.since)
        for entry in every
        if entry.row.episode_id
    )


def choice_problems(agenda: Agenda, choice: AgendaChoice) -> Iterator[Problem]:
    """Name what keeps a choice from being made on an agenda."""
    on = {entry.row.episode_id: entry for entry in agenda.entries}
    off = {each.entry.row.episode_id for each in agenda.left_out}
    entry = on.get(choice.episode_id)
    if len(choice.reason) > LONGEST_REASON:
        yield Problem("reason", f"A reason has at most {LONGEST_REASON} characters.")
    if choice.kind is AgendaChoiceKind.ADD:
        yield from _add_problems(entry, is_left_out=choice.episode_id in off)
    elif choice.kind is AgendaChoiceKind.PUT_BACK:
        if choice.episode_id not in off:
            yield Problem("episode_id", "The patient was not left out of this agenda.")
    elif entry is None:
        yield Problem("episode_id", "The patient is not on this agenda.")
    elif choice.kind is AgendaChoiceKind.LEAVE_OUT:
        yield from _leaving_problems(entry, choice)
    else:
        yield from _move_problems(agenda, entry, choice)


def _add_problems(entry: AgendaEntry | None, *, is_left_out: bool) -> Iterator[Problem]:
    if entry is not None:
        yield Problem("episode_id", "The patient is on the agenda already.")
    elif is_left_out:
        yield Problem("episode_id", "The patient was left out of this agenda. Put them back.")


def _leaving_problems(entry: AgendaEntry, choice: AgendaChoice) -> Iterator[Problem]:
    if entry.is_discussed:
        yield Problem("episode_id", "The patient was discussed, so the agenda keeps them.")
    elif not says_something(choice.reason):
        yield Problem("reason", "Say why the patient is left out: the cover repeats it.")


def _move_problems(agenda: Agenda, entry: AgendaEntry, choice: AgendaChoice) -> Iterator[Problem]:
    first = 1 if entry.is_safety else _leading_safety(agenda.entries) + 1
    if choice.place is None or not 1 <= choice.place <= len(agenda.entries):
        yield Problem("place", f"Name a place from 1 to {len(agenda.entries)}.")
    elif choice.place < first:
        yield Problem("place", "Safety stands first. Nobody else is moved above it.")
    if entry.is_safety and not says_something(choice.reason):
        yield Problem("reason", "Say why a safety case is moved.")


def _entries(
    rows: Iterable[RegistryRow], meeting: ReviewMeeting, beside: Beside
) -> Iterator[AgendaEntry]:
    held = {case.episode_id: case for case in meeting.cases}
    added = {each.episode_id for each in meeting.choices if each.kind is AgendaChoiceKind.ADD}
    for row in rows:
        if row.episode_id is None:
            continue
        is_discussed = row.episode_id in beside.discussed
        case = held.get(row.episode_id)
        if case is None and meeting.is_ended and not is_discussed:
            continue
        is_about = meeting.is_about(row.care_manager_id)
        if not (case or is_discussed or is_about or row.episode_id in added):
            continue
        if case is None and meeting.is_ended:
            yield AgendaEntry(row, (DISCUSSED,), is_discussed=True)
            continue
        found = _entry(row, case, _carried(row, beside) if is_about else None)
        if found.reasons or is_discussed or (row.is_open and row.episode_id in added):
            reasons = found.reasons or ((DISCUSSED,) if is_discussed else (ADDED,))
            yield replace(found, reasons=reasons, is_discussed=is_discussed)


def _entry(row: RegistryRow, case: HeldCase | None, carried: CarriedOver | None) -> AgendaEntry:
    """Give the entry with the reasons that hold today, or those held when the meeting began.

    What has become a matter of safety since then comes before what was held.
    """
    if case is None:
        reasons = tuple(reasons_for(row)) or ((NOT_REACHED,) if carried else ())
        return AgendaEntry(row, reasons, carried)
    first = next(reasons_for(row), None)
    if first is not None and first.section is Section.SAFETY:
        return AgendaEntry(row, tuple(reasons_for(row)), case.carried)
    return AgendaEntry(row, case.reasons, case.carried, held_since=case.since)


def _carried(row: RegistryRow, beside: Beside) -> CarriedOver | None:
    """Give since when the patient waits: not if the episode has closed, or a review came since."""
    carried = beside.carried.get(row.episode_id) if row.episode_id and row.is_open else None
    if carried and row.last_review_on and row.last_review_on >= carried.missed_on:
        return None
    return carried


def _moved(
    entries: Sequence[AgendaEntry], choices: Iterable[AgendaChoice]
) -> tuple[AgendaEntry, ...]:
    """Repeat every move in the order in which it was made; nobody comes to stand above safety."""
    ordered, moved = list(entries), set()
    for choice in choices:
        if choice.kind is not AgendaChoiceKind.MOVE or choice.place is None:
            continue
        found = next((e for e in ordered if e.row.episode_id == choice.episode_id), None)
        if found is not None:
            ordered.remove(found)
            first = 0 if found.is_safety else _leading_safety(ordered)
            ordered.insert(min(max(choice.place - 1, first), len(ordered)), found)
            moved.add(choice.episode_id)
    return tuple(_in_sections(ordered, moved))


def _leading_safety(entries: Sequence[AgendaEntry]) -> int:
    places = (place for place, entry in enumerate(entries) if not entry.is_safety)
    return next(places, len(entries))


def _in_sections(
    ordered: Sequence[AgendaEntry], moved: Collection[EpisodeId]
) -> Iterator[AgendaEntry]:
    """Say in which section each stands who was moved, so that no section is torn apart.

    It is the own one where that lies between the neighbors', and else the one before.
    """
    now: Section | None = None
    for place, entry in enumerate(ordered):
        if entry.row.episode_id in moved:
            after = _next_section(ordered[place + 1 :], moved)
            now = _section_between(entry, now, after)
            yield replace(entry, stands_in=now)
        else:
            now = entry.section
            yield entry


def _section_between(entry: AgendaEntry, before: Section | None, after: Section | None) -> Section:
    sections, own = list(Section), entry.section
    first = sections.index(before) if before else 0
    last = sections.index(after) if after else len(sections)
    if first <= sections.index(own) <= last:
        return own
    is_before_free = entry.is_safety or before is not Section.SAFETY
    return before if before and is_before_free else after or own


def _next_section(entries: Iterable[AgendaEntry], moved: Collection[EpisodeId]) -> Section | None:
    """Give the section of the first who was not moved."""
    return next((e.section for e in entries if e.row.episode_id not in moved), None)
