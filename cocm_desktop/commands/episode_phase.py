"""How an episode goes on: referral, phases, pace, and the scale it is judged by."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_table
from cocm_desktop.commands.episode_history import declare_history
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    member_of,
    patient_option,
    slugs,
    whole_number,
)
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.episode_phase import NEXT_PHASES, PaceDraft, PhaseDraft, ReferralDraft
from cocm_desktop.domain.follow_up import AS_NEEDED, INTERVALS
from cocm_desktop.domain.wording import NOTHING, long_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

PRACTICE, NEEDED = "practice", "as-needed"
PACES = (PRACTICE, NEEDED, *map(str, INTERVALS))


def declare_refer(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--on", metavar="DATE", default="today", help="default: today")
    parser.add_argument("--care-manager", metavar="NAME", help="default: who signs in")
    parser.add_argument("--practitioner", metavar="NAME", help="the treating practitioner")
    id_option(parser)
    parser.set_defaults(work=refer_patient)


def refer_patient(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.episode_phase import refer
    from cocm_desktop.actions.patient import find_patient
    from cocm_desktop.actions.staff import read_staff

    members = read_staff(workspace)
    named = options.care_manager or workspace.staff.sign_in
    treating = options.practitioner and typed.staff_member(
        members, options.practitioner, field="practitioner"
    )
    draft = ReferralDraft(
        patient_id=find_patient(workspace, options.patient).id,
        care_manager_id=typed.staff_member(members, named, field="care_manager").id,
        referred_on=typed.day("on", options.on, today=workspace.today()),
        treating_practitioner_id=treating.id if treating else None,
        **id_given(options),
    )
    ack(refer(workspace, draft).record_id)


def declare_phase(parser: ArgumentParser) -> None:
    group = Group(parser)
    moved = group.add("change", "move an episode to another phase, or a referral to the wait-list")
    patient_option(moved)
    moved.add_argument("--to", choices=slugs(NEXT_PHASES), required=True)
    moved.add_argument("--on", metavar="DATE", default="today", help="default: today")
    moved.add_argument("--reason", metavar="TEXT", default="", help="needed for on hold")
    moved.set_defaults(work=change)
    shown = group.add("list", "list the phases of a patient's latest episode")
    patient_option(shown)
    shown.set_defaults(work=show)
    declare_history(group)


def change(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.episode_phase import change_phase

    episode = typed.latest_episode(workspace, options.patient)
    draft = PhaseDraft(
        episode_id=episode.id,
        status=member_of(EpisodeStatus, options.to),
        changed_on=typed.day("on", options.on, today=workspace.today()),
        reason=options.reason,
        version=episode.version,
    )
    ack(change_phase(workspace, draft).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.episode_phase import read_phases

    episode = typed.latest_episode(workspace, options.patient)
    say_table(
        ("on", "from", "to", "reason"),
        [
            (
                long_date(phase.changed_on),
                phase.from_status.value if phase.from_status else NOTHING,
                phase.to_status.value,
                phase.reason or NOTHING,
            )
            for phase in read_phases(workspace, episode.id)
        ],
    )


def declare_pace(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--every", choices=PACES, help="weeks between contacts")
    parser.add_argument(
        "--target",
        metavar="N|practice",
        type=_target,
        default=SUPPRESS,
        help="the last score shall come below this",
    )
    parser.add_argument("--judged-by", metavar="INSTRUMENT", help="until there is a baseline")
    parser.set_defaults(work=pace)


def pace(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.episode_phase import change_pace, choose_primary
    from cocm_desktop.actions.instruments import read_instruments

    episode = typed.latest_episode(workspace, options.patient)
    if options.judged_by:
        instrument = read_instruments(workspace).named(options.judged_by)
        choose_primary(workspace, episode.id, instrument_id=instrument.id, version=episode.version)
        episode = typed.latest_episode(workspace, options.patient)
    draft = PaceDraft(
        episode_id=episode.id,
        interval_weeks=_weeks(options.every, now=episode.interval_weeks),
        target_below=options.target if "target" in options else episode.target_below,
        version=episode.version,
    )
    ack(change_pace(workspace, draft).record_id)


def _weeks(text: str | None, *, now: int | None) -> int | None:
    if text is None:
        return now
    return {PRACTICE: None, NEEDED: AS_NEEDED}.get(text) if not text.isdigit() else int(text)


def _target(text: str) -> int | None:
    return None if text == PRACTICE else whole_number(text)


_target.__name__ = "target"  # argparse says: invalid target value
