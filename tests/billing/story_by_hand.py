"""A story read by hand: what a patient's month is made of, without the program's file."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

from cocm_desktop.domain.service_month import ServiceMonth
from tests.billing.stories import PAYERS, Event
from tests.billing.story_clinic import NPIS

Facts = dict[str, Any]
ROLES = {
    "CM1": "CARE_MANAGER",
    "CM2": "CARE_MANAGER",
    "P1": "TREATING_PRACTITIONER",
    "C1": "PSYCHIATRIC_CONSULTANT",
    "L1": "BILLER",
}
FORWARD, BACK = date(2026, 3, 8), date(2026, 11, 1)
EVER = date(1900, 1, 1)


class Reading:
    """One patient of a story, on its day."""

    def __init__(self, events: list[Event], patient: int, month: ServiceMonth) -> None:
        self.every, self.month, self.patient = events, month, patient
        self.first, self.last = month.first_day, _month_end(month)
        gone = {e["of"] for e in events if e["kind"].startswith("void")}
        self.events = [e for e in events if e.get("patient") == patient and e["name"] not in gone]
        self.entries = self._entries()

    def of(self, kind: str, episode: int | None = None) -> list[Event]:
        return [
            e
            for e in self.events
            if e["kind"] == kind and (episode is None or e["episode"] == episode)
        ]

    def _entries(self) -> list[Event]:
        longer = {e["of"]: e["minutes"] for e in self.every if e["kind"] == "correct"}
        found = []
        for event in self.of("time") + self.of("contact"):
            is_corrected = event["name"] in longer
            entry = {
                **event,
                "seconds": 60 * int(longer.get(event["name"]) or event["minutes"]),
                "start": _second(event["day"], event["starts"]),
                "meeting": False,
            }
            if event["kind"] == "contact":
                entry["is_signed"] = True
                if not is_corrected:
                    entry |= {"activity_name": "CONTACT", "billed_as": ""}
            else:
                entry["reached"] = False
            entry.setdefault("activity_name", event["activity"].name)
            if is_corrected:
                entry["is_signed"] = True
            found.append(entry)
        return found + [each for e in self.every if e["kind"] == "meeting" for each in self._met(e)]

    def _met(self, meeting: Event) -> list[Event]:
        if self.patient not in meeting["patients"]:
            return []
        place = meeting["patients"].index(self.patient)
        share = meeting["minutes"] * 60 // len(meeting["patients"])
        start = _second(meeting["day"], meeting["starts"])
        before = [e for e in self.every[: self.every.index(meeting)] if e["kind"] == "enroll"]
        episode = max(e["episode"] for e in before if e["patient"] == self.patient)
        return [
            {
                "day": meeting["day"],
                "seconds": share,
                "start": None if start is None else start + place * share,
                "staff": name,
                "activity_name": "CASE_REVIEW",
                "billed_as": "",
                "is_signed": name == "CM1",
                "reached": False,
                "meeting": True,
                "episode": episode,
            }
            for name in meeting["staff"]
        ]

    def _consents(self, episode: int) -> list[tuple[date, str | None, date | None]]:
        ends = [e["day"] for e in self.of("withdraw", episode)]
        [first] = self.of("enroll", episode)
        later = [(e["day"], e["practitioner"], None) for e in self.of("consent", episode)]
        return [(first["day"], first["practitioner"], ends[-1] if ends else None), *later]

    def _counts(self, entry: Event) -> bool:
        is_held = any(
            given <= entry["day"] and (ends is None or entry["day"] <= ends)
            for given, _, ends in self._consents(entry["episode"])
        )
        is_work = entry["activity_name"] != "CLERICAL" and not entry["billed_as"]
        is_manager = ROLES[entry["staff"]] == "CARE_MANAGER"
        return is_held and is_work and is_manager and entry["is_signed"]

    def facts(self) -> Facts | None:
        own = [e for e in self.entries if self.first <= e["day"] <= self.last]
        if not own:
            return None
        episodes = {e["episode"] for e in own}
        agreed = [n for n in episodes if self.of("enroll", n)[0]["day"] <= self.last]
        billed = max(agreed or episodes)
        [enrolled] = self.of("enroll", billed)
        closed = [e["day"] for e in self.of("close", billed)]
        started_on, served = self._served(enrolled["day"])
        deaths = [e["day"] for e in self.of("death")]
        return {
            **self._payer(),
            "practitioner": NPIS[enrolled["practitioner"]],
            "died_on": deaths[-1] if deaths else None,
            "last_seen_on": self._seen(started_on),
            "inpatient": sorted((e["day"], e["last"]) for e in self.of("stay")),
            "started_on": started_on,
            "service_months": served,
            "ended_on": max(closed[0], started_on) if closed else None,
            "consents": self._all_consents(episodes, billed),
            "visits": self._visits(),
            "time": sorted(_told(e) for e in own),
            "other_codes": sorted(
                (e["code"], e["day"], NPIS[e["by"]])
                for e in self.of("service")
                if self.first <= e["day"] <= self.last
            ),
            "diagnoses": [enrolled["diagnosis"]] if enrolled["diagnosis"] else [],
            "measures": self._measures(billed, episodes),
            "plan_on": min(
                (e["day"] for n in episodes for e in self._by_end("plan", n)), default=None
            ),
            "reviews": sorted(
                {e["day"] for n in episodes for e in self._by_end("review", n)}
                - {e["day"] for e in self.of("review") if e["day"] < self.first}
            ),
            "meetings": self._meetings(
                {e["manager"] for n in episodes for e in self.of("enroll", n)}
            ),
        }

    def _by_end(self, kind: str, episode: int) -> list[Event]:
        return [e for e in self.of(kind, episode) if e["day"] <= self.last]

    def _served(self, otherwise: date) -> tuple[date, list[tuple[int, int]]]:
        """Give the first day of the care, back to six empty months, and the earlier months."""
        days = sorted(e["day"] for e in self.entries if e["day"] <= self.last and self._counts(e))
        months = sorted({(d.year, d.month) for d in days if d < self.first})
        now = (self.month.year, self.month.month)
        run: list[tuple[int, int]] = []
        for month in reversed(months):
            if _number(run[-1] if run else now) - _number(month) > 6:
                break
            run.append(month)
        begun = run[-1] if run else now
        mine = [d for d in days if (d.year, d.month) >= begun]
        return (mine[0] if mine else otherwise), months

    def _seen(self, started_on: date) -> date | None:
        days = [e["day"] for e in self.of("visit") if not e["code"] and e["day"] <= started_on]
        return max(days, default=None)

    def _all_consents(self, episodes: set[int], billed: int) -> list[tuple[date, str, date | None]]:
        found = []
        for episode in episodes:
            [enrolled] = self.of("enroll", episode)
            closed = [e["day"] for e in self.of("close", episode)] if episode != billed else []
            for given, by, ends in self._consents(episode):
                last = [day for day in (ends, *closed) if day]
                named = by or enrolled["practitioner"]
                found.append((given, NPIS[named], max(given, min(last)) if last else None))
        return sorted(found, key=str)

    def _visits(self) -> list[tuple[date, str, str, bool]]:
        return sorted(
            (e["day"], e["code"], NPIS[e["by"]], e["is_about"])
            for e in self.of("visit")
            if e["code"]
        )

    def _measures(self, billed: int, episodes: set[int]) -> list[tuple[date, str, int | None]]:
        days = [
            (e["day"], e["scale"])
            for n in episodes
            for e in self._by_end("measure", n)
            if n == billed or e["day"] >= self.first
        ]
        return sorted(
            (day, scale, 9 if scale == "PHQ-9" else None)
            for day, scale in days
            if scale == "PHQ-9" or day >= self.first
        )

    def _meetings(self, managers: set[str]) -> list[date]:
        mine = {
            (e["patient"], e["episode"])
            for e in self.every
            if e["kind"] == "enroll" and e["manager"] in managers
        }
        days = {
            e["day"]
            for e in self.every
            if e["kind"] == "review" and (e["patient"], e["episode"]) in mine
        }
        days |= {
            e["day"]
            for e in self.every
            if e["kind"] == "meeting" and "C1" in e["staff"] and managers & {*e["staff"]}
        }
        return sorted(day for day in days if self.first <= day <= self.last)

    def _payer(self) -> Facts:
        every = [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]
        held = [e for e in self.of("coverage") if any(_covers(e, day) for day in every)]
        rank = min((e["rank"] for e in held), default=1)
        held = [e for e in held if e["rank"] == rank]
        if not held:
            return {"rule_set": "COMMERCIAL-DEFAULT", "covered": every, "has_changed": False}
        last = max(held, key=lambda e: (e["last"] or date.max, e["first"] or EVER))
        own = [e for e in held if e["payer"] == last["payer"]]
        return {
            "rule_set": PAYERS[last["payer"]],
            "covered": [day for day in every if any(_covers(e, day) for e in own)],
            "has_changed": any(e["payer"] != last["payer"] for e in held),
        }


def _covers(coverage: Event, day: date) -> bool:
    return (coverage["first"] or EVER) <= day <= (coverage["last"] or date.max)


def _told(entry: Event) -> tuple[Any, ...]:
    return (
        entry["day"],
        entry["seconds"],
        -1 if entry["start"] is None else entry["start"],
        entry["staff"],
        ROLES[entry["staff"]],
        entry["activity_name"],
        entry["billed_as"],
        entry["is_signed"],
        entry["meeting"],
        entry["reached"],
    )


def _second(day: date, minutes: int | None) -> int | None:
    """Give the seconds since midnight: an hour less or more once the clocks were changed."""
    if minutes is None:
        return None
    shift = {FORWARD: -3600, BACK: 3600}.get(day, 0) if minutes >= 120 else 0
    return minutes * 60 + shift


def _number(month: tuple[int, int]) -> int:
    return month[0] * 12 + month[1]


def _month_end(month: ServiceMonth) -> date:
    return date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])
