"""What waits after the reviews, the practitioner's answers, and how advice was followed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cocm_desktop.actions.afterwards import telling_of_the_file
from cocm_desktop.actions.looking import look
from cocm_desktop.actions.papers import Paper, noted
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review_record import record_step
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import CaseReview, Recommendation, StepDraft
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.follow_through_report import (
    HEADS,
    FollowThroughReport,
    ReportChoice,
    advice_cases,
    follow_through_report,
)
from cocm_desktop.domain.ids import CaseReviewId, EpisodeId, StaffId, new_id
from cocm_desktop.domain.letter import Letter
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_effect import Effect, effect_of
from cocm_desktop.domain.review_loop import (
    TELLING_DAYS,
    LoopCase,
    ReviewLoop,
    review_loop,
)
from cocm_desktop.domain.staff import Permission, Role, StaffMember
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.safe_file import write_whole
from cocm_desktop.exchange.table_file import table_csv
from cocm_desktop.printing.follow_through_report import report_pdf
from cocm_desktop.storage import audit, settings
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import letter as letters
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import staff as staff_members


@dataclass(frozen=True, slots=True)
class LoopPage:
    """What waits, and of which care managers one may look at it."""

    loop: ReviewLoop
    care_managers: tuple[StaffMember, ...]


def read_loop(workspace: Workspace, care_manager_id: StaffId | None = None) -> LoopPage:
    """Give what waits of everybody's reviews, or of one care manager's.

    Who only treats patients sees what waits for their own.
    """
    workspace.require(Permission.RECORD_REVIEW)
    look(workspace, "loop.viewed")
    today = workspace.today()
    with workspace.database.read() as session:
        found = reviews.waiting(session, recent_since=today - timedelta(days=TELLING_DAYS))
        days = settings.on_day(session, today).follow_through_days
        managers = staff_members.with_role(session, Role.CARE_MANAGER)
        written = letters.of_reviews(session, [review.id for review in found])
        cases = _cases(workspace, found, written)
    mine = [case for case in cases if care_manager_id in {None, case.care_manager_id}]
    if workspace.staff.roles <= {Role.TREATING_PRACTITIONER}:
        mine = [case for case in mine if case.practitioner_id == workspace.staff.id]
    return LoopPage(
        review_loop(mine, today=today, follow_through_days=days),
        tuple(managers),
    )


def record_steps(workspace: Workspace, drafts: Sequence[StepDraft]) -> Change:
    """Record what became of several recommendations, all of it or nothing.

    The field of a problem is followed by a colon and the recommendation it is about.
    """
    workspace.require(Permission.RECORD_REVIEW)
    if not drafts:
        raise Refused(Problem("answers", "Say of one recommendation at least what became of it."))
    problems: list[Problem] = []
    with workspace.database.write():
        for draft in drafts:
            try:
                record_step(workspace, draft)
            except Refused as refusal:
                given = draft.recommendation_id
                problems += (Problem(f"{p.field}:{given}", p.message) for p in refusal.problems)
        if problems:
            raise Refused(*problems)
    return Change(Topic.REVIEW | Topic.EPISODE, drafts[0].recommendation_id)


def read_follow_through(workspace: Workspace, choice: ReportChoice) -> FollowThroughReport:
    """Count what became of the advice of a period."""
    workspace.require(Permission.PRINT_PACKET)
    look(workspace, "report.viewed")
    first, last = choice.period()
    today = workspace.today()
    with workspace.database.read() as session:
        found = reviews.between(session, first, last)
        names = {case.review.id: case.practitioner for case in _cases(workspace, found, {})}
        rows = {row.episode_id: row for row in read_registry(workspace).rows}
        days = settings.on_day(session, today).follow_through_days
    cases = advice_cases(
        found,
        practitioner=lambda review: names.get(review.id, ""),
        effect=lambda review, asked: _effect(rows.get(review.episode_id), asked),
    )
    return follow_through_report(cases, choice, today=today, done_days=days)


def print_follow_through(workspace: Workspace, choice: ReportChoice) -> Paper:
    """Make the PDF of the report and note in the audit that it was made."""
    report = read_follow_through(workspace, choice)
    with workspace.database.read() as session:
        practice = practices.get(session)
    content, pages = report_pdf(
        report, practice, prepared_by=workspace.staff, as_of=workspace.now()
    )
    return noted(workspace, "report.printed", content, pages=pages, as_of=workspace.now())


def export_follow_through(workspace: Workspace, choice: ReportChoice, file: Path) -> int:
    """Write the report as CSV and note that it left; give how many lines it has."""
    workspace.require(Permission.EXPORT_LIST)
    workspace.require_proof()
    if not file.name:
        raise Refused(Problem("file", "Name the file, not only its folder."))
    report = read_follow_through(workspace, choice)
    lines = [line.cells for line in (*report.lines, report.total)]
    content = table_csv(HEADS, lines)
    digest = hashlib.sha256(content).hexdigest()
    with telling_of_the_file() as told, workspace.database.write() as session:
        size, execute = len(content), audit.Action.EXECUTE
        note = audit.Note("report.exported", execute, new_id(), sha256=digest, bytes=size)
        audit.write(session, workspace.stamp(), note)
        write_whole(file, content)
        told.is_done = True
    return len(lines)


def _effect(row: RegistryRow | None, asked: Recommendation) -> Effect | None:
    """Give it for the latest episode of a patient: its scores are at hand."""
    if row is None:
        return None
    return effect_of(asked, row.primary.scores, scale=str(row.primary_instrument.id))


def _cases(
    workspace: Workspace,
    found: Sequence[CaseReview],
    written: Mapping[CaseReviewId, tuple[Letter, ...]],
) -> tuple[LoopCase, ...]:
    """Give reviews with their patients and people, in a fixed number of statements."""
    with workspace.database.read() as session:
        of_episode = episodes.by_id(session, {review.episode_id for review in found})
        people = patients.by_id(session, {each.patient_id for each in of_episode.values()})
        staff = {member.id: member for member in staff_members.everyone(session)}

    def case(review: CaseReview) -> LoopCase:
        episode = of_episode[EpisodeId(review.episode_id)]
        patient, treating = people[episode.patient_id], episode.treating_practitioner_id
        return LoopCase(
            review=review,
            letters=written.get(review.id, ()),
            patient_id=patient.id,
            name=patient.name,
            mrn=patient.mrn,
            born_on=patient.born_on,
            practitioner=staff[treating].title if treating else patient.treating_practitioner,
            practitioner_id=treating,
            care_manager=staff[episode.care_manager_id].name,
            care_manager_id=episode.care_manager_id,
        )

    return tuple(map(case, found))
