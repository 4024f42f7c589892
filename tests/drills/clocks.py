"""Set the clock back, forward and across every change of hours, and look at what it touched.

Records must all be there, the audit must stand in the order of its numbers and say where the
clock had gone back, waiting after wrong passwords must not shorten, and twenty minutes stay twenty.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from cocm_desktop.actions.session import lock
from cocm_desktop.actions.time_entry import record_time
from cocm_desktop.domain.time_entry import Activity, TimeEntryDraft
from cocm_desktop.storage import time_entry as time_entries
from tests.drills.children import CHEAP_TOOLS, done, load_everything
from tests.drills.clinic import AS_OF, SIGN_IN, make_clinic, mrns, opened
from tests.drills.memory import enrolled
from tests.drills.whole import Save, count_wrong, planned

ZONES = ("America/Denver", "America/New_York", "Pacific/Honolulu")
LATER = datetime(2029, 6, 1, 12, 0, tzinfo=UTC)
LEAP_YEAR, DAYS = date(2028, 1, 1), 366
MINUTES = 20
SAVES = 6
WRONG_TRIES, WRONG_SECRET = 6, 4
JUMPS = {
    "now": timedelta(),
    "a day back": -timedelta(days=1),
    "an hour on": timedelta(hours=1),
    "a year forward": timedelta(days=365),
    "back from there": timedelta(minutes=5),
}
MOMENTS = {
    "before the hour that comes twice": datetime(2026, 11, 1, 7, 50, tzinfo=UTC),
    "in the hour that comes twice": datetime(2026, 11, 1, 8, 10, tzinfo=UTC),
    "before the hour that is left out": datetime(2027, 3, 14, 8, 50, tzinfo=UTC),
    "after the hour that is left out": datetime(2027, 3, 14, 9, 10, tzinfo=UTC),
    "on the leap day": datetime(2028, 2, 29, 18, 0, tzinfo=UTC),
    "at the last second of a month": datetime(2027, 1, 1, 6, 59, 59, tzinfo=UTC),
    "at the first second of a year": datetime(2027, 1, 1, 7, 0, 0, tzinfo=UTC),
}


@dataclass(slots=True)
class Clocks:
    """What the clocks came to."""

    jumps: int = 0
    backwards: int = 0
    days: int = 0
    wrong: list[str] = field(default_factory=list)


def drill(
    folder: Path, rounds: int, *, days: int = DAYS, most: int | None = None, seed: int = 1
) -> Clocks:
    """Save at each moment, or at most so many, in random order; then measure so many days."""
    load_everything()
    tally, chance = Clocks(), random.Random(seed)
    clinic = folder / "clinic"
    make_clinic(clinic, CHEAP_TOOLS)
    moments = {name: AS_OF + jump for name, jump in JUMPS.items()} | MOMENTS
    everything: list[Save] = []
    acknowledged: list[str] = []
    for _ in range(rounds):
        for name in chance.sample(sorted(moments), len(moments))[:most]:
            saves = [each for each in planned(SAVES, mrns()) if each.kind != "episode"]
            moment = moments[name].isoformat()
            child = done(
                clinic,
                ["--as-of", moment, "record-batch"],
                stdin=b"".join(save.line for save in saves),
            )
            everything += saves
            acknowledged += child.acknowledged
            tally.jumps += 1
            if child.code:
                tally.wrong.append(f"{name}: {child.code} {child.errors.strip()}")
    tally.wrong += count_wrong(clinic, everything, acknowledged, tools=CHEAP_TOOLS)[1]
    tally.wrong += _wrong_order(clinic, tally)
    tally.wrong += _wrong_minutes(days, tally)
    tally.wrong += _wrong_wait(folder / "waiting")
    return tally


def _wrong_order(clinic: Path, tally: Clocks) -> Iterator[str]:
    """Numbers without a gap; an entry earlier than the one before says that the clock went back."""
    workspace = opened(clinic, CHEAP_TOOLS)
    assert workspace.clinic
    with workspace.clinic.database.outside_transactions() as connection:
        found = connection.execute("SELECT seq, at, clock_ok FROM audit_entry ORDER BY seq")
        entries = found.fetchall()
    lock(workspace)
    if [seq for seq, _, _ in entries] != list(range(1, len(entries) + 1)):
        yield "the audit's numbers have a gap"
    before = ""
    for seq, at, clock_ok in entries:
        tally.backwards += not clock_ok
        if str(at) < before and clock_ok:
            yield f"entry {seq} does not say that the clock had gone back"
        before = str(at)


def _wrong_minutes(days: int, tally: Clocks) -> Iterator[str]:
    """Twenty minutes at ten to two, night for night: the hour that is left out is none of them."""
    for zone in ZONES:
        with enrolled() as case:
            workspace = replace(case.workspace, now=partial(LATER.astimezone, ZoneInfo(zone)))
            for number in range(days):
                day = LEAP_YEAR + timedelta(days=number)
                draft = TimeEntryDraft(
                    case.episode_id,
                    day,
                    MINUTES,
                    Activity.CASE_REVIEW,
                    started_at=time(1, 50),
                    is_confirmed=True,
                )
                record_time(workspace, draft)
                with workspace.database.read() as session:
                    kept = time_entries.of_staff_on(session, workspace.staff.id, day)
                seconds = [each.seconds for each in kept]
                tally.days += 1
                if seconds != [MINUTES * 60]:
                    yield f"{day} in {zone}: {seconds} seconds for {MINUTES} minutes"


def _wrong_wait(folder: Path) -> Iterator[str]:
    """Wrong passwords, the clock a day on: whoever knows the right one has to wait all the same."""
    make_clinic(folder, CHEAP_TOOLS)
    told = [
        done(folder, ["check"], env={"COCM_PASSWORD": f"not the password {number}"})
        for number in range(WRONG_TRIES)
    ]
    if any(child.code == 0 for child in told):
        yield "a wrong password opened the clinic"
    for days in (1, -1, 400):
        moment = (AS_OF + timedelta(days=days)).isoformat()
        child = done(folder, ["--as-of", moment, "--sign-in", SIGN_IN, "check"])
        if child.code == 0:
            yield f"after {WRONG_TRIES} wrong passwords a clock {days} days off ends the wait"
