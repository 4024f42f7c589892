"""One patient of the sample clinic from referral to today, as things that staff did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from cocm_desktop.actions.contact import flag_for_review
from cocm_desktop.actions.episode import (
    close_episode,
    enroll,
    read_latest_episode,
    start_treatment,
)
from cocm_desktop.actions.episode_phase import change_phase, refer
from cocm_desktop.actions.outside_care import record_visit
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.plan import write_plan
from cocm_desktop.actions.sample import care_notes
from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.care import Care
from cocm_desktop.actions.sample.courses import typed_answers
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.notes import CLOSE_NOTES, RELAPSE_PLAN, Deck
from cocm_desktop.actions.sample.part import Part
from cocm_desktop.actions.sample.pen import Form, Pen, Sitting
from cocm_desktop.actions.sample.person import patient_draft
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.actions.sample.treatment import WEEK, Span
from cocm_desktop.actions.sample.visits import Visits
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.outside_care import VisitDraft
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.contact import ContactKind
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft, EpisodeStatus
from cocm_desktop.domain.episode_phase import PhaseDraft, ReferralDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, PlanId, VisitId
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.staff import StaffMember

DAY = timedelta(days=1)
WEEKS_IN_RELAPSE_PREVENTION = 10
WEEKS_SINCE_RELAPSE = 4
WITHOUT_VISIT = 19
"""Of so many patients one has no visit on record yet: somebody will ask for it."""
VISITS = ("99214", "99213", "99214", "G0439", "99204")


@dataclass(slots=True)
class Story:
    """A patient in the hands of one care manager and one practitioner. `number` is theirs alone."""

    part: Part
    number: int
    team: Team
    book: Book
    random: Random

    @property
    def as_of(self) -> date:
        return self.book.as_of

    @property
    def care_manager(self) -> StaffMember:
        return self.team.care_managers[self.number % 2]

    @property
    def practitioner(self) -> StaffMember:
        return self.team.practitioners[self.number // 2 % 2]

    @property
    def patient_id(self) -> PatientId:
        return PatientId(sample_id(f"patient {self.number}"))

    @property
    def relapsed_on(self) -> date | None:
        """The day on which relapse prevention turned into treatment again, where it did."""
        relapsed = self.part.course and self.part.shape == "relapse"
        return self.as_of - WEEKS_SINCE_RELAPSE * WEEK if relapsed else None

    def tell(self) -> None:
        """Write everything that happened into the book."""
        part = self.part
        first_on = self.as_of - max(part.weeks, part.before[0] if part.before else 0) * WEEK
        if not part.course:
            days = part.consented_days or part.referred_days or self.random.randint(3, 40)
            first_on = self.as_of - days * DAY
        draft = patient_draft(
            part, self.number, patient_id=self.patient_id, practitioner=self.practitioner.title
        )
        at = self.book.at(working_day(first_on - 13 * DAY), 9, self.number % 60)
        self.book.write(at, self.team.front_desk, partial(add_patient, draft=draft))
        if part.before:
            self._earlier_episode(*part.before)
        if part.course:
            self._treat(self._span("now"))
        elif part.consented_days:
            self._enroll("now", consented_on=working_day(first_on), enrolled_on=None)
            self._screen_at_desk(working_day(first_on))
        elif part.referred_days:
            self._refer(working_day(self.as_of - part.referred_days * DAY))
            if part.waits:
                listed_on = self.as_of - (part.referred_days - 5) * DAY
                self._move(listed_on, EpisodeStatus.WAIT_LISTED, reason=part.waits)
            if part.closed:
                closed_on = working_day(self.as_of - part.closed[0] * WEEK)
                self._close(closed_on, CloseReason[part.closed[1]])

    def _span(self, name: str) -> Span:
        """Give the latest episode: where it begins, falls silent, settles and ends."""
        part = self.part
        closed_on = working_day(self.as_of - part.closed[0] * WEEK) if part.closed else None
        settled = part.relapse_prevention
        if part.closed and part.closed[1] == CloseReason.GRADUATED.name:
            settled = part.closed[0] + WEEKS_IN_RELAPSE_PREVENTION
        last_on = closed_on - DAY if closed_on else self.as_of
        if part.hold:
            last_on = self.as_of - part.hold * WEEK
        return Span(
            part=part,
            name=name,
            shape=part.shape,
            enrolled_on=working_day(self.as_of - part.weeks * WEEK - (self.number % 5) * DAY),
            last_on=last_on,
            quiet_from=self.as_of - part.lapse * WEEK if part.lapse else None,
            settled_from=self.as_of - settled * WEEK if settled else None,
            settled_until=self.relapsed_on,
        )

    def _earlier_episode(self, began: int, ended: int) -> None:
        """Tell an episode that ended well, long enough ago for a new one to begin."""
        closed_on = working_day(self.as_of - ended * WEEK)
        span = Span(
            part=self.part,
            name="before",
            shape="remits",
            enrolled_on=working_day(self.as_of - began * WEEK),
            last_on=closed_on - DAY,
        )
        self._enroll_and_see(span)
        self._close(closed_on, CloseReason.GRADUATED)

    def _treat(self, span: Span) -> None:
        part = self.part
        self._enroll_and_see(span)
        if span.settled_from:
            self._write_plan(working_day(span.settled_from))
            self._move(span.settled_from, EpisodeStatus.RELAPSE_PREVENTION)
        if self.relapsed_on:
            self._move(self.relapsed_on, EpisodeStatus.ACTIVE)
        if part.hold:
            self._move(span.last_on + DAY, EpisodeStatus.ON_HOLD, reason=part.life)
        if part.closed:
            closed_on = working_day(self.as_of - part.closed[0] * WEEK)
            self._close(closed_on, CloseReason[part.closed[1]])
        if part.question:
            asked_on = working_day(self.as_of - (1 + self.number % 6) * DAY)
            deed = partial(flag_for_review, episode_id=self._episode("now"), question=part.question)
            self.book.write(self.book.at(asked_on, 16, self.number % 60), self.care_manager, deed)

    def _enroll_and_see(self, span: Span) -> None:
        early = self.random.choice((0, 0, 1, 2, 4))
        consented_on = working_day(span.enrolled_on - early * DAY)
        at_once = span.enrolled_on if consented_on == span.enrolled_on else None
        self._enroll(span.name, consented_on=consented_on, enrolled_on=at_once)
        if at_once is None:
            at = self.book.at(span.enrolled_on, 8, 35)
            deed = partial(_start, patient_id=self.patient_id, enrolled_on=span.enrolled_on)
            self.book.write(at, self.care_manager, deed)
        pen = Pen(self._episode(span.name), self.care_manager, self.book, self.random)
        visits = Visits(
            span,
            pen,
            practitioner=self.practitioner,
            front_desk=self.team.front_desk,
            deck=Deck(self.random),
            consultant=self.team.consultant,
        )
        visits.tell()
        Care(span, pen, self.patient_id).tell(visits.met)

    def _screen_at_desk(self, day: date) -> None:
        """Record what the front desk asked of a patient who is not assessed yet."""
        pen = Pen(self._episode("now"), self.care_manager, self.book, self.random)
        sitting = Sitting(day, None, 10, ContactKind.IN_PERSON)
        for name, digits in care_notes.INTAKE.get(self.part.last, ()):
            form = Form(InstrumentId(name), typed_answers(digits))
            pen.measure(form, sitting, by=self.team.front_desk)

    def _enroll(self, name: str, *, consented_on: date, enrolled_on: date | None) -> None:
        referred_on = working_day(consented_on - self.random.randint(2, 9) * DAY)
        draft = EnrollDraft(
            id=self._episode(name),
            patient_id=self.patient_id,
            care_manager_id=self.care_manager.id,
            consented_on=consented_on,
            consent_method=self.random.choice(tuple(ConsentMethod)),
            enrolled_on=enrolled_on,
            referred_on=referred_on,
            treating_practitioner_id=self.practitioner.id,
            diagnosis_code=self.part.code,
            primary_instrument_id=self.part.primary,
        )
        at = self.book.at(consented_on, 8, 32)
        self.book.write(at, self.care_manager, partial(enroll, draft=draft))
        if self.number % WITHOUT_VISIT:
            self._visit(name, referred_on, noted_on=consented_on)

    def _visit(self, name: str, day: date, *, noted_on: date) -> None:
        """Have the practitioner see the patient and speak of collaborative care."""
        draft = VisitDraft(
            id=VisitId(sample_id(f"visit {self.number} {name}")),
            patient_id=self.patient_id,
            made_on=day,
            code=VISITS[self.number % len(VISITS)],
            practitioner_id=self.practitioner.id,
        )
        at = self.book.at(noted_on, 8, 20)
        self.book.write(at, self.team.front_desk, partial(record_visit, draft=draft))

    def _refer(self, referred_on: date) -> None:
        draft = ReferralDraft(
            id=self._episode("now"),
            patient_id=self.patient_id,
            care_manager_id=self.care_manager.id,
            referred_on=referred_on,
            treating_practitioner_id=self.practitioner.id,
        )
        at = self.book.at(referred_on, 10, 15)
        self.book.write(at, self.team.front_desk, partial(refer, draft=draft))

    def _write_plan(self, day: date) -> None:
        draft = PlanDraft(
            id=PlanId(sample_id(f"plan {self.number}")),
            episode_id=self._episode("now"),
            kind=PlanKind.RELAPSE_PREVENTION_PLAN,
            written_on=day,
            parts=RELAPSE_PLAN,
        )
        at = self.book.at(day, 16, 50)
        self.book.write(at, self.care_manager, partial(write_plan, draft=draft))

    def _move(self, day: date, status: EpisodeStatus, *, reason: str = "") -> None:
        deed = partial(_move, patient_id=self.patient_id, status=status, reason=reason)
        self.book.write(self.book.at(working_day(day), 17, 10), self.care_manager, deed)

    def _close(self, closed_on: date, reason: CloseReason) -> None:
        deed = partial(_close, patient_id=self.patient_id, reason=reason)
        self.book.write(self.book.at(closed_on, 17, 20), self.care_manager, deed)

    def _episode(self, name: str) -> EpisodeId:
        return EpisodeId(sample_id(f"episode {self.number} {name}"))


def _start(workspace: Workspace, *, patient_id: PatientId, enrolled_on: date) -> None:
    episode = read_latest_episode(workspace, patient_id)
    start_treatment(workspace, episode.id, enrolled_on=enrolled_on, version=episode.version)


def _move(
    workspace: Workspace, *, patient_id: PatientId, status: EpisodeStatus, reason: str
) -> None:
    episode = read_latest_episode(workspace, patient_id)
    draft = PhaseDraft(episode.id, status, workspace.today(), reason, episode.version)
    change_phase(workspace, draft)


def _close(workspace: Workspace, *, patient_id: PatientId, reason: CloseReason) -> None:
    episode = read_latest_episode(workspace, patient_id)
    draft = CloseDraft(
        episode.id,
        workspace.today(),
        reason,
        note=CLOSE_NOTES[reason],
        version=episode.version,
    )
    close_episode(workspace, draft)
