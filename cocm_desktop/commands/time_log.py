"""Recording, listing, correcting and signing time, and meetings about several patients."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import review_time, typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    patient_option,
    slug,
    slugs,
    whole_number,
)
from cocm_desktop.domain.meeting import MeetingDraft, Share
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.time_entry import Activity, ManualReason, TimeEntryDraft
from cocm_desktop.domain.time_log import LogLine, TimeLog, signature_words
from cocm_desktop.domain.wording import clock_time, count_of, short_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.meeting import HeldMeeting
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.ids import EpisodeId

LOG_HEADS = ("id", "date", "clock", "seconds", "what for", "by", "from", "counts", "signed")
UNSIGNED_HEADS = ("id", "date", "minutes", "what for", "patient")
MEETING_HEADS = ("id", "date", "start", "minutes", "attendees", "patients")


def declare_time(parser: ArgumentParser) -> None:
    group = Group(parser)
    added = group.add("add", "record time that belongs to no contact")
    patient_option(added)
    _entry_options(added)
    id_option(added)
    added.set_defaults(work=add)
    corrected = group.add("correct", "void an entry and record another in its place")
    corrected.add_argument("entry", metavar="ID", help="as time list shows it")
    _entry_options(corrected)
    corrected.add_argument("--reason", metavar="TEXT", required=True)
    id_option(corrected)
    corrected.set_defaults(work=correct)
    listed = group.add("list", "list a patient's month: what counts, and why the rest does not")
    patient_option(listed)
    listed.add_argument("--month", metavar="YYYY-MM", help="default: this month")
    json_option(listed)
    listed.set_defaults(work=show)
    waiting = group.add("unsigned", "list one's own entries that are not signed")
    waiting.set_defaults(work=show_unsigned)
    signed = group.add("sign", "sign one's own entries")
    signed.add_argument("entries", metavar="ID", nargs="*")
    signed.add_argument("--all", action="store_true", help="all of one's own")
    signed.set_defaults(work=sign)
    voided = group.add("void", "withdraw an entry, keeping it")
    voided.add_argument("entry", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void)


def _entry_options(parser: ArgumentParser) -> None:
    parser.add_argument("--minutes", metavar="N", type=whole_number, required=True)
    parser.add_argument("--activity", required=True, choices=slugs(Activity))
    _when(parser)
    parser.add_argument(
        "--why",
        choices=slugs(ManualReason),
        default=slug(ManualReason.NO_TIMER),
        help="why it is typed in",
    )
    parser.add_argument("--billed-as", metavar="CODE", default="", help="has this time already")
    parser.add_argument("--note", metavar="TEXT", default="")
    parser.add_argument("--unsigned", action="store_true", help="leave it to be signed later")
    parser.add_argument("--split", action="store_true", help="make two of one across midnight")
    parser.add_argument("--confirm", action="store_true", help="what is unusual is right")


def _when(parser: ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", default="today", help="default: today")
    parser.add_argument("--started", metavar="HH:MM", help="on a clock of 24 hours")


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.time_entry import record_time

    episode_id = typed.latest_episode(workspace, options.patient).id
    draft = _draft(workspace, options, episode_id)
    ack(record_time(workspace, draft).record_id)


def correct(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.time_entry import correct_time, read_entry

    old = read_entry(workspace, options.entry)
    draft = _draft(workspace, options, old.episode_id)
    changed = correct_time(workspace, options.entry, draft, reason=options.reason)
    ack(changed.record_id)


def _draft(workspace: Workspace, options: Namespace, episode_id: EpisodeId) -> TimeEntryDraft:
    return TimeEntryDraft(
        episode_id=episode_id,
        worked_on=typed.day("on", options.on, today=workspace.today()),
        minutes=options.minutes,
        activity=member_of(Activity, options.activity),
        started_at=typed.clock_time("started", options.started),
        note=options.note,
        manual_reason=member_of(ManualReason, options.why),
        billed_as=options.billed_as,
        is_signed=not options.unsigned,
        is_split=options.split,
        is_confirmed=options.confirm,
        **id_given(options),
    )


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.time_log import read_time_log

    month = _month(workspace, options)
    log = read_time_log(workspace, typed.patient(workspace, options.patient).id, month)
    if options.json:
        say_json(_log_json(log))
        return
    say_table(LOG_HEADS, [_log_row(line, log) for line in log.lines])
    said = (f"{month}: {log.total_words}", log.reached_words, log.next_words)
    say(" · ".join(filter(None, said)))


def _log_row(line: LogLine, log: TimeLog) -> tuple[str, ...]:
    entry = line.entry
    return (
        entry.id,
        short_date(entry.worked_on),
        line.clock,
        str(entry.seconds),
        entry.activity.value,
        line.by,
        line.origin,
        line.state,
        signature_words(line, log.names),
    )


def _log_json(log: TimeLog) -> dict[str, Any]:
    return {
        "format": "cocm time log 1",
        "month": log.month.key,
        "minutes": log.minutes,
        "seconds": log.seconds,
        "reached": [{"code": each.code, "units": each.units} for each in log.reached],
        "next_code": {"code": log.next.code, "at_minute": log.next.at_minute} if log.next else None,
        "days_left": log.days_left,
        "entries": [_entry_json(line) for line in log.lines],
    }


def _entry_json(line: LogLine) -> dict[str, Any]:
    entry, kept = line.entry, line.logged
    return {
        "id": entry.id,
        "worked_on": entry.worked_on.isoformat(),
        "started_at": entry.started_at.isoformat() if entry.started_at else None,
        "began_at": entry.began_at.isoformat() if entry.began_at else None,
        "seconds": entry.seconds,
        "activity": entry.activity.name.lower(),
        "role": entry.role.name.lower(),
        "by": line.by,
        "source": entry.source.name.lower(),
        "manual_reason": entry.manual_reason.name.lower() if entry.manual_reason else None,
        "meeting_id": entry.meeting_id,
        "billed_as": entry.billed_as or None,
        "signed_at": entry.signed_at.isoformat() if entry.signed_at else None,
        "counted_seconds": line.judged.counted_seconds,
        "not_counted": line.judged.not_counted or None,
        "corrects": entry.corrects,
        "corrected_by": line.corrected_by,
        "voided_at": kept.voided_at.isoformat() if kept.voided_at else None,
        "void_reason": kept.void_reason or None,
        "note": entry.note,
    }


def show_unsigned(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.time_entry import read_unsigned

    rows = [
        (
            each.entry.id,
            short_date(each.entry.worked_on),
            str(each.entry.minutes),
            each.entry.activity.value,
            each.patient.name,
        )
        for each in read_unsigned(workspace)
    ]
    say_table(UNSIGNED_HEADS, rows)


def sign(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.time_entry import read_unsigned, sign_time

    if options.all == bool(options.entries):
        raise Refused(Problem("arguments", "Name the entries, or give --all."))
    entries = options.entries or [each.entry.id for each in read_unsigned(workspace)]
    if not entries:
        say("Nothing waits for your signature.")
        return
    sign_time(workspace, entries)
    for entry in entries:
        ack(entry)


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.time_entry import void_time

    ack(void_time(workspace, options.entry, reason=options.reason).record_id)


def declare_meeting(parser: ArgumentParser) -> None:
    group = Group(parser)
    added = group.add("add", "record a meeting, with everybody's time for each patient")
    _when(added)
    added.add_argument("--minutes", metavar="N", type=whole_number, required=True)
    added.add_argument(
        "--with", dest="attendees", metavar="NAME", action="append", default=[],
        help="who took part beside you; may be repeated",
    )  # fmt: skip
    added.add_argument(
        "--patient", dest="patients", metavar="MRN[=MINUTES]", action="append", default=[],
        help="who was discussed, and for how long; without minutes the rest is shared equally",
    )  # fmt: skip
    added.add_argument("--note", metavar="TEXT", default="")
    added.add_argument("--unsigned", action="store_true", help="leave your own time unsigned")
    added.add_argument("--confirm", action="store_true", help="what is unusual is right")
    id_option(added)
    added.set_defaults(work=add_meeting)
    listed = group.add("list", "list a month's meetings")
    listed.add_argument("--month", metavar="YYYY-MM", help="default: this month")
    listed.set_defaults(work=show_meetings)
    review_time.declare(group)
    voided = group.add("void", "withdraw a meeting with all its time, keeping both")
    voided.add_argument("meeting", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void_meeting)


def add_meeting(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.meeting import read_attendees, record_meeting

    staff = read_attendees(workspace)
    others = [typed.staff_member(staff, name, field="with").id for name in options.attendees]
    draft = MeetingDraft(
        held_on=typed.day("on", options.on, today=workspace.today()),
        minutes=options.minutes,
        attendees=tuple(dict.fromkeys((workspace.staff.id, *others))),
        shares=tuple(_share(workspace, words) for words in options.patients),
        started_at=typed.clock_time("started", options.started),
        note=options.note,
        is_signed=not options.unsigned,
        is_confirmed=options.confirm,
        **id_given(options),
    )
    ack(record_meeting(workspace, draft).record_id)


def _share(workspace: Workspace, words: str) -> Share:
    named, _, minutes = words.partition("=")
    if minutes and not minutes.isdecimal():
        raise Refused(Problem("patient", f"“{minutes}” are no minutes. Write MRN=10."))
    episode_id = typed.latest_episode(workspace, named).id
    return Share(episode_id, whole_number(minutes) if minutes else None)


def show_meetings(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.meeting import read_meetings

    held = read_meetings(workspace, _month(workspace, options))
    say_table(MEETING_HEADS, [_meeting_row(each) for each in held])


def _meeting_row(held: HeldMeeting) -> tuple[str, ...]:
    meeting = held.meeting
    return (
        meeting.id,
        short_date(meeting.held_on),
        clock_time(meeting.started_at) if meeting.started_at else "",
        str(meeting.seconds // 60),
        ", ".join(member.name for member in held.attendees),
        count_of(len(held.patients), "patient"),
    )


def void_meeting(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import meeting

    changed = meeting.void_meeting(workspace, options.meeting, reason=options.reason)
    ack(changed.record_id)


def _month(workspace: Workspace, options: Namespace) -> ServiceMonth:
    return typed.month(options.month) if options.month else ServiceMonth.of(workspace.today())
