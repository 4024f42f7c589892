"""Recording reviews and what became of their recommendations."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import reply, typed
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
from cocm_desktop.domain.ids import RecommendationId, ReviewMeetingId
from cocm_desktop.domain.wording import NOTHING, long_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

STEPS = [status for status in RecommendationStatus if status is not RecommendationStatus.OPEN]


def declare_review(parser: ArgumentParser) -> None:
    group = Group(parser)
    _declare_add(group.add("add", "record one patient's review"))
    _declare_step(group.add("step", "record what became of a recommendation"))
    reply.declare(group)
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
    parser.add_argument("--documents", metavar="TEXT", default="", help="what was looked at")
    parser.add_argument("--next", metavar="DATE", help="when to review the patient again")
    parser.add_argument(
        "--meeting", metavar="UUID", help="the planned meeting; default: of the day"
    )
    parser.add_argument("--not-discussed", action="store_true")
    _declare_recommendations(parser)
    id_option(parser)
    parser.set_defaults(work=add)


def _declare_recommendations(parser: ArgumentParser) -> None:
    """Each may be repeated: one value holds for every recommendation, several one by one."""
    for name, words in (("recommend", "TEXT"), ("due", "DATE"), ("recheck", "DATE")):
        parser.add_argument(f"--{name}", metavar=words, action="append", default=[])
    for name, choices in (
        ("kind", slugs(RecommendationKind)),
        ("owner", slugs(RecommendationOwner)),
        ("urgency", slugs(RecommendationUrgency)),
    ):
        parser.add_argument(f"--{name}", choices=choices, action="append", default=[])


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
    draft = ReviewDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        consultant_id=consultant.id,
        reviewed_on=typed.day("on", options.on, today=today),
        recommendations=tuple(_recommended(options, today)),
        discussed=not options.not_discussed,
        minutes=options.minutes,
        mode=member_of(ReviewMode, options.mode),
        impression=options.impression,
        documents=options.documents,
        next_review_on=typed.day_or_none("next", options.next, today=today),
        meeting_id=ReviewMeetingId(options.meeting) if options.meeting else None,
        **id_given(options),
    )
    ack(record_review(workspace, draft).record_id)


def _recommended(options: Namespace, today: date) -> Iterator[RecommendationDraft]:
    texts = options.recommend
    named = {
        name: _each(name, getattr(options, name), len(texts))
        for name in ("kind", "owner", "urgency", "due", "recheck")
    }
    for number, words in enumerate(texts):
        kind, owner, urgency, due, recheck = (values[number] for values in named.values())
        yield RecommendationDraft(
            words=words,
            kind=member_of(RecommendationKind, kind) if kind else None,
            owner=member_of(RecommendationOwner, owner or slug(RecommendationOwner.PRACTITIONER)),
            urgency=member_of(
                RecommendationUrgency, urgency or slug(RecommendationUrgency.ROUTINE)
            ),
            due_on=typed.day_or_none("due", due, today=today),
            recheck_on=typed.day_or_none("recheck", recheck, today=today),
        )


def _each(name: str, values: list[str], count: int) -> list[str | None]:
    """Give one value for each recommendation, or refuse where the numbers do not fit."""
    if len(values) <= 1:
        return [next(iter(values), None)] * count
    if len(values) != count:
        words = f"Give --{name} once, or once for each of the {count} --recommend."
        raise Refused(Problem(name, words))
    return [*values]


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


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


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
        "documents": review.documents,
        "next_review_on": _iso(review.next_review_on),
        "meeting_id": review.meeting_id,
        "recommendations": [
            {
                "id": each.id,
                "kind": each.kind.value,
                "text": each.words,
                "owner": each.owner.value,
                "urgency": each.urgency.value,
                "due_on": _iso(each.due_on),
                "recheck_on": _iso(each.recheck_on),
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
