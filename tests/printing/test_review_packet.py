from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import ReviewPacket
from cocm_desktop.domain.review_priority import cases_that_fit
from cocm_desktop.printing.review_packet import packet_pdf
from tests.builders import TODAY, a_caseload, a_course, a_packet, a_practice, a_row, id_of
from tests.printing.read_back import reader, texts


def many_rows(count: int) -> list[RegistryRow]:
    """Give that many patients in their second week, all of whom are on the agenda."""
    return [
        a_row(
            14,
            last_name=f"Patient{number}",
            patient_id=PatientId(id_of(f"patient {number}")),
            episode_id=EpisodeId(id_of(f"episode {number}")),
            mrn=f"{100200 + number}",
            enrolled_on=TODAY - timedelta(weeks=2),
        )
        for number in range(count)
    ]


def targets_of(page: Any) -> list[Any]:
    """Give the pages to which the links of a page lead."""
    links = [note.get_object() for note in page.get("/Annots", [])]
    return [link["/Dest"][0].get_object() for link in links]


@pytest.fixture(scope="module")
def packet() -> ReviewPacket:
    return a_packet()


@pytest.fixture(scope="module")
def content(packet: ReviewPacket) -> bytes:
    return packet_pdf(packet)


def test_a_packet_is_its_agenda_and_a_page_for_each_patient(
    packet: ReviewPacket, content: bytes
) -> None:
    pages = texts(content)

    assert len(pages) == 1 + len(packet.sheets)
    assert pages[0].startswith("Caseload review Riverbend Family Medicine Friday, Nov 20, 2026")
    for number, (sheet, page) in enumerate(zip(packet.sheets, pages[1:], strict=True), start=1):
        assert page.startswith(sheet.chart.patient.name)
        assert f"Case {number} of {len(packet.sheets)}" in page
        assert f"page {number + 1} of {len(pages)}" in page


def test_every_page_says_who_prepared_it_and_from_which_moment(content: bytes) -> None:
    foot = (
        "Confidential · Riverbend Family Medicine · prepared Nov 20, 2026 8:04 AM "
        "by M. Bell, LCSW from records as of that time"
    )

    assert all(foot in page for page in texts(content))


def test_the_agenda_names_each_patient_with_scores_reason_and_page() -> None:
    row = a_row(18, 14, 12, question="Raise the dose?", gad7=a_row().gad7)

    [agenda, _] = texts(packet_pdf(a_packet([row])))

    assert "Care manager M. Bell, LCSW" in agenda
    assert "Meeting 180 min" in agenda
    assert "Records as of Nov 20, 2026 8:04 AM" in agenda
    assert "B Non-response 1" in agenda
    assert "ALVAREZ, María 55 y, MRN 100245 Active week 11 18 → 12 –33 %" in agenda
    assert "PHQ-9, Oct 2 49 d old" in agenda
    assert "R6 Week 11" in agenda
    assert "R9 The care manager asks: Raise the dose?" in agenda


def test_item_9_on_the_agenda_tells_not_asked_from_zero() -> None:
    asked = a_row(14, enrolled_on=TODAY)
    score = replace(asked.phq9.scores[0], critical=None)
    unasked = replace(asked, phq9=replace(asked.phq9, scores=(score,), baseline=score))

    assert "9 0 R1" in texts(packet_pdf(a_packet([asked])))[0]
    assert "9 not asked R1" in texts(packet_pdf(a_packet([unasked])))[0]


def test_a_patient_who_was_never_measured_has_no_score() -> None:
    nothing = a_course(enrolled_on=TODAY)
    row = a_row(enrolled_on=TODAY, phq9=nothing, gad7=nothing)

    assert "week 0 no PHQ-9 — — R1 Week 0, no review" in texts(packet_pdf(a_packet([row])))[0]


def test_sections_stand_in_the_order_of_the_discussion(content: bytes) -> None:
    agenda = texts(content)[0]

    headings = ["A Safety", "B Non-response", "D New", "H Ready to step down"]
    places = [agenda.index(heading) for heading in headings]
    assert places == sorted(places)


@pytest.mark.parametrize(("count", "line"), [(2, 0), (3, 0), (4, 1), (9, 1)])
def test_a_line_shows_where_the_time_of_the_meeting_ends(count: int, line: int) -> None:
    agenda = texts(packet_pdf(a_packet(many_rows(count), meeting_minutes=30)))[0]

    assert agenda.count(f"3 of {count} fit in 30 min at 8.6 min a case") == 2 * line


