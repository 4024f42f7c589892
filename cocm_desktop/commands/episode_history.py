"""Every episode of a patient, and the definitions that its verdicts name."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands.console import say, say_json, say_table
from cocm_desktop.commands.parser import Group, json_option, patient_option
from cocm_desktop.commands.registry_fields import written
from cocm_desktop.domain.follow_up import interval_words
from cocm_desktop.domain.outcome_sets import SETS
from cocm_desktop.domain.wording import NOTHING, count_of, long_date

if TYPE_CHECKING:
    from cocm_desktop.actions.episode_history import EpisodeHistory, EpisodeRecord
    from cocm_desktop.actions.workspace import Workspace


def declare_history(group: Group) -> None:
    parser = group.add("history", "list every episode of a patient, the earlier ones too")
    patient_option(parser)
    json_option(parser)
    parser.set_defaults(work=show_history)


def show_history(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.episode_history import read_episodes
    from cocm_desktop.actions.patient import find_patient

    history = read_episodes(workspace, find_patient(workspace, options.patient).id)
    if options.json:
        say_json([_fields(record, history) for record in history.records])
        return
    say_table(
        ("enrolled", "closed", "reason", "scale", "baseline", "last", "verdict"),
        [_line(record) for record in history.records],
    )
    say(f"{count_of(len(history.records), 'episode')}.")


def _line(record: EpisodeRecord) -> tuple[str, ...]:
    episode, course = record.episode, record.course
    reason = episode.close_reason
    first = record.verdicts[0].words if record.verdicts else NOTHING
    return (
        long_date(episode.enrolled_on) if episode.enrolled_on else NOTHING,
        long_date(episode.closed_on) if episode.closed_on else NOTHING,
        reason.value if reason else NOTHING,
        episode.primary_instrument_id,
        str(course.baseline.total) if course.baseline else NOTHING,
        str(course.last.total) if course.last else NOTHING,
        first,
    )


def _fields(record: EpisodeRecord, history: EpisodeHistory) -> dict[str, Any]:
    episode, course = record.episode, record.course
    return {
        "id": episode.id,
        "status": episode.status.value,
        "referred_on": written(episode.referred_on),
        "consented_on": written(record.consent.given_on if record.consent else None),
        "enrolled_on": written(episode.enrolled_on),
        "closed_on": written(episode.closed_on),
        "close_reason": episode.close_reason.value if episode.close_reason else None,
        "close_note": episode.close_note,
        "care_manager": history.staff_names[episode.care_manager_id],
        "primary": episode.primary_instrument_id,
        "target": record.target_words(history.settings),
        "interval": interval_words(episode.interval_weeks),
        "baseline": course.baseline.total if course.baseline else None,
        "last": course.last.total if course.last else None,
        "verdicts": [
            {"set": verdict.of.title, "rule": verdict.rule, "reached": verdict.is_met}
            for verdict in record.verdicts
        ],
        "phases": [
            {
                "on": phase.changed_on.isoformat(),
                "from": phase.from_status.value if phase.from_status else None,
                "to": phase.to_status.value,
                "reason": phase.reason,
            }
            for phase in record.phases
        ],
        "contacts": len(record.contacts),
        "measures": len(record.measures),
        "reviews": len(record.reviews),
        "seconds": record.seconds,
    }


def declare_definitions(group: Group) -> None:
    parser: ArgumentParser = group.add("definitions", "list the outcome definitions by version")
    json_option(parser)
    parser.set_defaults(work=show_definitions)


def show_definitions(_workspace: Workspace, options: Namespace) -> None:
    rows = [
        {"set": each.title, "definition": each.definition, "source": each.source} for each in SETS
    ]
    if options.json:
        say_json(rows)
    else:
        say_table(("set", "definition", "source"), [tuple(row.values()) for row in rows])
