"""What a medicine, a dose and its end must say, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.domain.ids import MedicationId, PatientId
from cocm_desktop.domain.medication import (
    Adherence,
    DoseDraft,
    Intake,
    IntakeDraft,
    MedicationDraft,
    PastTrialDraft,
    StopDraft,
)
from cocm_desktop.errors import Refused
from tests.builders import a_medication

TODAY = date(2026, 11, 30)
SINCE = date(2026, 10, 5)
MARIA = PatientId("maria")
TAKEN = a_medication("sertraline", ("50 mg", SINCE))
STOPPED = replace(TAKEN, stopped_on=date(2026, 11, 2))
ID = MedicationId(TAKEN.id)


def refused(draft: Any, *arguments: Any) -> list[str]:
    return [problem.message for problem in draft.problems(*arguments, today=TODAY)]


def test_a_whole_draft_is_accepted() -> None:
    draft = MedicationDraft(MARIA, " sertraline ", " 50 mg ", SINCE, prescriber=" Dr. Smith ")

    medication = draft.accept(today=TODAY)

    assert (medication.name, medication.dose.dose) == ("sertraline", "50 mg")
    assert medication.prescriber == "Dr. Smith"
    assert medication.is_current
    assert medication.weeks_at_dose(TODAY) == 8


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Type the name"),
        ({"name": "x" * 121}, "at most 120"),
        ({"dose": ""}, "with its unit"),
        ({"dose": "x" * 81}, "at most 80"),
        ({"since": None}, "the day from which"),
        ({"since": date(2026, 12, 1)}, "cannot start in the future"),
        ({"note": "x" * 401}, "at most 400"),
        ({"prescriber": "x" * 121}, "Prescriber: at most 120"),
    ],
    ids=str,
)
def test_a_medicine_that_cannot_be_kept_says_why(changes: dict[str, Any], words: str) -> None:
    draft = replace(MedicationDraft(MARIA, "sertraline", "50 mg", SINCE), **changes)

    with pytest.raises(Refused, match=words):
        draft.accept(today=TODAY)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (StopDraft(ID, TODAY, " "), "Say why it was stopped."),
        (StopDraft(ID, None, "x"), "Type the day on which it was stopped."),
        (StopDraft(ID, date(2026, 12, 1), "x"), "A medicine cannot be stopped in the future."),
        (StopDraft(ID, date(2026, 10, 4), "x"), "The last dose is of Oct 5, 2026."),
        (DoseDraft(ID, "100 mg", SINCE), "The last dose is of Oct 5, 2026. Choose a later day."),
    ],
    ids=["reason", "day", "future", "before", "dose before"],
)
def test_an_end_or_a_dose_that_cannot_be_says_why(draft: Any, words: str) -> None:
    assert refused(draft, TAKEN) == [words]


def test_a_medicine_that_was_stopped_stays_so() -> None:
    assert refused(StopDraft(ID, TODAY, "again"), STOPPED) == ["It is stopped already."]
    assert refused(DoseDraft(ID, "100 mg", TODAY), STOPPED) == ["It was stopped on Nov 2, 2026."]
    with pytest.raises(Refused, match="It was stopped"):
        DoseDraft(ID, "100 mg", TODAY).accept(STOPPED, today=TODAY)


def test_a_past_trial_needs_a_name() -> None:
    with pytest.raises(Refused, match="Type the name"):
        PastTrialDraft(MARIA, " ").accept()


def test_an_intake_says_both_in_one_line() -> None:
    told = IntakeDraft(ID, Adherence.RARELY, " nausea ", TODAY).accept(TAKEN, today=TODAY)

    assert told == Intake(Adherence.RARELY, "nausea", TODAY)
    assert told.words == "Takes it rarely; nausea"