def test_the_line_follows_the_length_of_the_meeting() -> None:
    packet = a_packet(many_rows(9), meeting_minutes=60)

    agenda = texts(packet_pdf(packet))[0]

    assert cases_that_fit(60) == 6
    assert (
        agenda.index("PATIENT5") < agenda.rindex("6 of 9 fit in 60 min") < agenda.index("PATIENT6")
    )


def test_a_long_agenda_goes_on_with_its_headings() -> None:
    pages = texts(packet_pdf(a_packet(many_rows(45))))

    agenda = [page for page in pages if page.startswith("Caseload review")]
    assert len(pages) == len(agenda) + 45
    assert len(agenda) > 1
    assert all("Caseload review, Nov 20, 2026, continued No. Patient" in p for p in agenda[1:])
    assert all("D New, not yet reviewed continued" in page for page in agenda[1:])
    assert sum(page.count("PATIENT") for page in agenda) == 45
    assert agenda[0].index("D New, not yet reviewed 45") < agenda[0].index("PATIENT0")


@pytest.mark.parametrize("count", range(19, 22))
def test_the_sign_off_is_never_alone_on_a_page(count: int) -> None:
    pages = texts(packet_pdf(a_packet(many_rows(count))))

    [signed] = [p for p in pages if "Consultant Care manager From to" in p]
    assert "PATIENT" in signed


def test_the_agenda_leads_to_each_sheet() -> None:
    pages = reader(packet_pdf(a_packet(many_rows(22)))).pages

    agenda = [page for page in pages if page.extract_text().startswith("Caseload")]
    there = [target for page in agenda for target in targets_of(page) if target != pages[0]]
    assert there == list(pages[len(agenda) :])
    assert all(targets_of(page) == [pages[0]] for page in pages[len(agenda) :])


def test_bookmarks_name_each_section_with_its_patients(
    packet: ReviewPacket, content: bytes
) -> None:
    outline: list[Any] = reader(content).outline

    names = [sheet.chart.patient.name for sheet in packet.sheets]
    inner = [mark["/Title"] for part in outline if isinstance(part, list) for mark in part]
    outer = [mark["/Title"] for mark in outline if not isinstance(mark, list)]
    assert inner == [f"{n}. {name}" for n, name in enumerate(names, start=1)]
    assert outer[:3] == ["Agenda", "A Safety", "B Non-response"]


def test_a_review_without_patients_has_a_page_that_says_so() -> None:
    [page] = texts(packet_pdf(a_packet([])))

    assert "Nobody is on the agenda." in page
    assert "page 1 of 1" in page


def test_a_review_of_all_care_managers_says_so() -> None:
    assert "Caseload all care managers" in texts(packet_pdf(a_packet([], care_manager=None)))[0]


def test_the_same_packet_gives_the_same_file(packet: ReviewPacket, content: bytes) -> None:
    packet_pdf(a_packet([a_row(last_name="রবীন্দ্রনাথ", first_name="محمد")]))

    assert packet_pdf(packet) == content


def test_the_file_tells_nothing_of_a_patient_before_it_is_opened(content: bytes) -> None:
    document = reader(content)

    assert document.metadata is not None
    assert document.metadata.title == "Review packet"
    told = " ".join(str(value) for value in document.metadata.values())
    assert not [row.last_name for row in a_caseload() if row.last_name in told]
    assert document.xmp_metadata is None
    assert str(document.root_object["/Lang"]) == "en-US"


def test_every_face_is_embedded(content: bytes) -> None:
    pages: list[Any] = list(reader(content).pages)
    faces = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]

    assert faces
    assert all("/FontFile2" in face["/FontDescriptor"] for face in faces)


def test_a_sample_clinic_is_marked_on_every_page() -> None:
    pages = texts(packet_pdf(a_packet(many_rows(2), practice=a_practice(is_sample=True))))

    assert all("SAMPLE – NOT A REAL PATIENT" in page for page in pages)


def test_no_insurance_or_address_gets_into_a_packet(packet: ReviewPacket, content: bytes) -> None:
    patient = packet.sheets[0].chart.patient

    words = " ".join(texts(content))

    assert patient.reach.address not in words
    assert patient.coverage.member_id not in words
    assert patient.coverage.payer not in words
