"""Five patients' pages side by side: easy, crowded, safety, a protected record, many scripts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from cocm_desktop.actions.review import PacketChoice, read_packet
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import HistoryNote
from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.medication import Adherence, Intake, Medication
from cocm_desktop.domain.review_packet import CaseSheet, Chart
from cocm_desktop.printing.case_header import Place
from cocm_desktop.printing.case_sheet import case_sheet
from cocm_desktop.printing.page import Folio, Press
from tests.builders import a_history, a_medication

LONG = (
    "Came with her daughter, who says that the mornings are worst and that she has stopped the "
    "walks; slept four hours on most nights of the last two weeks, ate little, and cried twice."
)
MEDICINES = ("sertraline", "bupropion XL", "trazodone", "lisinopril", "metformin", "atorvastatin")
SCRIPTS = "Świętosława · Þórður · Ελένη · Наталья · 王小明 · مريم الخطيب · שרה כהן · Thị Hương"


def five_pages(workspace: Workspace) -> bytes:
    sheets = read_packet(workspace, PacketChoice()).sheets
    full = _first(sheets, lambda chart: len(chart.facts.history) > 5 and bool(chart.contacts))
    chosen = (
        _first(sheets, lambda chart: not chart.facts.history and bool(chart.reviews)),
        replace(full, chart=crowded(full.chart)),
        _first(sheets, lambda chart: bool(chart.open_safety_tasks)),
        _first(sheets, lambda chart: any(each.is_open for each in chart.facts.part2)),
        replace(full, chart=of_many_scripts(full.chart)),
    )
    press = Press("Five pages")
    for number, sheet in enumerate(chosen, start=1):
        folio = Folio(f"case-{number}", "", "Confidential", number, len(chosen), is_sample=True)
        press.print_page(case_sheet(sheet, Place(number, len(chosen))), folio)
    return press.finish()


def crowded(chart: Chart) -> Chart:
    """Fill everything with more than there is room for."""
    today = chart.row.today
    intake = Intake(Adherence.MISSES_SOME, "dry mouth, tired in the morning", today)
    taken = tuple(
        a_medication(name, ("50 mg, every morning", today - timedelta(weeks=n)), intake=intake)
        for n, name in enumerate(MEDICINES, start=2)
    )
    stopped = tuple(replace(each, stopped_on=today, stop_reason=LONG) for each in taken[:3])
    return _written(chart, taken + stopped, LONG, LONG)


def of_many_scripts(chart: Chart) -> Chart:
    taken = (a_medication("сертралин", ("50 mg", chart.row.today - timedelta(weeks=5))),)
    changed = _written(chart, taken, SCRIPTS, f"¿Subir la dosis? {SCRIPTS}")
    patient = replace(
        changed.patient, last_name="Nguyễn-Þórðardóttir", first_name="小明", preferred_name="مريم"
    )
    return replace(changed, patient=patient)


def _written(chart: Chart, medications: tuple[Medication, ...], words: str, question: str) -> Chart:
    history: tuple[HistoryNote, ...] = a_history(words)
    contacts = tuple(replace(each, contact=_noted(each.contact, words)) for each in chart.contacts)
    return replace(
        chart,
        row=replace(chart.row, question=question),
        medications=medications,
        contacts=contacts,
        facts=replace(chart.facts, history=history, allergies=words),
    )


def _noted(contact: Contact, words: str) -> Contact:
    return replace(contact, note=words)


def _first(sheets: Sequence[CaseSheet], which: Callable[[Chart], bool]) -> CaseSheet:
    return next((each for each in sheets if which(each.chart)), sheets[0])


PAPERS: dict[str, Callable[[Workspace], bytes]] = {"five-pages": five_pages}
