"""The board of the day, and putting off what is due."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import id_given, id_option, json_option, patient_option
from cocm_desktop.domain.due_delay import DueDelayDraft
from cocm_desktop.domain.today_card import Board, Card, Lane
from cocm_desktop.domain.wording import NOTHING, count_of, long_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

FORMAT = "cocm today 1"
HEADS = ("column", "due", "patient or task", "why", "do", "note")


def declare_today(parser: ArgumentParser) -> None:
    parser.add_argument("--team", action="store_true", help="the whole team's, not only mine")
    parser.add_argument("--why", action="store_true", help="say each rule, its setting and source")
    json_option(parser)
    parser.set_defaults(work=show)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.today import read_today

    board = read_today(workspace, whole_team=options.team)
    if options.json:
        say_json(
            {
                "format": FORMAT,
                "as_of": workspace.now().isoformat(),
                "whole_team": options.team,
                "left": board.left,
                "capacity": board.capacity.words if board.capacity else None,
                "next_review_on": (
                    board.next_review_on.isoformat() if board.next_review_on else None
                ),
                "cards": [_fields(card) for card in board.cards],
            }
        )
        return
    say_table(HEADS, [_line(card, board, why=options.why) for card in board.cards])
    for words in _summary(board):
        say(words)


def _line(card: Card, board: Board, *, why: bool) -> tuple[str, ...]:
    return (
        card.lane.value,
        card.due_words(board.today),
        card.title,
        (" ".join(card.why.split()) if why else card.words) or NOTHING,
        NOTHING if card.is_done else card.act.value,
        card.note,
    )


def _summary(board: Board) -> list[str]:
    waiting = count_of(board.open_in(Lane.WAITING), "card")
    left = "Nothing left for today." if not board.left else f"{board.left:,} left for today."
    lines = [f"{left} {waiting} waiting on others, {board.done:,} done."]
    if board.capacity is not None:
        lines.append(f"{board.capacity.words}.")
    if board.next_review_on is not None:
        lines.append(f"Next case review {long_date(board.next_review_on)}.")
    return lines


def _fields(card: Card) -> dict[str, Any]:
    return {
        "key": card.key,
        "column": card.lane.value,
        "due_on": card.day.isoformat(),
        "title": card.title,
        "patient_id": card.patient_id,
        "task_id": card.task.id if card.task else None,
        "do": card.act.value,
        "is_done": card.is_done,
        "note": card.note,
        "reasons": [
            {
                "words": each.short,
                "why": each.why,
                "due_on": each.day.isoformat(),
                "do": each.act.value,
                "note": each.note,
            }
            for each in card.reasons
        ],
    }


def declare_postpone(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--until", metavar="DATE", required=True)
    parser.add_argument("--reason", metavar="TEXT", required=True)
    id_option(parser)
    parser.set_defaults(work=postpone)


def postpone(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.today import put_off_due

    draft = DueDelayDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        until_on=typed.day("until", options.until, today=workspace.today()),
        reason=options.reason,
        **id_given(options),
    )
    ack(put_off_due(workspace, draft).record_id)
