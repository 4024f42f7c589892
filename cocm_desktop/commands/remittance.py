"""Remittances: looking at an 835 file, posting it, undoing that, and what reasons mean."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands.console import ack, say, say_json, say_table, tell
from cocm_desktop.commands.parser import Group, json_option
from cocm_desktop.domain.billing.posting import (
    LineMatch,
    PostedRemittance,
    PostingRow,
    ReasonLine,
    RemittancePreview,
)
from cocm_desktop.domain.wording import dollars, long_moment
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_remittances(group: Group) -> None:
    posted = group.add("import-835", "post a payer's remittance file to the bills")
    posted.add_argument("file", metavar="FILE", type=Path)
    posted.add_argument("--preview", action="store_true", help="only tell what would be done")
    json_option(posted)
    posted.set_defaults(work=import_835)
    listed = group.add("remittances", "list the remittances that were posted")
    json_option(listed)
    listed.set_defaults(work=list_remittances)
    undone = group.add("undo", "take the posting of a remittance back; its file can come again")
    undone.add_argument("remittance_id", metavar="ID")
    undone.add_argument("--reason", metavar="TEXT", required=True)
    undone.set_defaults(work=undo)
    explained = group.add("explain", "say what a payer's reason code means, such as 119")
    explained.add_argument("code", metavar="CODE", nargs="?", help="default: all of them")
    json_option(explained)
    explained.set_defaults(outside=lambda call: explain(call.options))


def import_835(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.remittance import post_remittance, preview_remittance

    preview = preview_remittance(workspace, options.file)
    for words in (*preview.file.notices, *(check.words for check in preview.checks)):
        tell(words)
    if options.json:
        say_json(preview_fields(preview))
    else:
        _say_preview(preview)
    if not options.preview:
        ack(post_remittance(workspace, preview).record_id)


def _say_preview(preview: RemittancePreview) -> None:
    for payment in preview.file.payments:
        say(payment.words)
    rows = [
        (
            row.claim.account_number,
            row.patient_name,
            row.claim.status_words,
            dollars(row.claim.charge_cents),
            dollars(row.claim.paid_cents),
            dollars(row.claim.owed_cents),
            row.words,
        )
        for row in preview.rows
    ]
    say_table(("account", "patient", "decision", "charge", "paid", "patient owes", "bill"), rows)
    for row in preview.rows:
        for reason in row.every_reason:
            say(f"{row.claim.account_number}: {reason.words}. {reason.card.next_step}")
        if row.remarks:
            say(f"{row.claim.account_number}: remark codes {', '.join(row.remarks)}")
        if row.problem_words:
            tell(f"{row.claim.account_number}: {row.problem_words}")


def list_remittances(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.remittance import read_remittances

    remittances = read_remittances(workspace)
    if options.json:
        say_json([remittance_fields(each) for each in remittances])
        return
    rows = [
        (
            long_moment(each.posted_at),
            each.payer_name,
            dollars(each.paid_cents),
            f"{each.matched} of {each.claims}",
            "undone" if each.undone_at else "",
            each.id,
        )
        for each in remittances
    ]
    say_table(("posted", "payer", "paid", "matched", "state", "id"), rows)


def undo(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.remittance import undo_remittance

    ack(undo_remittance(workspace, options.remittance_id, reason=options.reason).record_id)


def explain(options: Namespace) -> None:
    """Say what reason codes mean; no clinic is needed."""
    from cocm_desktop.actions.remittance import load_cards

    cards = load_cards()
    wanted = [options.code.upper()] if options.code else list(cards)
    if wanted[0] not in cards:
        raise Refused(Problem("code", f"The program has no words for reason {wanted[0]}."))
    found = [cards[code] for code in wanted]
    if options.json:
        fields = ("code", "title", "meaning", "next_step")
        say_json(
            [
                {name: getattr(card, name) for name in fields}
                | {"checks": [check.value for check in card.checks]}
                for card in found
            ]
        )
        return
    for card in found:
        say(f"{card.code}  {card.title}\n  {card.meaning}\n  {card.next_step}")


def preview_fields(preview: RemittancePreview) -> dict[str, Any]:
    return {
        "file": preview.file.file_name,
        "sha256": preview.file.sha256,
        "test": preview.file.is_test,
        "paid_cents": preview.file.paid_cents,
        "posted_before": preview.posted_before.isoformat() if preview.posted_before else None,
        "payments": [payment.words for payment in preview.file.payments],
        "notices": [*preview.file.notices, *(check.words for check in preview.checks)],
        "claims": [row_fields(row) for row in preview.rows],
    }


def row_fields(row: PostingRow) -> dict[str, Any]:
    after = row.state_after
    return {
        "account_number": row.claim.account_number,
        "superbill_id": row.superbill_id,
        "payer_number": row.claim.payer_number,
        "status": row.claim.status,
        "charge_cents": row.claim.charge_cents,
        "allowed_cents": row.claim.allowed_cents,
        "paid_cents": row.claim.paid_cents,
        "patient_cents": row.claim.owed_cents,
        "state_after": after.name.lower() if after else None,
        "checks": [{"id": check.id.value, "words": check.words} for check in row.checks],
        "problems": row.problem_words,
        "remarks": list(row.remarks),
        "reasons": [_reason_fields(reason) for reason in row.reasons],
        "lines": [_line_fields(line) for line in row.lines],
    }


def _line_fields(line: LineMatch) -> dict[str, Any]:
    return {
        "code": line.paid.code,
        "units": line.paid.units,
        "charge_cents": line.paid.charge_cents,
        "allowed_cents": line.paid.allowed_cents,
        "difference_cents": line.difference_cents,
        "paid_cents": line.paid.paid_cents,
        "reasons": [_reason_fields(reason) for reason in line.reasons],
    }


def _reason_fields(reason: ReasonLine) -> dict[str, Any]:
    return {
        "group": reason.group,
        "code": reason.card.code,
        "cents": reason.cents,
        "title": reason.card.title,
        "next_step": reason.card.next_step,
    }


def remittance_fields(each: PostedRemittance) -> dict[str, Any]:
    return {
        "id": each.id,
        "file": each.file_name,
        "sha256": each.sha256,
        "payer": each.payer_name,
        "trace_number": each.trace_number,
        "paid_on": each.paid_on.isoformat() if each.paid_on else None,
        "paid_cents": each.paid_cents,
        "claims": each.claims,
        "matched": each.matched,
        "posted_at": each.posted_at.isoformat(),
        "by": each.posted_by,
        "undone_at": each.undone_at.isoformat() if each.undone_at else None,
        "undo_reason": each.undo_reason or None,
    }
