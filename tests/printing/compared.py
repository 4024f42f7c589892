"""A packet read back page by page, and what on it is not as the records have it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.review_packet import CaseSheet, Chart, ReviewPacket
from cocm_desktop.domain.wording import long_date, month_day, short_date
from cocm_desktop.printing import fonts
from cocm_desktop.printing.review_packet import PressedPacket
from tests.printing.read_back import reader, texts

BROKEN = "\ufffe"
"""What the reader of the file puts in the place of a hyphen at the end of a line."""
FIRST_WORDS = 24
"""Letters of a text that a page must have even where it cuts the rest."""


def faults_of(packet: ReviewPacket, pressed: PressedPacket) -> list[str]:
    """Name what a page lacks of its patient, or has of another one; by page, never by name."""
    pages = [_squeezed(page) for page in texts(pressed.content)]
    if len(pages) != pressed.pages or len(pages) < pressed.first_case - 1 + len(packet.sheets):
        return [f"there are {len(pages)} pages"]
    found: list[str] = []
    others = [sheet.chart.patient for sheet in packet.sheets]
    for number, sheet in enumerate(packet.sheets, start=pressed.first_case):
        page = pages[number - 1]
        words = {**_identifiers(packet, sheet), **_facts(sheet)}
        words["its number"] = f"page {number} of {pressed.pages}"
        found += [
            f"page {number} lacks {name}" for name, each in words.items() if _lacks(page, each)
        ]
        strangers = [each for each in others if each.id != sheet.chart.patient.id]
        if any(_names(page, each) for each in strangers):
            found.append(f"page {number} names another patient")
        if any(not _lacks(page, each) for each in _never(sheet.chart.patient)):
            found.append(f"page {number} has an address, a phone or an insurance number")
        if ("SAFETYOPEN" in page) is not bool(_is_open(sheet.chart)):
            found.append(f"page {number} is wrong about safety")
    return [*found, *_back(packet, pages), *_bookmarks(packet, pressed)]


def _identifiers(packet: ReviewPacket, sheet: CaseSheet) -> dict[str, str]:
    patient, options = sheet.chart.patient, packet.options
    return {
        "its name": options.named(patient),
        "its MRN": patient.mrn_or_words,
        "its birth": options.born(patient),
        "its age": f"({sheet.chart.row.age} y)",
    }


def _facts(sheet: CaseSheet) -> dict[str, str]:
    """Give what the records say that every page must say, however crowded it is."""
    chart, row = sheet.chart, sheet.chart.row
    words = {
        "the first reason": f"{sheet.entry.reasons[0].rule} {sheet.entry.reasons[0].words}",
        "the question": row.question or "The care manager wrote none.",
        "the status": row.status_words,
    }
    if row.enrolled_on:
        words["the start"] = f"Enrolled {long_date(row.enrolled_on)}"
    for name, of in (("primary", row.primary), ("GAD-7", row.gad7)):
        if of.last and of.last.taken_on == max(m.taken_on for m in chart.measures):
            words[f"the last {name}"] = short_date(of.last.taken_on)
    if chart.contacts:
        words["the last contact"] = month_day(chart.contacts[-1].contact.made_on)
    if chart.current_medications:
        words["a medicine"] = chart.current_medications[0].name
    if chart.diagnoses:
        words["a diagnosis"] = chart.diagnoses[0].code
    return words


def _back(packet: ReviewPacket, pages: list[str]) -> Iterator[str]:
    """Look for everybody in care, with the last score, on the pages at the back."""
    if packet.statistics is None:
        return
    back = "".join(page for page in pages if "Caseloadon" in page)
    for line in packet.caseload:
        last = line.primary.last
        name = packet.options.named(line)
        if _lacks(back, name) or (line.mrn and _lacks(back, line.mrn)):
            yield "somebody in care is not on the pages at the back"
        elif last and _lacks(back[back.index(_squeezed(name)[:FIRST_WORDS]) :], last.marked):
            yield "a last score is not on the pages at the back"


def _bookmarks(packet: ReviewPacket, pressed: PressedPacket) -> Iterator[str]:
    document = reader(pressed.content)
    outline: list[Any] = document.outline
    inner = [mark for part in outline if isinstance(part, list) for mark in part]
    named = [
        f"{n}. {packet.options.named(s.chart.patient)}" for n, s in enumerate(packet.sheets, 1)
    ]
    if [_squeezed(str(mark["/Title"])) for mark in inner] != [_squeezed(each) for each in named]:
        yield "the bookmarks do not name the patients in their order"
    places = [document.get_destination_page_number(mark) for mark in inner]
    first = pressed.first_case - 1
    if places != list(range(first, first + len(packet.sheets))):
        yield "a bookmark leads to another page"


def _never(patient: Patient) -> list[str]:
    """Give what no page has: an address, a phone, an insurance number."""
    reach, coverage = patient.reach, patient.coverage
    every = (reach.phone, reach.address, reach.email, coverage.member_id, coverage.group_number)
    return [each for each in every if len(each) > 5]


def _names(page: str, other: Patient) -> bool:
    return bool(other.mrn) and f"MRN{other.mrn}Born" in page


def _is_open(chart: Chart) -> bool:
    return bool(chart.open_safety_tasks) or chart.row.safety_answer is not None


def _lacks(page: str, words: str) -> bool:
    return _squeezed(words)[:FIRST_WORDS] not in page


def _squeezed(words: str) -> str:
    """Leave out blanks, line ends and hyphens, which depend on where a line breaks."""
    clean = unicodedata.normalize("NFC", fonts.clean(words.replace(BROKEN, "")))
    return "".join(clean.replace("-", "").split())
