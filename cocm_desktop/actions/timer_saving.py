"""Turning one's timer into time entries, or discarding it. Either way its stretches are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cocm_desktop.actions.time_keeping import keep, open_questions, require_answers, zone_of
from cocm_desktop.actions.timer import needed_timer, start_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.ids import TimeEntryId, TimerId, new_id
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.domain.time_entry import (
    ManualReason,
    TimeEntry,
    TimeSource,
    role_of,
)
from cocm_desktop.domain.time_overlap import instant_of
from cocm_desktop.domain.timer import Tick, Timer, TimerEnding
from cocm_desktop.domain.timer_draft import TimerDraft
from cocm_desktop.domain.timer_pieces import Piece, of_seconds, outside, pieces
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import time_entry as time_entries
from cocm_desktop.storage import timer as timers

TOUCHES = Topic.TIMER | Topic.TIME | Topic.BILLING


def stop_timer(workspace: Workspace, draft: TimerDraft, tick: Tick | None = None) -> Change:
    """Stop the timer and put its time into the log, signed by the person, all or nothing.

    Saved again, it is saved once. An unanswered gap is left out.
    """
    now, stamp = tick or Tick(workspace.now()), workspace.stamp()
    with workspace.database.write() as session:
        if timers.has_ended(session, draft.timer_id):
            return Change(TOUCHES, draft.timer_id)
        stored = _asked_for(workspace, draft.timer_id)
        timer = stored.paused(now)
        timers.keep(session, stored, timer, stamp=stamp)
        seconds = draft.accept(timer, now=workspace.now())
        zone = zone_of(workspace)
        measured = pieces(timer.stretches, zone)
        parts = of_seconds(measured, seconds, began_at=timer.began_at, zone=zone)
        if draft.leaves_out_overlap:
            parts = outside(parts, _taken(workspace, parts))
        episode = episodes.get(session, timer.episode_id)
        _refuse_nothing(parts)
        for part in parts:
            entry = _entry(timer, draft, part, stamp=stamp)
            _refuse_after_closing(entry, episode)
            asked = open_questions(workspace, entry, patient_id=episode.patient_id)
            require_answers(asked, is_confirmed=draft.is_confirmed)
            keep(workspace, entry, patient_id=episode.patient_id)
        _end(workspace, timer, draft)
    return Change(TOUCHES, timer.id)


def switch_timer(
    workspace: Workspace, draft: TimerDraft, episode_id: str, *, tick: Tick | None = None
) -> Change:
    """Save the timer and start for another episode; refused, the old one runs on."""
    with workspace.database.write():
        stop_timer(workspace, draft, tick)
        made = start_timer(workspace, episode_id, draft.activity, tick=tick)
    return Change(TOUCHES, made.record_id)


def discard_timer(
    workspace: Workspace, timer_id: TimerId, *, reason: str, tick: Tick | None = None
) -> Change:
    """Count nothing of the timer, with the reason. What was measured stays on file."""
    now, words = tick or Tick(workspace.now()), reason.strip()
    if not words:
        raise Refused(Problem("reason", "Say why the time is discarded."))
    with workspace.database.write() as session:
        if timers.has_ended(session, timer_id):
            return Change(TOUCHES, timer_id)
        stored = _asked_for(workspace, timer_id)
        timer = stored.paused(now)
        timers.keep(session, stored, timer, stamp=workspace.stamp())
        ending = TimerEnding.DISCARDED
        timers.end(session, timer.id, workspace.now(), ending=ending, reason=words)
        patient_id = episodes.get(session, timer.episode_id).patient_id
        note = audit.voided("timer.discarded", timer.id, reason=words, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, timer_id)


def _asked_for(workspace: Workspace, timer_id: TimerId) -> Timer:
    timer = needed_timer(workspace)
    if timer.id != timer_id:
        words = "Your timer is another one by now. Nothing was saved. Look at it again."
        raise Refused(Problem("timer", words))
    return timer


def _entry(timer: Timer, draft: TimerDraft, part: Piece, *, stamp: Stamp) -> TimeEntry:
    """Make an entry: what was typed says so, with its reason; what was confirmed too."""
    reason = draft.reason if part.is_typed else None
    if part.is_confirmed:
        reason = ManualReason.AWAY
    return TimeEntry(
        id=TimeEntryId(new_id()),
        episode_id=timer.episode_id,
        staff_id=timer.staff_id,
        worked_on=part.worked_on,
        seconds=part.seconds,
        activity=draft.activity,
        role=role_of(stamp.staff),
        started_at=part.started_at,
        note=draft.note.strip(),
        source=TimeSource.MANUAL if part.is_typed else TimeSource.TIMER,
        manual_reason=reason,
        began_at=part.began_at,
        signed_at=stamp.at,
        signed_by=stamp.staff.id,
    )


def _refuse_after_closing(entry: TimeEntry, episode: Episode) -> None:
    if episode.closed_on and entry.worked_on > episode.closed_on:
        closed = f"The episode closed on {long_date(episode.closed_on)}."
        words = f"{closed} Discard the timer, or take the closing back first."
        raise Refused(Problem("worked_on", words))


def _taken(workspace: Workspace, parts: tuple[Piece, ...]) -> Iterator[tuple[datetime, int]]:
    """Give the time of these days that stands in the person's log already."""
    zone = zone_of(workspace)
    with workspace.database.read() as session:
        for day in {part.worked_on for part in parts}:
            for entry in time_entries.of_staff_on(session, workspace.staff.id, day):
                began_at = entry.began_at
                if entry.started_at and not began_at:
                    began_at = instant_of(day, entry.started_at, zone)
                if began_at:
                    yield began_at, entry.seconds


def _refuse_nothing(parts: tuple[Piece, ...]) -> None:
    if not parts:
        words = "All of this time stands in the log already. Discard the timer instead."
        raise Refused(Problem("minutes", words))


def _end(workspace: Workspace, timer: Timer, draft: TimerDraft) -> None:
    changed = draft.changes(timer)
    ending = TimerEnding.CHANGED if changed else TimerEnding.SAVED
    why = [timer.gap.cause.value] if timer.gap else []
    if changed and draft.reason:
        why.append(draft.reason.value)
    saved = FieldChange("seconds", str(timer.seconds), str(draft.seconds(timer)))
    with workspace.database.write() as session:
        timers.end(session, timer.id, workspace.now(), ending=ending, reason="; ".join(why))
        patient_id = episodes.get(session, timer.episode_id).patient_id
        note = audit.changed("timer.saved", timer.id, [saved], patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
