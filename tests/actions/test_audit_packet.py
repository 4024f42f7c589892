from __future__ import annotations

from datetime import date, datetime

import pytest

from cocm_desktop.actions.anchors import current_anchor
from cocm_desktop.actions.audit_packet import print_audit_packet, read_audit_packet
from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.superbill import void_superbill
from cocm_desktop.actions.time_entry import void_time
from cocm_desktop.actions.time_log import read_time_log
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.audit_packet import AuditPacket
from cocm_desktop.domain.contact import ContactDraft, ContactKind
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from cocm_desktop.storage import superbill as superbills
from tests.actions.work import as_role, at, call, phq9, reviewed, rows_stored, worked
from tests.builders import a_patient, an_issued_bill
from tests.conftest import EVENING
from tests.printing.read_back import texts, titles

NOVEMBER = ServiceMonth(2026, 11)


@pytest.fixture
def month(workspace: Workspace, maria: EpisodeId) -> None:
    """Record a month of contacts, a measure, a review and clerical work."""
    call(workspace, maria, date(2026, 11, 5), minutes=25)
    worked(workspace, maria, date(2026, 11, 6), minutes=10)
    phq9(workspace, maria, date(2026, 11, 5), 12)
    reviewed(workspace, [maria], date(2026, 11, 10))


def section(packet: AuditPacket, title: str) -> tuple[tuple[str, ...], ...]:
    return next(each.rows for each in packet.sections if each.title.startswith(title))


def test_a_packet_holds_every_kind_of_record(
    workspace: Workspace, maria_patient: PatientId, month: None
) -> None:
    packet = read_audit_packet(workspace, maria_patient, NOVEMBER)

    assert [each.title for each in packet.sections] == [
        "Consent",
        "Visits, other services, stays",
        "Time log, with exclusions and edits",
        "Contacts of the month",
        "Measures of the episode",
        "Plans, every version",
        "Treatment",
        "Consultant’s recommendations and the answers",
        "Caseload meetings of the month",
        "Checks of the month",
        "Approval, closing, and what became of the bill",
        "Claims",
        "Remittances",
    ]
    assert section(packet, "Consent")[0][0] == "10/01/2026"
    assert [row[1] for row in section(packet, "Time log")] == ["25 min", "10 min"]
    assert section(packet, "Contacts")[0][:3] == ("11/05/2026", "Phone", "Reached")
    assert section(packet, "Measures")[0][1] == "PHQ-9"
    assert "Go on" in section(packet, "Consultant")[0][2]


def test_time_that_was_withdrawn_stays_in_the_log_with_its_reason(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, month: None
) -> None:
    worked(workspace, maria, date(2026, 11, 7), minutes=5)
    entry_id = read_time_log(workspace, maria_patient, NOVEMBER).lines[-1].entry.id
    void_time(workspace, entry_id, reason="Typed for the wrong patient")

    *_, last = section(read_audit_packet(workspace, maria_patient, NOVEMBER), "Time log")

    assert last[1:3] == ("5 min", "—")
    assert last[5] == "Voided: Typed for the wrong patient"
    assert "Withdrawn Nov 30, 2026 8:00 PM by M. Bell, LCSW." in last[6]


def test_the_same_records_give_the_same_digest_and_others_another(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, month: None
) -> None:
    first = read_audit_packet(workspace, maria_patient, NOVEMBER)
    later = at(workspace, datetime(2026, 11, 30, 21, 0, tzinfo=EVENING.tzinfo))
    again = read_audit_packet(later, maria_patient, NOVEMBER)
    call(workspace, maria, date(2026, 11, 20), minutes=5)
    changed = read_audit_packet(workspace, maria_patient, NOVEMBER)

    assert first.as_of != again.as_of
    assert first.digest == again.digest
    assert changed.digest != first.digest


def test_the_paper_has_its_digest_on_every_page_and_a_bookmark_for_every_section(
    workspace: Workspace, maria_patient: PatientId, month: None
) -> None:
    packet = read_audit_packet(workspace, maria_patient, NOVEMBER)
    before = rows_stored(workspace)["audit_entry"]
    anchor = current_anchor(workspace)

    paper = print_audit_packet(workspace, maria_patient, NOVEMBER)

    pages = texts(paper.content)
    assert all(f"{anchor} · page " in page for page in pages)
    assert packet.digest in pages[0]
    assert all(f"digest {packet.digest[:16]}" in page for page in pages)
    assert "CoCM monthly billing sheet" in pages[1]
    assert titles(paper.content) == [
        "Audit packet",
        "Billing sheet",
        *(each.title for each in packet.sections),
    ]
    assert rows_stored(workspace)["audit_entry"] == before + 1


@pytest.mark.parametrize("role", [Role.BILLER, Role.PSYCHIATRIC_CONSULTANT, Role.ADMINISTRATOR])
def test_it_takes_both_the_chart_and_billing(
    workspace: Workspace, maria_patient: PatientId, role: Role
) -> None:
    with pytest.raises(Refused, match="you may not"):
        print_audit_packet(as_role(workspace, role), maria_patient, NOVEMBER)


def test_a_month_without_time_is_refused(workspace: Workspace, maria_patient: PatientId) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="No time was recorded"):
        print_audit_packet(workspace, maria_patient, NOVEMBER)

    assert rows_stored(workspace) == before


def test_a_bill_that_was_withdrawn_stays_in_the_history(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, month: None
) -> None:
    bill = an_issued_bill(episode_id=maria, patient=a_patient(id=maria_patient))
    with workspace.database.write() as session:
        superbills.add(session, bill, workspace.stamp())
    void_superbill(workspace, bill.id, reason="Wrong payer")

    rows = section(read_audit_packet(workspace, maria_patient, NOVEMBER), "Approval")

    assert [row[1] for row in rows] == ["Issued as 2026-11-0007", "2026-11-0007 void"]
    assert rows[-1][2:] == ("A person", "Wrong payer")


def test_a_long_note_goes_on_over_the_page_without_a_word_lost(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, month: None
) -> None:
    words = [f"word{number}" for number in range(2_100)]
    draft = ContactDraft(
        maria, date(2026, 11, 9), ContactKind.PHONE, minutes=3, note=" ".join(words)
    )
    record_contact(workspace, draft)

    pages = texts(print_audit_packet(workspace, maria_patient, NOVEMBER).content)

    printed = " ".join(pages).split()
    assert [word for word in printed if word.startswith("word")] == words
    assert sum("continued" in page for page in pages) >= 1
