"""The drills of faults as `make drills` runs them, each with its figures beside those demanded."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.drills import clocks, faults, flips, full, kills, loop_disk, power, shim, two
from tests.drills.base import base_for
from tests.drills.children import can_fork
from tests.drills.works import works_of

SAVE_CUTS, CONTROL_CUTS = 300, 40
CUT_WORKS = {
    "backup": 50,
    "restore over": 50,
    "migration 4": 50,
    **dict.fromkeys(("migration 1", "migration 2", "migration 3"), 20),
    "new key": 30,
    "password": 30,
}
LEAST_LOST = 0.1
FAULTS_A_KIND = 11
FILL_POINTS = 200
KILLS = {
    "backup": 80,
    "restore": 40,
    "restore over": 50,
    "migration 4": 60,
    **dict.fromkeys(("migration 1", "migration 2", "migration 3"), 15),
    **dict.fromkeys(kills.KEYS, 35),
    "import": 25,
}
CLINIC_FLIPS, JOURNAL_FLIPS, PAYLOAD_FLIPS, LENGTHS = 200, 400, 300, 1_000
PAIRS, CLOCK_ROUNDS = 40, 6


def _unfit() -> str:
    return "" if can_fork else "it needs Linux, where a command can be forked"


def _not_run(why: str) -> tuple[str, list[str]]:
    return f"NOT RUN: {why}", []


def power_drill() -> tuple[str, list[str]]:
    """300 cuts of saves, as many of longer works, and two controls that must lose rows."""
    if why := _unfit() or loop_disk.why_not():
        return _not_run(why)
    saves = power.cut_saves(SAVE_CUTS)
    wrong, cut = list(saves.wrong), 0
    with tempfile.TemporaryDirectory(prefix="cocm-drill-") as home:
        base = base_for(Path(home), CUT_WORKS)
        works = works_of(base)
        for name, cuts in CUT_WORKS.items():
            done = power.cut_work(base, works[name], cuts)
            cut += done.cuts
            wrong += done.wrong
    controls = [
        power.control(CONTROL_CUTS, how) for how in (power.DELETE_FULL, power.DELETE_NORMAL)
    ]
    lost, tried = sum(lost for _, lost in controls), sum(cuts for cuts, _ in controls)
    if lost < LEAST_LOST * tried:
        wrong.append(f"the controls lost rows in {lost} of {tried} cuts: this drill proves nothing")
    words = (
        f"{saves.cuts} of 300 cuts during saves, {saves.acknowledged:,} saves acknowledged, "
        f"{saves.kept:,} on the disk; {cut} of {sum(CUT_WORKS.values())} cuts during "
        f"{', '.join(CUT_WORKS)}; {len(wrong)} faults; controls with DELETE and FULL or "
        f"NORMAL lost acknowledged rows in {lost} of {tried}"
    )
    return words, wrong


def fault_drill() -> tuple[str, list[str]]:
    """Every kind of call fails, at numbers spread over all its calls."""
    if why := _unfit() or shim.why_not():
        return _not_run(why)
    tally = faults.drill(most=FAULTS_A_KIND)
    words = (
        f"{tally.points} of 700 failing calls (of {tally.called:,} in {len(faults.WORKS)} works): "
        f"{tally.failed} told as failures, {tally.harmless} without effect; {tally.slow} of 50 "
        f"slow or held; {len(tally.wrong)} false words, losses or doubles"
    )
    return words, tally.wrong


def full_drill() -> tuple[str, list[str]]:
    """The disk is full at many points of each work."""
    if why := _unfit() or loop_disk.why_not():
        return _not_run(why)
    tally = full.drill(FILL_POINTS)
    words = (
        f"{tally.points} of 200 fill points in {len(full.ENOUGH)} works, {tally.refused} told that "
        f"the disk is full, {len(tally.wrong)} faults; old files byte for byte as they were"
    )
    return words, tally.wrong


def flip_drill() -> tuple[str, list[str]]:
    """Bits, lengths and journals."""
    if why := _unfit():
        return _not_run(why)
    trials = (
        lambda at: flips.flip_database(at, 1 << 20),
        lambda at: flips.flip_clinic(at, CLINIC_FLIPS),
        lambda at: flips.flip_keys(at, 1),
        flips.flip_settings,
        lambda at: flips.flip_backup(at, PAYLOAD_FLIPS, 2),
        lambda at: flips.cut_clinic(at, LENGTHS),
        lambda at: flips.harm_journals(at, JOURNAL_FLIPS),
    )
    found = []
    for trial in trials:
        with tempfile.TemporaryDirectory(prefix="cocm-drill-") as home:
            found.append(trial(Path(home)))
    return "; ".join(each.words for each in found), [w for each in found for w in each.wrong]


def work_kill_drill() -> tuple[str, list[str]]:
    """Kill -9 right before a call to the disk, spread over all calls of each long work."""
    if why := _unfit():
        return _not_run(why)
    tally = kills.drill(KILLS)
    how = shim.why_not() and f" at random moments, since by calls {shim.why_not()}"
    return f"kill -9{how}: {tally.words}", tally.wrong


def two_drill() -> tuple[str, list[str]]:
    """Two programs at one clinic, and old locks."""
    if why := _unfit():
        return _not_run(why)
    with tempfile.TemporaryDirectory(prefix="cocm-drill-") as home:
        tally = two.drill(Path(home), PAIRS)
    words = (
        f"{tally.pairs} pairs of programs at one clinic, {tally.refused} kept out in words, "
        f"{tally.waited} pairs waited for each other, {tally.healed} old locks kept nobody out, "
        f"{len(tally.wrong)} faults"
    )
    return words, tally.wrong


def clock_drill() -> tuple[str, list[str]]:
    """The clock back, forward and across changes of hours."""
    if why := _unfit():
        return _not_run(why)
    with tempfile.TemporaryDirectory(prefix="cocm-drill-") as home:
        tally = clocks.drill(Path(home), CLOCK_ROUNDS)
    words = (
        f"{tally.jumps} jumps of the clock, {tally.backwards} entries say that it had gone back; "
        f"{tally.days:,} nights in {len(clocks.ZONES)} zones, {len(tally.wrong)} faults"
    )
    return words, tally.wrong


DRILLS = {
    "faults": fault_drill,
    "power": power_drill,
    "works": work_kill_drill,
    "flips": flip_drill,
    "full": full_drill,
    "two": two_drill,
    "clocks": clock_drill,
}
