"""Whom a paper is about is said in full, however long the name is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cocm_desktop.actions.home_form import translations
from cocm_desktop.domain.home_form import form_wording
from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient import LONGEST_NAME, Patient
from cocm_desktop.domain.patient_summary import SummaryFacts, patient_summary
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.printing.consent_form import ConsentForm, consent_pdf
from cocm_desktop.printing.home_form import FormPaper, form_pdf
from cocm_desktop.printing.patient_summary import summary_pdf
from cocm_desktop.printing.plan import PlanPaper, plan_pdf
from tests.builders import a_chart, a_patient, a_practice, a_row, phq9
from tests.printing.read_back import texts

ENGLISH = Language.ENGLISH
LONG = a_patient(first_name="W" * LONGEST_NAME, last_name="M" * LONGEST_NAME)


def _summary(patient: Patient) -> bytes:
    facts = SummaryFacts(a_practice(), a_chart(a_row(18), patient=patient))
    return summary_pdf(patient_summary(facts, ENGLISH))[0]


def _home_form(patient: Patient) -> bytes:
    wording = form_wording(phq9(), ENGLISH, translations())
    return form_pdf(FormPaper(a_practice(), patient, (wording,), ()))[0]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_summary, id="summary"),
        pytest.param(_home_form, id=PHQ9),
        pytest.param(
            lambda who: plan_pdf(PlanPaper(a_practice(), who, PlanKind.SAFETY_PLAN)).pdf, id="plan"
        ),
        pytest.param(
            lambda who: consent_pdf(ConsentForm(a_practice(), ENGLISH, "x", "y", who)).pdf,
            id="consent",
        ),
    ],
)
def test_a_name_too_long_is_cut_and_never_the_birth_and_number(
    make: Callable[[Patient], bytes],
) -> None:
    [page] = texts(make(LONG))

    assert "…" in page
    assert "Apr 5, 1971" in page
    assert "100245" in page
