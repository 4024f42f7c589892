"""Diagnoses, intake and allergies from the command line."""

from __future__ import annotations

from tests.commands.conftest import MRN, Cocm

OF_MARIA = ("--patient", MRN)


def test_codes_are_found_without_a_clinic(cocm: Cocm) -> None:
    found = cocm("diagnosis", "search", "mdd", "recurrent", "moderate")

    assert found.code == 0
    assert "F33.1" in found.out
    assert "Major depressive disorder, recurrent, moderate" in found.out


def test_a_search_that_finds_nothing_says_so(cocm: Cocm) -> None:
    found = cocm("diagnosis", "search", "zzz")

    assert (found.code, found.out) == (0, "")
    assert found.err == "No code was found for “zzz”.\n"


def test_a_diagnosis_is_added_made_primary_resolved_and_withdrawn(cocm: Cocm) -> None:
    added = cocm("diagnosis", "add", *OF_MARIA, "--code", "f4310", "--onset", "2019")
    [diagnosis] = added.acks

    assert cocm("diagnosis", "primary", diagnosis).acks == [diagnosis]
    listed = cocm("diagnosis", "list", *OF_MARIA).out.splitlines()
    assert "Working, primary" in listed[2]
    assert "F43.10" in listed[2]

    assert cocm("diagnosis", "resolve", diagnosis).acks == [diagnosis]
    assert "Resolved" in cocm("diagnosis", "list", *OF_MARIA).out

    assert cocm("diagnosis", "void", diagnosis, "--reason", "wrong").acks == [diagnosis]
    assert "F43.10" not in cocm("diagnosis", "list", *OF_MARIA).out


def test_unspecified_depression_is_kept_and_warned_of(cocm: Cocm) -> None:
    added = cocm("diagnosis", "add", *OF_MARIA, "--code", "F32.A")

    assert added.code == 0
    assert "CMS159" in added.err


def test_a_code_twice_is_refused(cocm: Cocm) -> None:
    refused = cocm("diagnosis", "add", *OF_MARIA, "--code", "F33.1")

    assert refused.code == 2
    assert "on the list already" in refused.err


def test_how_a_medicine_is_taken_is_listed_with_the_allergies(cocm: Cocm) -> None:
    [medicine] = cocm(
        *("medication", "add", *OF_MARIA, "--name", "sertraline", "--dose", "50 mg"),
        *("--frequency", "every morning", "--since", "t-60"),
    ).acks

    assert cocm(
        *("medication", "intake", medicine, "--adherence", "misses-some"),
        *("--side-effects", "dry mouth"),
    ).acks == [medicine]
    assert cocm("medication", "allergies", *OF_MARIA, "penicillin: rash").code == 0

    listed = cocm("medication", "list", *OF_MARIA).out
    assert "50 mg, every morning" in listed
    assert "Misses some doses; dry mouth" in listed
    assert "Allergies: penicillin: rash." in listed


def test_a_medicine_and_a_past_trial_are_withdrawn(cocm: Cocm) -> None:
    [medicine] = cocm(
        "medication", "add", *OF_MARIA, "--name", "sertraline", "--dose", "50 mg"
    ).acks
    [trial] = cocm("medication", "tried", *OF_MARIA, "--name", "bupropion").acks

    assert cocm("medication", "void", "medicine", medicine, "--reason", "wrong").code == 0
    assert cocm("medication", "void", "trial", trial, "--reason", "wrong").code == 0

    listed = cocm("medication", "list", *OF_MARIA).out
    assert "sertraline" not in listed
    assert "bupropion" not in listed
