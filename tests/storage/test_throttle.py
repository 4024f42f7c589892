"""Wrong passwords are counted outside the database, and no trick forgets them."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cocm_desktop.domain.throttle import Moment
from cocm_desktop.errors import TooManyTries, Unavailable, WrongSecret
from cocm_desktop.storage import throttle as throttles
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.storage.throttle import KEY_NAME, NAME, Throttle, moment_now
from tests.storage import clinics
from tests.storage.clinics import CHEAP, PASSWORD, SharesInMemory

VAULT = "vault"


class Bench:
    """A clinic's folder, a computer's folder, and a clock that stands until it is moved."""

    def __init__(self, folder: Path) -> None:
        self.clinic, self.state = folder / "clinic", folder / "state"
        self.clinic.mkdir()
        self.now = Moment(1_000_000, "a start")

    def throttle(self) -> Throttle:
        return Throttle(self.clinic, self.state, vault_id=VAULT, now=lambda: self.now)

    def later(self, seconds: int) -> None:
        self.now = replace(self.now, ticks_ms=self.now.ticks_ms + seconds * 1000)

    def fail(self, times: int, name: str = "mbell") -> None:
        for _each in range(times):
            self.later(self.throttle().seconds_left(name))
            with pytest.raises(WrongSecret), self.throttle().attempt(name):
                raise WrongSecret

    def left(self, name: str = "mbell") -> int:
        return self.throttle().seconds_left(name)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_three_tries_are_free_and_then_pauses_grow(bench: Bench) -> None:
    waits = []
    for _each in range(7):
        bench.fail(1)
        waits.append(bench.left())

    assert waits == [0, 0, 0, 2, 4, 8, 16]


def test_who_tries_in_the_pause_is_refused_and_not_counted(bench: Bench) -> None:
    bench.fail(4)

    early = pytest.raises(TooManyTries, match="Try again in 2 seconds")
    with early, bench.throttle().attempt("mbell"):
        pytest.fail("the password was tried")

    assert bench.left() == 2


def test_the_right_password_forgets_and_tells_how_often_it_was_wrong(bench: Bench) -> None:
    bench.fail(2)

    with bench.throttle().attempt("MBell ") as wrong:
        pass

    assert wrong == 2
    assert not (bench.clinic / NAME).exists()
    assert [file.name for file in bench.state.iterdir()] == [KEY_NAME]


def test_each_name_has_its_own_pause_and_none_stands_in_the_file(bench: Bench) -> None:
    bench.fail(5)

    assert bench.left("kosei") == 0
    assert b"mbell" not in (bench.clinic / NAME).read_bytes()


def test_what_is_no_wrong_password_does_not_count(bench: Bench) -> None:
    bench.fail(3)

    with pytest.raises(Unavailable), bench.throttle().attempt("mbell"):
        raise Unavailable

    assert bench.left() == 0


def test_a_try_that_is_killed_was_counted(bench: Bench) -> None:
    bench.fail(3)

    begun = bench.throttle().attempt("mbell")
    begun.__enter__()

    assert bench.left() == 2


@pytest.mark.parametrize("lost", ["clinic", "state"])
def test_one_lost_file_forgets_nothing(bench: Bench, lost: str) -> None:
    bench.fail(6)

    shutil.rmtree(getattr(bench, lost))

    assert bench.left() == 8


def test_an_older_copy_of_the_clinics_folder_forgets_nothing(bench: Bench) -> None:
    bench.fail(1)
    older = (bench.clinic / NAME).read_bytes()
    bench.fail(5)

    (bench.clinic / NAME).write_bytes(older)

    assert bench.left() == 8


@pytest.mark.parametrize("file", ["clinic", "state"])
@pytest.mark.parametrize("change", ["count", "cut", "list"])
def test_an_altered_count_costs_a_minute(bench: Bench, file: str, change: str) -> None:
    bench.fail(2)
    name = NAME if file == "clinic" else f"tries-{VAULT}.json"
    path = getattr(bench, file) / name
    body = json.loads(path.read_bytes())
    body["tries"] = {label: [0, 0, ""] for label in body["tries"]}
    path.write_text({"count": json.dumps(body), "cut": "{", "list": "[]"}[change])

    assert bench.left() == 60
    bench.later(59)
    assert bench.left() == 1
    bench.later(1)
    with bench.throttle().attempt("mbell"):
        pass
    assert bench.left() == 0
    bench.fail(1)
    assert bench.left() == 0


def test_both_counts_altered_cost_a_minute(bench: Bench) -> None:
    bench.fail(6)
    for path in (bench.clinic / NAME, bench.state / f"tries-{VAULT}.json"):
        body = json.loads(path.read_bytes())
        path.write_text(json.dumps({**body, "tries": {}}))

    assert bench.left() == 60


def test_the_count_of_another_computer_counts_as_it_stands(bench: Bench, tmp_path: Path) -> None:
    bench.fail(6)
    elsewhere = Throttle(bench.clinic, tmp_path / "b", vault_id=VAULT, now=lambda: bench.now)

    assert elsewhere.seconds_left("mbell") == 8


def test_many_made_up_names_share_one_pause(bench: Bench) -> None:
    for number in range(104):
        bench.fail(1, f"name {number}")

    assert bench.left("yet another") == 2
    assert bench.left("name 1") == 0


def test_a_folder_that_cannot_be_written_keeps_nobody_out(bench: Bench) -> None:
    shutil.rmtree(bench.clinic)
    bench.state.write_text("a file, not a folder")

    with bench.throttle().attempt("mbell") as wrong:
        pass

    assert wrong == 0


def test_the_computers_own_clock_goes_on() -> None:
    first, second = moment_now(), moment_now()

    assert second.ticks_ms >= first.ticks_ms > 0
    assert first.boot == second.boot


def test_the_door_to_a_clinic_counts_names_and_codes(tmp_path: Path) -> None:
    folder = clinics.made_at(tmp_path / "clinic")
    folder.tools = KeyTools(CHEAP, SharesInMemory(), lambda: tmp_path / "state")
    for _each in range(4):
        with pytest.raises(WrongSecret):
            folder.unlock("owner", "wrong")

    with pytest.raises(TooManyTries):
        folder.unlock("owner", PASSWORD)
    with folder.unlock_with_recovery_code(clinics.CODE) as clinic:
        assert clinic.wrong_tries == 0
        with pytest.raises(TooManyTries):
            clinic.keys.require_password(clinics.OWNER, PASSWORD)


@pytest.mark.parametrize("name", ["\uff4f\uff57ner", " OWNER ", "\U0001d4f8wner"])
def test_another_spelling_of_a_name_shares_its_pause(tmp_path: Path, name: str) -> None:
    folder = clinics.made_at(tmp_path / "clinic")
    for _each in range(4):
        with pytest.raises(WrongSecret):
            folder.unlock("owner", "wrong")

    with pytest.raises(TooManyTries):
        folder.unlock(name, "wrong")


def test_names_of_nobody_do_not_crowd_out_those_of_somebody(tmp_path: Path) -> None:
    folder = clinics.made_at(tmp_path / "clinic")
    for number in range(4):
        with pytest.raises(WrongSecret):
            folder.unlock(f"nobody {number}", "wrong")

    with pytest.raises(TooManyTries):
        folder.unlock("yet another", "wrong")
    with clinics.unlock(folder) as clinic:
        assert clinic.wrong_tries == 0
    with pytest.raises(TooManyTries):
        folder.unlock("yet another", "wrong")


@pytest.mark.parametrize("count", [["x", 0, ""], [1, "x", ""], [-1, 0, ""], [1, -1, ""]], ids=str)
def test_a_count_of_another_computer_that_is_none_costs_a_minute(
    bench: Bench, tmp_path: Path, count: list[object]
) -> None:
    bench.fail(2)
    path = bench.clinic / NAME
    body = json.loads(path.read_bytes())
    path.write_text(json.dumps({**body, "tries": dict.fromkeys(body["tries"], count)}))

    elsewhere = Throttle(bench.clinic, tmp_path / "b", vault_id=VAULT, now=lambda: bench.now)

    assert elsewhere.seconds_left("mbell") == 60


def test_a_computer_that_does_not_name_its_starts_has_a_clock_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttles, "_BOOT_ID", tmp_path / "not there")

    now = moment_now()

    assert now.boot == ""
    assert now.ticks_ms > 0
