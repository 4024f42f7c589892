"""The audit as sentences: lists of it, exports, and the monthly review."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    json_option,
    member_of,
    out_option,
    slugs,
    whole_number,
)
from cocm_desktop.domain.audit_event import EVENTS, EventKind
from cocm_desktop.domain.audit_query import AuditOrder, AuditPage, AuditQuery
from cocm_desktop.domain.audit_review import AuditReviewDraft
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.wording import clock_time, count_of, short_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.audit_entry import AuditEntry
    from cocm_desktop.domain.service_month import ServiceMonth

HEADS = ("number", "when", "who", "what", "computer")


def add_trail_commands(group: Group) -> None:
    listed = group.add("list", "list what was done and seen, the newest first")
    _query_options(listed)
    listed.set_defaults(work=show)
    of_patient = group.add("patient", "list who looked at a patient's record, and what was done")
    of_patient.add_argument("patient", metavar="MRN", help="MRN or id")
    _query_options(of_patient, leaves="patient")
    of_patient.set_defaults(work=show)
    of_person = group.add("person", "list what one person did and saw")
    of_person.add_argument("person", metavar="NAME")
    _query_options(of_person, leaves="person")
    of_person.set_defaults(work=show)
    exported = group.add("export", "write the entries to a file, with a seal beside it")
    exported.add_argument("file", metavar="FILE", type=Path)
    exported.add_argument("--fhir", action="store_true", help="FHIR R4 AuditEvent lines, not CSV")
    _query_options(exported)
    exported.set_defaults(work=export)
    printed = group.add("print", "print the entries as a PDF, oldest first")
    _query_options(printed, is_page=False)
    out_option(printed)
    printed.set_defaults(work=print_out)
    checked = group.add("check-export", "tell whether an exported file is as it was written")
    checked.add_argument("file", metavar="FILE", type=Path)
    checked.set_defaults(work=check)
    codes = group.add("codes", "list every kind of entry")
    json_option(codes)
    codes.set_defaults(work=list_codes)
    _review_commands(group)


def _review_commands(group: Group) -> None:
    reviewed = group.add("review", "show what in a month is worth a look")
    reviewed.add_argument("--month", metavar="YYYY-MM", help="default: the last whole month")
    json_option(reviewed)
    reviewed.set_defaults(work=review)
    signed = group.add("sign", "sign that one looked through a month")
    signed.add_argument("month", metavar="YYYY-MM")
    signed.add_argument("--words", metavar="TEXT", required=True, help="what was found")
    signed.set_defaults(work=sign)


def _query_options(parser: ArgumentParser, *, leaves: str = "", is_page: bool = True) -> None:
    parser.add_argument("--since", metavar="DATE", help="from this day on")
    parser.add_argument("--until", metavar="DATE", help="up to this day")
    if leaves != "patient":
        parser.add_argument("--patient", metavar="MRN", help="MRN or id")
    if leaves != "person":
        parser.add_argument("--person", metavar="NAME", help="what this person did")
    parser.add_argument("--kind", choices=slugs(EventKind))
    parser.add_argument("--code", metavar="CODE", default="", help="as audit codes lists them")
    parser.add_argument("--failed", action="store_true", help="only what failed or was refused")
    parser.add_argument("--emergency", action="store_true", help="only by emergency access")
    parser.set_defaults(sort="when", ascending=False, page=1)
    if not is_page:
        return
    parser.add_argument("--sort", choices=slugs(AuditOrder), default="when")
    parser.add_argument("--ascending", action="store_true", help="the oldest, or A, first")
    parser.add_argument("--page", metavar="NUMBER", type=whole_number, default=1)
    json_option(parser)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.audit import read_audit

    page = read_audit(workspace, _query(workspace, options))
    if options.json:
        say_json(_page_fields(page))
        return
    say_table(HEADS, [_line(entry) for entry in page.entries])
    say(f"{page.counted}.")


def export(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.audit_export import AuditFormat, export_audit

    kind = AuditFormat.FHIR if options.fhir else AuditFormat.CSV
    made = export_audit(workspace, _query(workspace, options), options.file, kind=kind)
    say(f"{count_of(made.entries, 'entry', 'entries')}, up to {made.head}. Seal: {made.seal.name}.")


def print_out(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.audit_print import print_audit
    from cocm_desktop.commands.papers import write_paper_to

    write_paper_to(print_audit(workspace, _query(workspace, options)), options)


def check(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.audit_export import check_export

    say(check_export(workspace, options.file))


def list_codes(_workspace: Workspace, options: Namespace) -> None:
    events = list(EVENTS.values())
    if options.json:
        say_json([{"code": e.code, "kind": e.kind.value, "sentence": e.sentence} for e in events])
        return
    say_table(("code", "kind", "sentence"), [(e.code, e.kind.value, e.sentence) for e in events])


def review(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.audit_month import read_audit_month

    found = read_audit_month(workspace, _month(workspace, options.month))
    if options.json:
        say_json(
            {
                "month": found.month.key,
                "entries": found.entries,
                "look_at": [
                    {
                        "what": point.what.value,
                        "count": point.count,
                        "people": list(point.people),
                        "numbers": list(point.seqs),
                    }
                    for point in found.points
                ],
                "reviews": [
                    {
                        "signed_at": each.signed_at.isoformat(),
                        "signed_by": found.names.get(StaffId(each.signed_by), ""),
                        "words": each.words,
                        "last_number": each.last_seq,
                    }
                    for each in found.reviews
                ],
            }
        )
        return
    say(f"{found.month}: {count_of(found.entries, 'entry', 'entries')}.")
    rows = [(str(p.count), p.what.value, "; ".join(p.people)) for p in found.points]
    say_table(("count", "worth a look", "who"), rows)
    for each in found.reviews:
        who = found.names.get(StaffId(each.signed_by), "")
        say(f"Signed {short_date(each.signed_at.date())} by {who}: {each.words}")


def sign(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.audit_month import sign_audit_month

    draft = AuditReviewDraft(_month(workspace, options.month), options.words)
    ack(sign_audit_month(workspace, draft).record_id)


def _query(workspace: Workspace, options: Namespace) -> AuditQuery:
    today = workspace.today()
    return AuditQuery(
        since=typed.day_or_none("since", options.since, today=today),
        until=typed.day_or_none("until", options.until, today=today),
        patient_id=typed.patient(workspace, options.patient).id if options.patient else "",
        staff_id=_person(workspace, options.person) if options.person else "",
        kind=member_of(EventKind, options.kind) if options.kind else None,
        code=options.code,
        only_failed=options.failed,
        only_emergency=options.emergency,
        order=member_of(AuditOrder, options.sort),
        is_descending=not options.ascending,
        page=options.page,
    )


def _person(workspace: Workspace, named: str) -> str:
    from cocm_desktop.actions.staff import read_staff

    return typed.staff_member(read_staff(workspace), named, field="person").id


def _month(workspace: Workspace, text: str | None) -> ServiceMonth:
    from cocm_desktop.domain.service_month import ServiceMonth

    return typed.month(text) if text else ServiceMonth.of(workspace.today()).plus(-1)


def _line(entry: AuditEntry) -> tuple[str, ...]:
    when = f"{short_date(entry.at.date())} {clock_time(entry.at)}"
    what = "; ".join((entry.sentence, *entry.details))
    return (str(entry.seq), when, entry.staff_name, what, entry.device)


def _page_fields(page: AuditPage) -> dict[str, Any]:
    return {
        "total": page.total,
        "page": page.query.page,
        "pages": page.pages,
        "entries": [entry_fields(entry) for entry in page.entries],
    }


def entry_fields(entry: AuditEntry) -> dict[str, Any]:
    """Give an entry as JSON writes it."""
    return {
        "number": entry.seq,
        "at": entry.at.isoformat(),
        "person": entry.staff_name,
        "roles": entry.roles_words,
        "is_emergency": entry.is_emergency,
        "what": entry.sentence,
        "details": list(entry.details),
        "code": entry.code,
        "outcome": entry.outcome_words,
        "patient_id": entry.patient_id,
        "computer": entry.device,
        "clock_good": entry.clock_ok,
        "seal": entry.mac,
    }
