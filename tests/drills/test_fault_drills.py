"""A short run of the drills of faults, and proof that they would notice what they look for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.drills import faults, flips, full, loop_disk, power, shim
from tests.drills.base import Base, copied, make_base
from tests.drills.children import Child, can_fork, done
from tests.drills.shim import Kind
from tests.drills.works import After, stdin_of, works_of, wrong_after

pytestmark = [
    pytest.mark.no_cover,
    pytest.mark.skipif(not can_fork, reason="only Linux forks a command"),
]
needs_shim = pytest.mark.skipif(bool(shim.why_not()), reason=shim.why_not())
needs_disk = pytest.mark.skipif(
    os.name == "nt" or bool(loop_disk.why_not_mounted()), reason=loop_disk.why_not_mounted()
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return make_base(tmp_path_factory.mktemp("drill") / "base")


@needs_shim
def test_a_call_that_fails_is_told_and_loses_nothing() -> None:
    tally = faults.drill(most=1, only=("save",), kinds=Kind.WRITE | Kind.SYNC)

    assert tally.wrong == []
    assert tally.points >= 2
    assert tally.failed


@needs_disk
def test_a_power_cut_loses_nothing_that_was_acknowledged() -> None:
    cuts = power.cut_saves(2)

    assert (cuts.cuts, cuts.wrong) == (2, [])


@needs_disk
def test_a_full_disk_is_named_and_harms_nothing() -> None:
    filled = full.drill(2, only=("save", "packet"))

    assert (filled.points, filled.wrong) == (2, [])
    assert filled.refused


TRIALS: dict[str, Callable[[Path], flips.Found]] = {
    "database": lambda at: flips.flip_database(at, 300),
    "keys": lambda at: flips.flip_keys(at, 300),
    "lengths": lambda at: flips.cut_clinic(at, 4),
    "journals": lambda at: flips.harm_journals(at, 4),
    "backup": lambda at: flips.flip_backup(at, 3, 900),
}


@pytest.mark.parametrize("name", TRIALS)
def test_what_is_altered_is_noticed_or_without_effect(name: str, tmp_path: Path) -> None:
    found = TRIALS[name](tmp_path)

    assert found.wrong == []
    assert found.noticed


def after_saving(base: Base, folder: Path) -> tuple[After, Child]:
    copied(base, folder, only=["clinic"])
    child = done(folder / "clinic", ["record-batch"], stdin=stdin_of(works_of(base)["save"], base))
    return After(base, folder, child), child


def test_a_save_that_was_promised_and_not_kept_is_found(base: Base, tmp_path: Path) -> None:
    after, _ = after_saving(base, tmp_path)
    shutil.rmtree(tmp_path / "clinic")
    shutil.copytree(base.folder / "clinic", tmp_path / "clinic")

    wrong = wrong_after(works_of(base)["save"], after)

    assert sum("was acknowledged and is lost" in each for each in wrong) >= len(base.saves) - 1


def test_an_older_backup_that_was_altered_is_found(base: Base, tmp_path: Path) -> None:
    after, _ = after_saving(base, tmp_path)
    [backup] = (tmp_path / "clinic" / "backups").glob("*.cocmbak")
    backup.write_bytes(b"")

    [wrong] = wrong_after(works_of(base)["save"], after)

    assert "is gone or altered" in wrong


def test_words_that_deny_what_was_done_are_found(base: Base, tmp_path: Path) -> None:
    copied(base, tmp_path, only=["clinic"])
    work = works_of(base)["backup"]
    child = done(tmp_path / "clinic", ["backup"])
    child.code = 5
    child.errors = "The disk is full. Nothing was changed."

    [wrong] = wrong_after(work, After(base, tmp_path, child))

    assert "and it was done all the same" in wrong
