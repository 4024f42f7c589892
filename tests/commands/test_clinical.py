"""Referrals, phases, reviews, settings and what is due, from the command line."""

from __future__ import annotations

import pytest

from tests.commands.conftest import MRN, Cocm

PLANNED = ("--patient", MRN)


def registry_row(cocm: Cocm) -> dict[str, object]:
    [row] = cocm("registry", "--chip", "everyone", "--json").json["rows"]
    found: dict[str, object] = row
    return found


@pytest.fixture
def chen(cocm: Cocm) -> None:
    cocm("staff", "add", "--name", "L. Chen", "--role", "psychiatric-consultant")


def test_a_patient_is_referred_and_then_enrolled_in_the_same_episode(cocm: Cocm) -> None:
    cocm("patient", "add", "--last-name", "Ng", "--first-name", "K", "--born", "1980-01-01",
         "--mrn", "7")  # fmt: skip

    referred = cocm("refer", "--patient", "7", "--on", "11/02/2026", "--practitioner", "A. Smith")
    enrolled = cocm("enroll", "--patient", "7", "--consented", "11/09/2026", "--judged-by", "gad7")

    assert referred.code == enrolled.code == 0
    assert referred.acks == enrolled.acks
    listed = cocm("phase", "list", "--patient", "7").out
    assert "Referred" in listed
    assert "Consented" in listed
    rows = cocm("registry", "--json").json["rows"]
    assert [row["primary"] for row in rows if row["mrn"] == "7"] == ["GAD-7"]


def test_an_episode_is_put_on_hold_and_taken_up_again(cocm: Cocm) -> None:
    held = cocm("phase", "change", *PLANNED, "--to", "on-hold", "--on", "11/10/2026",
                "--reason", "In hospital")  # fmt: skip
    back = cocm("phase", "change", *PLANNED, "--to", "active")

    assert (held.code, back.code) == (0, 0)
    assert "In hospital" in cocm("phase", "list", *PLANNED).out
    assert registry_row(cocm)["status"] == "Active"


def test_a_death_recorded_in_error_is_taken_back(cocm: Cocm) -> None:
    cocm("close", *PLANNED, "--reason", "died", "--on", "11/18/2026")
    dead = registry_row(cocm)["status"]

    back = cocm("reopen", *PLANNED, "--reason", "It was her aunt")

    assert (dead, back.code) == ("Died", 0)
    assert registry_row(cocm)["status"] == "Active"
    assert "Closing taken back: It was her aunt" in cocm("phase", "list", *PLANNED).out


def test_relapse_prevention_without_its_plan_is_refused(cocm: Cocm) -> None:
    answer = cocm("phase", "change", *PLANNED, "--to", "relapse-prevention")

    assert answer.code == 2
    assert "Write the relapse prevention plan" in answer.err
    assert registry_row(cocm)["status"] == "Active"


def test_a_pace_and_a_target_are_set_one_by_one_and_taken_back(cocm: Cocm) -> None:
    assert cocm("pace", *PLANNED, "--every", "3").code == 0
    assert cocm("pace", *PLANNED, "--target", "5").code == 0
    row = registry_row(cocm)
    assert (row["interval"], row["target"]) == ("Every 3 weeks", "below 5, the patient's own")

    cocm("pace", *PLANNED, "--every", "as-needed", "--target", "practice")
    row = registry_row(cocm)
    assert row["interval"] == "As needed"
    assert row["target"] == "Bao/NYS v1: below 10 or half of baseline"
    cocm("pace", *PLANNED, "--every", "practice")
    assert registry_row(cocm)["interval"] == "The practice's pace"


def test_the_scale_is_chosen_before_there_is_a_baseline(cocm: Cocm) -> None:
    assert cocm("pace", *PLANNED, "--judged-by", "PCL-5", "--target", "30").code == 0

    row = registry_row(cocm)
    assert (row["primary"], row["target"]) == ("PCL-5", "below 30, the patient's own")


@pytest.mark.parametrize("target", ["five", "-1", "28"])
def test_a_target_that_is_none_is_refused(cocm: Cocm, target: str) -> None:
    answer = cocm("pace", *PLANNED, f"--target={target}")

    assert answer.code == 2
    assert "Traceback" not in answer.err


