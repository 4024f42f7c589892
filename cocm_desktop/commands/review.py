"""Recording reviews and what became of their recommendations."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    patient_option,
    slug,
    slugs,
    whole_number,
)
from cocm_desktop.domain.case_review import (
    CaseReview,
    RecommendationDraft,
    RecommendationKind,
    RecommendationOwner,
    RecommendationStatus,
    RecommendationUrgency,
    ReviewDraft,
    ReviewMode,
    StepDraft,
)
from cocm_desktop.domain.ids import RecommendationId
from cocm_desktop.domain.wording import NOTHING, long_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

STEPS = [status for status in RecommendationStatus if status is not RecommendationStatus.OPEN]


def declare_review(parser: ArgumentParser) -> None:
    group = Group(parser)
    _declare_add(group.add("add", "record one patient's review"))
    _declare_step(group.add("step", "record what became of a recommendation"))
    shown = group.add("list", "list a patient's reviews with what was recommended")
    patient_option(shown)
    json_option(shown)
    shown.set_defaults(work=show)


def _declare_add(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--consultant", metavar="NAME", required=True)
    parser.add_argument("--on", metavar="DATE", default="today", help="default: today")
    parser.add_argument("--mode", choices=slugs(ReviewMode), default=slug(ReviewMode.VIDEO))
    parser.add_argument("--minutes", metavar="N", type=whole_number, default=0)
    parser.add_argument("--impression", metavar="TEXT", default="")
    parser.add_argument("--not-discussed", action="store_true")
    parser.add_argument("--recommend", metavar="TEXT", default="")
    parser.add_argument("--kind", choices=slugs(RecommendationKind))
    parser.add_argument(
        "--owner",
        choices=slugs(RecommendationOwner),
        default=slug(RecommendationOwner.PRACTITIONER),
    )
    parser.add_argument(
        "--urgency",
        choices=slugs(RecommendationUrgency),
        default=slug(RecommendationUrgency.ROUTINE),
    )
    parser.add_argument("--due", metavar="DATE")
    id_option(parser)
    parser.set_defaults(work=add)


def _declare_step(parser: ArgumentParser) -> None:
    parser.add_argument("--recommendation", metavar="UUID", required=True)
    parser.add_argument("--status", choices=slugs(STEPS), required=True)
    parser.add_argument("--on", metavar="DATE", default="today", help="default: today")
    parser.add_argument("--reason", metavar="TEXT", default="")
    parser.set_defaults(work=step)


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_record import record_review
    from cocm_desktop.actions.staff import read_staff

    today = workspace.today()
    consultant = typed.staff_member(
        read_staff(workspace), options.consultant, field="consultant_id"
    )
    recommended = RecommendationDraft(
        options.recommend,
        member_of(RecommendationKind, options.kind) if options.kind else None,
        member_of(RecommendationOwner, options.owner),
        member_of(RecommendationUrgency, options.urgency),
        typed.day_or_none("due", options.due, today=today),
    )
    draft = ReviewDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        consultant_id=consultant.id,
        reviewed_on=typed.day("on", options.on, today=today),
        recommendations=(recommended,),
        discussed=not options.not_discussed,
        minutes=options.minutes,
        mode=member_of(ReviewMode, options.mode),
        impression=options.impression,
        **id_given(options),
    )
    ack(record_review(workspace, draft).record_id)


def step(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions import review_record

    status = member_of(RecommendationStatus, options.status)
    draft = StepDraft(
        RecommendationId(options.recommendation),
        status,
        typed.day("on", options.on, today=workspace.today()),
        options.reason,
    )
    actions = {
        RecommendationStatus.SENT: review_record.send_recommendation,
        RecommendationStatus.DONE: review_record.finish_recommendation,
        RecommendationStatus.NOT_DONE: review_record.finish_recommendation,
    }
    act = actions.get(status, review_record.answer_recommendation)
    ack(act(workspace, draft).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_record import read_reviews
    from cocm_desktop.actions.staff import read_staff

    members = {member.id: member.name for member in read_staff(workspace)}
    episode = typed.latest_episode(workspace, options.patient)
    reviews = read_reviews(workspace, episode.id)
    if options.json:
        say_json([_fields(review, members[review.consultant_id]) for review in reviews])
        return
    say_table(
        ("on", "consultant", "counts", "recommendation", "stands", "id"),
        [
            (
                long_date(review.reviewed_on),
                members[review.consultant_id],
                "yes" if review.counts else "no",
                *words,
            )
            for review in reviews
            for words in _recommendation_words(review)
        ],
    )


def _recommendation_words(review: CaseReview) -> list[tuple[str, str, str]]:
    if not review.recommendations:
        return [("Not discussed", NOTHING, NOTHING)]
    return [(each.words, each.status.value, each.id) for each in review.recommendations]


def _fields(review: CaseReview, consultant: str) -> dict[str, Any]:
    return {
        "id": review.id,
        "on": review.reviewed_on.isoformat(),
        "consultant": consultant,
        "discussed": review.discussed,
        "counts": review.counts,
        "mode": review.mode.value,
        "seconds": review.seconds,
        "impression": review.impression,
        "recommendations": [
            {
                "id": each.id,
                "kind": each.kind.value,
                "text": each.words,
                "owner": each.owner.value,
                "urgency": each.urgency.value,
                "due_on": each.due_on.isoformat() if each.due_on else None,
                "status": each.status.value,
                "steps": [
                    {
                        "status": step.status.value,
                        "on": step.noted_on.isoformat(),
                        "reason": step.reason,
                    }
                    for step in each.steps
                ],
            }
            for each in review.recommendations
        ],
    }
