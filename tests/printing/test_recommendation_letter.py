"""The letter about a review on paper: whatever is typed, no advice, box or notice is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest

from cocm_desktop.domain.background import PART2_NOTICE
from cocm_desktop.domain.case_review import (
    LONGEST_WORDS,
    Recommendation,
    RecommendationKind,
    RecommendationOwner,
    RecommendationUrgency,
)
from cocm_desktop.domain.follow_through_report import (
    AdviceCase,
    Grouping,
    ReportChoice,
    follow_through_report,
)
from cocm_desktop.domain.ids import CaseReviewId, LetterId, RecommendationId
from cocm_desktop.domain.letter import Language, Letter, LetterKind
from cocm_desktop.domain.recommendation_letter import (
    CAVEAT,
    Heading,
    Passage,
    one_line,
    passages_of,
    text_of,
)
from cocm_desktop.printing.follow_through_report import report_pdf
from cocm_desktop.printing.recommendation_letter import LetterPaper, letter_pdf
from tests.builders import a_care_manager, a_patient, a_practice
from tests.printing.read_back import texts

LETTERS = ("a", "W", "word ", "治療", "علاج ", "é", "😀", "-", "{\\", "0")


def asked(words: str) -> Recommendation:
    return Recommendation(
        RecommendationId("a"),
        CaseReviewId("r"),
        RecommendationKind.DOSE,
        words,
        RecommendationOwner.BOTH,
        RecommendationUrgency.TODAY,
        due_on=date(2026, 12, 24),
        recheck_on=date(2027, 1, 21),
    )


def a_paper(
    *words: str, name: str = "Alvarez", impression: str = "Partial response"
) -> LetterPaper:
    given = tuple(map(asked, words))
    advice = [
        line
        for number, each in enumerate(given, start=1)
        for line in (f"{number}. {one_line(each.words)}", f"   {each.about}")
    ]
    body = text_of(
        (
            Passage(None, ("Your patient was discussed.",)),
            Passage(Heading.IMPRESSION, (one_line(impression) or "—",)),
            Passage(Heading.ADVICE, tuple(advice)),
            Passage(Heading.PART2, ("Elm House: methadone.", PART2_NOTICE)),
            Passage(Heading.READING, (CAVEAT,)),
        )
    )
    patient = replace(a_patient(), last_name=name)
    letter = Letter(
        LetterId("l"),
        patient.id,
        LetterKind.RECOMMENDATION,
        Language.ENGLISH,
        date(2026, 11, 20),
        "A. Smith, MD",
        "Recommendations of the case review on Nov 20, 2026",
        body,
    )
    return LetterPaper(a_practice(), patient, letter, given)


def words_of(paper: LetterPaper) -> list[str]:
    return [" ".join(page.split()) for page in texts(letter_pdf(paper).pdf)]


def typed(random: Random, length: int) -> str:
    return "".join(random.choice(LETTERS) for _ in range(length))[:length]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.no_cover
def test_a_page_keeps_who_it_is_about_and_every_mandatory_line(seed: int) -> None:
    random = Random(seed)
    count = random.choice((1, 2, 4))
    words = [typed(random, random.choice((5, 200, LONGEST_WORDS))) for _ in range(count)]
    paper = a_paper(*words, name=typed(random, 120), impression=typed(random, LONGEST_WORDS))

    [page] = words_of(paper)

    assert page.count("agree with changes") == count
    for part in (paper.patient.born, paper.patient.mrn, PART2_NOTICE, CAVEAT, "Signature"):
        assert part in page
    assert "page 1 of 1" in page


def test_advice_that_fills_several_pages_is_complete_on_them() -> None:
    paper = a_paper(*(f"number{n} " + "w " * 400 for n in range(25)))

    pages = words_of(paper)

    assert len(pages) > 1
    assert sum(page.count("agree with changes") for page in pages) == 25
    assert all(any(f"number{n} " in page for page in pages) for n in range(25))
    assert all(PART2_NOTICE in page and paper.patient.born in page for page in pages)


def test_passages_are_read_back_as_they_were_written() -> None:
    body = a_paper("Raise the dose").letter.body

    assert text_of(passages_of(body)) == body
    assert [each.heading for each in passages_of(body)][1:] == [
        Heading.IMPRESSION,
        Heading.ADVICE,
        Heading.PART2,
        Heading.READING,
    ]


def test_a_report_by_many_practitioners_goes_on_over_the_page() -> None:
    choice = ReportChoice(date(2026, 9, 1), date(2026, 11, 30), Grouping.PRACTITIONER)
    cases = [
        AdviceCase(asked("Raise"), date(2026, 9, 2), f"Practitioner {n:02}") for n in range(70)
    ]
    report = follow_through_report(cases, choice, today=date(2026, 11, 30), done_days=14)
    as_of = datetime(2026, 11, 30, 12, tzinfo=UTC)

    content, pages = report_pdf(report, a_practice(), prepared_by=a_care_manager(), as_of=as_of)

    read = texts(content)
    assert len(read) == pages == 2
    assert all("Answered in time" in page for page in read)
    assert all(any(f"Practitioner {n:02}" in page for page in read) for n in range(70))
    assert "Issued: every recommendation" in read[-1]
