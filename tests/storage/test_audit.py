from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from cocm_desktop.actions.billing_settings import change_billing_setting
from cocm_desktop.actions.flag import set_flag
from cocm_desktop.actions.instruments import add_pack, preview_pack, retire_pack
from cocm_desktop.actions.merge import merge_patients, undo_merge
from cocm_desktop.actions.month_closing import close_month
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.practice import change_practice, read_practice
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.review_record import record_review, send_recommendation
from cocm_desktop.actions.safety import (
    close_safety_task,
    read_open_safety_tasks,
    tell_practitioner,
)
from cocm_desktop.actions.settings import change_setting
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.claim import Frequency
from cocm_desktop.domain.billing.claim_file import AnswerKind, ClaimFileKind
from cocm_desktop.domain.billing.setting_list import BillingSettingDraft
from cocm_desktop.domain.case_review import (
    RecommendationDraft,
    RecommendationKind,
    RecommendationStatus,
    ReviewDraft,
    StepDraft,
)
from cocm_desktop.domain.clinical_settings import SettingDraft
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId, StaffId, new_id
from cocm_desktop.domain.letter import (
    Language,
    LetterKind,
    LetterTemplate,
    Sending,
    SendingWay,
)
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.patient_merge import MergeDraft
from cocm_desktop.domain.review_meeting import (
    AgendaChoice,
    AgendaChoiceKind,
    HeldCase,
    ReviewMeeting,
)
from cocm_desktop.domain.safety import PractitionerToldDraft, SafetyClosingDraft
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import letter as letters
from cocm_desktop.storage import letter_template as letter_templates
from cocm_desktop.storage import month_choice
from cocm_desktop.storage import review_meeting as review_meetings
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables import (
    APPEND_ONLY,
    AuditEntryTable,
)
from cocm_desktop.storage.tables_claims import (
    ClaimAnswerTable,
    ClaimFileTable,
    FiledClaimTable,
    RemittanceClaimTable,
    RemittanceTable,
)
from cocm_desktop.storage.tables_letter import LetterTable
from cocm_desktop.storage.tables_month import SuperbillTable
from cocm_desktop.storage.tables_trust import AuditReviewTable
from tests.actions.work import phq9
from tests.conftest import CARE_MANAGER, EVENING
from tests.domain.test_instrument_definition import small
from tests.exchange.forms import file_of


def test_every_change_has_its_entry_without_a_gap(workspace: Workspace, maria: EpisodeId) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 9, item9=1)

    with workspace.database.read() as session:
        entries = session.scalars(select(AuditEntryTable).order_by(AuditEntryTable.seq)).all()
    assert [(entry.seq, entry.code) for entry in entries] == [
        (1, "patient.added"),
        (2, "episode.enrolled"),
        (3, "measure.recorded"),
        (4, "safety.raised"),
    ]
    assert {(entry.staff_name, entry.device, entry.at) for entry in entries} == {
        (CARE_MANAGER.name, "test computer", EVENING)
    }
    assert len({entry.patient_id for entry in entries}) == 1


def test_the_database_refuses_to_change_or_delete(
    workspace: Workspace, maria: EpisodeId, tmp_path: Path
) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 9, item9=1)
    add_pack(workspace, preview_pack(workspace, file_of(tmp_path, small())))
    retire_pack(workspace, "OWN-4", reason="Not needed")
    [(task, _)] = read_open_safety_tasks(workspace)
    tell_practitioner(workspace, PractitionerToldDraft(task.id, "A. Smith", workspace.now()))
    close_safety_task(workspace, SafetyClosingDraft(task.id, "C-SSRS", "plan", "A. Smith"))
    change_practice(workspace, replace(read_practice(workspace), phone="303-555-0100"))
    change_setting(workspace, SettingDraft("stale_days", "45", workspace.today()))
    change_billing_setting(workspace, BillingSettingDraft("apcm", "ASK", workspace.today()))
    close_month(workspace, ServiceMonth(2026, 10))
    _serve(workspace, maria)
    _step(workspace, maria)
    _merge(workspace)
    _claim(workspace, maria)
    _meet(workspace, maria)
    _write_letter(workspace, maria)
    _review_audit(workspace)

    for table in APPEND_ONLY:
        first_column = next(iter(table.__table__.columns)).name
        same = {first_column: getattr(table, first_column)}
        for change in (delete(table), update(table).values(same)):
            with (
                pytest.raises(IntegrityError, match=f"{table.__tablename__} is append-only"),
                workspace.database.write() as session,
            ):
                session.execute(change)


def _serve(workspace: Workspace, episode_id: EpisodeId) -> None:
    """Choose as which service an episode is billed from October on."""
    month, stamp = ServiceMonth(2026, 10), workspace.stamp()
    with workspace.database.write() as session:
        month_choice.add_line(session, episode_id, month, line=Line.BHI, stamp=stamp)