@pytest.mark.usefixtures("chen")
def test_a_review_is_recorded_and_its_advice_followed(cocm: Cocm) -> None:
    made = cocm("review", "add", *PLANNED, "--consultant", "L. Chen", "--on", "11/04/2026",
                "--minutes", "8", "--mode", "phone", "--recommend", "Raise to 100 mg",
                "--kind", "dose",
                "--due", "11/18/2026")  # fmt: skip
    assert made.code == 0
    [review] = cocm("review", "list", *PLANNED, "--json").json
    [advice] = review["recommendations"]
    assert (review["counts"], review["seconds"], advice["due_on"]) == (True, 480, "2026-11-18")
    assert review["mode"] == "Phone"
    assert registry_row(cocm)["overdue_recommendations"] == 1
    assert "Raise to 100 mg" in cocm("review", "list", *PLANNED).out

    for status in ("sent", "accepted", "done"):
        step = cocm("review", "step", "--recommendation", advice["id"], "--status", status)
        assert step.code == 0

    [review] = cocm("review", "list", *PLANNED, "--json").json
    steps = review["recommendations"][0]["steps"]
    assert [step["status"] for step in steps] == ["Sent", "Accepted", "Done"]
    row = registry_row(cocm)
    assert (row["overdue_recommendations"], row["last_review_on"]) == (0, "2026-11-04")
    assert row["plan_since"] == "2026-11-20"


@pytest.mark.usefixtures("chen")
def test_several_recommendations_are_told_one_by_one_or_together(cocm: Cocm) -> None:
    made = cocm("review", "add", *PLANNED, "--consultant", "L. Chen", "--on", "11/18/2026",
                "--recommend", "Raise to 100 mg", "--kind", "dose", "--owner", "practitioner",
                "--recommend", "TSH", "--kind", "lab", "--owner", "care-manager",
                "--recheck", "12/16/2026", "--documents", "Labs of October",
                "--next", "12/2/2026")  # fmt: skip
    assert made.code == 0, made.err

    [review] = cocm("review", "list", *PLANNED, "--json").json
    assert (review["documents"], review["next_review_on"]) == ("Labs of October", "2026-12-02")
    assert review["meeting_id"] is None
    assert [(a["text"], a["owner"], a["recheck_on"]) for a in review["recommendations"]] == [
        ("Raise to 100 mg", "Treating practitioner", "2026-12-16"),
        ("TSH", "Care manager", "2026-12-16"),
    ]


@pytest.mark.usefixtures("chen")
def test_values_that_do_not_fit_the_number_of_recommendations_are_refused(cocm: Cocm) -> None:
    answer = cocm("review", "add", *PLANNED, "--consultant", "L. Chen", "--recommend", "TSH",
                  "--kind", "lab", "--kind", "dose")  # fmt: skip

    assert answer.code == 2
    assert "once for each of the 1 --recommend" in answer.err
    assert cocm("review", "list", *PLANNED, "--json").json == []


@pytest.mark.usefixtures("chen")
def test_a_patient_who_was_not_discussed_is_listed_as_not_reviewed(cocm: Cocm) -> None:
    cocm("review", "add", *PLANNED, "--consultant", "L. Chen", "--not-discussed")

    listed = cocm("review", "list", *PLANNED).out
    assert "Not discussed" in listed
    assert registry_row(cocm)["last_review_on"] is None


@pytest.mark.usefixtures("chen")
def test_a_review_without_a_recommendation_is_refused(cocm: Cocm) -> None:
    answer = cocm("review", "add", *PLANNED, "--consultant", "L. Chen", "--recommend", "   ",
                  "--kind", "dose")  # fmt: skip

    assert answer.code == 2
    assert "counts only with a recommendation" in answer.err
    assert cocm("review", "list", *PLANNED, "--json").json == []


def test_what_is_due_is_listed_with_its_reason(cocm: Cocm) -> None:
    shown = cocm("due").out

    assert "R1" in shown
    assert "no review since the initial assessment Oct 1, 2026" in shown
    assert shown.rstrip().endswith("for 1 patient.")


