"""Payers, coverage and settings of billing: what is refused, and what is still missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.domain.billing.billing_settings import AS_SHIPPED, BillingSettings
from cocm_desktop.domain.billing.charge_setup import SetUp
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft, named_payers
from cocm_desktop.domain.billing.eligibility import EligibilityDraft
from cocm_desktop.domain.billing.payer import ClaimFiling, Insured, Payer, Relation
from cocm_desktop.domain.billing.payer_draft import PayerDraft, RuleChoice
from cocm_desktop.domain.billing.place_amounts import place_words
from cocm_desktop.domain.billing.rule_set import Program
from cocm_desktop.domain.billing.setting_list import SETTINGS, BillingSettingDraft, words_of
from cocm_desktop.domain.billing.taxonomy import GROUPS, PEOPLE, taxonomy_words
from cocm_desktop.domain.identifiers import is_taxonomy, is_zip_plus_4
from cocm_desktop.domain.ids import CoverageId, FeeId, PatientId, PayerId, new_id
from cocm_desktop.domain.patient import Coverage
from cocm_desktop.domain.superbill import Fee
from cocm_desktop.errors import Refused
from tests.builders import a_practice, a_practitioner

TODAY = date(2026, 11, 30)
RULES = (
    RuleChoice("MCR", "Medicare Part B", Program.MEDICARE),
    RuleChoice("COMMERCIAL-DEFAULT", "Another commercial payer", Program.COMMERCIAL),
    RuleChoice("SELFPAY", "The patient pays", Program.SELF_PAY),
)
MEDICARE = Payer(PayerId(new_id()), "Medicare Part B IL", "MCR", ClaimFiling.MEDICARE_B, "00952")
AETNA = Payer(PayerId(new_id()), "Aetna", "COMMERCIAL-DEFAULT", ClaimFiling.COMMERCIAL, "60054")
SELF = Payer(PayerId(new_id()), "Self-pay", "SELFPAY", ClaimFiling.SELF_PAY)
PAYERS = {payer.id: payer for payer in (MEDICARE, AETNA, SELF)}
PATIENT = PatientId(new_id())
JUAN = Insured("Alvarez", "Juan", date(1970, 5, 1), state="il")


def a_payer_draft(**changes: Any) -> PayerDraft:
    made = PayerDraft("Cigna", "COMMERCIAL-DEFAULT", ClaimFiling.COMMERCIAL, "62308")
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        pytest.param({}, [], id="as made up"),
        pytest.param({"payer_number": "", "days_to_file": 90}, [], id="the number may wait"),
        pytest.param({"name": " "}, ["name"], id="no name"),
        pytest.param({"name": "x" * 61}, ["name"], id="a long name"),
        pytest.param({"name": "AETNA."}, ["name"], id="the name of another"),
        pytest.param({"rule_set": "NONE"}, ["rule_set"], id="no such rules"),
        pytest.param({"rule_set": "MCR"}, ["filing"], id="rules of Medicare for a plan"),
        pytest.param({"filing": ClaimFiling.MEDICARE_B}, ["filing"], id="claims as Medicare"),
        pytest.param({"filing": ClaimFiling.SELF_PAY}, ["filing"], id="claims of nobody"),
        pytest.param({"payer_number": "12*34"}, ["payer_number"], id="a mark of claim files"),
        pytest.param({"days_to_file": 0}, ["days_to_file"], id="no days"),
        pytest.param({"confirmed_note": "x" * 401}, ["confirmed_note"], id="a long note"),
        pytest.param({"confirmed_on": date(2027, 1, 1)}, ["confirmed_on"], id="confirmed later"),
        pytest.param({"registered_on": date(2027, 1, 1)}, ["registered_on"], id="registered"),
    ],
)
def test_problems_of_a_payer(changes: dict[str, Any], fields: list[str]) -> None:
    problems = a_payer_draft(**changes).problems(today=TODAY, others=(AETNA,), rules=RULES)

    assert [problem.field for problem in problems] == fields


def test_a_payer_is_kept_as_typed() -> None:
    draft = replace(PayerDraft.of(AETNA), name=" Aetna  Better Health ")

    kept = draft.accept(today=TODAY, others=(AETNA, MEDICARE), rules=RULES)

    assert kept == replace(AETNA, name="Aetna Better Health")
    with pytest.raises(Refused):
        a_payer_draft(name="").accept(today=TODAY, others=(), rules=RULES)


def a_coverage_draft(**changes: Any) -> CoverageDraft:
    return replace(CoverageDraft(PATIENT, AETNA.id, "W123456789"), **changes)


FROM_JULY = a_coverage_draft(first_on=date(2026, 7, 1), id=CoverageId(new_id())).accept(
    payers=PAYERS, others=(), today=TODAY
)
TO_JUNE = {"last_on": date(2026, 6, 30)}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        pytest.param(TO_JUNE, [], id="before the other begins"),
        pytest.param({"rank": 2}, [], id="beside the other"),
        pytest.param({"last_on": date(2026, 7, 1)}, ["rank"], id="a day in common"),
        pytest.param({}, ["rank"], id="always"),
        pytest.param({"rank": 4}, ["rank"], id="a fourth payer"),
        pytest.param({"payer_id": PayerId(new_id()), **TO_JUNE}, ["payer_id"], id="no payer"),
        pytest.param({"member_id": " ", **TO_JUNE}, ["member_id"], id="no member id"),
        pytest.param({"member_id": "x" * 81, **TO_JUNE}, ["member_id"], id="a long member id"),
        pytest.param(
            {"payer_id": MEDICARE.id, "member_id": "1EG4-TE5-MK73", **TO_JUNE}, [], id="Medicare"
        ),
        pytest.param(
            {"payer_id": MEDICARE.id, "member_id": "123456789A", **TO_JUNE},
            ["member_id"],
            id="an old Medicare number",
        ),
        pytest.param({"payer_id": SELF.id, "member_id": "", **TO_JUNE}, [], id="self-pay"),
        pytest.param(
            {"first_on": date(2026, 6, 1), "last_on": date(2026, 5, 1)},
            ["last_on"],
            id="ends before it begins",
        ),
        pytest.param({"insured": JUAN, **TO_JUNE}, ["relation"], id="another is insured"),
        pytest.param(
            {"relation": Relation.SPOUSE, **TO_JUNE},
            ["insured_last_name", "insured_first_name"],
            id="nobody is insured",
        ),
        pytest.param({"relation": Relation.SPOUSE, "insured": JUAN, **TO_JUNE}, [], id="a spouse"),
        pytest.param(
            {
                "relation": Relation.CHILD,
                "insured": replace(JUAN, born_on=date(2027, 1, 1)),
                **TO_JUNE,
            },
            ["insured_born_on"],
            id="an insured person of the future",
        ),
        pytest.param(
            {"authorized_last_on": TODAY, **TO_JUNE}, ["authorization"], id="no number authorized"
        ),
    ],
)
def test_problems_of_coverage(changes: dict[str, Any], fields: list[str]) -> None:
    draft = a_coverage_draft(**changes)

    problems = draft.problems(payers=PAYERS, others=(FROM_JULY,), today=TODAY)

    assert [problem.field for problem in problems] == fields


def test_coverage_is_kept_tidy() -> None:
    draft = a_coverage_draft(
        member_id=" w12 ", relation=Relation.SPOUSE, insured=replace(JUAN, last_name=" Alvarez ")
    )

    kept = draft.accept(payers=PAYERS, others=(), today=TODAY)

    assert (kept.member_id, kept.insured) == ("W12", replace(JUAN, state="IL"))
    with pytest.raises(Refused):
        a_coverage_draft(rank=0).accept(payers=PAYERS, others=(), today=TODAY)


def test_patients_who_name_a_payer_in_any_writing_are_told_together() -> None:
    ids = [PatientId(new_id()) for _ in range(5)]
    words = ("Aetna", "AETNA ", "Blue Cross", "", "aetna")
    patients = [
        (patient_id, Coverage(name, "W1" if number else ""))
        for number, (patient_id, name) in enumerate(zip(ids, words, strict=True))
    ]

    first, second = named_payers(patients, [AETNA, replace(MEDICARE, active=False)])

    assert (first.words, len(first.patients), first.payer) == ("Aetna", 3, AETNA)
    assert first.without_member_id == 1
    assert (second.words, second.payer) == ("Blue Cross", None)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        pytest.param({}, [], id="as made up"),
        pytest.param({"checked_on": None}, ["checked_on"], id="no day"),
        pytest.param({"checked_on": date(2026, 12, 1)}, ["checked_on"], id="tomorrow"),
        pytest.param({"copay_cents": -1}, ["copay_cents"], id="a copay below nothing"),
        pytest.param({"plan": "x" * 81}, ["plan"], id="a long plan"),
    ],
)
def test_problems_of_an_answer(changes: dict[str, Any], fields: list[str]) -> None:
    draft = EligibilityDraft(CoverageId(new_id()), TODAY, is_active=True)

    assert [p.field for p in replace(draft, **changes).problems(today=TODAY)] == fields


def test_an_answer_is_told_in_one_line() -> None:
    whole = EligibilityDraft(
        CoverageId(new_id()),
        TODAY,
        is_active=True,
        plan=" Silver ",
        copay_cents=2500,
        covers_cocm=False,
        reference_number="R-7",
    ).accept(today=TODAY)

    assert whole.words == (
        "Checked Nov 30, 2026: active, plan Silver, copay $25.00, "
        "does not cover collaborative care, reference R-7"
    )
    with pytest.raises(Refused):
        EligibilityDraft(CoverageId(""), None, is_active=True).accept(today=TODAY)


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("clinic_kind", "rhc", "RHC"),
        ("place_of_service", "22", "22"),
        ("is_production", "YES", "yes"),
        ("g2214_first_minute", "30", "30"),
        ("group_taxonomy", "207q00000x", "207Q00000X"),
        ("group_taxonomy", "", ""),
        ("locality", "06302-00", "06302-00"),
        ("contact_phone", "(555) 555-0100", "(555) 555-0100"),
        ("receiver_name", "Clearinghouse", "Clearinghouse"),
        ("facility_state", "wi", "WI"),
    ],
)
def test_a_setting_is_kept_as_it_is_read(name: str, value: str, kept: str) -> None:
    change = BillingSettingDraft(name, value, TODAY).accept()

    assert change.value == kept
    assert BillingSettings.of({name: kept}).text(name) == kept


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("no such", "1", "name"),
        ("clinic_kind", "HOSPITAL", "value"),
        ("place_of_service", "02", "value"),
        ("g2214_first_minute", "20", "value"),
        ("group_taxonomy", "ABC", "value"),
        ("locality", "Wisconsin", "value"),
        ("receiver_name", "Clearing*house", "value"),
        ("contact_phone", "555", "value"),
        ("facility_npi", "1234567890", "value"),
        ("facility_state", "Wisconsin", "value"),
        ("facility_state", "W1", "value"),
        ("facility_postal_code", "53703", "value"),
        ("submitter_id", "A*B", "value"),
        ("submitter_id", "x" * 16, "value"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(name: str, value: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        BillingSettingDraft(name, value, TODAY).accept()

    assert [problem.field for problem in refusal.value.problems] == [field]


@pytest.mark.parametrize("day", [None, date(1999, 12, 31)])
def test_a_setting_holds_from_a_day_on(day: date | None) -> None:
    with pytest.raises(Refused):
        BillingSettingDraft("apcm", "ASK", day).accept()


def test_every_setting_has_words() -> None:
    assert {setting.name for setting in SETTINGS} == set(BillingSettings.__slots__)
    assert words_of(AS_SHIPPED, "place_of_service") == "11, Office"
    assert words_of(AS_SHIPPED, "locality") == "Not set"
    assert place_words("99") == "99"
    assert all(is_taxonomy(code) for code in (*PEOPLE, *GROUPS))
    assert taxonomy_words("207Q00000X") == "207Q00000X  Family medicine"
    assert taxonomy_words("000000000X") == "000000000X"
    assert (is_zip_plus_4("62701-0001"), is_zip_plus_4("62701")) == (True, False)


CHARGED = tuple(
    Fee(FeeId(new_id()), code, cents, date(2026, 1, 1))
    for code, cents in (("99492", 320_00), ("99493", 290_00), ("99494", 125_00), ("G2214", 60_00))
)
PHYSICIAN = a_practitioner(taxonomy="207Q00000X")
WHOLE = SetUp(
    practice=a_practice(),
    settings=BillingSettings(group_taxonomy="207Q00000X"),
    staff={PHYSICIAN.id: PHYSICIAN},
    payers=(replace(AETNA, confirmed_on=TODAY), SELF, replace(MEDICARE, active=False)),
    fees=CHARGED,
    today=TODAY,
    allowed_cents={"99492": 160_32},
)
NURSE = a_practitioner(
    name="R. Ortiz", credentials="FNP-BC", taxonomy="363LF0000X", bills_incident_to=True
)


def test_nothing_is_missing_where_everything_is_set_up() -> None:
    assert WHOLE.gaps() == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"practice": a_practice(npi="")}, "The practice's NPI is not recorded."),
        ({"practice": a_practice(ein="")}, "The practice's EIN is not recorded."),
        ({"practice": a_practice(city="")}, "The practice's address is not complete."),
        (
            {"practice": a_practice(postal_code="12401")},
            "The practice's ZIP code has no four further digits, as claims need.",
        ),
        ({"practice": a_practice(phone="")}, "The practice's phone number is not recorded."),
        ({"settings": AS_SHIPPED}, "The taxonomy of the group is not recorded."),
        ({"staff": {}}, "No treating practitioner is on the staff."),
        (
            {"staff": {PHYSICIAN.id: replace(PHYSICIAN, npi="")}},
            "A. Osei, MD: no NPI is recorded.",
        ),
        (
            {"staff": {PHYSICIAN.id: replace(PHYSICIAN, credentials="PhD")}},
            "A. Osei, PhD: no credential that may bill (CNM, CNS, DO, MD, NP, PA).",
        ),
        (
            {"staff": {NURSE.id: NURSE}},
            "R. Ortiz, FNP-BC bills incident to nobody: choose the physician.",
        ),
        ({"payers": ()}, "No payer is set up."),
        (
            {"payers": (replace(AETNA, payer_number="", confirmed_on=TODAY),)},
            "Aetna: the payer id for claims is not recorded.",
        ),
        (
            {"patients_naming_others": 12},
            "12 patients without coverage name a payer: it is still to be given to them.",
        ),
        (
            {"patients_naming_others": 1},
            "1 patient without coverage names a payer: it is still to be given to them.",
        ),
        (
            {"patients_without_coverage": 2},
            "2 patients in care have no coverage and name none.",
        ),
        (
            {"patients_without_coverage": 1},
            "1 patient in care has no coverage and names no payer.",
        ),
        ({"fees": CHARGED[1:]}, "No charge is recorded for 99492."),
    ],
)
def test_what_a_claim_needs_is_told(changes: dict[str, Any], words: str) -> None:
    [gap] = replace(WHOLE, **changes).gaps()

    assert (gap.words, gap.is_needed) == (words, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"staff": {PHYSICIAN.id: replace(PHYSICIAN, taxonomy="")}},
            "A. Osei, MD: no taxonomy is recorded.",
        ),
        ({"payers": (AETNA,)}, "Aetna: rules and rates are not confirmed with the payer."),
        (
            {"allowed_cents": {"G2214": 60_79}},
            "The charge for G2214 is below the $60.79 Medicare allows.",
        ),
    ],
)
def test_what_is_worth_a_look_is_told(changes: dict[str, Any], words: str) -> None:
    [gap] = replace(WHOLE, **changes).gaps()

    assert (gap.words, gap.is_needed) == (words, False)


def test_a_supervisor_without_a_number_is_told() -> None:
    chief = replace(PHYSICIAN, id=NURSE.supervisor_id or NURSE.id, npi="", roles=frozenset())
    nurse = replace(NURSE, id=PHYSICIAN.id, supervisor_id=chief.id)

    [gap] = replace(WHOLE, staff={chief.id: chief, nurse.id: nurse}).gaps()

    assert gap.words == "A. Osei, MD supervises R. Ortiz, but has no NPI."


def test_claim_files_need_ids_once_they_are_made() -> None:
    settings = replace(WHOLE.settings, makes_claim_files=True)
    named = replace(
        settings,
        submitter_id="S1",
        receiver_id="R1",
        receiver_name="Clearinghouse",
        contact_name="Billing office",
        contact_phone="5555550100",
    )

    assert len(replace(WHOLE, settings=settings).gaps()) == 6
    [gap] = replace(WHOLE, settings=named).gaps()
    assert not gap.is_needed
    assert replace(WHOLE, settings=replace(named, is_production=True)).gaps() == ()
