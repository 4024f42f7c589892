from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.domain.duplicate import Likeness, PatientKey
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.patient import PatientDraft, Reach
from cocm_desktop.exchange.duplicates import possible_duplicates

MARIA = PatientKey(
    PatientId("maria"), "100200", "García-López", "María", date(1971, 4, 5), "555-712-4709", "Mari"
)
DRAFT = PatientDraft("García-López", "María", date(1971, 4, 5))


def likeness(draft: PatientDraft, key: PatientKey = MARIA) -> Likeness | None:
    found = possible_duplicates(draft, [key])
    return found[0].likeness if found else None


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("García-López", "María"),
        ("GARCIA LOPEZ", "maria"),
        ("Garcia-Lopez", "Maria"),
        ("GarciaLopez", "MARÍA"),
    ],
)
def test_accents_case_and_hyphens_make_no_other_person(last: str, first: str) -> None:
    draft = replace(DRAFT, last_name=last, first_name=first)

    assert likeness(draft) is Likeness.SAME_PERSON


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"last_name": "María", "first_name": "García-López"}, Likeness.SWAPPED_NAMES),
        ({"mrn": "999"}, Likeness.OTHER_MRN),
        ({"mrn": "100200"}, Likeness.SAME_PERSON),
        ({"last_name": "Garcia"}, Likeness.SIMILAR_NAME),
        ({"last_name": "Garcia-Lopes"}, Likeness.SIMILAR_NAME),
        ({"first_name": "Marie"}, Likeness.SIMILAR_NAME),
        ({"first_name": "Maira"}, Likeness.SIMILAR_NAME),
        ({"first_name": "M."}, Likeness.SIMILAR_NAME),
        ({"last_name": "Weber"}, Likeness.OTHER_FAMILY_NAME),
        ({"born_on": date(1971, 5, 4)}, Likeness.SIMILAR_BIRTH),
        ({"born_on": date(1972, 4, 5)}, Likeness.SIMILAR_BIRTH),
        ({"mrn": "0100200", "last_name": "Weber", "first_name": "Ana"}, Likeness.SAME_MRN),
        (
            {"mrn": "100200", "last_name": "Ng", "first_name": "Kim", "born_on": date(1990, 1, 1)},
            Likeness.TAKEN_MRN,
        ),
        (
            {
                "last_name": "Ng",
                "born_on": date(1990, 1, 1),
                "reach": Reach(phone="(555) 712-4709"),
            },
            Likeness.SAME_PHONE,
        ),
        ({"last_name": "Ng", "first_name": "Kim"}, None),
        ({"first_name": "Carlos"}, None),
        ({"born_on": date(1990, 1, 1)}, None),
        ({"born_on": None, "mrn": "", "last_name": "", "first_name": ""}, None),
        ({"last_name": "", "first_name": ""}, None),
    ],
)
def test_each_likeness_is_named(changes: dict[str, object], expected: Likeness | None) -> None:
    draft = replace(DRAFT, **changes)  # type: ignore[arg-type]

    assert likeness(draft) is expected


@pytest.mark.parametrize(
    ("one", "other"), [("Robert", "Bob"), ("Elizabeth", "Liz"), ("William", "Bill")]
)
def test_short_forms_of_a_name_are_one_name(one: str, other: str) -> None:
    key = replace(MARIA, last_name="Reed", first_name=one, preferred_name="")
    draft = replace(DRAFT, last_name="Reed", first_name=other)

    assert likeness(draft, key) is Likeness.SIMILAR_NAME


def test_twins_with_names_of_their_own_are_two_people() -> None:
    key = replace(MARIA, first_name="Emma", preferred_name="")

    assert likeness(replace(DRAFT, first_name="Noah"), key) is None


def test_each_patient_is_found_once_by_what_is_most_certain() -> None:
    draft = replace(DRAFT, mrn="100200", reach=Reach(phone="555-712-4709"))

    [found] = possible_duplicates(draft, [MARIA])

    assert found.likeness is Likeness.SAME_PERSON
    assert found.words.endswith("GARCÍA-LÓPEZ, María, born Apr 5, 1971, MRN 100200")


def test_the_likeliest_comes_first() -> None:
    similar = replace(MARIA, id=PatientId("other"), mrn="7", first_name="Mariana")

    found = possible_duplicates(DRAFT, [similar, MARIA])

    assert [duplicate.key.id for duplicate in found] == ["maria", "other"]
