"""Enrolling, starting treatment, closing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack
from cocm_desktop.commands.parser import (
    id_given,
    id_option,
    member_of,
    patient_option,
    slug,
    slugs,
)
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.instrument import PHQ9

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_enroll(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--consented", metavar="DATE", required=True, help="the day of consent")
    parser.add_argument(
        "--method", choices=slugs(ConsentMethod), default=slug(ConsentMethod.VERBAL)
    )
    parser.add_argument("--enrolled", metavar="DATE", help="the day of the initial assessment")
    parser.add_argument("--referred", metavar="DATE", help="the day of the referral")
    parser.add_argument("--care-manager", metavar="NAME", help="default: who signs in")
    parser.add_argument("--practitioner", metavar="NAME", help="the treating practitioner")
    parser.add_argument("--judged-by", metavar="INSTRUMENT", default=PHQ9, help="default: PHQ-9")
    parser.add_argument("--diagnosis", metavar="CODE", default="", help="ICD-10-CM, such as F33.1")
    id_option(parser)
    parser.set_defaults(work=enroll_patient)


def enroll_patient(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.episode import enroll
    from cocm_desktop.actions.instruments import read_instruments
    from cocm_desktop.actions.patient import find_patient
    from cocm_desktop.actions.staff import read_staff

    members, today = read_staff(workspace), workspace.today()
    own = workspace.staff.sign_in
    manager = typed.staff_member(members, options.care_manager or own, field="care_manager")
    treating = options.practitioner and typed.staff_member(
        members, options.practitioner, field="practitioner"
    )
    draft = EnrollDraft(
        patient_id=find_patient(workspace, options.patient).id,
        care_manager_id=manager.id,
        consented_on=typed.day("consented", options.consented, today=today),
        consent_method=member_of(ConsentMethod, options.method),
        enrolled_on=typed.day_or_none("enrolled", options.enrolled, today=today),
        referred_on=typed.day_or_none("referred", options.referred, today=today),
        treating_practitioner_id=treating.id if treating else None,
        diagnosis_code=options.diagnosis,
        primary_instrument_id=read_instruments(workspace).named(options.judged_by).id,
        **id_given(options),
    )
    ack(enroll(workspace, draft).record_id)


def declare_start(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--on", metavar="DATE", default="today", help="default: today")
    parser.set_defaults(work=start)


def start(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.episode import start_treatment

    episode = typed.latest_episode(workspace, options.patient)
    changed = start_treatment(
        workspace,
        episode.id,
        enrolled_on=typed.day("on", options.on, today=workspace.today()),
        version=episode.version,
    )
    ack(changed.record_id)


def declare_reopen(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--reason", metavar="TEXT", required=True, help="why it was an error")
    parser.set_defaults(work=reopen)


def reopen(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.reopening import reopen_episode
    from cocm_desktop.domain.reopening import ReopenDraft

    episode = typed.latest_episode(workspace, options.patient)
    draft = ReopenDraft(episode.id, options.reason, version=episode.version)
    ack(reopen_episode(workspace, draft).record_id)


def declare_close(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--reason", required=True, choices=slugs(CloseReason))
    parser.add_argument("--on", metavar="DATE", default="today", help="default: today")
    parser.add_argument(
        "--note", metavar="TEXT", default="", help="needed where the reason is other"
    )
    parser.set_defaults(work=close)


def close(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.episode import close_episode

    episode = typed.latest_episode(workspace, options.patient)
    draft = CloseDraft(
        episode_id=episode.id,
        closed_on=typed.day("on", options.on, today=workspace.today()),
        reason=member_of(CloseReason, options.reason),
        note=options.note,
        version=episode.version,
    )
    ack(close_episode(workspace, draft).record_id)
