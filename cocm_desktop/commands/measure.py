"""Recording a measure. An answer that opens a safety task is never passed over in silence."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

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
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.instrument import Instrument, ScoredAnswers
from cocm_desktop.domain.measure import MeasureDraft, MeasureMode
from cocm_desktop.domain.safety import FRONT_DESK_WORDS, words_if_refused
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

ITEM_9 = 9
SELF = "self"


def declare_measure(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument(
        "--instrument", metavar="NAME", required=True, help="such as PHQ-9: cocm instrument list"
    )
    form = parser.add_mutually_exclusive_group(required=True)
    form.add_argument(
        "--answers",
        metavar="LIST",
        help="in order, between commas; - where none was given: --answers=1,2,-,0,…",
    )
    form.add_argument(
        "--total", metavar="N", type=whole_number, help="the form's total, where that is all"
    )
    parser.add_argument(
        "--item9", metavar="N", type=whole_number, help="the answer to item 9, beside --total"
    )
    parser.add_argument(
        "--critical", metavar="LIST", help="answers to critical items beside --total: 9=1,11=0"
    )
    parser.add_argument("--on", metavar="DATE", default="today", help="default: today")
    parser.add_argument("--mode", choices=slugs(MeasureMode), default=slug(MeasureMode.PAPER))
    parser.add_argument(
        "--by", metavar="NAME", help="who gave the form: a staff member, or self for the patient"
    )
    parser.add_argument("--language", metavar="NAME", default="", help="if not English")
    parser.add_argument("--difficulty", metavar="N", type=whole_number)
    parser.add_argument(
        "--paper-total", metavar="N", type=whole_number, help="the form's own total, to compare"
    )
    parser.add_argument("--correct", metavar="ID", help="withdraw this measure, and record anew")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why it is withdrawn")
    id_option(parser)
    parser.set_defaults(work=record)


def record(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.instruments import read_instruments
    from cocm_desktop.actions.measure import (
        correct_measure,
        read_episode_of_form,
        record_measure,
    )

    instrument = read_instruments(workspace).named(options.instrument)
    form = _form(instrument, options)
    draft = MeasureDraft(
        episode_id=_episode_id(
            workspace, options.patient, instrument=instrument, answers=form["answers"]
        ),
        instrument_id=instrument.id,
        taken_on=typed.day("on", options.on, today=workspace.today()),
        mode=member_of(MeasureMode, options.mode),
        difficulty=options.difficulty,
        paper_total=options.paper_total,
        language=options.language,
        **form,
        **_giver(workspace, options.by),
        **id_given(options),
    )
    filed = read_episode_of_form(workspace, draft)
    if options.correct is None:
        changed = record_measure(workspace, draft)
    else:
        changed = correct_measure(workspace, options.correct, draft, reason=options.reason)
    ack(changed.record_id)
    if filed.id != draft.episode_id and filed.closed_on:
        say(f"Filed under the episode that closed on {long_date(filed.closed_on)}.")
    _say_score(workspace, draft, instrument)


def _episode_id(
    workspace: Workspace, named: str, *, instrument: Instrument, answers: Sequence[int | None]
) -> EpisodeId:
    """Give the latest episode; where there is none, say what a critical answer asks for."""
    from cocm_desktop.actions.episode import read_latest_episode

    patient = typed.patient(workspace, named)
    try:
        return read_latest_episode(workspace, patient.id).id
    except Refused as refusal:
        is_clinical = workspace.staff.may(Permission.CLOSE_SAFETY_TASK)
        if words := words_if_refused(instrument, answers, is_clinical=is_clinical):
            raise Refused(*refusal.problems, Problem("critical", words)) from None
        raise


def _form(instrument: Instrument, options: Namespace) -> dict[str, Any]:
    """Give the answers, or the total with what was answered to the critical items."""
    if options.total is None:
        if options.item9 is not None or options.critical is not None:
            words = "--item9 and --critical go with --total. Type the answer among the others."
            raise Refused(Problem("critical", words))
        return {"answers": typed.answers(options.answers)}
    critical = typed.critical_answers(options.critical) if options.critical else {}
    if options.item9 is not None and critical.setdefault(ITEM_9, options.item9) != options.item9:
        words = "--item9 and --critical give item 9 different answers. Compare with the form."
        raise Refused(Problem("critical", words))
    known = {item.number for item in instrument.critical_items}
    if strange := sorted(critical.keys() - known):
        words = f"Item {strange[0]} of {instrument.id} is no critical item."
        raise Refused(Problem("critical", words))
    answers = tuple(critical.get(item.number) for item in instrument.items)
    return {"total_only": options.total, "answers": answers}


def _giver(workspace: Workspace, by: str | None) -> dict[str, Any]:
    from cocm_desktop.actions.staff import read_staff

    if by is None:
        return {}
    if by == SELF:
        return {"is_self_administered": True}
    return {"administered_by": typed.staff_member(read_staff(workspace), by, field="by").id}


def _say_score(workspace: Workspace, draft: MeasureDraft, instrument: Instrument) -> None:
    """Say what the form came to; to whoever may not see the chart, only what to do now."""
    scored = instrument.score(draft.answers)
    if not workspace.staff.may(Permission.SEE_CHART):
        if scored.critical:
            say(FRONT_DESK_WORDS)
        return
    say(_score_words(draft, instrument, scored))
    for number, answer in scored.critical:
        if not workspace.staff.may(Permission.CLOSE_SAFETY_TASK):
            say(FRONT_DESK_WORDS)
            return
        on = long_date(draft.taken_on) if draft.taken_on else ""
        say(f"Answer {answer} on {instrument.id} item {number} on {on} opened a safety task.")


def _score_words(draft: MeasureDraft, instrument: Instrument, scored: ScoredAnswers) -> str:
    total = scored.total if draft.total_only is None else draft.total_only
    band = instrument.band_of(total) if total is not None else None
    if total is not None:
        named = f" ({band.name})" if band else ""
        return f"{instrument.id} {total}{named}{'' if draft.total_only is None else ', total only'}"
    if instrument.total is None:
        return f"{instrument.id}: {scored.answered} of {scored.asked} items"
    guess = "" if scored.estimate is None else f" (estimate {scored.estimate}, not a total)"
    return f"{instrument.id}: {scored.answered} of {scored.asked} items, no total{guess}"
