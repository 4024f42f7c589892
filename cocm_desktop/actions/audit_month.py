"""Looking through a month of the audit, and signing that one did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cocm_desktop.actions.audit import zone_of
from cocm_desktop.actions.looking import look
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.domain.audit_review import AuditReview, AuditReviewDraft, LookPoint, points_of
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, audit_read, audit_review
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.audit_chain import head


@dataclass(frozen=True, slots=True)
class AuditMonth:
    """A month with what is worth a look in it, and the reviews of it, the newest first."""

    month: ServiceMonth
    entries: int
    points: tuple[LookPoint, ...]
    reviews: tuple[AuditReview, ...]
    names: Mapping[StaffId, str]


def read_audit_month(workspace: Workspace, month: ServiceMonth) -> AuditMonth:
    """Give what in a month is worth a look: nothing is judged, all of it may have been right."""
    workspace.require(Permission.SEE_AUDIT)
    look(workspace, "audit.viewed", parts=(f"review of {month.key}",))
    query = AuditQuery(since=month.first_day, until=month.last_day)
    with workspace.database.read() as session:
        lines = tuple(audit_read.lines(session, query, zone_of(workspace)))
        reviews = audit_review.everything(session)
        names = {member.id: member.title for member in staff_members.everyone(session)}
    return AuditMonth(
        month=month,
        entries=len(lines),
        points=points_of(lines),
        reviews=tuple(_local(workspace, each) for each in reviews if each.month == month),
        names=names,
    )


def read_month_to_review(workspace: Workspace) -> ServiceMonth | None:
    """Give the last whole month if nobody has signed it; None for whom that does not concern."""
    if not workspace.staff.may(Permission.SEE_AUDIT):
        return None
    last = ServiceMonth.of(workspace.today()).plus(-1)
    with workspace.database.read() as session:
        signed = {review.month for review in audit_review.everything(session)}
        query = AuditQuery(since=last.first_day, until=last.last_day)
        is_empty = not audit_read.count(session, query, zone_of(workspace))
    return None if is_empty or last in signed else last


def sign_audit_month(workspace: Workspace, draft: AuditReviewDraft) -> Change:
    """Sign that one looked through a month, with what was found; signing twice adds a second."""
    workspace.require(Permission.SEE_AUDIT)
    words = draft.accept(this_month=ServiceMonth.of(workspace.today()))
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if any(each.id == draft.id for each in audit_review.everything(session)):
            return Change(Topic.AUDIT, draft.id)
        query = AuditQuery(since=draft.month.first_day, until=draft.month.last_day)
        entries = audit_read.count(session, query, zone_of(workspace))
        if not entries:
            words = f"There is no entry in {draft.month}. Nothing was signed."
            raise Refused(Problem("month", words))
        at = head(workspace.database)
        review = AuditReview(
            id=draft.id,
            month=draft.month,
            last_seq=at.seq,
            last_mac=at.mac,
            entries=entries,
            words=words,
            signed_at=stamp.at,
            signed_by=stamp.staff.id,
        )
        audit_review.add(session, review, stamp)
        told = (
            FieldChange("month", None, draft.month.key),
            FieldChange("entries", None, str(entries)),
        )
        note = audit.Note("audit.reviewed", audit.Action.CREATE, draft.id, changes=told)
        audit.write(session, stamp, replace(note, reason=words))
    return Change(Topic.AUDIT, draft.id)


def _local(workspace: Workspace, review: AuditReview) -> AuditReview:
    return replace(review, signed_at=review.signed_at.astimezone(zone_of(workspace)))
