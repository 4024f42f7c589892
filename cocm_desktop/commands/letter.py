"""Letters to patients and consent forms: written, printed, logged as sent."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table, tell
from cocm_desktop.commands.papers import write_paper_to
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    language_given,
    member_of,
    out_option,
    patient_language_option,
    patient_option,
    slug,
    slugs,
)
from cocm_desktop.domain.letter import Letter, LetterKind, SendingDraft, SendingWay
from cocm_desktop.domain.letter_template import LETTER_FIELDS, PATIENT_KINDS
from cocm_desktop.domain.wording import NOTHING, short_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_letter(parser: ArgumentParser) -> None:
    group = Group(parser)
    written = group.add("write", "fill a template from a patient's records, and keep the letter")
    patient_option(written)
    written.add_argument("--kind", required=True, choices=slugs(PATIENT_KINDS))
    patient_language_option(written)
    asked = ", ".join(field.name for field in LETTER_FIELDS if field.is_asked)
    written.add_argument(
        "--field",
        metavar="NAME=TEXT",
        action="append",
        default=[],
        help=f"the value of a field, repeated; asked for by some letters: {asked}",
    )
    id_option(written)
    written.set_defaults(work=write)
    listed = group.add("list", "list a patient's letters and how they went out")
    patient_option(listed)
    json_option(listed)
    listed.set_defaults(work=show)
    printed = group.add("print", "make the PDF of a letter")
    printed.add_argument("letter", metavar="ID")
    out_option(printed)
    printed.set_defaults(work=print_one)
    _declare_sending(group)
    form = group.add("consent-form", "make a consent form to sign, for one patient or blank")
    patient_option(form, required=False)
    patient_language_option(form)
    out_option(form)
    form.set_defaults(work=consent_form)


def _declare_sending(group: Group) -> None:
    sent = group.add("send", "log that a letter went out")
    sent.add_argument("letter", metavar="ID")
    sent.add_argument("--way", required=True, choices=slugs(SendingWay))
    sent.add_argument("--on", metavar="DATE", default="today")
    sent.add_argument("--to", metavar="NAME", default="", help="default: whom the letter is to")
    sent.add_argument("--note", metavar="TEXT", default="")
    sent.set_defaults(work=send)
    voided = group.add("void", "withdraw a letter, keeping it")
    voided.add_argument("letter", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void)


def write(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.patient_letter import (
        LetterRequest,
        read_letter_basis,
        write_patient_letter,
    )

    request = LetterRequest(
        patient_id=typed.patient(workspace, options.patient).id,
        kind=member_of(LetterKind, options.kind),
        language=language_given(options),
        given=dict(_given(text) for text in options.field),
        **id_given(options),
    )
    ack(write_patient_letter(workspace, request).record_id)
    for words in read_letter_basis(workspace, request.patient_id).notices:
        tell(words)


def _given(text: str) -> tuple[str, str]:
    name, equals, words = text.partition("=")
    if not equals:
        raise Refused(Problem("field", f"“{text}” is no NAME=TEXT."))
    return name.strip().strip("{}"), words


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter import read_letters

    found = read_letters(workspace, typed.patient(workspace, options.patient).id)
    if options.json:
        say_json([letter_fields(letter) for letter in found])
        return
    lines = [
        (
            letter.id,
            short_date(letter.written_on),
            letter.kind.value,
            letter.language.value,
            letter.recipient,
            short_date(letter.sent_on) if letter.sent_on else NOTHING,
        )
        for letter in found
    ]
    say_table(("id", "written", "letter", "language", "to", "sent"), lines)


def letter_fields(letter: Letter) -> dict[str, Any]:
    """Give a letter as JSON shows it."""
    return {
        "id": letter.id,
        "kind": slug(letter.kind),
        "language": slug(letter.language),
        "written_on": letter.written_on.isoformat(),
        "recipient": letter.recipient,
        "title": letter.title,
        "body": letter.body,
        "review_id": letter.review_id,
        "sendings": [
            {
                "sent_on": sending.sent_on.isoformat(),
                "way": slug(sending.way),
                "recipient": sending.recipient,
                "note": sending.note,
            }
            for sending in letter.sendings
        ],
    }


def print_one(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter import read_letter
    from cocm_desktop.actions.patient_letter import print_patient_letter
    from cocm_desktop.actions.recommendation_letter import print_recommendation_letter

    is_advice = read_letter(workspace, options.letter).kind is LetterKind.RECOMMENDATION
    printing = print_recommendation_letter if is_advice else print_patient_letter
    write_paper_to(printing(workspace, options.letter), options)


def consent_form(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.patient_letter import print_consent_form

    patient = typed.patient(workspace, options.patient) if options.patient else None
    paper = print_consent_form(
        workspace,
        patient_id=patient.id if patient else None,
        language=language_given(options),
    )
    write_paper_to(paper, options)


def send(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter import record_sending

    draft = SendingDraft(
        sent_on=typed.day("on", options.on, today=workspace.today()),
        way=member_of(SendingWay, options.way),
        recipient=options.to,
        note=options.note,
    )
    ack(record_sending(workspace, options.letter, draft).record_id)


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.letter import void_letter

    ack(void_letter(workspace, options.letter, reason=options.reason).record_id)
