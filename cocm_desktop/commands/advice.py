"""From the consultant's advice to what was done: letters, answers, what waits, the report."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.papers import write_paper_to
from cocm_desktop.commands.parser import (
    Group,
    care_manager_option,
    id_option,
    json_option,
    member_of,
    out_option,
    slug,
    slugs,
)
from cocm_desktop.domain.case_review import ANSWERS, ENDS, RecommendationStatus, StepDraft
from cocm_desktop.domain.follow_through_report import HEADS, Grouping, ReportChoice, Share
from cocm_desktop.domain.ids import RecommendationId
from cocm_desktop.domain.letter import SendingDraft, SendingWay
from cocm_desktop.domain.recommendation_letter import LetterChoice
from cocm_desktop.domain.review_loop import LoopLine, LoopList, ReviewLoop
from cocm_desktop.domain.wording import short_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.follow_through_report import FollowThroughReport, ReportLine

SAID = (*ANSWERS, *ENDS)


def declare_advice(parser: ArgumentParser) -> None:
    group = Group(parser)
    due = group.add("due", "list letters to send, answers awaited and actions overdue")
    care_manager_option(due)
    json_option(due)
    due.set_defaults(work=show_due)
    _declare_letter(group)
    _declare_answer(group)
    _declare_report(group)


def _declare_letter(group: Group) -> None:
    written = group.add("letter", "write the letter about a review to the practitioner")
    written.add_argument("--review", metavar="UUID", required=True)
    written.add_argument("--to", metavar="NAME", default="", help="default: who treats the patient")
    written.add_argument("--addition", metavar="TEXT", default="", help="words of your own")
    written.add_argument(
        "--with-part2", action="store_true", help="with protected records under a valid consent"
    )
    written.add_argument("--sent", choices=slugs(SendingWay), help="log that it went out so, today")
    id_option(written)
    written.set_defaults(work=write)
    for name, words, work in (
        ("print", "make the PDF of the letter, with boxes for the answer", print_one),
        ("rtf", "write the letter as a rich text file", write_file),
    ):
        made = group.add(name, words)
        made.add_argument("letter", metavar="ID")
        out_option(made)
        made.set_defaults(work=work)
    several = group.add("letters", "write and print every letter that is to be sent")
    care_manager_option(several)
    several.add_argument("--sent", choices=slugs(SendingWay), help="log that they went out so")
    out_option(several)
    several.set_defaults(work=print_all)
    text = group.add("text", "write the letter as plain text, for another record system")
    text.add_argument("letter", metavar="ID")
    text.set_defaults(work=show_text)
    withdrawn = group.add("withdraw", "withdraw a letter, keeping it")
    withdrawn.add_argument("letter", metavar="ID")
    withdrawn.add_argument("--reason", metavar="TEXT", required=True)
    withdrawn.set_defaults(work=withdraw)


def _declare_answer(group: Group) -> None:
    answered = group.add("answer", "record what the practitioner answered, several at once")
    answered.add_argument(
        "--say",
        metavar="UUID=STATUS[:REASON]",
        action="append",
        required=True,
        help=f"a recommendation and one of: {', '.join(slug(each) for each in SAID)}; repeated",
    )
    answered.add_argument("--on", metavar="DATE", default="today", help="default: today")
    answered.set_defaults(work=answer)


def _declare_report(group: Group) -> None:
    report = group.add("report", "count what became of a period's advice")
    report.add_argument("--from", dest="first", metavar="DATE", required=True)
    report.add_argument("--to", dest="last", metavar="DATE", default="today")
    report.add_argument("--by", choices=slugs(Grouping), default=slug(Grouping.KIND))
    report.add_argument("--csv", metavar="FILE", type=Path)
    out_option(report, required=False)
    json_option(report)
    report.set_defaults(work=show_report)


def show_due(workspace: Workspace, options: Namespace) -> None:
    loop = _loop(workspace, options)
    if options.json:
        say_json([_line_fields(line) for line in loop.lines])
        return
    say_table(
        ("list", "due", "late", "MRN", "patient", "to", "advice", "review"),
        [
            (
                line.of.value,
                short_date(line.due_on),
                f"{line.days_late} d" if line.is_late else "",
                line.case.mrn,
                line.case.name,
                line.case.practitioner,
                line.words,
                line.case.review.id,
            )
            for line in loop.lines
        ],
    )
    say(f"{loop.words}.")


def write(workspace: Workspace, options: Namespace) -> None:
    from dataclasses import replace

    from cocm_desktop.actions.letter import write_letter
    from cocm_desktop.actions.recommendation_letter import (
        compose_letter,
        send_recommendation_letter,
    )

    choice = LetterChoice(options.to, options.addition, options.with_part2)
    draft = compose_letter(workspace, options.review, choice)
    if options.id:
        draft = replace(draft, id=options.id)
    if options.sent:
        sending = SendingDraft(workspace.today(), member_of(SendingWay, options.sent))
        ack(send_recommendation_letter(workspace, draft, sending).record_id)
    else:
        ack(write_letter(workspace, draft).record_id)


def print_one(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.recommendation_letter import print_recommendation_letter

    write_paper_to(print_recommendation_letter(workspace, options.letter), options)


def write_file(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.recommendation_letter import write_letter_file

    write_letter_file(workspace, options.letter, options.out)
    say(str(options.out))


def print_all(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.recommendation_letter import (
        keep_letters,
        print_letters,
        send_letters,
    )

    lines = _loop(workspace, options).of(LoopList.TO_SEND)
    review_ids = [line.case.review.id for line in lines]
    keep_letters(workspace, review_ids)
    write_paper_to(print_letters(workspace, review_ids), options)
    if options.sent:
        sending = SendingDraft(workspace.today(), member_of(SendingWay, options.sent))
        send_letters(workspace, review_ids, sending)


def _loop(workspace: Workspace, options: Namespace) -> ReviewLoop:
    from cocm_desktop.actions.review_loop import read_loop

    return read_loop(workspace, typed.care_manager_id(workspace, options.care_manager)).loop


def show_text(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.recommendation_letter import copy_letter_text

    say(copy_letter_text(workspace, options.letter).rstrip())


def withdraw(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter import void_letter

    ack(void_letter(workspace, options.letter, reason=options.reason).record_id)


def answer(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_loop import record_steps

    on = typed.day("on", options.on, today=workspace.today())
    found = [_said(text) for text in options.say]
    drafts = [StepDraft(given, status, on, reason) for given, status, reason in found]
    record_steps(workspace, drafts)
    for draft in drafts:
        ack(draft.recommendation_id)


def show_report(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_loop import (
        export_follow_through,
        print_follow_through,
        read_follow_through,
    )

    today = workspace.today()
    choice = ReportChoice(
        typed.day("first", options.first, today=today),
        typed.day("last", options.last, today=today),
        member_of(Grouping, options.by),
    )
    if options.csv:
        export_follow_through(workspace, choice, options.csv)
        say(str(options.csv))
    if options.out:
        write_paper_to(print_follow_through(workspace, choice), options)
    if options.json:
        say_json(_report_fields(read_follow_through(workspace, choice)))
    elif not options.csv and not options.out:
        _say_report(read_follow_through(workspace, choice))


def _say_report(report: FollowThroughReport) -> None:
    say_table(HEADS, [line.cells for line in (*report.lines, report.total)])
    say(f"Reviews of {report.period_words}.")


def _said(text: str) -> tuple[RecommendationId, RecommendationStatus, str]:
    given, equals, rest = text.partition("=")
    status, _, reason = rest.partition(":")
    if not equals or status not in slugs(SAID):
        words = f"“{text}” is no answer. Write the recommendation's id, = and its status."
        raise Refused(Problem("say", words))
    return RecommendationId(given.strip()), member_of(RecommendationStatus, status), reason.strip()


def _line_fields(line: LoopLine) -> dict[str, Any]:
    case = line.case
    return {
        "list": slug(line.of),
        "due_on": line.due_on.isoformat(),
        "days_late": line.days_late,
        "patient_id": case.patient_id,
        "mrn": case.mrn,
        "practitioner": case.practitioner,
        "care_manager": case.care_manager,
        "reviewed_on": case.review.reviewed_on.isoformat(),
        "review_id": case.review.id,
        "letter_id": line.letter.id if line.letter else None,
        "recommendations": [
            {"id": each.id, "text": each.words, "status": each.status.value} for each in line.asked
        ],
    }


def _report_fields(report: FollowThroughReport) -> dict[str, Any]:
    return {
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "groups": [_counts(line) for line in report.lines],
        "all": _counts(report.total),
    }


def _counts(line: ReportLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "issued": line.issued,
        "sent_same_day": _share(line.sent),
        "answered_in_time": _share(line.answered),
        "accepted": line.accepted,
        "modified": line.modified,
        "declined": line.declined,
        "done_in_time": _share(line.done),
        "lower_after_six_weeks": _share(line.lower),
    }


def _share(share: Share) -> dict[str, int]:
    return {"count": share.count, "of": share.of}
