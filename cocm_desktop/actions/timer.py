"""Starting, pausing and going on with one's own timer; its heartbeats; what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.episode import Episode, EpisodeStatus
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.domain.time_entry import Activity, role_of
from cocm_desktop.domain.timer import GapCause, Tick, Timer, started
from cocm_desktop.domain.timer_choice import USUAL_START, TimerStart
from cocm_desktop.domain.timer_view import TimerView
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import timer as timers

TOUCHES = Topic.TIMER
FIRST_ACTIVITY = Activity.CONTACT
"""What the work is taken for until the person says otherwise."""
_AT_ONCE = timedelta()


def read_timer(workspace: Workspace, tick: Tick | None = None) -> TimerView | None:
    """Give the person's timer as it stands, with its patient; None where there is none."""
    now = tick or Tick(workspace.now())
    if not workspace.staff.may(Permission.RECORD_TIME):
        return None
    with workspace.database.read() as session:
        timer = timers.open_of(session, workspace.staff.id)
        if timer is None:
            return None
        row = read_chart(workspace, episodes.get(session, timer.episode_id).patient_id).row
    return TimerView(timer.beaten(now), row, now, workspace.device, role_of(workspace.staff))


def start_timer(
    workspace: Workspace, episode_id: str, activity: Activity, *, tick: Tick | None = None
) -> Change:
    """Start for a patient's episode, or go on if the person's timer is for it already."""
    workspace.require(Permission.RECORD_TIME)
    stamp, now = workspace.stamp(), tick or Tick(workspace.now())
    with workspace.database.write() as session:
        episode = episodes.get(session, episode_id)
        there = timers.open_of(session, stamp.staff.id)
        if there and there.episode_id == episode.id:
            return resume_timer(workspace, now)
        if there:
            words = "Your timer is for another patient. Save or discard it first."
            raise Refused(Problem("timer", words))
        _refuse_closed(episode)
        made = started(
            stamp.staff.id, EpisodeId(episode_id), activity, device=stamp.device, now=now
        )
        timers.add(session, made, stamp)
        note = audit.created("timer.started", made.id, episode.patient_id)
        audit.write(session, stamp, note)
    return Change(TOUCHES, made.id)


def start_on_opening(workspace: Workspace, patient_id: str, *, tick: Tick) -> Change | None:
    """Start for the patient whose chart was opened; not where a timer or no open episode is."""
    with workspace.database.write() as session:
        episode = episodes.latest(session, patient_id)
        is_taken = timers.open_of(session, workspace.staff.id) is not None
        is_wanted = read_timer_start(workspace) is TimerStart.IMMEDIATELY
        if not is_wanted or is_taken or episode is None or episode.status is EpisodeStatus.CLOSED:
            return None
        return start_timer(workspace, episode.id, FIRST_ACTIVITY, tick=tick)


def beat_timer(workspace: Workspace, tick: Tick) -> Timer | None:
    """Write that the timer still runs, or that it cannot know. Not audited: one small write."""
    with workspace.database.read() as session:
        if timers.open_of(session, workspace.staff.id) is None:
            return None
    with workspace.database.write() as session:
        timer = needed_timer(workspace)
        beaten = timer.beaten(tick)
        timers.keep(session, timer, beaten, stamp=workspace.stamp())
    return beaten


def pause_timer(workspace: Workspace, tick: Tick | None = None) -> Change:
    return _turn(workspace, lambda timer, now: timer.paused(now), tick)


def resume_timer(workspace: Workspace, tick: Tick | None = None) -> Change:
    return _turn(workspace, lambda timer, now: timer.resumed(now), tick)


def hold_timer(
    workspace: Workspace, cause: GapCause, tick: Tick | None = None, *, quiet: timedelta = _AT_ONCE
) -> Change:
    """Stop counting and ask: nobody typed for `quiet`, or the clinic is being locked."""
    return _turn(workspace, lambda timer, now: timer.held(now, cause, quiet=quiet), tick)


def change_activity(workspace: Workspace, activity: Activity) -> Change:
    return _turn(workspace, lambda timer, _now: replace(timer, activity=activity))


def answer_gap(workspace: Workspace, tick: Tick | None = None, *, was_work: bool) -> Change:
    """Count the gap because the person worked in it, or leave it out; the timer runs on."""
    now = tick or Tick(workspace.now())
    with workspace.database.write() as session:
        stored = needed_timer(workspace)
        timer = stored.beaten(now)
        if timer.gap is None:
            raise Refused(Problem("timer", "The timer asks nothing now."))
        after = timer.with_gap(now) if was_work else timer.without_gap(now)
        timers.keep(session, stored, after, stamp=workspace.stamp())
        said = "counted" if was_work else "left out"
        change = FieldChange(f"gap: {timer.gap.cause.value}", None, said)
        patient_id = episodes.get(session, timer.episode_id).patient_id
        note = audit.changed("timer.answered", timer.id, [change], patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, timer.id)


def read_timer_start(workspace: Workspace) -> TimerStart:
    """Give when the person's timer starts. For whoever records no time it never does."""
    if not workspace.staff.may(Permission.RECORD_TIME):
        return TimerStart.NEVER
    with workspace.database.read() as session:
        return timers.start_of(session, workspace.staff.id) or USUAL_START


def choose_timer_start(workspace: Workspace, choice: TimerStart) -> Change:
    workspace.require(Permission.RECORD_TIME)
    with workspace.database.write() as session:
        return Change(TOUCHES, timers.choose_start(session, choice, workspace.stamp()))


def needed_timer(workspace: Workspace) -> Timer:
    """Give the person's open timer, or refuse."""
    workspace.require(Permission.RECORD_TIME)
    with workspace.database.read() as session:
        timer = timers.open_of(session, workspace.staff.id)
    if timer is None:
        raise Refused(Problem("timer", "You have no timer. Start one first."))
    return timer


def _turn(
    workspace: Workspace, turn: Callable[[Timer, Tick], Timer], tick: Tick | None = None
) -> Change:
    """Keep what the timer becomes, with a gap if one is noticed only now."""
    now = tick or Tick(workspace.now())
    with workspace.database.write() as session:
        timer = needed_timer(workspace)
        timers.keep(session, timer, turn(timer, now), stamp=workspace.stamp())
    return Change(TOUCHES, timer.id)


def _refuse_closed(episode: Episode) -> None:
    if episode.status is EpisodeStatus.CLOSED:
        words = "The episode is closed: time for it would not count. Nothing was started."
        raise Refused(Problem("episode_id", words))
