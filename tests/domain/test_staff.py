"""Staff members, their roles, and what a role may do."""

from __future__ import annotations

from typing import Any

import pytest

from cocm_desktop.domain.staff import GRANTED, Permission, Role
from cocm_desktop.errors import Refused
from tests.builders import a_care_manager, a_practitioner, a_staff_draft, a_staff_member

FRONT_DESK, CARE_MANAGER, CONSULTANT = (
    Role.FRONT_DESK,
    Role.CARE_MANAGER,
    Role.PSYCHIATRIC_CONSULTANT,
)
PRACTITIONER, BILLER, ADMINISTRATOR = (
    Role.TREATING_PRACTITIONER,
    Role.BILLER,
    Role.ADMINISTRATOR,
)
CLINICIANS = {CARE_MANAGER, CONSULTANT, PRACTITIONER}


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.SEE_PATIENT_LIST, set(Role)),
        (Permission.BACK_UP, set(Role)),
        (Permission.SEE_REGISTRY, CLINICIANS),
        (Permission.SEE_CHART, CLINICIANS),
        (Permission.RECORD_MEASURE, CLINICIANS | {FRONT_DESK}),
        (Permission.CLOSE_SAFETY_TASK, CLINICIANS),
        (Permission.FLAG_FOR_REVIEW, CLINICIANS),
        (Permission.PRINT_PACKET, CLINICIANS),
        (Permission.TAKE_IN, {FRONT_DESK, CARE_MANAGER}),
        (Permission.ENROLL, {CARE_MANAGER}),
        (Permission.RECORD_CONTACT, {CARE_MANAGER}),
        (Permission.RECORD_TIME, {CARE_MANAGER, CONSULTANT, PRACTITIONER}),
        (Permission.VOID_RECORD, {CARE_MANAGER}),
        (Permission.IMPORT_PATIENTS, {FRONT_DESK, CARE_MANAGER, ADMINISTRATOR}),
        (Permission.CHANGE_PATIENT, {FRONT_DESK, CARE_MANAGER, ADMINISTRATOR}),
        (Permission.SEE_BILLING, {CARE_MANAGER, PRACTITIONER, BILLER, ADMINISTRATOR}),
        (Permission.ISSUE_SUPERBILL, {BILLER, ADMINISTRATOR}),
        (Permission.CHANGE_PRACTICE, {ADMINISTRATOR}),
        (Permission.SET_UP_CHARGES, {BILLER, ADMINISTRATOR}),
        (Permission.RECORD_COVERAGE, {FRONT_DESK, CARE_MANAGER, BILLER, ADMINISTRATOR}),
        (Permission.CHANGE_STAFF, {ADMINISTRATOR}),
        (Permission.SEE_AUDIT, {ADMINISTRATOR}),
    ],
)
def test_who_may(permission: Permission, roles: set[Role]) -> None:
    assert {role for role in Role if a_staff_member(role).may(permission)} == roles


def test_every_permission_is_granted_to_someone() -> None:
    assert frozenset().union(*GRANTED.values()) == frozenset(Permission)
    assert GRANTED.keys() == set(Role)


def test_the_front_desk_sees_no_clinical_record_and_no_biller_does() -> None:
    clinical = {Permission.SEE_REGISTRY, Permission.SEE_CHART, Permission.CLOSE_SAFETY_TASK}

    assert not clinical & (GRANTED[FRONT_DESK] | GRANTED[BILLER] | GRANTED[ADMINISTRATOR])


def test_a_person_of_two_roles_may_what_either_may() -> None:
    owner = a_staff_member(roles=frozenset({CARE_MANAGER, ADMINISTRATOR}))

    assert owner.may(Permission.ENROLL)
    assert owner.may(Permission.CHANGE_STAFF)
    assert owner.is_a(ADMINISTRATOR)
    assert not owner.is_a(BILLER)


def test_who_has_left_may_nothing() -> None:
    former = a_staff_member(active=False)

    assert not any(former.may(permission) for permission in Permission)


def test_credentials_follow_the_name_on_paper() -> None:
    assert a_care_manager().title == "M. Bell, LCSW"
    assert a_practitioner(credentials="").title == "A. Osei"


def test_a_draft_becomes_a_staff_member() -> None:
    draft = a_staff_draft(name=" M.  Bell ", sign_in=" mbell ", npi=" 1234567893 ")

    member = draft.accept(taken=frozenset({"aosei"}))

    assert (member.id, member.name, member.sign_in) == (draft.id, "M. Bell", "mbell")
    assert (member.npi, member.credentials) == ("1234567893", "LCSW")
    assert member.active


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        pytest.param({"sign_in": ""}, [], id="a practitioner who does not sign in"),
        pytest.param({"name": " "}, ["name"], id="no name"),
        pytest.param({"roles": frozenset()}, ["roles"], id="no role"),
        pytest.param({"sign_in": "AOsei"}, ["sign_in"], id="taken, in other letters"),
        pytest.param({"sign_in": "x" * 40}, [], id="a long sign-in name"),
        pytest.param({"sign_in": "x" * 41}, ["sign_in"], id="a longer one"),
        pytest.param({"npi": "1234567890"}, ["npi"], id="a wrong check digit"),
        pytest.param({"npi": "  "}, [], id="no NPI"),
    ],
)
def test_problems(changes: dict[str, Any], fields: list[str]) -> None:
    draft = a_staff_draft(**changes)

    found = [problem.field for problem in draft.problems(taken=frozenset({"aosei", "x"}))]

    assert found == fields


def test_a_slip_makes_no_staff_member() -> None:
    with pytest.raises(Refused, match=r"Choose at least one role\."):
        a_staff_draft(roles=frozenset()).accept()
