"""Random weeks of case reviews: played by the program, and told to a book kept by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random
from typing import TypeVar

from cocm_desktop.actions.contact import clear_review_flag, flag_for_review
from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.letter import void_letter
from cocm_desktop.actions.meeting_agenda import change_agenda, read_meeting_agenda
from cocm_desktop.actions.recommendation_letter import read_letters_of_review, send_letters
from cocm_desktop.actions.reopening import reopen_episode
from cocm_desktop.actions.review_loop import read_loop, record_steps
from cocm_desktop.actions.review_meeting import (
    cancel_meeting,
    end_meeting,
    plan_meeting,
    reopen_meeting,
    start_meeting,
)
from cocm_desktop.actions.review_record import record_review, void_review
from cocm_desktop.domain.case_review import (
    RecommendationDraft,
    RecommendationKind,
    RecommendationStatus,
    ReviewDraft,
    StepDraft,
)
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.ids import EpisodeId, RecommendationId, ReviewMeetingId, StaffId
from cocm_desktop.domain.letter import SendingDraft, SendingWay
from cocm_desktop.domain.reopening import DAYS_TO_REOPEN, ReopenDraft
from cocm_desktop.domain.review_loop import LoopList
from cocm_desktop.domain.review_meeting import AgendaChoice, AgendaChoiceKind, ReviewMeetingDraft
from cocm_desktop.storage import episode as episodes
from tests.reviews.by_hand import Book, Case, Line, Meeting, Review
from tests.reviews.story_clinic import (
    ANN,
    BEN,
    COLE,
    NAMES,
    Day,
    enrolled_on,
    manager_of,
    small_clinic,
)

DAYS, DEEDS_A_DAY = 16, 7
WHOSE = (
    frozenset[StaffId](),
    frozenset({ANN.id}),
    frozenset({BEN.id}),
    frozenset({ANN.id, BEN.id}),
)
LISTS = {LoopList.TO_SEND: "to send", LoopList.TO_ANSWER: "to answer", LoopList.TO_DO: "overdue"}
_S = RecommendationStatus
T = TypeVar("T")


def compare(seeds: Iterable[int], *, days: int = DAYS) -> tuple[int, list[str]]:
    """Play stories; give how many agendas and lists were compared, and each difference."""
    tried, wrong = 0, []
    for seed in seeds:
        story = Story(seed, days=days)
        wrong += [f"story {seed}: {each}" for each in story.play()]
        tried += story.compared
    return tried, wrong


class Story:
    """Weeks in a small clinic, in which chance decides who does what."""

    def __init__(self, seed: int, *, days: int) -> None:
        self._days = days
        self._chance = Random(seed)
        self._day = Day()
        self.compared = 0

    def play(self) -> list[str]:
        with small_clinic(self._day) as (workspace, enrolled):
            self._workspace, self._episodes = workspace, enrolled
            numbers = range(len(NAMES))
            self._book = Book(
                [Case(n, NAMES[n], manager_of(n).id, enrolled_on(n)) for n in numbers]
            )
            wrong: list[str] = []
            for _ in range(self._days):
                self._book.today = self._day.on
                for _ in range(DEEDS_A_DAY):
                    self._chance.choice(self._deeds())()
                    wrong += self._differences(self._some_meetings())
                self._day.go_on(self._chance.randint(0, 5))
            self._book.today = self._day.on
            return wrong + self._differences(self._book.meetings)

    # ------------------------------------------------------------------------------ comparing

    def _some_meetings(self) -> list[Meeting]:
        return self._chance.sample(self._book.meetings, min(1, len(self._book.meetings)))

    def _differences(self, meetings: Iterable[Meeting]) -> list[str]:
        found = []
        for meeting in meetings:
            self.compared += 1
            agenda = read_meeting_agenda(self._workspace, meeting.id).agenda
            shown = [
                Line(e.row.last_name, e.section.letter, e.carried_words, e.is_discussed)
                for e in agenda.entries
            ]
            out = sorted(each.entry.row.last_name for each in agenda.left_out)
            if (shown, out) != (told := self._book.agenda(meeting)):
                found.append(
                    f"meeting of {meeting.day} on {self._day.on}: {shown, out}, not {told}"
                )
        self.compared += 1
        lines = read_loop(self._workspace).loop.lines
        waiting = [(LISTS[line.of], line.case.review.id, line.due_on) for line in lines]
        if sorted(waiting) != sorted(told_waiting := self._book.waiting()):
            found.append(f"{self._day.on} waits {sorted(waiting)}, not {sorted(told_waiting)}")
        return found

    # ---------------------------------------------------------------------------------- deeds

    def _deeds(self) -> list[Callable[[], None]]:
        return [
            *(self._plan, self._start, self._review, self._review, self._review, self._end),
            *(self._end, self._reopen, self._cancel, self._void, self._leave_out, self._put_back),
            *(self._add, self._ask, self._close, self._reopen_case, self._send, self._withdraw),
            *(self._step, self._step),
        ]

    def _plan(self) -> None:
        whose, on = self._chance.choice(WHOSE), self._day.on
        if self._chance.random() < 0.3:
            on = on.replace(day=min(28, on.day + 2))
        draft = ReviewMeetingDraft(on, 60, care_manager_ids=tuple(sorted(whose)))
        made = plan_meeting(self._workspace, draft).record_id
        self._book.meetings.append(Meeting(made, len(self._book.meetings), on, whose))

    def _start(self) -> None:
        if meeting := self._any(m for m in self._going_on() if m.day <= self._day.on):
            start_meeting(self._workspace, meeting.id)
            self._book.take_up(meeting)

    def _end(self) -> None:
        if meeting := self._any(m for m in self._going_on() if m.day <= self._day.on):
            end_meeting(self._workspace, meeting.id)
            self._book.take_up(meeting)
            meeting.ended_on = self._day.on

    def _reopen(self) -> None:
        ended = (m for m in self._book.meetings if m.ended_on == self._day.on)
        if meeting := self._any(ended):
            reopen_meeting(self._workspace, meeting.id)
            meeting.ended_on = None

    def _cancel(self) -> None:
        used = {id(review.meeting) for review in self._standing()}
        empty = (meeting for meeting in self._going_on() if id(meeting) not in used)
        if (meeting := self._any(empty)) and self._chance.random() < 0.3:
            cancel_meeting(self._workspace, meeting.id, reason="Holiday")
            self._book.meetings.remove(meeting)

    def _review(self) -> None:
        case = self._any(c for c in self._book.cases if c.is_open)
        if case is None:
            return
        told = self._any(m for m in self._book.meetings if m.day <= self._day.on)
        told = told if self._chance.random() < 0.6 else None
        today = [m for m in self._book.meetings if m.day == self._day.on and m.is_about(case)]
        meeting = told or (today[0] if len(today) == 1 else None)
        if meeting and case.number not in meeting.held and not meeting.ended_on:
            self._book.take_up(meeting)
        advice = RecommendationDraft("Raise the dose", RecommendationKind.DOSE)
        draft = ReviewDraft(
            EpisodeId(self._episodes[case.number]), COLE.id, self._day.on, (advice,),
            meeting_id=ReviewMeetingId(told.id) if told else None,
        )  # fmt: skip
        record_review(self._workspace, draft)
        made = Review(draft.id, case, self._day.on, meeting, advice.id)
        self._book.reviews.append(made)

    def _void(self) -> None:
        if (review := self._any(self._standing())) and self._chance.random() < 0.5:
            void_review(self._workspace, review.id, reason="Another patient")
            review.is_void = True

    def _leave_out(self) -> None:
        self._choose(AgendaChoiceKind.LEAVE_OUT)

    def _put_back(self) -> None:
        self._choose(AgendaChoiceKind.PUT_BACK)

    def _add(self) -> None:
        self._choose(AgendaChoiceKind.ADD)

    def _choose(self, kind: AgendaChoiceKind) -> None:
        meeting = self._any(self._going_on())
        if meeting is None:
            return
        lines, out = self._book.agenda(meeting)
        on = {line.name for line in lines}
        off = {c.name for c in self._book.cases if c.is_open} - on - set(out)
        may = {
            AgendaChoiceKind.LEAVE_OUT: {line.name for line in lines if not line.is_discussed},
            AgendaChoiceKind.PUT_BACK: set(out),
            AgendaChoiceKind.ADD: off,
        }[kind]
        if case := self._any(c for c in self._book.cases if c.name in may):
            episode_id = EpisodeId(self._episodes[case.number])
            change_agenda(self._workspace, meeting.id, AgendaChoice(episode_id, kind, "Away"))
            meeting.dropped.discard(case.number)
            if kind is AgendaChoiceKind.LEAVE_OUT:
                meeting.dropped.add(case.number)
            if kind is AgendaChoiceKind.ADD:
                meeting.added.add(case.number)

    def _ask(self) -> None:
        if case := self._any(c for c in self._book.cases if c.is_open):
            episode_id = EpisodeId(self._episodes[case.number])
            if case.has_question:
                clear_review_flag(self._workspace, episode_id, reason="Answered")
            else:
                flag_for_review(self._workspace, episode_id, "Which dose?")
            case.has_question = not case.has_question

    def _close(self) -> None:
        case = self._any(c for c in self._book.cases if c.is_open)
        if case and self._chance.random() < 0.3:
            episode_id = EpisodeId(self._episodes[case.number])
            version = self._version(episode_id)
            draft = CloseDraft(episode_id, self._day.on, CloseReason.WITHDREW, version=version)
            close_episode(self._workspace, draft)
            case.closed_on = self._day.on

    def _reopen_case(self) -> None:
        last = self._day.on - timedelta(days=DAYS_TO_REOPEN)
        if case := self._any(c for c in self._book.cases if c.closed_on and c.closed_on >= last):
            episode_id = EpisodeId(self._episodes[case.number])
            draft = ReopenDraft(episode_id, "By mistake", self._version(episode_id))
            reopen_episode(self._workspace, draft)
            case.closed_on = None

    def _send(self) -> None:
        if review := self._any(self._standing()):
            sending = SendingDraft(self._day.on, SendingWay.FAX)
            send_letters(self._workspace, [review.id], sending)
            review.letter = read_letters_of_review(self._workspace, review.id)[-1].id
            if review.status == "Open":
                self._stands(review, "Sent")

    def _withdraw(self) -> None:
        if review := self._any(r for r in self._standing() if r.letter):
            void_letter(self._workspace, review.letter, reason="Wrong address")
            review.letter = ""
            if review.status == "Sent":
                self._stands(review, "Open")

    def _step(self) -> None:
        if review := self._any(self._standing()):
            status = self._chance.choice(_S(review.status).next_ones)
            given = RecommendationId(review.advice)
            record_steps(self._workspace, [StepDraft(given, status, self._day.on, "Because")])
            self._stands(review, status.value)

    # ---------------------------------------------------------------------------------- words

    def _version(self, episode_id: str) -> int:
        with self._workspace.database.read() as session:
            return episodes.get(session, episode_id).version

    def _stands(self, review: Review, status: str) -> None:
        review.status, review.status_on = status, self._day.on

    def _standing(self) -> list[Review]:
        return [each for each in self._book.reviews if not each.is_void]

    def _going_on(self) -> list[Meeting]:
        return [each for each in self._book.meetings if not each.ended_on]

    def _any(self, found: Iterable[T]) -> T | None:
        every = list(found)
        return self._chance.choice(every) if every else None
