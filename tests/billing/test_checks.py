"""Every check of a month fires where it must, and not where it need not."""

from __future__ import annotations

from typing import Any

import pytest

from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.countable_time import Dropped
from tests.billing.month_of import NPI, OTHER_NPI, entry, evaluated, fired, initial

OPEN = {"today": "2026-11-20", "approved_on": None}
BHI = {"line": "bhi", "time": [entry(25)]}
APCM = {"other_codes": [{"code": "G0557", "served_on": "2026-11-30", "practitioner_npi": NPI}]}
NEW = {"patient.last_seen_on": None}
VISIT = {"made_on": "2026-09-20", "code": "99214", "practitioner_npi": NPI}


def beside(code: str, day: str = "2026-11-30", npi: str = NPI) -> dict[str, Any]:
    return {"other_codes": [{"code": code, "served_on": day, "practitioner_npi": npi}]}


def months(first: int, last: int, year: int = 2026) -> list[str]:
    return [f"{year}-{month:02}" for month in range(first, last + 1)]


# Each check with changes that make it fire, and with near ones that do not.
CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("B01", {"consents": []}, {}),
    ("B01", {"consents.0.practitioner_npi": OTHER_NPI}, {}),
    ("B01", {"consents.0.given_on": "2026-11-06"}, {"consents.0.given_on": "2026-11-05"}),
    ("B01", {"consents.0.to_cost_share": False}, {"consents.0.to_cost_share": True}),
    ("B02", NEW, {**NEW, "visits": [VISIT]}),
    ("B02", {"patient.last_seen_on": "2025-10-05"}, {"patient.last_seen_on": "2025-10-06"}),
    ("B02", {**NEW, "visits": [{**VISIT, "code": "99211"}]}, {**NEW, "visits": [VISIT]}),
    ("B02", {**NEW, "visits": [{**VISIT, "is_face_to_face": False}]}, {}),
    ("B02", {**NEW, "visits": [{**VISIT, "is_about_cocm": False}]}, {}),
    ("B02", {**NEW, "visits": [{**VISIT, "practitioner_npi": OTHER_NPI}]}, {}),
    (
        "B02",
        {**NEW, "visits": [{**VISIT, "made_on": "2026-10-07"}]},
        {**NEW, "visits": [{**VISIT, "made_on": "2026-10-06"}]},
    ),
    ("B03", {"time": [entry(15)]}, {"time": [entry(16)]}),
    ("B03", {**BHI, "time": [entry(19)]}, BHI),
    (
        "B03",
        {"time": [entry(29)], "choices.g2214_first_minute": 30},
        {"time": [entry(30)], "choices.g2214_first_minute": 30},
    ),
    ("B04", {"proofs.meetings": [], "proofs.reviews": []}, {"proofs.reviews": []}),
    ("B04", {**initial(), "proofs.reviews": []}, initial()),
    ("B05", {**initial(), "proofs.measures": []}, initial()),
    ("B05", {**initial(), "proofs.measures": []}, {"proofs.measures": []}),
    ("B06", {"proofs.is_in_registry": False}, {}),
    ("B07", {**initial(), "proofs.plan_on": None}, {"proofs.plan_on": None}),
    ("B07", {**initial(), "proofs.plan_on": "2026-12-01"}, initial()),
    ("B08", {"diagnoses": []}, {}),
    ("B08", {"diagnoses": [{"code": "E11.9"}]}, {"diagnoses": [{"code": "F41.1"}]}),
    ("B08", {"diagnoses": [{"code": "F32"}]}, {"diagnoses": [{"code": "F32.A"}]}),
    (
        "B09",
        {
            "setting.is_clinic": True,
            "setting.claim_form": "institutional",
            "payer.rule_set": "MCD-TX",
            "time": [entry(60)],
        },
        {},
    ),
    (
        "B10",
        {"payer.rule_set": "COMMERCIAL-DEFAULT", "time": [entry(20)]},
        {"payer.rule_set": "COMMERCIAL-DEFAULT"},
    ),
    ("B11", beside("99492"), beside("90834")),
    ("B11", {**BHI, **beside("99493")}, BHI),
    ("B11", {**BHI, **beside("G2214")}, {**BHI, **beside("99490")}),
    ("B11", beside("99484"), beside("99484", npi=OTHER_NPI)),
    ("B11", beside("G0569"), beside("G0557")),
    ("B12", {"choices.apcm": "on"}, {**APCM, "choices.apcm": "on"}),
    ("B12", {"time": [entry(20)], **beside("99494")}, beside("99494")),
    (
        "B08",
        {"diagnoses": [{"code": "F33.1"}, {"code": "F43.1"}]},
        {"diagnoses": [{"code": "F33.1"}, {"code": "F43.10"}]},
    ),
    ("B12", {**beside("G0557", npi=OTHER_NPI), "choices.apcm": "on"}, beside("G0557")),
    (
        "B13",
        {"episode.billed": [{"month": "2026-11", "code": "99493", "state": "sent"}]},
        {"episode.billed": [{"month": "2026-11", "code": "99493", "state": "void"}]},
    ),
    ("B14", {"practitioner.credential": "LCSW"}, {"practitioner.credential": "D.O."}),
    (
        "B14",
        {"payer.rule_set": "MCD-WI", "practitioner.practices_psychiatry": True},
        {"payer.rule_set": "MCD-WI"},
    ),
    ("B14", {"practitioner.credential": "LCSW"}, {"line": "bhi_clinician"}),
    (
        "B15",
        {"practitioner.npi": "1234567890", "consents.0.practitioner_npi": "1234567890"},
        {"practitioner.npi": OTHER_NPI, "consents.0.practitioner_npi": OTHER_NPI},
    ),
    ("B16", {"patient.member_id": ""}, {"patient.member_id": "1EG4-TE5-MK73"}),
    (
        "B16",
        {"patient.member_id": "S23456789"},
        {"patient.member_id": "S23456789", "payer.rule_set": "BCBSND"},
    ),
    (
        "B17",
        {"setting.is_clinic": True},
        {"setting.is_clinic": True, "setting.claim_form": "institutional"},
    ),
    ("B18", OPEN, {**OPEN, "choices.service_date": "threshold_day"}),
    (
        "B19",
        {
            "payer.rule_set": "MCD-MI",
            "episode.service_months": months(1, 10) + months(11, 12, 2025),
        },
        {"payer.rule_set": "MCD-MI", "episode.service_months": months(1, 10)},
    ),
    ("B20", {"approved_on": None}, {}),
    (
        "B21",
        {"payer.rule_set": "BCBSNC"},
        {"payer.rule_set": "BCBSNC", "payer.is_registered": True},
    ),
    ("B22", {"today": "2027-12-01"}, {"today": "2027-11-30"}),
    ("B22", {"payer.days_to_file": 1}, {"payer.days_to_file": 2}),
    (
        "B23",
        {"document": "patient_superbill"},
        {"document": "patient_superbill", "payer.rule_set": "SELFPAY"},
    ),
    (
        "B24",
        {
            **initial(),
            "payer.rule_set": "MCD-MI",
            "episode.billed": [{"month": "2026-01", "code": "99492", "state": "paid"}],
        },
        {
            **initial(),
            "payer.rule_set": "MCD-MI",
            "episode.billed": [{"month": "2025-12", "code": "99492", "state": "paid"}],
        },
    ),
    ("B25", {"diagnoses": [{"code": "F33.1"}] * 13}, {"diagnoses": [{"code": "F33.1"}] * 12}),
    ("W01", {"time": [entry(196)]}, {"time": [entry(195)]}),
    ("W01", {"payer.rule_set": "MCD-NC", "time": [entry(196)]}, {"payer.rule_set": "MCD-NC"}),
    ("W02", {"time": [entry(29)]}, {"time": [entry(30)]}),
    (
        "W03",
        {
            "time": [entry(), entry(5, id="T2", worked_on="2026-11-01")],
            "consents.0.given_on": "2026-11-02",
        },
        {},
    ),
    ("W26", {"episode.ended_on": "2026-10-31"}, {"episode.ended_on": "2026-12-01"}),
    ("W07", {**BHI, **beside("96127")}, {**BHI, **beside("96127", "2026-11-05")}),
    ("W18", {**BHI, "diagnoses": [{"code": "F33.42"}]}, BHI),
    ("B11", beside("99492", npi=""), beside("99492", npi=OTHER_NPI)),
    (
        "B17",
        {"payer.rule_set": "MCR-CLINIC"},
        {"setting.claim_form": "institutional", "payer.rule_set": "MCR-CLINIC"},
    ),
    (
        "W25",
        {"practitioner.credential": "NP"},
        {"practitioner.credential": "NP", "payer.rule_set": "MCR-CLINIC"},
    ),
    (
        "B19",
        {"payer.rule_set": "MCD-MI", "episode.service_months": months(1, 12, 2025) + months(1, 10)},
        {"payer.rule_set": "MCD-MI", "episode.service_months": [*months(1, 12, 2025), "2026-09"]},
    ),
    (
        "W04",
        {"time": [entry(40, starts_at=36000), entry(10, id="T2", starts_at=37000)]},
        {"time": [entry(40, starts_at=36000), entry(10, id="T2", starts_at=38400)]},
    ),
    ("W04", {"time.0.overlap_elsewhere_seconds": 60}, {}),
    ("W05", {"time": [entry(), entry(5, id="T2", role="psychiatric_consultant")]}, {}),
    (
        "W05",
        {"time": [entry(5, role="treating_practitioner")]},
        {"time": [entry(5, role="treating_practitioner")], "choices.counts_practitioner": True},
    ),
    (
        "W05",
        {"time": [entry(40, role="psychiatric_consultant")]},
        {"payer.rule_set": "BCBSM", "time": [entry(40, role="psychiatric_consultant")]},
    ),
    ("W06", {"time": [entry(), entry(5, id="T2", work="clerical")]}, {}),
    ("W07", beside("96127"), beside("96127", "2026-11-05")),
    ("W08", beside("99495"), beside("99495", "2026-11-05")),
    ("W09", {**OPEN, "time": [entry(26)]}, {**OPEN, "time": [entry(25)]}),
    ("W09", {**OPEN, "time": [entry(26)]}, {"time": [entry(26)]}),
    ("W10", {"episode.service_months": ["2026-09"]}, {}),
    (
        "W11",
        {"episode.billed": [{"month": "2026-10", "code": "G2214", "state": "paid"}]},
        {"episode.billed": [{"month": "2026-10", "code": "99492", "state": "paid"}]},
    ),
    ("W11", {"episode.billed": []}, {"episode.billed": [], "time": [entry(30)]}),
    ("W11", {"episode.billed": []}, {"episode.billed": [], **BHI}),
    ("W12", {"time.0.with_patient": False}, {}),
    (
        "W12",
        {"time.0.with_patient": False, "proofs.contacts": ["2026-10-30"]},
        {"time.0.with_patient": False, "proofs.contacts": ["2026-11-30"]},
    ),
    (
        "W13",
        {"episode.started_on": "2026-09-01", "proofs.measures.1.total": 10},
        {"episode.started_on": "2026-09-01", "proofs.measures.1.total": 9},
    ),
    ("W14", APCM, {}),
    ("W15", {}, {"payer.rule_set": "SELFPAY"}),
    ("W16", {"payer.rule_set": "MA", "payer.is_confirmed": False}, {"payer.is_confirmed": False}),
    (
        "W17",
        {"patient.inpatient": [{"first": "2026-11-04", "last": "2026-11-06"}]},
        {"patient.inpatient": [{"first": "2026-11-06", "last": "2026-11-08"}]},
    ),
    (
        "W18",
        {"diagnoses": [{"code": "F33.42"}]},
        {"diagnoses": [{"code": "F33.42"}, {"code": "F41.1"}]},
    ),
    (
        "W19",
        {"episode.service_months": months(11, 12, 2025) + months(1, 10)},
        {"episode.service_months": months(12, 12, 2025) + months(1, 10)},
    ),
    (
        "W20",
        {"time.0.note_key": "a", "proofs.earlier_note_keys": ["a"]},
        {"time.0.note_key": "b", "proofs.earlier_note_keys": ["a"]},
    ),
    (
        "W21",
        {"fees_cents": [{"code": "99493", "cents": 14495}]},
        {"fees_cents": [{"code": "99493", "cents": 14496}]},
    ),
    ("W22", {"patient.is_access": True}, {}),
    ("W22", beside("G0678"), {}),
    ("W23", {"time.0.recorded_on": "2026-11-13"}, {"time.0.recorded_on": "2026-11-12"}),
    ("W23", {"time": [entry(301)]}, {"time": [entry(300)]}),
    (
        "W23",
        {"time": [entry(12, id=f"T{n}") for n in range(5)]},
        {"time": [entry(12, id=f"T{n}") for n in range(4)]},
    ),
    ("W24", {"time": [entry(), entry(5, id="T2", billed_as="99490")]}, {}),
    (
        "W25",
        {"practitioner.credential": "NP"},
        {"practitioner.credential": "NP", "practitioner.bills_incident_to": True},
    ),
    ("W25", {"practitioner.credential": "PA"}, {"practitioner.credential": "CNM"}),
    ("W26", {"patient.died_on": "2026-11-20"}, {"patient.died_on": "2026-12-01"}),
    ("W26", {"episode.ended_on": "2026-11-20"}, {"episode.ended_on": "2026-12-01"}),
    ("W27", {"payer.rule_set": "COMMERCIAL-DEFAULT"}, {}),
    ("W28", {**NEW, "visits": [{**VISIT, "code": "90791"}]}, {**NEW, "visits": [VISIT]}),
    (
        "W29",
        {**NEW, "visits": [{**VISIT, "made_on": "2026-11-06"}]},
        {**NEW, "visits": [{**VISIT, "made_on": "2026-11-05"}]},
    ),
    ("W30", beside("96127", "2026-11-05"), beside("96127")),
    ("W31", beside("99421"), beside("99421", "2026-11-05")),
    ("W32", {"proofs.measures": []}, {}),
    ("W33", {"time": [entry(), entry(5, id="T2", is_signed=False)]}, {}),
    (
        "W34",
        {"payer.coverage": [{"first": "2026-01-01", "last": "2026-11-15"}]},
        {"payer.coverage": [{"first": "2026-01-01", "last": "2026-11-30"}]},
    ),
    ("W35", OPEN, {}),
    (
        "W36",
        {**APCM, "choices.apcm": "on", "time": [entry(30)]},
        {**APCM, "choices.apcm": "on", "time": [entry(31)]},
    ),
    ("W40", {"setting.place_of_service": "02"}, {"setting.place_of_service": "22"}),
    ("W40", {"setting.modifiers": ["95"]}, {}),
    ("W41", beside("99493", npi=OTHER_NPI), beside("99214", npi=OTHER_NPI)),
    (
        "W42",
        {},
        {"month": "2026-09", "today": "2026-10-02", "time": [entry(worked_on="2026-09-05")]},
    ),
]
IDS = [f"{case[0]}-{number}" for number, case in enumerate(CASES)]
OF_REMITTANCES = {"W38", "W39"}


