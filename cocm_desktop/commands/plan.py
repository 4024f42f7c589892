"""Plans written with the patient: care plan, safety plan, relapse prevention plan."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say
from cocm_desktop.commands.papers import write_paper_to
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    language_option,
    member_of,
    out_option,
    patient_option,
    slugs,
)
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def _parts() -> str:
    """Name the parts of each plan as they are typed."""
    return "; ".join(
        f"{kind.value.lower()}: {', '.join(part.name for part in kind.fields)}" for kind in PlanKind
    )


def declare_plan(parser: ArgumentParser) -> None:
    group = Group(parser)
    written = group.add("write", "keep a plan; it takes the place of the last of its kind")
    patient_option(written)
    _kind(written)
    written.add_argument("--on", metavar="DATE", default="today")
    written.add_argument(
        "--part", metavar="NAME=TEXT", action="append", default=[], help=f"repeated; {_parts()}"
    )
    id_option(written)
    written.set_defaults(work=write)
    shown = group.add("show", "show the plans of a patient's latest episode")
    patient_option(shown)
    shown.set_defaults(work=show)
    printed = group.add("print", "make the PDF of the last plan, or an empty form")
    patient_option(printed)
    _kind(printed)
    printed.add_argument("--form", action="store_true", help="an empty form to write on")
    printed.add_argument("--plan", metavar="ID", help="an older one, as plan show names it")
    language_option(printed)
    out_option(printed)
    printed.set_defaults(work=print_one)
    voided = group.add("void", "withdraw a plan; the one before it holds again")
    voided.add_argument("plan", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void)


def _kind(parser: ArgumentParser) -> None:
    parser.add_argument("--kind", required=True, choices=slugs(PlanKind))


def write(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.plan import write_plan

    draft = PlanDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        kind=member_of(PlanKind, options.kind),
        written_on=typed.day("on", options.on, today=workspace.today()),
        parts=dict(_part(text) for text in options.part),
        **id_given(options),
    )
    ack(write_plan(workspace, draft).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.plan import read_plans

    for plan in read_plans(workspace, typed.latest_episode(workspace, options.patient).id):
        say(f"{plan.id}  {plan.kind.value}, {long_date(plan.written_on)}")
        for part in plan.kind.fields:
            if words := plan.part(part.name):
                say(f"  {part.title}: {words}")


def print_one(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.plan import PlanChoice, print_plan

    episode = typed.latest_episode(workspace, options.patient)
    kind = member_of(PlanKind, options.kind)
    language = member_of(Language, options.language)
    choice = PlanChoice(kind, options.form, options.plan, language)
    write_paper_to(print_plan(workspace, episode.id, choice), options)


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.plan import void_plan

    ack(void_plan(workspace, options.plan, reason=options.reason).record_id)


def _part(text: str) -> tuple[str, str]:
    name, equals, words = text.partition("=")
    if not equals:
        raise Refused(Problem("part", f"“{text}” is no part. Write its name, = and its text."))
    return name.strip(), words
