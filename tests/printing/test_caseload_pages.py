from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.domain.caseload_statistics import statistics_of
from cocm_desktop.domain.packet_options import Identity, PacketOptions
from cocm_desktop.domain.review_packet import ReviewPacket
from cocm_desktop.domain.review_priority import CarriedOver, LeftOut
from cocm_desktop.printing.review_packet import packet_pdf, press_packet
from tests.builders import (
    NAMES,
    TODAY,
    a_care_manager,
    a_caseload,
    a_course,
    a_packet,
    a_row,
    an_agenda_entry,
)
from tests.printing.compared import faults_of
from tests.printing.read_back import reader, texts


def whole(**changes: Any) -> ReviewPacket:
    """Give a packet with the pages about the whole caseload."""
    packet = a_packet(**changes)
    figures = statistics_of(packet.caseload, care_managers=[a_care_manager()], reviewed={})
    return replace(packet, statistics=figures)


def test_the_back_has_everybody_in_care_with_page_and_figures() -> None:
    nothing = a_course(enrolled_on=TODAY)
    new = a_row(last_name="Zima", enrolled_on=TODAY, phq9=nothing, gad7=nothing)
    packet = whole(rows=(*a_caseload(), new))

    *_, back = texts(packet_pdf(packet))

    assert "Caseload on Nov 20, 2026 12 open episodes" in back
    assert "ZIMA, María 100245 Active 0 — — — 8 —" in back
    for line in packet.caseload:
        assert f"{line.first_name} {line.mrn} " in back
    for share in packet.statistics.shares if packet.statistics else ():
        assert f"{share.title} {share.count_words} {share.percent_words}" in back
    assert back.index("The caseload as a whole".upper()) < back.index("Consultant Care manager")


def test_a_long_caseload_goes_on_under_its_care_managers() -> None:
    rows = [
        replace(row, care_manager=name, last_name=f"{row.last_name}{number}")
        for number in range(8)
        for row in a_caseload()
        for name in ("M. Bell", "J. Reyes")
    ]
    packet = replace(whole(rows=rows), sheets=())

    pages = [page for page in texts(packet_pdf(packet)) if page.startswith("Caseload on")]

    assert len(pages) > 1
    assert all("continued No" not in page for page in pages)
    assert sum(page.count("M. Bell") for page in pages) >= 1
    assert any("J. Reyes continued" in page or "M. Bell continued" in page for page in pages[1:])


@pytest.mark.parametrize("identity", [Identity.INITIALS, Identity.MRN])
def test_without_names_no_page_and_no_bookmark_has_one(identity: Identity) -> None:
    packet = whole(options=PacketOptions(identity))
    left_out = LeftOut(an_agenda_entry(), "seen yesterday")

    pressed = press_packet(replace(packet, left_out=(left_out,)))

    words = " ".join(texts(pressed.content)).casefold()
    names = {part.casefold() for pair in NAMES for part in pair if len(part) > 3}
    assert not [name for name in names if name in words]
    titles = str(reader(pressed.content).outline).casefold()
    assert not [name for name in names if name in titles]


def test_who_was_left_out_stands_on_the_cover_safety_first() -> None:
    usual, grave = an_agenda_entry(), an_agenda_entry(replace(a_caseload()[1]))
    packet = a_packet(left_out=(LeftOut(usual, "on leave"), LeftOut(grave, "seen today")))

    cover = texts(packet_pdf(packet))[0]

    assert (
        f"Left out 2 {grave.row.name} (SAFETY OPEN) seen today {usual.row.name} on leave" in cover
    )


def test_who_was_carried_over_says_so_after_the_first_reason() -> None:
    packet = a_packet(rows=[a_row()])
    entry = replace(packet.sheets[0].entry, carried=CarriedOver(date(2026, 11, 13), 2))

    cover = texts(packet_pdf(replace(packet, sheets=(replace(packet.sheets[0], entry=entry),))))[0]

    first = cover.index(entry.reasons[0].rule)
    assert first < cover.index("Carried over from Nov 13 (2nd time)")


def test_the_cover_counts_reasons_and_names_the_consultant() -> None:
    consultant = a_care_manager(name="P. Okafor", credentials="MD")

    cover = texts(packet_pdf(a_packet(consultant=consultant, tenths_a_case=100)))[0]

    assert "Consultant P. Okafor, MD Meeting 180 min, 10 min a case" in cover
    assert "1 R0 Safety open" in cover


def test_every_page_says_what_the_records_say() -> None:
    packet = whole()

    assert faults_of(packet, press_packet(packet)) == []


def test_a_page_that_says_something_else_is_found() -> None:
    packet, other = whole(), whole(rows=a_caseload()[:3])

    assert faults_of(packet, press_packet(other))