def test_what_is_due_can_be_narrowed_and_explained(cocm: Cocm) -> None:
    answer = cocm("due", "--rule", "r1", "--why", "--care-manager", "mbell")

    assert "Source: SCOPE: overdue without a review" in answer.out
    assert answer.out.rstrip().endswith("1 item for 1 patient.")
    assert cocm("due", "--rule", "R7").out.strip() == "0 items for 0 patients."
    unknown = cocm("due", "--rule", "R99")
    assert (unknown.code, unknown.out) == (2, "")
    assert "There is no rule R99." in unknown.err


def test_what_is_due_as_json(cocm: Cocm) -> None:
    content = cocm("due", "--days", "0", "--json").json

    assert content["format"] == "cocm due 1"
    [new] = [item for item in content["due"] if item["rule"] == "R1"]
    assert (new["opened_on"], new["is_open"], new["urgency"]) == ("2026-10-01", True, "Overdue")
    assert new["proposed_on"] is None
    assert new["threshold"] == "The caseload review meets every: 7 days"


def test_an_inactive_patient_is_proposed_for_closing_and_not_closed(cocm: Cocm) -> None:
    content = cocm("--as-of", "2027-01-05T12:00", "due", "--rule", "F7", "--json").json

    [item] = content["due"]
    assert item["proposed_on"] == "2026-12-30"
    assert registry_row(cocm)["status"] == "Active"


def test_settings_are_listed_previewed_changed_and_kept(cocm: Cocm) -> None:
    names = [setting["name"] for setting in cocm("setting", "list", "--json").json]
    assert "stale_days" in names
    assert "988" in cocm("setting", "list").out

    preview = cocm("setting", "preview", "no_contact_days", "20")
    assert "30 becomes 20 days" in preview.out
    assert "1 patient would see something else due." in preview.out
    assert cocm("setting", "change", "no_contact_days", "20").code == 0

    [found] = [s for s in cocm("setting", "list", "--json").json if s["name"] == "no_contact_days"]
    assert (found["value"], found["default"]) == (20, 30)
    history = cocm("setting", "history").out
    assert "M. Bell" in history
    assert "1 change." in history


def test_a_setting_that_does_not_fit_is_refused(cocm: Cocm) -> None:
    answer = cocm("setting", "change", "stale_days", "0")

    assert answer.code == 2
    assert "type 14 to 120 days" in answer.err
    assert "0 changes." in cocm("setting", "history").out


def test_a_referral_waits_on_the_list(cocm: Cocm) -> None:
    cocm("patient", "add", "--last-name", "Waits", "--first-name", "Ana", "--born", "4/5/1971",
         "--mrn", "77")  # fmt: skip
    cocm("refer", "--patient", "77", "--on", "11/2/2026")

    moved = cocm("phase", "change", "--patient", "77", "--to", "wait-listed", "--on", "11/3/2026",
                 "--reason", "No place free")  # fmt: skip

    assert moved.code == 0
    assert "No place free" in cocm("phase", "list", "--patient", "77").out


def test_every_episode_is_listed_with_its_verdicts_named(cocm: Cocm) -> None:
    [episode] = cocm("phase", "history", *PLANNED, "--json").json
    listed = cocm("phase", "history", *PLANNED).out

    assert (episode["status"], episode["primary"]) == ("Active", "PHQ-9")
    assert episode["verdicts"][0]["set"] == "Bao/NYS target v1"
    assert [phase["to"] for phase in episode["phases"]] == ["Consented", "Active"]
    assert listed.endswith("1 episode.\n")
    assert "Bao/NYS target v1: cannot be said yet" in listed


def test_the_outcome_definitions_are_listed_with_version_and_source(cocm: Cocm) -> None:
    sets = cocm("setting", "definitions", "--json").json

    assert [each["set"] for each in sets] == [
        "Bao/NYS target v1", "HEDIS response v1", "SCOPE treatment response v1", "Remission v1",
    ]  # fmt: skip
    assert all(each["source"] and each["definition"] for each in sets)
    assert "Remission v1" in cocm("setting", "definitions").out
