"""The board of a day: what is overdue, due today and soon, and what waits for others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from cocm_desktop.domain.due import DAYS_AHEAD, due_items
from cocm_desktop.domain.due_delay import DueDelay
from cocm_desktop.domain.due_item import R_FOLLOW_THROUGH, R_SAFETY, DueItem, Rule
from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_loop import ANSWER_DAYS, answer_due_on
from cocm_desktop.domain.safety_age import is_escalated
from cocm_desktop.domain.staff import FULL_TIME
from cocm_desktop.domain.task import Task
from cocm_desktop.domain.today_capacity import capacity_of, next_review_on
from cocm_desktop.domain.today_card import Act, Board, Card, Lane, Reason, act_of
from cocm_desktop.domain.today_viewer import NEEDS_PATIENT, Viewer
from cocm_desktop.domain.wording import long_date

PRACTITIONER, REVIEW = "Practitioner", "Case review"
"""For whom a patient waits."""
ESCALATED = "Escalated to you"
"""Who treats the patient has to know of a safety task that nobody has closed."""


KeptCards = dict[PatientId, tuple[RegistryRow, DueDelay | None, tuple[Card, ...]]]
"""The cards of a viewer's last board, each with what it was made of: most rows stay as they are."""


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """Everything the board is made of, as of one day. `rows` is empty for the front desk."""

    today: date
    viewer: Viewer
    rows: Sequence[RegistryRow]
    tasks: Sequence[Task]
    delays: Mapping[PatientId, DueDelay]
    patient_names: Mapping[PatientId, str]
    staff_names: Mapping[StaffId, str]
    full_time_percent: int = FULL_TIME
    planned_review_on: date | None = None
    kept: KeptCards = field(default_factory=dict)


def board_of(facts: BoardFacts) -> Board:
    """Give the cards of a person's day. A patient has one card for all that is theirs to do."""
    cards = (*_patients(facts), *_tasks(facts))
    return Board(
        today=facts.today,
        cards=tuple(sorted(cards, key=lambda card: card.place)),
        capacity=capacity_of(facts.viewer, facts.rows, full_time_percent=facts.full_time_percent),
        next_review_on=next_review_on(
            facts.rows, today=facts.today, planned_on=facts.planned_review_on
        ),
    )


def lane_of(day: date, today: date) -> Lane | None:
    """Give where a day stands on the board; None beyond the days it looks ahead."""
    if day < today:
        return Lane.OVERDUE
    if day == today:
        return Lane.TODAY
    return Lane.SOON if day <= today + timedelta(days=DAYS_AHEAD) else None


def _patients(facts: BoardFacts) -> Iterator[Card]:
    rules, kept = facts.viewer.rules, facts.kept
    for row in facts.rows:
        delay, held = facts.delays.get(row.patient_id), kept.get(row.patient_id)
        if held is None or held[0] is not row or held[1] != delay:
            held = row, delay, tuple(_of_row(row, facts, rules))
            kept[row.patient_id] = held
        yield from held[2]


def _of_row(row: RegistryRow, facts: BoardFacts, rules: frozenset[Rule]) -> Iterator[Card]:
    """Give the cards of a patient: what they say comes of the row, the delay and the viewer."""
    if facts.viewer.follows(row):
        yield from _of_patient(row, facts, rules)
        return
    reasons = [*_asked_of_practitioner(row)] if facts.viewer.treats(row) else []
    if row.has_safety_open and facts.viewer.is_clinical:
        safety = (each for each in due_items(row) if each.rule is R_SAFETY)
        note = ESCALATED if facts.viewer.treats(row) and _is_escalated(row) else ""
        reasons += (replace(_reason(row, each, None), note=note) for each in safety)
    if reasons:
        yield from _own_card(row, reasons, "")


