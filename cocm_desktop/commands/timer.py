"""One's own timer without a window: start, pause, stop, and answers to what it asks."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json
from cocm_desktop.commands.parser import (
    Group,
    json_option,
    member_of,
    patient_option,
    slug,
    slugs,
    whole_number,
)
from cocm_desktop.domain.time_entry import Activity, ManualReason
from cocm_desktop.domain.timer import Tick
from cocm_desktop.domain.timer_choice import TimerStart
from cocm_desktop.domain.timer_draft import TimerDraft
from cocm_desktop.domain.timer_view import TimerView, clock_words
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

NO_TIMER = "No timer."
FORMAT = "cocm timer 1"


def declare_timer(parser: ArgumentParser) -> None:
    group = Group(parser)
    _declare_turning(group)
    stopped = group.add("stop", "save the time and end the timer")
    _saving(stopped)
    stopped.set_defaults(work=stop)
    switched = group.add("switch", "save the time, and start for another patient")
    patient_option(switched)
    _saving(switched)
    switched.set_defaults(work=switch)
    _declare_recover(group)
    discarded = group.add("discard", "end the timer without saving its time")
    discarded.add_argument("--reason", metavar="TEXT", required=True)
    discarded.set_defaults(work=discard)
    shown = group.add("status", "show the timer, and what it asks")
    json_option(shown)
    shown.set_defaults(work=show)
    chosen = group.add("on-opening", "show or choose when the timer starts")
    chosen.add_argument("choice", nargs="?", choices=slugs(TimerStart))
    chosen.set_defaults(work=choose)


def _declare_turning(group: Group) -> None:
    began = group.add("start", "start the timer for a patient, or go on with it")
    patient_option(began)
    _activity(began, default=slug(Activity.CONTACT))
    began.set_defaults(work=start)
    group.add("pause", "pause the timer").set_defaults(work=pause)
    group.add("resume", "go on with the timer").set_defaults(work=resume)
    words = "tell the timer that the work goes on: once a minute at least, or it asks"
    group.add("beat", words).set_defaults(work=beat)


def _declare_recover(group: Group) -> None:
    recovered = group.add("recover", "say what a gap of the timer was")
    answers = recovered.add_mutually_exclusive_group(required=True)
    answers.add_argument("--keep", action="store_true", help="save what was measured, and end")
    answers.add_argument(
        "--go-on", action="store_true", help="leave the gap out; the timer runs from now"
    )
    answers.add_argument(
        "--was-work", action="store_true", help="count the gap too; the timer runs from now"
    )
    answers.add_argument(
        "--change", metavar="MINUTES", type=whole_number, help="save other minutes, with --why"
    )
    _why(recovered)
    recovered.set_defaults(work=recover)


def _activity(parser: ArgumentParser, default: str | None = None) -> None:
    parser.add_argument("--activity", choices=slugs(Activity), default=default)


def _why(parser: ArgumentParser) -> None:
    parser.add_argument("--why", choices=slugs(ManualReason), help="why other minutes are saved")
    parser.add_argument("--note", metavar="TEXT", default="")
    parser.add_argument(
        "--without-overlap", action="store_true", help="leave out what is recorded already"
    )
    parser.add_argument(
        "--confirm", action="store_true", help="answer questions about unusual lengths"
    )


def _saving(parser: ArgumentParser) -> None:
    _activity(parser)
    parser.add_argument("--minutes", metavar="N", type=whole_number, help="other than measured")
    _why(parser)


def start(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.timer import start_timer

    episode_id = typed.latest_episode(workspace, options.patient).id
    ack(start_timer(workspace, episode_id, member_of(Activity, options.activity)).record_id)


def pause(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.timer import pause_timer

    ack(pause_timer(workspace).record_id)
    _say(_view(workspace))


def resume(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.timer import resume_timer

    ack(resume_timer(workspace).record_id)


def beat(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.timer import beat_timer

    beat_timer(workspace, Tick(workspace.now()))
    _say(_view(workspace))


def stop(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.timer_saving import stop_timer

    draft = _draft(workspace, options, minutes=options.minutes, activity=options.activity)
    ack(stop_timer(workspace, draft).record_id)


def switch(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.timer_saving import switch_timer

    draft = _draft(workspace, options, minutes=options.minutes, activity=options.activity)
    episode_id = typed.latest_episode(workspace, options.patient).id
    ack(switch_timer(workspace, draft, episode_id).record_id)


def recover(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.timer import answer_gap
    from cocm_desktop.actions.timer_saving import stop_timer

    if options.go_on or options.was_work:
        changed = answer_gap(workspace, was_work=options.was_work)
    else:
        changed = stop_timer(workspace, _draft(workspace, options, minutes=options.change))
    ack(changed.record_id)


def discard(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.timer_saving import discard_timer

    timer = _needed(workspace).timer
    ack(discard_timer(workspace, timer.id, reason=options.reason).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    view = _view(workspace)
    if options.json:
        say_json({"format": FORMAT, **(_content(view) if view else {"state": "none"})})
    else:
        _say(view)


def choose(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.timer import choose_timer_start, read_timer_start

    if options.choice is None:
        say(slug(read_timer_start(workspace)))
    else:
        ack(choose_timer_start(workspace, member_of(TimerStart, options.choice)).record_id)


def _draft(
    workspace: Workspace, options: Namespace, *, minutes: int | None, activity: str | None = None
) -> TimerDraft:
    timer = _needed(workspace).timer
    return TimerDraft(
        timer.id,
        member_of(Activity, activity) if activity else timer.activity,
        minutes,
        member_of(ManualReason, options.why) if options.why else None,
        options.note,
        leaves_out_overlap=options.without_overlap,
        is_confirmed=options.confirm,
    )


def _view(workspace: Workspace) -> TimerView | None:
    from cocm_desktop.actions.timer import read_timer

    return read_timer(workspace)


def _needed(workspace: Workspace) -> TimerView:
    view = _view(workspace)
    if view is None:
        raise Refused(Problem("timer", "You have no timer. Start one first."))
    return view


def _say(view: TimerView | None) -> None:
    if view is None:
        say(NO_TIMER)
        return
    row, timer = view.row, view.timer
    say(f"{timer.state.value}: {row.name}, born {long_date(row.born_on)}, MRN {row.mrn}")
    say(f"{clock_words(timer.seconds)} measured, {timer.activity.value}. {view.month_tip}")
    if view.question:
        say(view.question)


def _content(view: TimerView) -> dict[str, Any]:
    timer, zone = view.timer, view.now.at.tzinfo
    return {
        "state": slug(timer.state),
        "patient_id": view.row.patient_id,
        "mrn": view.row.mrn,
        "activity": slug(timer.activity),
        "seconds": timer.seconds,
        "began_at": timer.began_at.astimezone(zone).isoformat(),
        "until_at": timer.until_at.astimezone(zone).isoformat(),
        "stretches": len(timer.stretches),
        "device": timer.device,
        "gap": slug(timer.gap.cause) if timer.gap else None,
        "question": view.question,
    }
