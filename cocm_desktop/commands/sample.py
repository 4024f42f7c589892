"""The sample clinic, whose people do not exist."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cocm_desktop.commands.console import ack, say
from cocm_desktop.commands.parser import Call
from cocm_desktop.domain.follow_through_report import ReportChoice
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.paths import sample_folder

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

PACKET, BILLING_MONTH = "packet.pdf", "billing-month.pdf"
LETTER, REPORT = "letter-to-practitioner.pdf", "follow-through.pdf"
QUARTER = timedelta(days=90)


def declare_sample(parser: ArgumentParser) -> None:
    parser.description = (
        "Make the sample clinic in an empty folder, as of today or of the moment given: the same "
        "day, the same clinic. Everybody in it signs in with the password that is asked for."
    )
    parser.set_defaults(outside=make)


def make(call: Call) -> None:
    from cocm_desktop.actions.sample.clinic import make_sample_clinic
    from cocm_desktop.actions.session import lock, new_recovery_code, state_of
    from cocm_desktop.commands.unlocking import place_of

    place = place_of(call)
    state = state_of(place)
    if not state.may_be_created_in:
        raise Refused(Problem("data", state.value))
    workspace = make_sample_clinic(place, call.passwords.first_password(), new_recovery_code())
    lock(workspace)
    ack(workspace.staff.id)


def declare_demo(parser: ArgumentParser) -> None:
    parser.description = (
        "Make the sample clinic, or open the one that is there, and print its papers beside it."
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, nargs="?", help="or --data FOLDER")
    parser.set_defaults(outside=demonstrate)


def demonstrate(call: Call) -> None:
    from cocm_desktop.actions.sample.opening import PASSWORD, open_sample_clinic
    from cocm_desktop.commands.unlocking import locking, place_of

    named = call.options.folder or call.options.data
    folder = Path(named) if named else sample_folder()
    workspace = open_sample_clinic(place_of(call, folder))
    with locking(workspace):
        _print_papers(workspace, folder.with_name(f"{folder.name} papers"))
        say(f"Clinic:      {folder}")
        say(f"Sign in as:  {workspace.staff.sign_in}, with the password: {PASSWORD}")
        say("Nobody in the sample clinic exists.")


def _print_papers(workspace: Workspace, papers: Path) -> None:
    """Write the packet of the week, the letter, and the billing sheets of the last full month."""
    from cocm_desktop.actions.bill_papers import print_billing_month
    from cocm_desktop.actions.papers import write_paper
    from cocm_desktop.actions.review import PacketChoice, print_packet
    from cocm_desktop.actions.superbill import read_billing_month

    papers.mkdir(parents=True, exist_ok=True)
    write_paper(print_packet(workspace, PacketChoice()), papers / PACKET)
    say(f"Packet:      {papers / PACKET}")
    _print_advice(workspace, papers)
    month = ServiceMonth.of(workspace.today()).plus(-1)
    bills = read_billing_month(workspace, month).superbills
    write_paper(print_billing_month(workspace, month, bills), papers / BILLING_MONTH)
    say(f"Billing:     {papers / BILLING_MONTH} ({month}, {count_of(len(bills), 'patient')})")


def _print_advice(workspace: Workspace, papers: Path) -> None:
    """Write a letter that waits for its answer, and what became of a quarter's advice."""
    from cocm_desktop.actions.papers import write_paper
    from cocm_desktop.actions.recommendation_letter import print_recommendation_letter
    from cocm_desktop.actions.review_loop import print_follow_through, read_loop

    waiting = [line.letter for line in read_loop(workspace).loop.lines if line.letter]
    if waiting:
        write_paper(print_recommendation_letter(workspace, waiting[0].id), papers / LETTER)
        say(f"A letter:    {papers / LETTER}")
    today = workspace.today()
    choice = ReportChoice(today - QUARTER, today)
    write_paper(print_follow_through(workspace, choice), papers / REPORT)
    say(f"Report:      {papers / REPORT}")
