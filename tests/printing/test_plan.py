"""The papers of plans: who it is on every page, whom to call, and room for a pen."""

from __future__ import annotations

import pytest

from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient_language import crisis_words_in
from cocm_desktop.domain.plan_words import plan_title, words_of_field
from cocm_desktop.domain.plans import LONGEST_FIELD, Plan, PlanKind
from cocm_desktop.domain.safety_protocol import crisis_words
from cocm_desktop.printing.plan import PlanPaper, PrintedPlan, plan_pdf
from tests.builders import a_patient, a_plan, a_practice
from tests.printing.read_back import texts, titles

CRISIS = crisis_words(DEFAULT_SETTINGS)


def printed(kind: PlanKind, plan: Plan | None = None) -> PrintedPlan:
    return plan_pdf(PlanPaper(a_practice(), a_patient(), kind, plan, CRISIS))


@pytest.mark.parametrize("kind", PlanKind)
def test_an_empty_form_is_one_page_with_every_part(kind: PlanKind) -> None:
    form = printed(kind)

    [page] = texts(form.pdf)
    assert form.pages == 1
    for part in kind.fields:
        assert part.title in page
        assert part.hint in page
    assert "María Alvarez born Apr 5, 1971 MRN 100245" in page
    assert "page 1 of 1" in page


@pytest.mark.parametrize("kind", PlanKind)
def test_a_plan_that_the_patient_keeps_says_whom_to_call(kind: PlanKind) -> None:
    [page] = texts(printed(kind, a_plan(kind)).pdf)

    assert all((line in page) is kind.shows_crisis_lines for line in CRISIS)


def test_each_line_is_a_point_and_a_part_left_empty_has_room_for_a_pen() -> None:
    kind = PlanKind.SAFETY_PLAN
    plan = a_plan(kind, parts={"warning_signs": "Lying awake\n\nNot answering the phone"})

    [page] = texts(printed(kind, plan).pdf)

    assert "• Lying awake • Not answering the phone" in page
    assert "What is worth living for The most important to me" in page


def test_a_long_plan_goes_on_with_the_name_on_every_page() -> None:
    kind = PlanKind.RELAPSE_PREVENTION_PLAN
    line = "Go for a walk before breakfast, with somebody if I can. "
    full = (line * (LONGEST_FIELD // len(line))).replace(". ", ".\n")
    plan = a_plan(kind, parts={part.name: full for part in kind.fields})

    paper = printed(kind, plan)

    pages = texts(paper.pdf)
    assert len(pages) == paper.pages > 1
    assert all("María Alvarez born Apr 5, 1971" in page for page in pages)
    assert sum(page.count("Go for a walk") for page in pages) == full.count("Go for a walk") * 8
    assert titles(paper.pdf) == ["Relapse prevention plan"]
    assert f"page {paper.pages} of {paper.pages}" in pages[-1]


@pytest.mark.parametrize("kind", PlanKind)
def test_a_spanish_form_has_no_english_word_of_ours(kind: PlanKind) -> None:
    crisis = crisis_words_in(DEFAULT_SETTINGS, Language.SPANISH)
    paper = PlanPaper(a_practice(), a_patient(), kind, crisis=crisis, language=Language.SPANISH)

    form = plan_pdf(paper)

    [page] = texts(form.pdf)
    assert form.pages == 1
    for part in kind.fields:
        said = words_of_field(kind, part, Language.SPANISH)
        assert said.title in page
        assert said.hint in page
        assert part.title not in page
    assert "fecha de nacimiento: 5 de abril de 1971 n.º de expediente: 100245" in page
    assert "página 1 de 1" in page
    assert titles(form.pdf) == [plan_title(kind, Language.SPANISH)]
    assert ("llame y oprima 2" in page) is kind.shows_crisis_lines
