"""Making a clinic and signing in, over a real encrypted file with a cheap password."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cocm_desktop.actions.practice import read_practice
from cocm_desktop.actions.session import (
    NewClinic,
    Place,
    create_clinic,
    lock,
    new_recovery_code,
    recover,
    state_of,
    unlock,
)
from cocm_desktop.actions.staff import (
    add_staff,
    change_password,
    change_staff,
    deactivate_staff,
    is_bound_to_computer,
    read_staff,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import CocmError, InUse, Refused, Unavailable, WrongSecret
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.storage.folder_state import FolderState
from tests.actions.clinics import CODE, MOMENT, OTHER, OWNER, PASSWORD, make, place_at
from tests.conftest import PRACTICE
from tests.storage.clinics import CHEAP, SharesInMemory


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_at(tmp_path / "clinic")


@pytest.fixture
def opened(place: Place) -> Iterator[Workspace]:
    workspace = make(place)
    yield workspace
    lock(workspace)


def biller(sign_in: str = "kwong") -> StaffDraft:
    return StaffDraft("K. Wong", frozenset({Role.BILLER}), sign_in)


def test_a_new_clinic_has_its_practice_and_an_owner_who_administers(opened: Workspace) -> None:
    assert read_practice(opened) == PRACTICE
    assert opened.staff.name == "Lena Ortiz"
    assert opened.staff.roles == {Role.CARE_MANAGER, Role.ADMINISTRATOR}


def test_the_clock_is_that_of_the_practice(opened: Workspace) -> None:
    assert opened.now() == MOMENT
    assert opened.today().isoformat() == "2026-11-30"


def test_what_is_wrong_with_a_new_clinic_is_named_at_once_and_nothing_is_made(
    place: Place,
) -> None:
    new = NewClinic(replace(PRACTICE, name=" "), replace(OWNER, sign_in=""), "short")

    with pytest.raises(Refused) as refusal:
        create_clinic(place, new, CODE)

    fields = {problem.field for problem in refusal.value.problems}
    assert fields == {"name", "sign_in", "password"}
    assert state_of(place) is FolderState.NOTHING


def test_a_second_clinic_is_not_made_over_the_first(place: Place, opened: Workspace) -> None:
    with pytest.raises((Refused, InUse)):
        make(place)


def test_the_owner_signs_in_again(place: Place, opened: Workspace) -> None:
    lock(opened)

    again = unlock(place, "LORTIZ", PASSWORD)

    assert again.staff == opened.staff
    lock(again)


def test_a_wrong_password_opens_nothing(place: Place, opened: Workspace) -> None:
    lock(opened)

    with pytest.raises(WrongSecret):
        unlock(place, "lortiz", OTHER)
    with pytest.raises(WrongSecret):
        unlock(place, "nobody", PASSWORD)


def test_nothing_is_read_after_locking(opened: Workspace) -> None:
    lock(opened)

    with pytest.raises(Unavailable, match="locked"):
        read_practice(opened)


def test_a_clinic_in_use_says_so(place: Place, opened: Workspace) -> None:
    with pytest.raises(InUse):
        unlock(place, "lortiz", PASSWORD)


def test_a_colleague_signs_in_with_a_password_of_their_own(place: Place, opened: Workspace) -> None:
    add_staff(opened, biller(), password=OTHER)
    lock(opened)

    theirs = unlock(place, "kwong", OTHER)

    assert (theirs.staff.name, theirs.staff.roles) == ("K. Wong", frozenset({Role.BILLER}))
    lock(theirs)


def test_a_practitioner_on_paper_needs_no_sign_in(opened: Workspace) -> None:
    draft = StaffDraft("A. Smith", frozenset({Role.TREATING_PRACTITIONER}), credentials="MD")

    add_staff(opened, draft)

    assert [member.name for member in read_staff(opened)] == ["A. Smith", "Lena Ortiz"]


@pytest.mark.parametrize(
    ("draft", "password", "field"),
    [
        pytest.param(biller("LOrtiz"), OTHER, "sign_in", id="sign-in name taken"),
        pytest.param(biller(), "short", "password", id="password too short"),
        pytest.param(biller(), "", "password", id="sign-in without a password"),
        pytest.param(biller(""), OTHER, "sign_in", id="password without a sign-in"),
        pytest.param(replace(biller(), name=" "), OTHER, "name", id="no name"),
        pytest.param(replace(biller(), roles=frozenset()), OTHER, "roles", id="no role"),
        pytest.param(replace(biller(), npi="1234567890"), OTHER, "npi", id="wrong NPI"),
    ],
)
def test_a_wrong_staff_member_is_refused_and_not_added(
    opened: Workspace, draft: StaffDraft, password: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        add_staff(opened, draft, password=password)

    assert {problem.field for problem in refusal.value.problems} == {field}
    assert len(read_staff(opened)) == 1


def test_a_switched_off_colleague_is_out_at_once(place: Place, opened: Workspace) -> None:
    added = StaffId(add_staff(opened, biller(), password=OTHER).record_id)

    deactivate_staff(opened, added, version=1)

    lock(opened)
    with pytest.raises(WrongSecret):
        unlock(place, "kwong", OTHER)


def test_nobody_switches_off_themselves(opened: Workspace) -> None:
    with pytest.raises(Refused, match="your own"):
        deactivate_staff(opened, opened.staff.id, version=1)


def test_the_last_administrator_stays(opened: Workspace) -> None:
    with pytest.raises(Refused, match="at least one administrator"):
        change_staff(opened, replace(opened.staff, roles=frozenset({Role.CARE_MANAGER})))

    assert read_staff(opened) == (opened.staff,)


def test_a_member_changes_but_the_sign_in_name_stays(opened: Workspace) -> None:
    change_staff(opened, replace(opened.staff, credentials="LICSW", sign_in="other"))

    [member] = read_staff(opened)
    assert (member.credentials, member.sign_in, member.version) == ("LICSW", "lortiz", 2)


def test_a_person_changes_their_own_password(place: Place, opened: Workspace) -> None:
    with pytest.raises(WrongSecret):
        change_password(opened, old=OTHER, new=OTHER)
    with pytest.raises(Refused):
        change_password(opened, old=PASSWORD, new="short")

    change_password(opened, old=PASSWORD, new=OTHER)

    lock(opened)
    lock(unlock(place, "lortiz", OTHER))
    with pytest.raises(WrongSecret):
        unlock(place, "lortiz", PASSWORD)


def test_the_recovery_code_gives_a_new_password(place: Place, opened: Workspace) -> None:
    lock(opened)

    recovered = recover(place, CODE, sign_in="LOrtiz", password=OTHER)

    assert recovered.staff.name == "Lena Ortiz"
    lock(recovered)
    lock(unlock(place, "lortiz", OTHER))


@pytest.mark.parametrize(
    ("sign_in", "password", "words"),
    [
        pytest.param("nobody", OTHER, "Nobody on the staff list", id="unknown person"),
        pytest.param("", OTHER, "Nobody on the staff list", id="no name"),
        pytest.param("lortiz", "short", "characters", id="weak password"),
    ],
)
def test_recovery_refuses_and_leaves_the_clinic_as_it_was(
    place: Place, opened: Workspace, sign_in: str, password: str, words: str
) -> None:
    lock(opened)

    with pytest.raises(Refused, match=words):
        recover(place, CODE, sign_in=sign_in, password=password)

    lock(unlock(place, "lortiz", PASSWORD))


def test_another_recovery_code_opens_nothing(place: Place, opened: Workspace) -> None:
    lock(opened)

    with pytest.raises(WrongSecret):
        recover(place, new_recovery_code(), sign_in="lortiz", password=OTHER)


def test_a_password_may_be_bound_to_this_computer_and_freed_again(
    place: Place, opened: Workspace
) -> None:
    change_password(opened, old=PASSWORD, new=OTHER, this_computer_only=True)
    assert is_bound_to_computer(opened)
    lock(opened)
    elsewhere = replace(place, tools=KeyTools(CHEAP, SharesInMemory()))

    with pytest.raises(CocmError):
        unlock(elsewhere, "lortiz", OTHER)
    here = unlock(place, "lortiz", OTHER)
    change_password(here, old=OTHER, new=PASSWORD)
    assert is_bound_to_computer(here)
    change_password(here, old=PASSWORD, new=OTHER, this_computer_only=False)
    lock(here)

    lock(unlock(elsewhere, "lortiz", OTHER))
