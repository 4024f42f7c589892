"""Recording a measure. An answer that opens a safety task is never passed over in silence."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say
from cocm_desktop.commands.parser import (
    id_given,
    id_option,
    member_of,
    patient_option,
    slug,
    slugs,
    whole_number,
)
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import MeasureDraft, MeasureMode
from cocm_desktop.domain.safety import FRONT_DESK_WORDS
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_measure(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--instrument", metavar="NAME", required=True, help="PHQ-9 or GAD-7")
    parser.add_argument(
        "--answers",
        metavar="LIST",
        required=True,
        help="in order, between commas; - where none was given: --answers=1,2,-,0,…",
    )
    parser.add_argument("--on", metavar="DATE", default="today", help="default: today")
    parser.add_argument("--mode", choices=slugs(MeasureMode), default=slug(MeasureMode.PAPER))
    parser.add_argument("--difficulty", metavar="0-3", type=whole_number)
    parser.add_argument(
        "--paper-total", metavar="N", type=whole_number, help="the form's own total, to compare"
    )
    id_option(parser)
    parser.set_defaults(work=record)


def record(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.measure import record_measure

    instrument = typed.instrument(workspace.instruments, options.instrument)
    draft = MeasureDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        instrument_id=instrument.id,
        taken_on=typed.day("on", options.on, today=workspace.today()),
        answers=typed.answers(options.answers),
        mode=member_of(MeasureMode, options.mode),
        difficulty=options.difficulty,
        paper_total=options.paper_total,
        **id_given(options),
    )
    ack(record_measure(workspace, draft).record_id)
    _say_score(workspace, draft, instrument)


def _say_score(workspace: Workspace, draft: MeasureDraft, instrument: Instrument) -> None:
    scored = instrument.score(draft.answers)
    if scored.band:
        say(f"{instrument.id} {scored.total} ({scored.band.name})")
    else:
        say(f"{instrument.id}: {scored.answered} of {len(instrument.items)} items, no total")
    for item, answer in scored.critical:
        if not workspace.staff.may(Permission.CLOSE_SAFETY_TASK):
            say(FRONT_DESK_WORDS)
            return
        on = long_date(draft.taken_on) if draft.taken_on else ""
        say(f"Answer {answer} on {instrument.id} item {item} on {on} opened a safety task.")
