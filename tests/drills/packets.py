"""The sample clinic's packets read back page by page and compared with its tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from pypdf import PdfReader
from sqlalchemy import text

from cocm_desktop.actions.review import PacketChoice, read_packet
from cocm_desktop.actions.review_meeting import read_meetings
from cocm_desktop.actions.sample.clinic import make_sample_clinic
from cocm_desktop.actions.sample.opening import PASSWORD
from cocm_desktop.actions.session import Place, lock, new_recovery_code
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.packet_options import Identity, PacketOptions
from cocm_desktop.domain.review_packet import ReviewPacket
from cocm_desktop.printing.encryption import encrypt_pdf
from cocm_desktop.printing.review_packet import PressedPacket, press_packet
from tests.printing.compared import faults_of

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("America/Denver"))


def drill(folder: Path) -> tuple[int, list[str]]:
    """Give how many pages were read back, and what was wrong with them."""
    workspace = make_sample_clinic(Place(folder, NOW.astimezone), PASSWORD, new_recovery_code())
    pages, wrong = 0, []
    for choice in _choices(workspace):
        packet = read_packet(workspace, choice)
        pressed = press_packet(packet)
        pages += pressed.pages
        wrong += faults_of(packet, pressed)
        wrong += _otherwise_in_the_tables(workspace, packet)
        wrong += _told_before_it_opens(packet, pressed)
    lock(workspace)
    return pages, wrong


def _choices(workspace: Workspace) -> Iterator[PacketChoice]:
    for identity in Identity:
        yield PacketChoice(options=PacketOptions(identity))
    for meeting in read_meetings(workspace).meetings:
        if not meeting.is_ended:
            yield PacketChoice(meeting_id=meeting.id)


def _otherwise_in_the_tables(workspace: Workspace, packet: ReviewPacket) -> Iterator[str]:
    """Ask the tables themselves for identity and last score: the packet was read by actions."""
    asked = text(
        "SELECT p.last_name, p.first_name, p.mrn, p.born_on, (SELECT m.total FROM measure m"
        " WHERE m.episode_id = e.id AND m.instrument_id = :scale AND m.voided_at IS NULL"
        " AND m.total IS NOT NULL ORDER BY m.taken_on DESC, m.id DESC LIMIT 1)"
        " FROM patient p JOIN episode e ON e.patient_id = p.id WHERE e.id = :episode"
    )
    with workspace.database.read() as session:
        for number, sheet in enumerate(packet.sheets, start=1):
            row, patient = sheet.chart.row, sheet.chart.patient
            values = {"scale": row.primary_instrument_id, "episode": row.episode_id}
            found = session.execute(asked, values).one()
            last = row.primary.last.total if row.primary.last else None
            said = (patient.last_name, patient.first_name, patient.mrn, str(patient.born_on), last)
            if tuple(found) != said:
                yield f"case {number} is otherwise in the tables"


def _told_before_it_opens(packet: ReviewPacket, pressed: PressedPacket) -> Iterator[str]:
    """Look for a patient in what the file tells of itself, and for one that needs no password."""
    told = " ".join(map(str, (PdfReader(BytesIO(pressed.content)).metadata or {}).values()))
    if any(row.last_name in told or row.mrn in told for row in packet.caseload if row.mrn):
        yield "the file names a patient before it is opened"
    sealed = PdfReader(BytesIO(encrypt_pdf(pressed.content, "four quiet herons")))
    if sealed.decrypt("") or not sealed.decrypt("four quiet herons"):
        yield "the password does not open the file, or no password does"
