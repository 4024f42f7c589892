"""Random stories of a small clinic: what is recorded about two patients, one event after another.

An event is a plain dictionary; `episode` counts the stays in care of a patient from 0.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.time_entry import Activity

Event = dict[str, Any]
PATIENTS = 2
PRACTITIONERS = ("P1", "P2")
MANAGERS = ("CM1", "CM2")
PAYERS = {"Medicare": "MCR", "State": "MCD-NC", "Blue": "BCBSM"}
MONTHS = (ServiceMonth(2026, 3), ServiceMonth(2026, 10), ServiceMonth(2026, 11))
VISIT_CODES = ("", "", "99214", "99204", "90791", "99211")
OTHER_CODES = ("96127", "90834", "G0557", "99490")
DIAGNOSES = ("F33.1", "F41.1", "")


class Story:
    """A month, the day on which it is looked at, and what was recorded until then."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.month = self.chance.choice(MONTHS)
        open_day = self.month.first_day.replace(day=self.chance.randint(12, 28))
        later = self.month.last_day + timedelta(days=self.chance.randint(1, 20))
        self.today = self.chance.choice((open_day, later, later))
        self.events: list[Event] = []
        for patient in range(PATIENTS):
            self._live(patient)
        self._meet()

    def _add(self, kind: str, **what: Any) -> None:
        self.events.append({"kind": kind, "name": f"E{len(self.events)}", **what})

    def _day(self, first: date, last: date) -> date:
        last = min(last, self.today)
        return first + timedelta(days=self.chance.randint(0, max(0, (last - first).days)))

    def _live(self, patient: int) -> None:
        chance, now = self.chance, self.month
        gaps = [chance.choice((1, 1, 2, 5, 6, 7, 8)) for _ in range(chance.randint(0, 3))]
        first_months = [now.plus(-sum(gaps[n:])) for n in range(len(gaps) + 1)]
        if chance.random() < 0.3:
            first_months.append(now)
        before: date | None = None
        for number, begins in enumerate(first_months):
            is_last = number == len(first_months) - 1
            first = max(begins.first_day, before or begins.first_day)
            consented_on = self._day(first, first + timedelta(days=6))
            until = self.today if is_last else first_months[number + 1].last_day
            closed_on: date | None = self._day(
                consented_on, min(until, consented_on.replace(day=28))
            )
            if is_last and chance.random() < 0.8:
                closed_on = None
            if closed_on is not None and closed_on < consented_on:
                closed_on = consented_on
            self._episode(patient, number, consented_on, closed_on or self.today)
            if closed_on is not None:
                self._add("close", patient=patient, episode=number, day=closed_on)
            before = closed_on
        self._outside(patient)
        self._coverage(patient)

    def _episode(self, patient: int, number: int, consented_on: date, until: date) -> None:
        chance = self.chance
        who = {"patient": patient, "episode": number}
        self._add(
            "enroll",
            **who,
            day=consented_on,
            manager=chance.choice(MANAGERS),
            practitioner=chance.choice((*PRACTITIONERS, "P1", None)),
            diagnosis=chance.choice(DIAGNOSES),
        )
        if chance.random() < 0.4:
            ends = self._day(consented_on, until)
            self._add("withdraw", **who, day=ends)
        for _ in range(chance.choice((0, 0, 1, 2))):
            given = self._day(consented_on, until)
            self._add("consent", **who, day=given, practitioner=chance.choice(PRACTITIONERS))
        for month in {ServiceMonth.of(consented_on), self.month}:
            first = max(month.first_day, consented_on - timedelta(days=2))
            last = min(until, month.last_day)
            for _ in range(chance.randint(0, 5) if first <= last else 0):
                self._time(who, self._day(first, last))
        self._prove(who, consented_on, until)

    def _prove(self, who: Event, consented_on: date, until: date) -> None:
        chance = self.chance
        for _ in range(chance.randint(0, 2)):
            day = self._day(consented_on, until)
            self._add("measure", **who, day=day, scale=chance.choice(("PHQ-9", "GAD-7")))
        if chance.random() < 0.6:
            self._add("plan", **who, day=self._day(consented_on, until))
        if chance.random() < 0.6:
            self._add("review", **who, day=self._day(consented_on, until))

    def _time(self, who: Event, day: date) -> None:
        chance = self.chance
        starts = chance.choice((None, chance.randint(0, 23) * 60 + chance.choice((0, 7, 30))))
        if day in (date(2026, 3, 8), date(2026, 11, 1)) and chance.random() < 0.7:
            starts = chance.choice((30, 60, 70, 90, 120, 130, 180, 1380))
        self._add(
            chance.choice(("time", "time", "contact")),
            **who,
            day=day,
            staff=chance.choice((*MANAGERS, *MANAGERS, "P1", "L1")),
            starts=starts,
            minutes=chance.choice((1, 7, 12, 20, 31, 45)),
            activity=chance.choice((*Activity, Activity.CONTACT, Activity.CONTACT)),
            billed_as=chance.choice(("", "", "", "", "", "90834")),
            is_signed=chance.random() < 0.85,
            reached=chance.random() < 0.7,
        )
        if chance.random() < 0.15:
            self._add("void_time", of=self.events[-1]["name"])
        elif chance.random() < 0.2:
            self._add("correct", of=self.events[-1]["name"], minutes=chance.choice((5, 33, 60)))

    def _outside(self, patient: int) -> None:
        chance, first = self.chance, self.month.plus(-16).first_day
        for _ in range(chance.randint(0, 3)):
            code = chance.choice(VISIT_CODES)
            by = chance.choice((*PRACTITIONERS, "P1")) if code else None
            day, is_about = self._day(first, self.today), chance.random() < 0.8
            self._add("visit", patient=patient, day=day, code=code, by=by, is_about=is_about)
        for _ in range(chance.randint(0, 2)):
            day = self._day(self.month.plus(-1).first_day, self.today)
            code = chance.choice(OTHER_CODES)
            self._add(
                "service", patient=patient, day=day, code=code, by=chance.choice(("P1", None))
            )
        if chance.random() < 0.3:
            day = self._day(first, self.today)
            last = chance.choice((None, self._day(day, self.today)))
            self._add("stay", patient=patient, day=day, last=last)
        if chance.random() < 0.1:
            self._add("death", patient=patient, day=self._day(self.month.first_day, self.today))
        for event in [each for each in self.events if each.get("patient") == patient]:
            if event["kind"] in {"visit", "service", "stay", "death"} and chance.random() < 0.15:
                self._add("void_outside", of=event["name"])

    def _coverage(self, patient: int) -> None:
        chance = self.chance
        first: date | None = chance.choice((None, self.month.plus(-3).first_day))
        for _ in range(chance.randint(0, 3)):
            last = self._changing_day()
            payer = chance.choice((*PAYERS, "Medicare"))
            self._add("coverage", patient=patient, payer=payer, first=first, last=last, rank=1)
            if last is None:
                break
            first = last + timedelta(days=chance.choice((1, 1, 4)))
        if chance.random() < 0.3:
            last = self._changing_day()
            self._add("coverage", patient=patient, payer="Blue", first=None, last=last, rank=2)
        for event in [each for each in self.events if each.get("patient") == patient]:
            if event["kind"] == "coverage" and chance.random() < 0.1:
                self._add("void_coverage", of=event["name"])

    def _changing_day(self) -> date | None:
        near = self.month.first_day + timedelta(days=self.chance.randint(-10, 35))
        return self.chance.choice((None, near, near))

    def _meet(self) -> None:
        """Discuss the patients whose last episode is open on a day of the month."""
        chance = self.chance
        for _ in range(chance.randint(0, 2)):
            self._add(
                "meeting",
                day=self._day(self.month.first_day, self.month.last_day),
                staff=chance.sample((*MANAGERS, "C1"), k=chance.randint(1, 3)),
                minutes=chance.choice((7, 20, 45)),
                starts=chance.choice((None, 600, 1290)),
                patients=chance.sample(range(PATIENTS), k=chance.randint(1, PATIENTS)),
            )
