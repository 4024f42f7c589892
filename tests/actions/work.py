"""Short ways to do a day's work in a test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import text

from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.review_record import record_review
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.time_entry import record_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    RecommendationDraft,
    RecommendationKind,
    ReviewDraft,
)
from cocm_desktop.domain.contact import ContactDraft, ContactKind, ContactOutcome
from cocm_desktop.domain.ids import EpisodeId, StaffId
from cocm_desktop.domain.instrument import GAD7, PHQ9
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.staff import Role, StaffDraft, StaffMember
from cocm_desktop.domain.time_entry import Activity, TimeEntryDraft
from cocm_desktop.storage.table_base import Table


def as_role(workspace: Workspace, role: Role) -> Workspace:
    """Give the same place with somebody of one role signed in."""
    return replace(workspace, staff=replace(workspace.staff, roles=frozenset({role})))


def as_member(workspace: Workspace, member: StaffMember) -> Workspace:
    return replace(workspace, staff=member)


def at(workspace: Workspace, moment: datetime) -> Workspace:
    return replace(workspace, now=lambda: moment)


def phq9(
    workspace: Workspace, episode_id: EpisodeId, day: date, total: int, item9: int = 0
) -> MeasureDraft:
    """Record a PHQ-9 of some total; the answers fill up from the first item."""
    answers, left = [], total - item9
    for _ in range(8):
        answers.append(min(3, left))
        left -= answers[-1]
    draft = MeasureDraft(episode_id, PHQ9, day, (*answers, item9))
    record_measure(workspace, draft)
    return draft


def gad7(workspace: Workspace, episode_id: EpisodeId, day: date, total: int) -> None:
    answers, left = [], total
    for _ in range(7):
        answers.append(min(3, left))
        left -= answers[-1]
    record_measure(workspace, MeasureDraft(episode_id, GAD7, day, tuple(answers)))


def call(
    workspace: Workspace,
    episode_id: EpisodeId,
    day: date,
    *,
    minutes: int = 20,
    outcome: ContactOutcome = ContactOutcome.REACHED,
) -> ContactDraft:
    draft = ContactDraft(
        episode_id, day, ContactKind.PHONE, outcome, minutes=minutes, is_confirmed=True
    )
    record_contact(workspace, draft)
    return draft


def worked(
    workspace: Workspace,
    episode_id: EpisodeId,
    day: date,
    *,
    minutes: int,
    activity: Activity = Activity.COORDINATION,
    started_at: time | None = None,
) -> TimeEntryDraft:
    draft = TimeEntryDraft(
        episode_id, day, minutes, activity, started_at=started_at, is_confirmed=True
    )
    record_time(workspace, draft)
    return draft


def rows_stored(workspace: Workspace) -> dict[str, int]:
    """Count the rows of every table, to show that a refusal stored nothing.

    That somebody looked at a record is told in the audit, whatever becomes of it.
    """
    names = tuple(Table.metadata.tables)
    counts = ", ".join(f"(SELECT count(*) FROM {name})" for name in names)
    counts = counts.replace("FROM audit_entry)", "FROM audit_entry WHERE action <> 'R')")
    with workspace.database.read() as session:
        found = session.execute(text(f"SELECT {counts}")).one()
    return dict(zip(names, found, strict=True))


def reviewed(workspace: Workspace, episode_ids: Iterable[EpisodeId], day: date) -> None:
    """Record that a new consultant discussed these episodes and said to go on."""
    consultant = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    consultant_id = StaffId(add_staff(workspace, consultant).record_id)
    for episode_id in episode_ids:
        advice = RecommendationDraft("Go on", RecommendationKind.CONTINUE)
        record_review(workspace, ReviewDraft(episode_id, consultant_id, day, (advice,)))
