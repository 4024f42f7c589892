"""Ways in that are given, taken and proved, over a real encrypted file with a cheap password."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import select

from cocm_desktop.actions.patient import read_patient
from cocm_desktop.actions.proof import prove
from cocm_desktop.actions.session import (
    Place,
    lock,
    new_recovery_code,
    recover,
    unlock,
)
from cocm_desktop.actions.staff import (
    add_staff,
    change_password,
    change_staff,
    deactivate_staff,
    give_password,
    reactivate_staff,
    read_staff,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import (
    Permission,
    Role,
    StaffDraft,
    StaffMember,
    lacks_second_administrator,
)
from cocm_desktop.errors import ProofWanted, Refused, TooManyTries, Unavailable, WrongSecret
from cocm_desktop.storage.tables import AuditEntryTable
from tests.actions.clinics import CODE, OTHER, PASSWORD, make, place_at
from tests.storage.test_database import fail_commits

THIRD = "walnut engine plaza otter"
YOUNG = StaffDraft("Tess Young", frozenset({Role.FRONT_DESK}), "tyoung")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_at(tmp_path / "clinic", tmp_path / "state")


@pytest.fixture
def owner(place: Place) -> Iterator[Workspace]:
    """The owner, with T. Young of the front desk on the staff."""
    workspace = make(place)
    add_staff(workspace, YOUNG, password=OTHER)
    yield workspace
    lock(workspace)


def young(workspace: Workspace) -> StaffMember:
    return next(m for m in read_staff(workspace) if m.sign_in == "tyoung" and m.active)


def entries(workspace: Workspace) -> list[tuple[str, int, str | None]]:
    with workspace.database.read() as session:
        table = AuditEntryTable
        rows = session.execute(select(table.code, table.outcome, table.reason).order_by(table.seq))
        return [(code, outcome, reason) for code, outcome, reason in rows]


def long_ago(workspace: Workspace) -> Workspace:
    """Give the same sitting six minutes on."""
    moment = workspace.now() + timedelta(minutes=6)
    return replace(workspace, now=lambda: moment)


def test_a_given_password_opens_and_then_wants_to_be_changed(
    place: Place, owner: Workspace
) -> None:
    give_password(owner, young(owner).id, password=THIRD)
    lock(owner)

    with pytest.raises(WrongSecret):
        unlock(place, "tyoung", OTHER)
    at_work = unlock(place, "tyoung", THIRD)
    with pytest.raises(Refused, match="Choose your own first"):
        read_patient(at_work, "1")
    change_password(at_work, old=THIRD, new=OTHER)
    with pytest.raises(Refused, match="not on file"):
        read_patient(at_work, "1")
    lock(at_work)
    again = unlock(place, "tyoung", OTHER)
    lock(again)

    assert not again.sitting.password_is_given


def test_the_recovery_code_makes_a_given_password_ones_own(place: Place, owner: Workspace) -> None:
    give_password(owner, young(owner).id, password=THIRD)
    lock(owner)

    at_work = recover(place, CODE, sign_in="tyoung", password=OTHER)
    lock(at_work)
    again = unlock(place, "tyoung", OTHER)
    lock(again)

    assert not at_work.sitting.password_is_given
    assert not again.sitting.password_is_given


def test_who_comes_back_is_the_same_person_and_a_namesake_is_not(owner: Workspace) -> None:
    first = young(owner)
    deactivate_staff(owner, first.id, version=first.version)
    with pytest.raises(Refused, match="is taken"):
        add_staff(owner, replace(YOUNG, id=StaffId("00000000-0000-7000-8000-00000000abcd")))

    reactivate_staff(owner, first.id, version=first.version + 1, password=THIRD)

    assert young(owner).id == first.id
    with pytest.raises(Refused, match="not switched off"):
        reactivate_staff(owner, first.id, version=first.version + 2, password=THIRD)


def test_a_switched_off_sign_in_opens_nothing_and_its_slot_is_gone(
    place: Place, owner: Workspace
) -> None:
    member = young(owner)

    deactivate_staff(owner, member.id, version=member.version)

    lock(owner)
    with pytest.raises(WrongSecret):
        unlock(place, "tyoung", OTHER)
    assert b"tyoung" not in (place.folder / "keys.json").read_bytes()
    assert not (place.folder / "keys.json.bak").exists() or (
        b"tyoung" not in (place.folder / "keys.json.bak").read_bytes()
    )


@pytest.mark.parametrize("case", ["own", "weak", "on paper", "off"])
def test_a_password_that_cannot_be_given_is_not(owner: Workspace, case: str) -> None:
    member = young(owner)
    who, password = member.id, "short" if case == "weak" else THIRD
    if case == "own":
        who = owner.staff.id
    elif case == "on paper":
        draft = StaffDraft("Ada Smith", frozenset({Role.TREATING_PRACTITIONER}))
        who = StaffId(add_staff(owner, draft).record_id)
    elif case == "off":
        deactivate_staff(owner, who, version=member.version)
    before = entries(owner)

    with pytest.raises(Refused):
        give_password(owner, who, password=password)

    assert entries(owner) == before


@pytest.mark.parametrize("case", ["given", "added", "got a sign-in", "switched on", "off"])
def test_a_way_in_that_was_changed_is_not_denied_when_the_disk_fills_up(
    owner: Workspace, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    member = young(owner)
    bo = StaffDraft("Bo Reyes", frozenset({Role.BILLER}))
    if case == "got a sign-in":
        add_staff(owner, bo)
    elif case == "switched on":
        deactivate_staff(owner, member.id, version=member.version)
        member = replace(member, version=member.version + 1)
    on_paper = next((each for each in read_staff(owner) if each.name == bo.name), member)
    works: dict[str, tuple[str, Callable[[], object]]] = {
        "given": (
            "The new password is in force. The disk is full",
            lambda: give_password(owner, member.id, password=THIRD),
        ),
        "added": (
            "The password is set, but the staff list was not changed",
            lambda: add_staff(owner, replace(bo, sign_in="breyes"), password=THIRD),
        ),
        "got a sign-in": (
            "The password is set, but the staff list was not changed",
            lambda: change_staff(owner, replace(on_paper, sign_in="breyes"), password=THIRD),
        ),
        "switched on": (
            "The password is set, but the staff list was not changed",
            lambda: reactivate_staff(owner, member.id, version=member.version, password=THIRD),
        ),
        "off": (
            "The sign-in opens nothing any more, but the staff list was not changed",
            lambda: deactivate_staff(owner, member.id, version=member.version),
        ),
    }
    words, work = works[case]

    with monkeypatch.context() as faults:
        fail_commits(faults, owner.database._engine, driver.SQLITE_FULL)
        with pytest.raises(Unavailable, match=words) as raised:
            work()

    assert "Nothing was changed" not in str(raised.value)
    work()


def test_a_weak_password_switches_nobody_on(owner: Workspace) -> None:
    member = young(owner)
    deactivate_staff(owner, member.id, version=member.version)

    with pytest.raises(Refused):
        reactivate_staff(owner, member.id, version=member.version + 1, password="")

    assert owner.clinic is not None
    assert member.id not in owner.clinic.keys.sign_ins()


def test_the_password_is_typed_once_more_and_holds_for_five_minutes(owner: Workspace) -> None:
    later = long_ago(owner)
    member = young(owner)
    with pytest.raises(ProofWanted):
        deactivate_staff(later, member.id, version=member.version)
    with pytest.raises(WrongSecret):
        prove(later, "not the password")
    with pytest.raises(ProofWanted):
        deactivate_staff(later, member.id, version=member.version)

    prove(later, PASSWORD)
    deactivate_staff(later, member.id, version=member.version)

    with pytest.raises(ProofWanted):
        long_ago(later).require_proof()
    with pytest.raises(ProofWanted):
        owner.require_proof()
    assert ("password.proved", 0, None) in entries(owner)


def test_proving_is_slowed_down_like_signing_in(owner: Workspace) -> None:
    for _each in range(4):
        with pytest.raises(WrongSecret):
            prove(owner, "not the password")

    with pytest.raises(TooManyTries):
        prove(owner, PASSWORD)
    with pytest.raises(TooManyTries):
        change_password(owner, old=PASSWORD, new=THIRD)


@pytest.mark.parametrize("gains", ["a password", "the role"])
def test_more_power_for_somebody_wants_proof(owner: Workspace, gains: str) -> None:
    later = long_ago(owner)
    roles = frozenset({Role.ADMINISTRATOR}) if gains == "the role" else YOUNG.roles
    member = replace(young(owner), roles=roles)
    password = THIRD if gains == "a password" else ""

    with pytest.raises(ProofWanted):
        change_staff(later, member, password=password)
    draft = StaffDraft("Lin Chen", roles, "lchen" if password else "")
    with pytest.raises(ProofWanted):
        add_staff(later, draft, password=password)

    assert Role.ADMINISTRATOR not in young(owner).roles


def test_wrong_passwords_stand_in_the_audit_of_the_next_sign_in(
    place: Place, owner: Workspace
) -> None:
    lock(owner)
    for _each in range(2):
        with pytest.raises(WrongSecret):
            unlock(place, "tyoung", "not the password")

    opened = unlock(place, "tyoung", OTHER)

    told = [each for each in entries(opened) if each[0].startswith("password.")]
    lock(opened)
    assert told == [("password.was_wrong", 4, "2 wrong passwords before this.")]


def test_a_paused_sign_in_says_so(place: Place, owner: Workspace) -> None:
    lock(owner)
    for _each in range(4):
        with pytest.raises(WrongSecret):
            recover(place, new_recovery_code(), sign_in="tyoung", password=THIRD)
    with pytest.raises(TooManyTries):
        recover(place, CODE, sign_in="tyoung", password=THIRD)
    for file in (place.folder / "tries.json", *(place.folder.parent / "state").glob("*.json")):
        file.unlink()

    opened = recover(place, CODE, sign_in="tyoung", password=THIRD)

    lock(opened)
    assert opened.staff.name == "Tess Young"


def test_two_people_who_can_sign_in_make_two_administrators(owner: Workspace) -> None:
    alone = lacks_second_administrator(read_staff(owner))
    boss = frozenset({Role.ADMINISTRATOR})
    add_staff(owner, StaffDraft("Paper Only", boss))
    still = lacks_second_administrator(read_staff(owner))
    me = next(m for m in read_staff(owner) if m.id == owner.staff.id)
    with pytest.raises(Refused, match="at least one administrator"):
        change_staff(owner, replace(me, roles=frozenset({Role.BILLER})))

    add_staff(owner, StaffDraft("Lin Chen", boss, "lchen"), password=THIRD)

    assert (alone, still) == (True, True)
    assert not lacks_second_administrator(read_staff(owner))
    assert owner.may(Permission.CHANGE_STAFF)