def _meet(workspace: Workspace, episode_id: EpisodeId) -> None:
    """Hold an agenda with a patient on it whom somebody added."""
    meeting = ReviewMeeting(ReviewMeetingId(new_id()), date(2026, 11, 20))
    choice, stamp = AgendaChoice(episode_id, AgendaChoiceKind.ADD), workspace.stamp()
    with workspace.database.write() as session:
        review_meetings.add(session, meeting, stamp)
        review_meetings.add_choice(session, meeting.id, stamp, choice=choice)
        review_meetings.hold(session, meeting.id, stamp, cases=[HeldCase(episode_id, ())])
    print_packet(workspace, PacketChoice(meeting_id=meeting.id))


def _write_letter(workspace: Workspace, episode_id: EpisodeId) -> None:
    """Write a letter that went out, in the practice's own wording."""
    kind, language, stamp = LetterKind.NO_SHOW, Language.ENGLISH, workspace.stamp()
    template = LetterTemplate(kind, language, "Missed", "Call us.")
    with workspace.database.write() as session:
        patient_id = episodes.get(session, episode_id).patient_id
        said = {"title": template.title, "body": template.body, "recipient": ""}
        letter = LetterTable(
            id=new_id(),
            patient_id=patient_id,
            kind=kind,
            language=language,
            written_on=workspace.today(),
            **said,
            **recorded(stamp),
        )
        session.add(letter)
        session.flush()
        sending = Sending(workspace.today(), SendingWay.MAIL, "", CARE_MANAGER.id)
        letters.add_sending(session, letter.id, stamp, sending=sending)
        letter_templates.add(session, template, stamp, record_id=new_id())


def _review_audit(workspace: Workspace) -> None:
    """Sign the audit of a month."""
    upto = {"last_seq": 1, "last_mac": "", "entries": 1, "words": "Nothing unusual"}
    with workspace.database.write() as session:
        stamp = recorded(workspace.stamp())
        session.add(AuditReviewTable(id=new_id(), month="2026-11", **upto, **stamp))


def _merge(workspace: Workspace) -> None:
    """Merge two other patients, of whom one has a mark, and take it back."""
    one, other = (PatientDraft("Doe", name, date(1980, 1, 1)) for name in ("Jo", "Joe"))
    for each in (one, other):
        add_patient(workspace, each)
    set_flag(workspace, FlagDraft(other.id, FlagKind.TRANSPORT, "No car"))
    draft = MergeDraft(one.id, other.id, typed="Doe")
    merge_patients(workspace, draft)
    undo_merge(workspace, draft.id, reason="Twins")


def _claim(workspace: Workspace, episode_id: EpisodeId) -> None:
    """Put a superbill, a file with its claim, an answer and a payment on file."""
    stamp, file, bill, paid = recorded(workspace.stamp()), new_id(), new_id(), new_id()
    claim = {"id": new_id(), "superbill_id": bill, "account_number": "A1"}
    name = {"file_name": "claims", "sha256": "0" * 64}
    money = {"paid_on": None, "paid_cents": 0, "content": "", "payer_name": "Medicare"}
    with workspace.database.write() as session:
        patient = episodes.get(session, episode_id).patient_id
        of = {"patient_id": patient, "episode_id": episode_id, "month": "2026-11", "number": "1"}
        text = {"account_number": "A1", "codes": "", "content": ""}
        session.add(SuperbillTable(id=bill, **text, **of, **stamp))
        file_row = {"kind": ClaimFileKind.PROFESSIONAL, "is_test": True, "content": ""}
        session.add(ClaimFileTable(id=file, control_number=1, **file_row, **name, **stamp))
        session.add(RemittanceTable(id=paid, trace_number="1", **name, **money, **stamp))
        session.flush()
        order = {"frequency": Frequency.ORIGINAL, "payer_rank": 1}
        session.add(FiledClaimTable(claim_file_id=file, **order, **claim))
        session.add(RemittanceClaimTable(remittance_id=paid, **money, **claim))
        said = {"kind": AnswerKind.FILE, "is_accepted": True, "named": "1", "words": "Accepted"}
        session.add(ClaimAnswerTable(id=new_id(), claim_file_id=file, **said, **name, **stamp))


def _step(workspace: Workspace, episode_id: EpisodeId) -> None:
    """Record a review, and that its recommendation was sent."""
    consultant = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    advice = RecommendationDraft("Raise to 100 mg", RecommendationKind.DOSE)
    consultant_id = StaffId(add_staff(workspace, consultant).record_id)
    today = workspace.today()
    record_review(workspace, ReviewDraft(episode_id, consultant_id, today, (advice,)))
    send_recommendation(workspace, StepDraft(advice.id, RecommendationStatus.SENT, today))
