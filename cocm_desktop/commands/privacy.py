"""What patients ask about their records, and what of them went to whom."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    out_option,
    patient_option,
    slug,
    slugs,
)
from cocm_desktop.domain.privacy import (
    Amendment,
    AmendmentAnswer,
    AmendmentDraft,
    Decision,
    Disclosure,
    DisclosureDraft,
    Purpose,
    Restriction,
    RestrictionDraft,
)
from cocm_desktop.domain.wording import short_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cocm_desktop.actions.workspace import Workspace

DISCLOSURE_HEADS = ("id", "date", "to", "what", "given out for", "accounting")
REQUEST_HEADS = ("id", "asked", "standing", "words")
ANSWERS = ("accepted", "denied")


def declare_disclosure(parser: ArgumentParser) -> None:
    group = Group(parser)
    added = group.add("add", "record what was given out by other means than this program")
    patient_option(added)
    added.add_argument("--to", metavar="NAME", required=True)
    added.add_argument("--address", metavar="TEXT", default="")
    added.add_argument("--what", metavar="TEXT", required=True)
    added.add_argument("--purpose", choices=slugs(Purpose), required=True)
    added.add_argument("--authority", metavar="TEXT", default="", help="the order or the law")
    added.add_argument("--part2", action="store_true", help="with records of a Part 2 program")
    added.add_argument("--on", metavar="DATE", default="today")
    id_option(added)
    added.set_defaults(work=add_disclosure)
    listed = group.add("list", "list everything that was given out")
    patient_option(listed)
    json_option(listed)
    listed.set_defaults(work=show_disclosures)
    printed = group.add("account", "print the accounting that a patient may ask for")
    patient_option(printed)
    printed.add_argument("--asked", metavar="DATE", default="today")
    out_option(printed)
    printed.set_defaults(work=account)
    _void_command(group, void_disclosure)


def declare_amendment(parser: ArgumentParser) -> None:
    group = Group(parser)
    _ask_command(group, "record what a patient asks to have changed", ask_amendment)
    answered = group.add("answer", "accept or deny a request, with words")
    answered.add_argument("record", metavar="ID")
    answered.add_argument("decision", choices=ANSWERS)
    answered.add_argument("words", metavar="TEXT", help="what was corrected, or why not")
    answered.add_argument("--disagreement", metavar="TEXT", default="")
    answered.set_defaults(work=answer_amendment)
    _list_command(group, "list a patient's requests, or all that wait", show_amendments)
    _void_command(group, void_amendment)


def declare_restriction(parser: ArgumentParser) -> None:
    group = Group(parser)
    asked = _ask_command(group, "record a restriction that a patient asks for", ask_restriction)
    asked.add_argument(
        "--paid-in-full", action="store_true", help="nothing to the payer; binds at once"
    )
    decided = group.add("decide", "agree to a restriction, or deny it")
    decided.add_argument("record", metavar="ID")
    decided.add_argument("decision", choices=ANSWERS)
    decided.set_defaults(work=decide_restriction)
    ended = group.add("end", "end a restriction from today on")
    ended.add_argument("record", metavar="ID")
    ended.add_argument("--reason", metavar="TEXT", required=True)
    ended.set_defaults(work=end_restriction)
    aside = group.add("override", "give this patient's record out for 15 minutes all the same")
    patient_option(aside)
    aside.add_argument("--reason", metavar="TEXT", required=True)
    aside.set_defaults(work=override)
    _list_command(group, "list a patient's restrictions", show_restrictions, is_of_one=True)
    _void_command(group, void_restriction)


def _ask_command(group: Group, words: str, work: object) -> ArgumentParser:
    asked = group.add("ask", words)
    patient_option(asked)
    asked.add_argument("words", metavar="TEXT", help="in the patient's words")
    asked.add_argument("--on", metavar="DATE", default="today")
    id_option(asked)
    asked.set_defaults(work=work)
    return asked


def _list_command(group: Group, words: str, work: object, *, is_of_one: bool = False) -> None:
    listed = group.add("list", words)
    patient_option(listed, required=is_of_one)
    json_option(listed)
    listed.set_defaults(work=work)


def _void_command(group: Group, work: object) -> None:
    voided = group.add("void", "withdraw one, keeping it")
    voided.add_argument("record", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=work)


def add_disclosure(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.disclosure import record_disclosure

    draft = DisclosureDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        disclosed_on=typed.day("on", options.on, today=workspace.today(), past=True),
        recipient=options.to,
        what=options.what,
        purpose=member_of(Purpose, options.purpose),
        address=options.address,
        authority=options.authority,
        has_part2=options.part2,
        **id_given(options),
    )
    ack(record_disclosure(workspace, draft).record_id)


def show_disclosures(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.disclosure import read_disclosures

    found = read_disclosures(workspace, typed.patient(workspace, options.patient).id)
    listed = {each.id for each in found.accounting.listed}
    if options.json:
        say_json([_disclosure_fields(each, listed=each.id in listed) for each in found.kept])
        return
    rows = [
        (
            each.id,
            short_date(each.disclosed_on),
            each.recipient,
            each.what,
            each.purpose.value,
            "yes" if each.id in listed else "no",
        )
        for each in found.kept
    ]
    say_table(DISCLOSURE_HEADS, rows)


def account(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.disclosure import print_accounting
    from cocm_desktop.commands.papers import write_paper_to

    patient = typed.patient(workspace, options.patient)
    day = typed.day("asked", options.asked, today=workspace.today(), past=True)
    write_paper_to(print_accounting(workspace, patient.id, day), options)


def void_disclosure(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import disclosure

    ack(disclosure.void_disclosure(workspace, options.record, reason=options.reason).record_id)


def ask_amendment(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import privacy_request

    draft = AmendmentDraft(
        typed.patient(workspace, options.patient).id,
        typed.day("on", options.on, today=workspace.today(), past=True),
        options.words,
        **id_given(options),
    )
    ack(privacy_request.ask_amendment(workspace, draft).record_id)


def answer_amendment(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import privacy_request

    decision = member_of(Decision, options.decision)
    answer = AmendmentAnswer(decision, options.words, options.disagreement)
    ack(privacy_request.answer_amendment(workspace, options.record, answer).record_id)


def show_amendments(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.privacy_request import read_open_amendments, read_requests

    if options.patient:
        patient = typed.patient(workspace, options.patient)
        found = read_requests(workspace, patient.id).amendments
    else:
        found = read_open_amendments(workspace)
    if options.json:
        say_json([_amendment_fields(each) for each in found])
    else:
        _say_requests(found, workspace.today())


def void_amendment(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import privacy_request

    voided = privacy_request.void_amendment(workspace, options.record, reason=options.reason)
    ack(voided.record_id)


def ask_restriction(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import privacy_request

    draft = RestrictionDraft(
        typed.patient(workspace, options.patient).id,
        typed.day("on", options.on, today=workspace.today(), past=True),
        options.words,
        is_paid_in_full=options.paid_in_full,
        **id_given(options),
    )
    ack(privacy_request.ask_restriction(workspace, draft).record_id)


def decide_restriction(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import privacy_request

    decision = member_of(Decision, options.decision)
    ack(privacy_request.decide_restriction(workspace, options.record, decision).record_id)


def end_restriction(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import privacy_request

    ended = privacy_request.end_restriction(workspace, options.record, reason=options.reason)
    ack(ended.record_id)


def override(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.privacy_request import override_restrictions

    patient = typed.patient(workspace, options.patient)
    ack(override_restrictions(workspace, patient.id, reason=options.reason).record_id)


def show_restrictions(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.privacy_request import read_requests

    patient = typed.patient(workspace, options.patient)
    found = read_requests(workspace, patient.id).restrictions
    if options.json:
        say_json([_restriction_fields(each) for each in found])
    else:
        _say_requests(found, workspace.today())


def void_restriction(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import privacy_request

    voided = privacy_request.void_restriction(workspace, options.record, reason=options.reason)
    ack(voided.record_id)


def _say_requests(found: Iterable[Amendment | Restriction], today: date) -> None:
    rows = [
        (each.id, short_date(each.asked_on), each.standing(today), each.words) for each in found
    ]
    say_table(REQUEST_HEADS, rows)


def _disclosure_fields(each: Disclosure, *, listed: bool) -> dict[str, object]:
    return {
        "id": each.id,
        "disclosed_on": each.disclosed_on.isoformat(),
        "recipient": each.recipient,
        "address": each.address,
        "what": each.what,
        "purpose": slug(each.purpose),
        "authority": each.authority,
        "has_part2": each.has_part2,
        "is_accounted": listed,
        "sha256": each.sha256,
    }


def _amendment_fields(each: Amendment) -> dict[str, object]:
    return {
        "id": each.id,
        "patient_id": each.patient_id,
        "asked_on": each.asked_on.isoformat(),
        "due_on": each.due_on.isoformat(),
        "words": each.words,
        "decision": slug(each.decision),
        "decided_on": _day(each.decided_on),
        "decision_words": each.decision_words,
        "disagreement": each.disagreement,
    }


def _restriction_fields(each: Restriction) -> dict[str, object]:
    return {
        "id": each.id,
        "asked_on": each.asked_on.isoformat(),
        "words": each.words,
        "decision": slug(each.decision),
        "decided_on": _day(each.decided_on),
        "ended_on": _day(each.ended_on),
        "is_paid_in_full": each.is_paid_in_full,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
