"""What happens in one episode of the sample clinic: contacts, measures, reviews and their time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cocm_desktop.actions.sample import care_notes, notes
from cocm_desktop.actions.sample.calendar import next_working_day, review_day, working_day
from cocm_desktop.actions.sample.courses import (
    gad7_answers,
    pcl5_answers,
    phq9_answers,
    typed_answers,
)
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.notes import Deck, Told
from cocm_desktop.actions.sample.part import PCL5
from cocm_desktop.actions.sample.pen import Form, Pen, Sitting
from cocm_desktop.actions.sample.reviews import ReviewPen
from cocm_desktop.actions.sample.treatment import (
    CHANCE_MEASURED,
    SLOW_SHAPES,
    WEEKLY_UNTIL,
    Meeting,
    Span,
    meetings,
)
from cocm_desktop.domain.contact import ContactKind, ContactOutcome, SafetyAsked
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.measure import MeasureMode
from cocm_desktop.domain.safety import SCREENER
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.time_entry import Activity

DAY = timedelta(days=1)
PHQ9_EVERY, PHQ9_EVERY_LATER = timedelta(days=12), timedelta(days=24)
GAD7_EVERY = timedelta(days=25)
TOTAL_ONLY, PARTIAL, CORRECTED = "total only", "partial", "corrected"
SLIP_AT, HIGHEST_ANSWER = 1, 3
KINDS = (ContactKind.PHONE,) * 6 + (ContactKind.IN_PERSON,) * 2 + (ContactKind.VIDEO,) * 2
MODES = {
    ContactKind.PHONE: MeasureMode.PHONE,
    ContactKind.IN_PERSON: MeasureMode.PAPER,
    ContactKind.VIDEO: MeasureMode.VIDEO,
}
NOBODY: tuple[tuple[ContactOutcome, tuple[str, ...]], ...] = (
    (ContactOutcome.LEFT_MESSAGE, notes.LEFT_MESSAGE),
    (ContactOutcome.LEFT_MESSAGE, notes.LEFT_MESSAGE),
    (ContactOutcome.NO_ANSWER, notes.NO_ANSWER),
    (ContactOutcome.NO_SHOW, notes.NO_SHOW),
)
A_LETTER_AFTER = 5
REVIEW_EVERY = {"slow": 14, "other": 28, "settled": 56}
CHANCE_OF_REGISTRY, CHANCE_OF_CLERICAL = 0.3, 0.07
CHANCE_OF_COORDINATION, CHANCE_OF_GAP = 0.4, 0.015


@dataclass(slots=True)
class Visits:
    """The care manager's work with one patient, written into the book."""

    span: Span
    pen: Pen
    practitioner: StaffMember
    front_desk: StaffMember
    deck: Deck
    consultant: StaffMember
    phq9_on: date | None = None
    gad7_on: date | None = None
    phq9_count: int = 0
    item9_before: int = 0
    met: list[date] = field(default_factory=list)

    @property
    def book(self) -> Book:
        return self.pen.book

    @property
    def random(self) -> Random:
        return self.pen.random

    def tell(self) -> None:
        planned = [
            meeting
            for meeting in meetings(self.span, self.book.as_of, self.random)
            if meeting.on < self.book.as_of
        ]
        self._assess(planned[0].on if planned else self.span.enrolled_on + timedelta(days=7))
        for number, meeting in enumerate(planned, start=1):
            if meeting.reached:
                self._meet(meeting)
            else:
                self._try(meeting, number)
        self._review()
        if self.span.part.open9 and self.span.name == "now":
            self._answer_in_waiting_room()

    def _assess(self, next_on: date) -> None:
        """First assessment: most of an hour with the patient, both scales, and the write-up."""
        day, part = self.span.enrolled_on, self.span.part
        minutes = round(self.random.randint(35, 50) * min(part.effort, 1.2))
        sitting = self.pen.sit(day, minutes, ContactKind.IN_PERSON)
        score, item9 = self._measure(sitting)
        self.item9_before = item9 or 0
        self._take_in(sitting)
        title, name = self.practitioner.credentials, self.practitioner.name
        told = Told(
            self.span.going(day), part.drug, self.span.dose(day), life=part.life, score=score
        )
        note = notes.initial_note(
            told,
            referred_by=f"Dr. {name.split()[-1]}" if title == "MD" else name,
            months=self.random.randint(2, 14),
        )
        self.pen.contact(sitting, note, next_on=next_on)
        words = "Assessment and care plan written up"
        self._spend(day, (11, 18), activity=Activity.ASSESSMENT, words=words)

    def _meet(self, meeting: Meeting) -> None:
        day, part = meeting.on, self.span.part
        self.met.append(day)
        is_early = self.span.weeks(day) < WEEKLY_UNTIL
        usual = (11, 18) if is_early or self.span.is_settled(day) else (14, 27)
        minutes = round(self.random.randint(*usual) * part.effort)
        sitting = self.pen.sit(day, minutes, self.random.choice(KINDS))
        due = self._is_measure_due(day) and self.random.random() < CHANCE_MEASURED
        score, item9 = self._measure(sitting) if due else ("", None)
        told = Told(self.span.going(day), part.drug, self.span.dose(day), score=score, item9=item9)
        note = notes.contact_note(told, self.deck)
        safety = self._said_of_safety(item9)
        self.pen.contact(sitting, note, next_on=meeting.next_on, safety=safety)
        if self.random.random() < CHANCE_OF_REGISTRY:
            self._spend(day, (5, 10), activity=Activity.CARE_PLAN, words="Care plan reviewed")
        if self.random.random() < CHANCE_OF_CLERICAL:
            self._spend(
                day, (5, 10), activity=Activity.CLERICAL, words="Scheduling, records request by fax"
            )

    def _said_of_safety(self, item9: int | None) -> SafetyAsked:
        """Let the care manager compare where item 9 was asked again."""
        if item9 is None:
            return SafetyAsked.NOT_ASKED
        before, self.item9_before = self.item9_before, item9
        if item9 == before:
            return SafetyAsked.NO_CHANGE
        return SafetyAsked.BETTER if item9 < before else SafetyAsked.WORSE

    def _try(self, meeting: Meeting, number: int) -> None:
        """Reach nobody, and note the attempt."""
        outcome, texts = self.random.choice(NOBODY)
        no_show = outcome is ContactOutcome.NO_SHOW
        kind = ContactKind.IN_PERSON if no_show else ContactKind.PHONE
        if number % A_LETTER_AFTER == 0:
            kind, outcome, texts = ContactKind.LETTER, ContactOutcome.LEFT_MESSAGE, notes.LETTER
        minutes = self.random.choice((2, 3, 3, 4, 5))
        sitting = self.pen.sit(meeting.on, minutes, kind, outcome=outcome)
        self.pen.contact(sitting, self.deck.draw(texts), next_on=meeting.next_on)

    def _is_measure_due(self, day: date) -> bool:
        waiting_room = bool(self.span.part.open9) and self.book.as_of - day < PHQ9_EVERY
        if self.phq9_on is None or waiting_room:
            return False
        often = not self.span.is_settled(day)
        return day - self.phq9_on >= (PHQ9_EVERY if often else PHQ9_EVERY_LATER)

    def _measure(self, sitting: Sitting) -> tuple[str, int | None]:
        """Record the PHQ-9, and the GAD-7 monthly; give the words for the note and item 9."""
        day, part, told, item9 = sitting.day, self.span.part, [], None
        mode = MODES[sitting.kind]
        if (total := self.span.phq9(day, self.random)) is not None:
            asked = part.item9 if self.span.name == "now" else ()
            item9 = asked[self.phq9_count] if self.phq9_count < len(asked) else 0
            answers: tuple[int | None, ...] = phq9_answers(total, item9, random=self.random)
            slip = part.slip if self.phq9_count == SLIP_AT else ""
            by_chance = self.phq9_count and self.random.random() < CHANCE_OF_GAP
            if by_chance or slip == PARTIAL:
                answers = (*answers[:4], None, *answers[5:])
            self._record_phq9(answers, sitting, slip=slip)
            self.phq9_on, self.phq9_count = day, self.phq9_count + 1
            told.append(f"PHQ-9 {total}" if None not in answers else "PHQ-9 with one item blank")
            if item9:
                self._screen(sitting)
                self.pen.close_safety(sitting, item9)
        if part.pcl5 and (stress := self.span.pcl5(day, self.random)) is not None:
            self.pen.measure(Form(PCL5, pcl5_answers(stress, self.random), mode), sitting)
            told.append(f"PCL-5 {stress}")
        if self.gad7_on is None or day - self.gad7_on >= GAD7_EVERY:
            anxiety = self.span.gad7(day, self.random)
            if anxiety is not None:
                answers = gad7_answers(anxiety, self.random)
                self.pen.measure(Form(GAD7, answers, mode), sitting)
                self.gad7_on = day
                told.append(f"GAD-7 {anxiety}")
        return (f"{', '.join(told)}." if told else ""), item9

    def _record_phq9(self, answers: tuple[int | None, ...], sitting: Sitting, *, slip: str) -> None:
        """Record the form as it came: whole, as a total with item 9 alone, or wrong at first."""
        mode = MODES[sitting.kind]
        if slip == TOTAL_ONLY:
            total = sum(answer or 0 for answer in answers)
            alone = (*(None,) * (len(answers) - 1), answers[-1])
            self.pen.measure(Form(PHQ9, alone, mode, total_only=total), sitting)
        elif slip == CORRECTED:
            wrong = (HIGHEST_ANSWER - (answers[0] or 0), *answers[1:])
            self.pen.measure(Form(PHQ9, wrong, mode), sitting)
            self.pen.correct(Form(PHQ9, answers, mode), sitting)
        else:
            self.pen.measure(Form(PHQ9, answers, mode), sitting)

    def _screen(self, sitting: Sitting) -> None:
        """Go through the screener, where the story says so, at the first answer of the kind."""
        digits = care_notes.SCREENED.get(self.span.part.last, "")
        if digits and self.phq9_count == 1:
            form = Form(SCREENER, typed_answers(digits), MODES[sitting.kind])
            self.pen.measure(form, sitting)

    def _take_in(self, sitting: Sitting) -> None:
        """Record the other forms of the first assessment."""
        if self.span.name == "now":
            for name, digits in care_notes.INTAKE.get(self.span.part.last, ()):
                self.pen.measure(Form(InstrumentId(name), typed_answers(digits)), sitting)

    def _answer_in_waiting_room(self) -> None:
        """Leave yesterday's form with an answer to item 9 that nobody has closed yet."""
        day, part = working_day(self.book.as_of - DAY), self.span.part
        sitting = Sitting(day, None, 10, ContactKind.IN_PERSON)
        total = self.span.phq9(day, self.random) or 0
        answers = phq9_answers(max(total, part.open9), part.open9, random=self.random)
        self.pen.measure(Form(PHQ9, answers), sitting, by=self.front_desk)

    def _review(self) -> None:
        """Talk about the patient in the weekly case review, and pass on what was advised."""
        for day in self._review_days():
            minutes = self.random.choice((5, 6, 7, 8, 8, 9, 10))
            start = self.book.hours.take_turn(self.pen.care_manager.id, day, minutes)
            if start is None:
                continue
            sitting = Sitting(day, start, minutes)
            note = self.deck.draw(notes.REVIEW)
            self.pen.time(sitting, Activity.CASE_REVIEW, note)
            until = min(self.span.last_on, self.book.as_of - DAY)
            ReviewPen(self.pen, self.consultant, until).write(sitting, note)
            following = next_working_day(day)
            told = following < self.book.as_of and following <= self.span.last_on
            if told and self.random.random() < CHANCE_OF_COORDINATION:
                words = f"Recommendation passed on to {self.practitioner.name}"
                self._spend(following, (4, 9), activity=Activity.COORDINATION, words=words)

    def _review_days(self) -> Iterator[date]:
        first = self.span.enrolled_on + timedelta(days=7)
        day = review_day(first)
        quiet = timedelta(weeks=self.span.part.unreviewed)
        while day <= self.span.last_on and day < self.book.as_of - quiet:
            yield day
            often = "slow" if self.span.shape in SLOW_SHAPES else "other"
            pace = "settled" if self.span.is_settled(day) else often
            day += timedelta(days=REVIEW_EVERY[pace])

    def _spend(
        self, day: date, between: tuple[int, int], *, activity: Activity, words: str
    ) -> None:
        sitting = self.pen.sit(day, self.random.randint(*between))
        self.pen.time(sitting, activity, words)
