"""Envelopes and sheets of labels for patients."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import tell
from cocm_desktop.commands.papers import write_paper_to
from cocm_desktop.commands.parser import member_of, out_option, slugs, whole_number
from cocm_desktop.domain.listed_patient import Program
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.mailing import MailPaper
    from cocm_desktop.actions.workspace import Workspace


def declare_labels(parser: ArgumentParser) -> None:
    _to_whom(parser)
    words = "the first free label of a sheet that was begun, 1 to 30"
    parser.add_argument("--start", metavar="N", type=whole_number, default=1, help=words)
    out_option(parser)
    parser.set_defaults(work=labels)


def declare_envelopes(parser: ArgumentParser) -> None:
    _to_whom(parser)
    words = "leave the practice's name off: only its address says who sends"
    parser.add_argument("--without-name", action="store_true", help=words)
    out_option(parser)
    parser.set_defaults(work=envelopes)


def _to_whom(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--patient", metavar="MRN", action="append", default=[], help="MRN or id; repeated"
    )
    words = "everybody who stands so to the program"
    parser.add_argument("--program", choices=slugs(Program), help=words)


def labels(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.mailing import print_labels

    made = print_labels(workspace, _patient_ids(workspace, options), start=options.start)
    _write(made, options)


def envelopes(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.mailing import print_envelopes

    names_practice = not options.without_name
    ids = _patient_ids(workspace, options)
    _write(print_envelopes(workspace, ids, names_practice=names_practice), options)


def _write(made: MailPaper, options: Namespace) -> None:
    write_paper_to(made.paper, options)
    if made.mailing.notice_words:
        tell(made.mailing.notice_words)


def _patient_ids(workspace: Workspace, options: Namespace) -> list[str]:
    from cocm_desktop.actions.listing import read_listing

    ids: list[str] = [typed.patient(workspace, each).id for each in options.patient]
    if options.program:
        program = member_of(Program, options.program)
        ids += [each.patient_id for each in read_listing(workspace) if each.program is program]
    if not ids:
        raise Refused(Problem("patient", "Name a --patient or a --program."))
    return ids
