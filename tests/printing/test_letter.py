"""Letters, consent forms, envelopes and labels on paper."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocm_desktop.domain.letter import Language, LetterKind
from cocm_desktop.domain.letter_template import (
    BLANK,
    LONGEST_BODY,
    PATIENT_KINDS,
    example_values,
    fill,
)
from cocm_desktop.domain.patient import LONGEST_NAME, Patient, Reach
from cocm_desktop.printing import theme
from cocm_desktop.printing.consent_form import ConsentForm, consent_pdf
from cocm_desktop.printing.letter import BODY_TOP, FOLDS, LetterPaper, PrintedLetter, letter_pdf
from cocm_desktop.printing.mail import envelopes_pdf, labels_pdf
from cocm_desktop.storage.letter_template import shipped
from tests.builders import a_patient, a_practice
from tests.printing.extremes import lines, names
from tests.printing.read_back import reader, texts

INCH = 72.0
LETTERS = [kind for kind in PATIENT_KINDS if kind is not LetterKind.CONSENT]
LONG_NAMED = a_patient(
    first_name="Wilhelmina Alexandrina",
    last_name="Featherstonehaugh-Ramírez de la Concepción",
    reach=Reach(
        address="12345 Northwest Boulevard, Building C, Apartment 1209",
        city="Rancho Santa Margarita",
        state="CA",
        postal_code="92688-1234",
    ),
)
ENORMOUS = a_patient(first_name="x" * LONGEST_NAME, last_name="𝄞Ж漢" * 40)


def letter(body: str, patient: Patient | None = None) -> PrintedLetter:
    return letter_pdf(
        LetterPaper(
            practice=a_practice(),
            patient=patient or a_patient(),
            kind=LetterKind.INTRODUCTION.value,
            language=Language.ENGLISH,
            written_on=date(2026, 11, 20),
            title="Meet your care team",
            body=body,
        )
    )


def boxes(content: bytes) -> list[tuple[float, float, float, float, str]]:
    """Give each run of words on the first page: left, lower, right, upper, words."""
    with (
        closing(pypdfium2.PdfDocument(content)) as document,
        closing(document[0]) as page,
        closing(page.get_textpage()) as text,
    ):
        rects = [text.get_rect(n) for n in range(text.count_rects())]
        return [(*rect, text.get_text_bounded(*rect)) for rect in rects]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", LETTERS)
def test_every_shipped_letter_is_one_page_and_loses_no_word(
    kind: LetterKind, language: Language
) -> None:
    template = shipped(kind, language)
    body = fill(template.body, example_values(language))
    paper = LetterPaper(
        a_practice(), a_patient(), kind.value, language, date(2026, 11, 20), template.title, body
    )

    made = letter_pdf(paper)

    [page] = texts(made.pdf)
    assert made.pages == 1
    plain = [line.removeprefix("# ").removeprefix("- ") for line in body.splitlines()]
    for line in filter(None, (template.title, *plain)):
        assert " ".join(line.split()) in page
    assert ("20 de noviembre de 2026" in page) is (language is Language.SPANISH)


@pytest.mark.parametrize("patient", [a_patient(), LONG_NAMED, ENORMOUS])
def test_a_window_envelope_shows_the_address_and_nothing_else(patient: Patient) -> None:
    made = letter("Hello", patient)

    height = theme.PAGE_HEIGHT
    top, foot = height - 2.04 * INCH, height - 3.625 * INCH
    seen = [box for box in boxes(made.pdf) if box[1] < top and box[3] > foot and box[0] < 387]
    assert seen
    for left, lower, right, upper, _words in seen:
        assert left > 0.875 * INCH
        assert right < 4.4 * INCH
        assert upper <= height - 2.5 * INCH + 1
        assert lower >= height - 3.18 * INCH
    assert made.pages == 1


def test_no_line_of_words_lies_on_a_fold_of_the_head() -> None:
    made = letter("Hello")

    assert all(not box[1] < FOLDS[1] < box[3] for box in boxes(made.pdf))


def test_a_letter_without_an_address_names_the_patient() -> None:
    [page] = texts(letter("Hello", a_patient(reach=Reach())).pdf)

    assert "María Alvarez" in page


@pytest.mark.parametrize("body", ["word " * (LONGEST_BODY // 5), "- point\n" * 90])
def test_a_text_too_long_for_a_page_goes_on_and_loses_no_word(body: str) -> None:
    made = letter(body * 2)

    pages = texts(made.pdf)
    assert made.pages == len(pages) > 1
    words = "word" if "word" in body else "point"
    assert sum(page.count(words) for page in pages) == (body * 2).count(words)
    assert all("María Alvarez" in page for page in pages)


def test_a_box_to_tick_keeps_its_words() -> None:
    [page] = texts(letter("[ ] I will call\n- [ ] no box").pdf)

    assert "I will call" in page
    assert "• [ ] no box" in page


@pytest.mark.parametrize("language", Language)
def test_a_consent_form_is_one_page_with_every_element_and_where_to_sign(
    language: Language,
) -> None:
    template = shipped(LetterKind.CONSENT, language)
    body = fill(template.body, example_values(language))
    form = ConsentForm(a_practice(), language, template.title, body, LONG_NAMED)

    made = consent_pdf(form)
    blank = consent_pdf(replace(form, patient=None, body=fill(template.body, {}, blank=BLANK)))

    [page], [empty] = texts(made.pdf), texts(blank.pdf)
    assert LONG_NAMED.last_name in page
    assert LONG_NAMED.last_name not in empty
    for line in body.splitlines():
        assert " ".join(line.lstrip("#- ").split()) in page
    assert ("Signature" if language is Language.ENGLISH else "Firma") in page


def test_a_long_consent_form_goes_on_with_the_name_on_every_page() -> None:
    form = ConsentForm(a_practice(), Language.ENGLISH, "Consent", "# A\n- b\n" * 90, a_patient())

    made = consent_pdf(form)

    assert made.pages > 1
    assert all("María Alvarez" in page for page in texts(made.pdf))


def test_no_file_names_a_patient_where_a_reader_of_files_looks() -> None:
    pdfs = (
        letter("Hello").pdf,
        envelopes_pdf(a_practice(), [a_patient()]).pdf,
        labels_pdf(a_practice(), [a_patient()], start=1).pdf,
    )
    for pdf in pdfs:
        assert "Alvarez" not in str(reader(pdf).metadata)


def test_a_reader_of_the_file_prints_it_in_its_own_size() -> None:
    preferences = reader(letter("Hello").pdf).viewer_preferences

    assert preferences is not None
    assert str(preferences.print_scaling) == "/None"


def test_an_envelope_has_both_addresses_where_the_post_reads_them() -> None:
    practice = a_practice(address="12 River Street", city="Kingston", state="NY")

    made = envelopes_pdf(practice, [a_patient(), ENORMOUS])
    quiet = envelopes_pdf(practice, [a_patient()], names_practice=False)

    first, _second = texts(made.pdf)
    assert practice.name in first
    assert practice.name not in texts(quiet.pdf)[0]
    page = reader(made.pdf).pages[0].mediabox
    assert (page.width, page.height) == (9.5 * INCH, 4.125 * INCH)
    to = next(box for box in boxes(made.pdf) if "María" in box[4])
    assert to[0] == pytest.approx(4 * INCH, abs=2)
    assert 0.625 * INCH < to[1] < to[3] < 2.75 * INCH


@pytest.mark.parametrize("patient", [a_patient(), LONG_NAMED, ENORMOUS])
def test_no_label_leaves_its_place(patient: Patient) -> None:
    made = labels_pdf(a_practice(), [patient], start=5)

    height = theme.PAGE_HEIGHT
    for left, lower, right, upper, _words in boxes(made.pdf):
        assert (0.1875 + 2.75) * INCH < left < right < (0.1875 + 2.75 + 2.625) * INCH
        assert height - 2.5 * INCH < lower < upper < height - 1.5 * INCH


def test_labels_fill_as_many_sheets_as_they_need() -> None:
    made = labels_pdf(a_practice(), [a_patient()] * 31, start=30)

    assert [page.count("María") for page in texts(made.pdf)] == [1, 30]


@pytest.mark.no_cover
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=names, last=names, street=lines, body=st.lists(lines, max_size=30))
def test_nothing_typed_leaves_its_page_or_its_label(
    first: str, last: str, street: str, body: list[str]
) -> None:
    reach = Reach(address=street, city=street, state="NY", postal_code=street)
    patient = a_patient(first_name=first, last_name=last, reach=reach)

    paper = letter("\n".join(body), patient).pdf
    label = labels_pdf(a_practice(), [patient], start=30).pdf

    low = theme.MARGIN / 3
    for content in (paper, label):
        for left, lower, right, upper, _words in boxes(content):
            assert low < left < right < theme.PAGE_WIDTH - low
            assert low < lower < upper < theme.PAGE_HEIGHT - low
    edge = theme.PAGE_HEIGHT - BODY_TOP
    assert all(not lower < edge < upper for _left, lower, _right, upper, _words in boxes(paper))
