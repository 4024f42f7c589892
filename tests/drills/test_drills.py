"""A short run of the drills, and proof that they would notice what they are made to find."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cocm_desktop.actions.session import lock
from cocm_desktop.domain.timer import HEARTBEAT_SECONDS
from tests.drills import timer
from tests.drills.children import can_fork
from tests.drills.clinic import make_clinic, mrns, opened, started
from tests.drills.kill import drill
from tests.drills.scores import by_hand
from tests.drills.whole import Save, count_wrong

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@needs_signals
def test_a_program_that_is_killed_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    cycles = 3 if can_fork else 1

    report = drill(tmp_path, cycles, started_anew=1, seed=7)

    assert report.wrong == ()
    assert report.cycles == cycles
    assert report.kept >= report.acknowledged > 0


@needs_signals
def test_a_timer_that_is_killed_loses_a_heartbeat_at_most(tmp_path: Path) -> None:
    killed, most, wrong = timer.drill(tmp_path / "clinic", 1, seed=4)

    assert (killed, wrong) == (1, [])
    assert most <= HEARTBEAT_SECONDS


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Save]]:
    """A clinic and the saves that it holds."""
    folder = tmp_path_factory.mktemp("drill") / "clinic"
    make_clinic(folder)
    saves = [Save.number(number, mrns()[0]) for number in range(4)]
    batch = b"".join(save.line for save in saves)
    told = subprocess.PIPE
    with started(folder, ["record-batch"], stdin=told) as child:
        out, err = child.communicate(batch, timeout=60)
    assert (child.returncode, err) == (0, b"")
    assert out.count(b"ACK ") == 4
    return folder, saves


def test_saves_that_are_whole_are_found_whole(saved: tuple[Path, list[Save]]) -> None:
    folder, saves = saved

    assert count_wrong(folder, saves, [save.id for save in saves]) == (4, [])


def test_a_save_that_was_promised_and_is_not_there_is_found(
    saved: tuple[Path, list[Save]],
) -> None:
    folder, saves = saved
    lost = Save.number(0, mrns()[0])

    _, wrong = count_wrong(folder, [*saves, lost], [lost.id])

    assert wrong == [f"contact {lost.id} was acknowledged and is lost"]


def test_a_save_that_nobody_planned_is_found(saved: tuple[Path, list[Save]]) -> None:
    folder, saves = saved

    _, wrong = count_wrong(folder, saves[1:], [])

    assert wrong == [f"contact {saves[0].id} was never planned"]


def test_an_answer_given_twice_is_found(saved: tuple[Path, list[Save]]) -> None:
    folder, saves = saved

    _, wrong = count_wrong(folder, saves, [saves[0].id] * 2)

    assert wrong == [f"{saves[0].id} was acknowledged twice"]


def test_a_save_without_its_minutes_is_found(
    saved: tuple[Path, list[Save]], tmp_path: Path
) -> None:
    folder, saves = saved
    folder = shutil.copytree(folder, tmp_path / "clinic")
    workspace = opened(folder)
    with workspace.database.write() as session:
        # A stranger's hand; the program itself has no way to remove a row.
        session.connection().exec_driver_sql(
            "DELETE FROM time_entry WHERE contact_id = ?", (saves[2].id,)
        )
    lock(workspace)

    _, wrong = count_wrong(folder, saves, [])

    assert any("has 0 of: time entry; its row is there 1×" in each for each in wrong)


def test_the_oracle_of_scores_disagrees_with_a_wrong_band() -> None:
    found = by_hand("PHQ-9", (1, 1, 1, 1, 1, 0, 0, 0, 1))

    assert (found["total"], found["band"]) == (6, "Mild")
    assert found["critical"] == [{"item": 9, "answer": 1}]
    assert by_hand("GAD-7", (3,) * 7)["band"] == "Severe"
