"""The weekly meetings and their agendas."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.agenda_fields import agenda_fields, meeting_fields
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    patient_option,
    whole_number,
)
from cocm_desktop.domain.review_meeting import (
    AgendaChoice,
    AgendaChoiceKind,
    ReviewMeeting,
    ReviewMeetingDraft,
)
from cocm_desktop.domain.review_time import ReviewTimeDraft
from cocm_desktop.domain.wording import NOTHING, SECONDS_A_MINUTE, clock_time, long_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.review_priority import AgendaEntry

_TENTHS = re.compile(r"(?P<whole>[0-9]{1,2})(?:\.(?P<tenth>[0-9]))?", re.ASCII)
LIST_HEADS = ("on", "start", "min", "care managers", "consultant", "state", "id")
CASE_HEADS = ("no.", "section", "MRN", "patient", "why", "")


def declare_agenda(parser: ArgumentParser) -> None:
    group = Group(parser)
    planned = group.add("plan", "plan a meeting, or write down one that was held")
    _meeting_options(planned)
    id_option(planned)
    planned.set_defaults(work=plan)
    changed = group.add("change", "change what is named of a meeting that has not ended")
    _meeting_option(changed)
    _meeting_options(changed)
    changed.set_defaults(work=change)
    listed = group.add("list", "list the meetings")
    json_option(listed)
    listed.set_defaults(work=list_meetings)
    shown = group.add("show", "show the agenda of a meeting")
    _meeting_option(shown)
    json_option(shown)
    shown.set_defaults(work=show)
    _declare_choices(group)
    for name, words, work in (
        ("start", "hold the agenda as it stands: who is discussed stays on it", start),
        ("reopen", "go on with a meeting that was ended today", reopen),
    ):
        parser_of = group.add(name, words)
        _meeting_option(parser_of)
        parser_of.set_defaults(work=work)
    ended = group.add("end", "end a meeting: who was not discussed is carried over")
    _meeting_option(ended)
    ended.add_argument("--share-time", action="store_true", help="give its minutes to the patients")
    ended.add_argument("--minutes", metavar="N", type=whole_number, help="how long it was")
    ended.add_argument("--confirm", action="store_true", help="what is unusual is right")
    ended.set_defaults(work=end)
    canceled = group.add("cancel", "take a meeting off that is not held")
    _meeting_option(canceled)
    canceled.add_argument("--reason", metavar="TEXT", required=True)
    canceled.set_defaults(work=cancel)


def _declare_choices(group: Group) -> None:
    for name, words in (
        ("add", "put a patient on the agenda whom no rule names"),
        ("leave-out", "leave a patient out, with a reason"),
        ("put-back", "put a patient back who was left out"),
        ("move", "move a patient to another place"),
    ):
        parser = group.add(name, words)
        _meeting_option(parser)
        patient_option(parser)
        if name in {"leave-out", "move"}:
            parser.add_argument("--reason", metavar="TEXT", default="")
        if name == "move":
            parser.add_argument("--place", metavar="N", type=whole_number, required=True)
        parser.set_defaults(work=choose, kind=name)
    spent = group.add("spent", "set how long a case was talked about")
    _meeting_option(spent)
    patient_option(spent)
    spent.add_argument("--minutes", metavar="N", type=whole_number, required=True)
    spent.set_defaults(work=spend)
    asked = group.add("question", "write the question to the consultant")
    patient_option(asked)
    asked.add_argument("--ask", metavar="TEXT", required=True)
    asked.set_defaults(work=ask)


def _meeting_option(parser: ArgumentParser) -> None:
    parser.add_argument("--meeting", metavar="UUID", help="default: the next one")


def _meeting_options(parser: ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", help="the day; planned without: today")
    parser.add_argument("--start", metavar="HH:MM", help="on a clock of 24 hours")
    parser.add_argument(
        "--minutes", metavar="N", type=whole_number, help="default: 180 for a full-time caseload"
    )
    parser.add_argument("--minutes-a-case", metavar="N", help="such as 8.6")
    parser.add_argument(
        "--care-manager", metavar="NAME", action="append", help="may be repeated; all without"
    )
    parser.add_argument("--consultant", metavar="NAME")
    parser.add_argument("--note", metavar="TEXT")


def plan(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_meeting import plan_meeting

    draft = ReviewMeetingDraft(workspace.today(), **id_given(options))
    draft = replace(draft, **_named(workspace, options))
    ack(plan_meeting(workspace, draft).record_id)


def change(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_meeting import change_meeting

    meeting = _meeting(workspace, options)
    draft = replace(ReviewMeetingDraft.of(meeting), **_named(workspace, options))
    ack(change_meeting(workspace, draft, version=meeting.version).record_id)


def list_meetings(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_meeting import read_meetings

    found = read_meetings(workspace)
    if options.json:
        say_json([meeting_fields(each, found) for each in found.meetings])
        return
    names = {member.id: member.name for member in found.staff}
    rows = [
        (
            long_date(each.meets_on),
            clock_time(each.starts_at) if each.starts_at else NOTHING,
            str(each.minutes),
            found.whose_words(each),
            names[each.consultant_id] if each.consultant_id else NOTHING,
            each.state.value,
            each.id,
        )
        for each in found.meetings
    ]
    say_table(LIST_HEADS, rows)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.meeting_agenda import read_meeting_agenda
    from cocm_desktop.actions.review_meeting import read_meetings

    found = read_meeting_agenda(workspace, _meeting(workspace, options).id)
    meetings = read_meetings(workspace)
    if options.json:
        say_json(agenda_fields(found, meetings))
        return
    say(meetings.title_words(found.meeting))
    say_table(CASE_HEADS, [_case_row(n, each) for n, each in enumerate(found.agenda.entries, 1)])
    for each in found.agenda.left_out:
        say(f"Left out: {each.entry.row.name} – {each.reason}")
    say(found.agenda.cut_words + ".")


def _case_row(number: int, entry: AgendaEntry) -> tuple[str, ...]:
    row, marks = entry.row, (entry.carried_words, "Discussed" if entry.is_discussed else "")
    section = f"{entry.section.letter} {entry.section.value}"
    why = entry.reasons[0].words
    return str(number), section, row.mrn or NOTHING, row.name, why, "; ".join(filter(None, marks))


def choose(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.meeting_agenda import change_agenda

    choice = AgendaChoice(
        typed.latest_episode(workspace, options.patient).id,
        AgendaChoiceKind[options.kind.upper().replace("-", "_")],
        reason=getattr(options, "reason", ""),
        place=getattr(options, "place", None),
    )
    ack(change_agenda(workspace, _meeting(workspace, options).id, choice).record_id)


def spend(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_meeting import keep_case_time

    meeting, episode = (
        _meeting(workspace, options),
        typed.latest_episode(workspace, options.patient),
    )
    seconds = options.minutes * SECONDS_A_MINUTE
    ack(keep_case_time(workspace, meeting.id, episode.id, seconds=seconds).record_id)


def ask(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.contact import flag_for_review

    episode = typed.latest_episode(workspace, options.patient)
    ack(flag_for_review(workspace, episode.id, options.ask).record_id)


def start(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_meeting import start_meeting

    ack(start_meeting(workspace, _meeting(workspace, options).id).record_id)


def end(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_meeting import end_meeting

    meeting = _meeting(workspace, options)
    time = None
    if options.share_time:
        time = ReviewTimeDraft(meeting.id, options.minutes, is_confirmed=options.confirm)
    ack(end_meeting(workspace, meeting.id, time=time).record_id)


def reopen(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_meeting import read_meetings, reopen_meeting

    ended = [each for each in read_meetings(workspace).meetings if each.is_ended]
    meeting_id = options.meeting or (ended[-1].id if ended else "")
    ack(reopen_meeting(workspace, meeting_id).record_id)


def cancel(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_meeting import cancel_meeting

    meeting = _meeting(workspace, options)
    ack(cancel_meeting(workspace, meeting.id, reason=options.reason).record_id)


def _meeting(workspace: Workspace, options: Namespace) -> ReviewMeeting:
    """Give the meeting that is named, or the next one."""
    from cocm_desktop.actions.review_meeting import read_meetings

    found = read_meetings(workspace)
    if options.meeting is None and found.next_one is not None:
        return found.next_one
    named = next((each for each in found.meetings if each.id == options.meeting), None)
    if named is None:
        words = "No meeting is planned. Plan one: cocm agenda plan."
        if options.meeting:
            words = f"No meeting has the id {options.meeting}."
        raise Refused(Problem("meeting", words))
    return named


def _named(workspace: Workspace, options: Namespace) -> dict[str, Any]:
    """Give what the options say of a meeting, and nothing of what they do not name."""
    from cocm_desktop.actions.staff import read_staff

    staff = read_staff(workspace)
    found: dict[str, Any] = {}
    if options.on:
        found["meets_on"] = typed.day("on", options.on, today=workspace.today())
    if options.start:
        found["starts_at"] = typed.clock_time("start", options.start)
    if options.minutes is not None:
        found["minutes"] = options.minutes
    if options.minutes_a_case:
        found["tenths_a_case"] = _tenths(options.minutes_a_case)
    if options.care_manager:
        members = [typed.staff_member(staff, n, field="care_manager") for n in options.care_manager]
        found["care_manager_ids"] = tuple(member.id for member in members)
    if options.consultant:
        found["consultant_id"] = typed.staff_member(
            staff, options.consultant, field="consultant"
        ).id
    if options.note is not None:
        found["note"] = options.note
    return found


def _tenths(text: str) -> int:
    """Read 8.6 minutes as 86 tenths."""
    read = _TENTHS.fullmatch(text.strip())
    if read is None:
        words = f"“{text}” is no number of minutes. Write 8 or 8.6."
        raise Refused(Problem("minutes_a_case", words))
    return int(read["whole"]) * 10 + int(read["tenth"] or 0)
