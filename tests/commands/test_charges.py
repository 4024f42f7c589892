"""Payers, coverage, fees and settings of billing at the command line."""

from __future__ import annotations

import pytest

from cocm_desktop.domain.billing.coverage_draft import RANK_WORDS
from tests.commands.conftest import MRN, Cocm

AETNA = (
    *("payer", "add", "--name", "Aetna", "--rule-set", "COMMERCIAL-DEFAULT"),
    *("--filing", "commercial", "--payer-number", "60054", "--confirmed-on", "11/02/2026"),
)


@pytest.fixture
def aetna(cocm: Cocm) -> str:
    return cocm(*AETNA).acks[0]


def test_a_payer_is_added_changed_retired_and_restored(cocm: Cocm, aetna: str) -> None:
    again = cocm(*AETNA)
    changed = cocm("payer", "change", "AETNA", "--days-to-file", "120", "--phone", "555-555-0100")
    retired = cocm("payer", "retire", aetna)
    [shown] = cocm("payer", "list", "--json").json

    assert (again.code, changed.code, retired.code) == (2, 0, 0)
    assert "already" in again.err
    assert (shown["days_to_file"], shown["active"], shown["filing"]) == (120, False, "commercial")
    assert shown["confirmed_on"] == "2026-11-02"
    assert cocm("payer", "restore", "Aetna").code == 0
    cocm("payer", "change", "Aetna", "--days-to-file", "0", "--confirmed-on", "")
    [shown] = cocm("payer", "list", "--json").json
    assert (shown["days_to_file"], shown["confirmed_on"], shown["active"]) == (None, None, True)
    assert "Aetna  60054" in cocm("payer", "list").out
    assert cocm("payer", "retire", "Cigna").code == 2


def test_patients_who_name_a_payer_are_given_it(cocm: Cocm, aetna: str) -> None:
    cocm(
        *("patient", "add", "--last-name", "Adams", "--first-name", "Kim", "--born", "1/2/1980"),
        *("--payer", "AETNA", "--member-id", "W1", "--mrn", "77"),
    )
    named = cocm("payer", "named", "--json").json
    words = cocm("payer", "named").out

    covers = cocm("payer", "covers", "Aetna", "aetna", "--from", "1/1/2026")

    assert named == [{"words": "AETNA", "patients": 1, "without_member_id": 0, "payer_id": aetna}]
    assert "AETNA" in words
    assert covers.code == 0
    assert cocm("payer", "list", "--json").json[0]["patients"] == 1
    assert cocm("coverage", "list", "--patient", "77", "--json").json[0]["member_id"] == "W1"


def test_coverage_is_recorded_changed_asked_about_and_voided(cocm: Cocm, aetna: str) -> None:
    added = cocm(
        *("coverage", "add", "--patient", MRN, "--payer", "Aetna", "--member-id", "W9"),
        *("--relation", "spouse", "--insured-last-name", "Alvarez", "--insured-first-name", "J"),
        *("--insured-born", "5/1/1970", "--insured-sex", "male", "--first-on", "1/1/2026"),
    )
    [coverage] = added.acks
    changed = cocm(
        *("coverage", "change", "--patient", MRN, coverage, "--last-on", "12/31/2026"),
        *("--rank", "2", "--payer", aetna),
    )
    asked = cocm(
        *("coverage", "checked", coverage, "--active", "yes", "--covers-cocm", "no"),
        *("--copay", "25", "--plan", "Silver", "--reference-number", "R-7"),
    )
    [shown] = cocm("coverage", "list", "--patient", MRN, "--json").json

    assert (changed.code, asked.code) == (0, 0)
    assert (shown["rank"], shown["last_on"], shown["payer"]) == (2, "2026-12-31", "Aetna")
    assert shown["insured"]["born_on"] == "1970-05-01"
    assert shown["checks"][0]["copay_cents"] == 2500
    listed = cocm("coverage", "list", "--patient", MRN).out
    assert RANK_WORDS[2] in listed
    assert "does not cover collaborative care" in listed

    own = cocm(
        *("coverage", "change", "--patient", MRN, coverage, "--relation", "self"),
        *("--last-on", ""),
    )
    assert own.code == 0
    [now] = cocm("coverage", "list", "--patient", MRN, "--json").json
    assert (now["insured"], now["last_on"], now["first_on"]) == (None, None, "2026-01-01")
    assert cocm("coverage", "change", "--patient", MRN, "nothing").code == 2
    assert cocm("coverage", "void-check", asked.acks[0], "--reason", "typo").code == 0
    assert cocm("coverage", "void", coverage, "--reason", "another's card").code == 0
    assert cocm("coverage", "list", "--patient", MRN, "--json").json == []


def test_a_setting_is_chosen_from_a_day_on(cocm: Cocm) -> None:
    chosen = cocm("billing-setting", "set", "place_of_service", "22", "--from", "3/1/2026")
    refused = cocm("billing-setting", "set", "place_of_service", "02")
    shown = {line["name"]: line for line in cocm("billing-setting", "list", "--json").json}

    assert (chosen.code, refused.code) == (0, 2)
    line = shown["place_of_service"]
    assert (line["value"], line["valid_from"], line["default"]) == ("22", "2026-03-01", "11")
    assert "22, Outpatient hospital" in cocm("billing-setting", "list").out
    assert "1 change." in cocm("billing-setting", "history").out


def test_what_is_missing_is_said(cocm: Cocm, aetna: str) -> None:
    read = cocm("setup", "--json").json
    words = cocm("setup").out

    assert {"place": "fees", "words": "No charge is recorded for 99492.", "needed": True} in read[
        "gaps"
    ]
    assert read["amounts"][1] == {
        "code": "99493",
        "office_cents": 14496,
        "facility_cents": 8951,
    }
    assert "allowed, before deductible and coinsurance" in words
    assert "$144.96" in words


def test_a_charge_is_withdrawn(cocm: Cocm) -> None:
    [fee] = cocm("fee", "set", "99484", "90", "--from", "1/1/2026").acks

    assert cocm("fee", "void", fee, "--reason", "typo").code == 0
    assert cocm("fee", "list", "--json").json == []


def test_a_practitioner_bills_incident_to_a_physician(cocm: Cocm) -> None:
    cocm(
        *("staff", "add", "--name", "R. Ortiz", "--credentials", "FNP-BC"),
        *("--role", "treating-practitioner", "--taxonomy", "363LF0000X"),
    )

    changed = cocm(
        *("staff", "change", "R. Ortiz", "--incident-to", "yes", "--supervisor", "A. Smith"),
        *("--npi", "1234567893"),
    )

    assert changed.code == 0
    members = {member["name"]: member for member in cocm("staff", "list", "--json").json}
    ortiz = members["R. Ortiz"]
    assert (ortiz["bills_as"], ortiz["bills_incident_to"]) == ("NP", True)
    assert ortiz["supervisor_id"] == members["A. Smith"]["id"]
    assert ortiz["taxonomy"] == "363LF0000X"