def _of_patient(row: RegistryRow, facts: BoardFacts, rules: frozenset[Rule]) -> Iterator[Card]:
    """Give the card of what is the viewer's to do, and one of what waits for others."""
    delay = facts.delays.get(row.patient_id)
    mine, waiting = [], []
    for item in due_items(row):
        if item.rule in rules and not _is_practitioners(row, item):
            mine.append(_reason(row, item, delay))
        elif item.is_open_on(row.today):
            whose = PRACTITIONER if item.rule is R_FOLLOW_THROUGH else REVIEW
            waiting.append(replace(_reason(row, item, None), note=whose))
    mine += _to_see_to(row, facts.viewer)
    if facts.viewer.treats(row):
        mine += _asked_of_practitioner(row)
        waiting = [each for each in waiting if each.note != PRACTITIONER]
    else:
        waiting += _waits_for_practitioner(row)
    mine = [each for each in mine if lane_of(each.day, row.today)]
    done = " · ".join(_done_today(row))
    if mine:
        yield from _own_card(row, mine, done)
    elif done:
        yield _card(row, Lane.TODAY, (), note=done, is_done=True)
    if waiting and facts.viewer.waits:
        reasons = sorted(waiting, key=lambda each: each.day)
        whose = " · ".join(dict.fromkeys(each.note for each in reasons))
        yield _card(row, Lane.WAITING, tuple(reasons), note=whose)


def _own_card(row: RegistryRow, reasons: Sequence[Reason], done: str) -> Iterator[Card]:
    by_day = sorted(reasons, key=lambda each: (each.act is not Act.CLOSE_SAFETY, each.day))
    first = min(each.day for each in by_day)
    lane = lane_of(first, row.today)
    if lane is not None:
        notes = dict.fromkeys(each.note for each in by_day if each.note)
        yield _card(row, lane, tuple(by_day), note=" · ".join((*filter(None, (done,)), *notes)))


def _card(
    row: RegistryRow,
    lane: Lane,
    reasons: tuple[Reason, ...],
    *,
    note: str = "",
    is_done: bool = False,
) -> Card:
    kind = "done" if is_done else "waiting" if lane is Lane.WAITING else "patient"
    died = f"Died {long_date(row.died_on)}" if row.died_on else ""
    return Card(
        key=f"{kind}:{row.patient_id}",
        lane=lane,
        day=min((each.day for each in reasons), default=row.today),
        title=row.name,
        sort_name=row.sort_name,
        patient_id=row.patient_id,
        reasons=reasons,
        act=Act.OPEN_CHART if kind != "patient" else act_of(reasons, row.today),
        note=" · ".join(filter(None, (died, note))),
        is_done=is_done,
        row=row,
    )


def _reason(row: RegistryRow, item: DueItem, delay: DueDelay | None) -> Reason:
    """Give a reason with the day on which it is to be acted on, put off or tried as it may be."""
    day, note = item.due_on, ""
    if delay is not None and delay.moves(item):
        day, note = delay.until_on, delay.words
    tomorrow = row.today + timedelta(days=1)
    if item.rule in NEEDS_PATIENT and _was_tried_today(row) and day < tomorrow:
        day, note = tomorrow, "Tried today"
    return Reason(item.short, item, day, Act.of_rule(item.rule), note)


def _was_tried_today(row: RegistryRow) -> bool:
    return row.last_attempt_on == row.today != row.last_contact_on


def _done_today(row: RegistryRow) -> Iterator[str]:
    if row.last_contact_on == row.today:
        yield "Reached today"
    last = row.primary.last
    if last is not None and last.taken_on == row.today:
        yield f"{row.primary_instrument.id} {last.total} today"


def _is_practitioners(row: RegistryRow, item: DueItem) -> bool:
    """Whether what was recommended is for the treating practitioner to do, all of it."""
    return item.rule is R_FOLLOW_THROUGH and all(
        each.of_practitioner for each in row.open_recommendations
    )