@pytest.mark.parametrize(("check", "changes", "near"), CASES, ids=IDS)
def test_a_check_fires_where_it_must_and_not_beside_it(
    check: str, changes: dict[str, Any], near: dict[str, Any]
) -> None:
    assert check in fired(evaluated(changes))
    assert check not in fired(evaluated(near))


def test_time_after_death_is_told_as_such_and_as_no_change_of_payer() -> None:
    result = evaluated(
        {
            "time": [entry(40), entry(20, id="T2", worked_on="2026-11-25")],
            "patient.died_on": "2026-11-20",
        }
    )

    assert [each.reason for each in result.time.dropped] == [Dropped.AFTER_DEATH]
    assert "W26" in fired(result)
    assert "W34" not in fired(result)


def test_a_number_that_is_missing_is_not_called_wrong() -> None:
    result = evaluated({"practitioner.npi": ""})

    assert "The practitioner's NPI is not recorded." in [each.words for each in result.checks]


def test_every_check_of_a_month_has_its_case() -> None:
    assert {case[0] for case in CASES} | OF_REMITTANCES == {each.name for each in CheckId}


def test_a_month_without_a_fault_has_no_other_warnings() -> None:
    assert fired(evaluated()) == {"W15", "W42"}
    assert fired(evaluated(initial())) == {"W15", "W42"}