def _waits_for_practitioner(row: RegistryRow) -> Iterator[Reason]:
    """Name what was recommended to the practitioner and is not overdue: that R8 names itself."""
    for each in row.open_recommendations if row.is_open else ():
        due_on = row.recommendation_due_on(each)
        if each.of_practitioner and due_on >= row.today and not each.is_unsent:
            words = f"Recommended {long_date(each.made_on)}, by {long_date(due_on)}"
            why = f"{words}. It waits for the treating practitioner."
            yield Reason("Recommendation", why, due_on, Act.OPEN_CHART, PRACTITIONER)


def _to_see_to(row: RegistryRow, viewer: Viewer) -> Iterator[Reason]:
    """Name a letter that has not gone out, and an answer that is late, to care managers.

    Source: clinical rules 3.1 and 3.5: told on the day of the review, answered within three days.
    """
    sees_to_it = row.is_open and viewer.is_care_manager
    for each in row.open_recommendations if sees_to_it else ():
        if not each.asks_practitioner:
            continue
        made = f"Recommended {long_date(each.made_on)}."
        if each.is_unsent:
            told = f"{made} The practitioner has not been told: send the letter."
            yield Reason("Letter to send", told, each.made_on, Act.SEE_TO_ADVICE)
        if each.sent_on and answer_due_on(each.sent_on) < row.today:
            told = f"{made} Sent {long_date(each.sent_on)}, no answer within {ANSWER_DAYS} days."
            late_on = answer_due_on(each.sent_on) + timedelta(days=1)
            yield Reason("Answer late", f"{told} Ask for it.", late_on, Act.SEE_TO_ADVICE)


def _asked_of_practitioner(row: RegistryRow) -> Iterator[Reason]:
    """Name what waits for the treating practitioner: an answer today, what was agreed by its day.

    Source: clinical rules 3.4 and 3.5: the practitioner answers, and acts by the day named.
    """
    for each in row.open_recommendations if row.is_open else ():
        if not each.asks_practitioner:
            continue
        due_on = row.recommendation_due_on(each)
        told = f"Recommended {long_date(each.made_on)}, by {long_date(due_on)}."
        if each.is_answered:
            yield Reason("Recommendation", f"{told} You agreed to it.", due_on, Act.OPEN_CHART)
        else:
            day = min(due_on, row.today)
            told = f"{told} It waits for your answer."
            yield Reason("Recommendation to answer", told, day, Act.OPEN_CHART)


def _is_escalated(row: RegistryRow) -> bool:
    after = row.settings.safety_escalation_days
    since = row.safety_since
    return since is not None and is_escalated(since, row.today, after_days=after)


def _tasks(facts: BoardFacts) -> Iterator[Card]:
    viewer = facts.viewer
    for task in facts.tasks:
        is_mine = viewer.whole_team or task.belongs_to(viewer.member)
        if not is_mine and task.made_by != viewer.member.id:
            continue
        lane = Lane.TODAY if not task.is_open else lane_of(task.due_on, facts.today)
        if lane is not None and (is_mine or task.is_open):
            yield _task_card(task, lane if is_mine else Lane.WAITING, facts)


def _task_card(task: Task, lane: Lane, facts: BoardFacts) -> Card:
    whose = facts.staff_names.get(task.assigned_to) if task.assigned_to else None
    whose = whose or (f"{task.team.value} team" if task.team else "")
    given = facts.staff_names.get(task.made_by, "")
    why = f"Task given by {given} to {whose}, due {long_date(task.due_on)}."
    if task.put_off:
        why += f" Put off {task.put_off} times." if task.put_off > 1 else " Put off once."
    name = facts.patient_names.get(task.patient_id, "") if task.patient_id else ""
    done = task.outcome or "Done" if not task.is_open else ""
    return Card(
        key=f"task:{task.id}",
        lane=lane,
        day=task.due_on,
        title=name or task.words,
        sort_name=name.casefold(),
        patient_id=task.patient_id,
        reasons=(Reason(task.words, why, task.due_on, Act.FINISH_TASK),),
        act=Act.FINISH_TASK,
        note=done or (whose if task.assigned_to != facts.viewer.member.id else ""),
        is_done=not task.is_open,
        task=task,
    )
