"""Every action names the permission it needs, and refuses without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.actions.background import (
    change_part2_consent,
    note_history,
    read_background,
    record_part2,
    void_history_note,
    void_part2,
)
from cocm_desktop.actions.bill_papers import (
    print_billing_month,
    print_billing_sheets,
    print_patient_superbills,
)
from cocm_desktop.actions.caseload_statistics import read_statistics
from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.contact import (
    clear_review_flag,
    flag_for_review,
    record_contact,
    void_contact,
)
from cocm_desktop.actions.due import read_due
from cocm_desktop.actions.episode import close_episode, enroll, start_treatment
from cocm_desktop.actions.episode_phase import (
    change_pace,
    change_phase,
    choose_primary,
    read_phases,
    refer,
)
from cocm_desktop.actions.measure import record_measure, void_measure
from cocm_desktop.actions.meeting import read_attendees, read_meetings, record_meeting, void_meeting
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.patient import add_patient, change_patient, read_patient
from cocm_desktop.actions.practice import change_practice, record_fee
from cocm_desktop.actions.printed_packet import (
    press,
    read_packet_state,
    read_printed_packets,
    supersede,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.reopening import reopen_episode
from cocm_desktop.actions.reply_keying import record_reply
from cocm_desktop.actions.review import (
    PacketChoice,
    print_packet,
    read_agenda,
    read_next_review,
    read_packet,
)
from cocm_desktop.actions.review_record import (
    answer_recommendation,
    finish_recommendation,
    read_reviews,
    record_review,
    send_recommendation,
    void_review,
)
from cocm_desktop.actions.review_time import share_meeting_time
from cocm_desktop.actions.safety import (
    close_safety_task,
    open_safety_task,
    read_open_safety_tasks,
    tell_practitioner,
)
from cocm_desktop.actions.safety_case import read_safety_case
from cocm_desktop.actions.safety_list import (
    print_clinician_slip,
    print_safety_list,
    read_safety_list,
)
from cocm_desktop.actions.settings import change_setting, preview_setting
from cocm_desktop.actions.staff import add_staff, change_staff, deactivate_staff
from cocm_desktop.actions.superbill import (
    issue_superbill,
    issue_superbills,
    read_billing_month,
    read_superbill,
    void_superbill,
)
from cocm_desktop.actions.time_entry import (
    correct_time,
    read_entry,
    read_outlook,
    read_time,
    read_unsigned,
    record_time,
    sign_time,
    void_time,
)
from cocm_desktop.actions.time_log import read_time_log
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import (
    HistoryNoteDraft,
    Part2ConsentDraft,
    Part2RecordDraft,
)
from cocm_desktop.domain.case_review import RecommendationStatus, ReviewDraft, StepDraft
from cocm_desktop.domain.clinical_settings import SettingDraft
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.episode_phase import PaceDraft, PhaseDraft, ReferralDraft
from cocm_desktop.domain.ids import (
    EpisodeId,
    PatientId,
    RecommendationId,
    ReviewMeetingId,
    SafetyTaskId,
    StaffId,
    SuperbillId,
)
from cocm_desktop.domain.meeting import MeetingDraft
from cocm_desktop.domain.reopening import ReopenDraft
from cocm_desktop.domain.reply_keying import ReplyDraft
from cocm_desktop.domain.review_time import ReviewTimeDraft
from cocm_desktop.domain.safety import (
    PractitionerToldDraft,
    SafetyClosingDraft,
    SafetyTaskDraft,
)
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import GRANTED, Permission, Role
from cocm_desktop.errors import Refused
from tests.actions.work import rows_stored
from tests.builders import (
    NOW,
    a_close_draft,
    a_contact_draft,
    a_measure_draft,
    a_packet,
    a_patient_draft,
    a_practice,
    a_staff_draft,
    a_staff_member,
    a_time_entry_draft,
    an_enroll_draft,
)

NOVEMBER = ServiceMonth(2026, 11)
NOBODY = "00000000-0000-7000-8000-00000000ffff"


def a_step(status: RecommendationStatus) -> StepDraft:
    return StepDraft(RecommendationId(NOBODY), status, None)


NEEDS: dict[str, tuple[Permission, Callable[[Workspace], object]]] = {
    "read_registry": (Permission.SEE_REGISTRY, read_registry),
    "read_chart": (Permission.SEE_CHART, lambda w: read_chart(w, NOBODY)),
    "read_time": (Permission.SEE_CHART, lambda w: read_time(w, NOBODY)),
    "read_patient": (Permission.SEE_PATIENT_LIST, lambda w: read_patient(w, NOBODY)),
    "add_patient": (Permission.CHANGE_PATIENT, lambda w: add_patient(w, a_patient_draft())),
    "change_patient": (
        Permission.CHANGE_PATIENT,
        lambda w: change_patient(w, a_patient_draft(), version=1),
    ),
    "enroll": (
        Permission.ENROLL,
        lambda w: enroll(w, an_enroll_draft(enrolled_on=date(2026, 11, 1))),
    ),
    "consent": (
        Permission.TAKE_IN,
        lambda w: enroll(w, an_enroll_draft(enrolled_on=None, diagnosis_code="")),
    ),
    "start_treatment": (
        Permission.ENROLL,
        lambda w: start_treatment(w, NOBODY, enrolled_on=date(2026, 11, 1), version=1),
    ),
    "refer": (
        Permission.TAKE_IN,
        lambda w: refer(w, ReferralDraft(PatientId(NOBODY), None, None)),
    ),
    "change_phase": (
        Permission.ENROLL,
        lambda w: change_phase(w, PhaseDraft(EpisodeId(NOBODY), EpisodeStatus.ON_HOLD, None)),
    ),
    "change_pace": (
        Permission.ENROLL,
        lambda w: change_pace(w, PaceDraft(EpisodeId(NOBODY), None, None)),
    ),
    "choose_primary": (
        Permission.ENROLL,
        lambda w: choose_primary(w, NOBODY, instrument_id="GAD-7", version=1),
    ),
    "read_phases": (Permission.SEE_CHART, lambda w: read_phases(w, NOBODY)),
    "read_background": (Permission.SEE_CHART, lambda w: read_background(w, NOBODY)),
    "note_history": (
        Permission.RECORD_TREATMENT,
        lambda w: note_history(w, HistoryNoteDraft(PatientId(NOBODY), None, "", None)),
    ),
    "void_history_note": (
        Permission.VOID_RECORD,
        lambda w: void_history_note(w, NOBODY, reason="x"),
    ),
    "record_part2": (
        Permission.RECORD_TREATMENT,
        lambda w: record_part2(w, Part2RecordDraft(PatientId(NOBODY), "", "", None)),
    ),
    "change_part2_consent": (
        Permission.RECORD_TREATMENT,
        lambda w: change_part2_consent(w, NOBODY, Part2ConsentDraft(), version=1),
    ),
    "void_part2": (Permission.VOID_RECORD, lambda w: void_part2(w, NOBODY, reason="x")),
    "read_due": (Permission.SEE_REGISTRY, read_due),
    "read_reviews": (Permission.SEE_CHART, lambda w: read_reviews(w, NOBODY)),
    "record_review": (
        Permission.RECORD_REVIEW,
        lambda w: record_review(w, ReviewDraft(EpisodeId(NOBODY), None, None)),
    ),
    "void_review": (Permission.VOID_RECORD, lambda w: void_review(w, NOBODY, reason="typo")),
    "send_recommendation": (
        Permission.RECORD_REVIEW,
        lambda w: send_recommendation(w, a_step(RecommendationStatus.SENT)),
    ),
    "answer_recommendation": (
        Permission.RECORD_REVIEW,
        lambda w: answer_recommendation(w, a_step(RecommendationStatus.ACCEPTED)),
    ),
    "finish_recommendation": (
        Permission.RECORD_REVIEW,
        lambda w: finish_recommendation(w, a_step(RecommendationStatus.DONE)),
    ),
    "preview_setting": (
        Permission.CHANGE_PRACTICE,
        lambda w: preview_setting(w, SettingDraft("stale_days", "45", None)),
    ),
    "change_setting": (
        Permission.CHANGE_PRACTICE,
        lambda w: change_setting(w, SettingDraft("stale_days", "45", None)),
    ),
    "reopen_episode": (
        Permission.ENROLL,
        lambda w: reopen_episode(w, ReopenDraft(EpisodeId(NOBODY), "typed at the wrong patient")),
    ),
    "close_episode": (Permission.ENROLL, lambda w: close_episode(w, a_close_draft())),
    "record_measure": (
        Permission.RECORD_MEASURE,
        lambda w: record_measure(w, a_measure_draft()),
    ),
    "void_measure": (Permission.VOID_RECORD, lambda w: void_measure(w, NOBODY, reason="typo")),
    "record_contact": (
        Permission.RECORD_CONTACT,
        lambda w: record_contact(w, a_contact_draft()),
    ),
    "void_contact": (Permission.VOID_RECORD, lambda w: void_contact(w, NOBODY, reason="typo")),
    "record_time": (Permission.RECORD_TIME, lambda w: record_time(w, a_time_entry_draft())),
    "read_unsigned": (Permission.RECORD_TIME, read_unsigned),
    "read_outlook": (Permission.RECORD_TIME, lambda w: read_outlook(w, a_time_entry_draft())),
    "correct_time": (
        Permission.RECORD_TIME,
        lambda w: correct_time(w, NOBODY, a_time_entry_draft(), reason="typo"),
    ),
    "sign_time": (Permission.RECORD_TIME, lambda w: sign_time(w, [NOBODY])),
    "read_time_log": (
        Permission.SEE_CHART,
        lambda w: read_time_log(w, NOBODY, ServiceMonth(2026, 11)),
    ),
    "read_entry": (Permission.SEE_CHART, lambda w: read_entry(w, NOBODY)),
    "record_meeting": (
        Permission.RECORD_TIME,
        lambda w: record_meeting(w, MeetingDraft(None, 0, (), ())),
    ),
    "void_meeting": (Permission.VOID_RECORD, lambda w: void_meeting(w, NOBODY, reason="typo")),
    "read_meetings": (Permission.SEE_CHART, lambda w: read_meetings(w, ServiceMonth(2026, 11))),
    "read_attendees": (Permission.RECORD_TIME, read_attendees),
    "void_time": (Permission.RECORD_TIME, lambda w: void_time(w, NOBODY, reason="typo")),
    "flag_for_review": (
        Permission.FLAG_FOR_REVIEW,
        lambda w: flag_for_review(w, NOBODY, "Raise the dose?"),
    ),
    "clear_review_flag": (
        Permission.FLAG_FOR_REVIEW,
        lambda w: clear_review_flag(w, NOBODY, reason="answered"),
    ),
    "read_open_safety_tasks": (Permission.CLOSE_SAFETY_TASK, read_open_safety_tasks),
    "open_safety_task": (
        Permission.CLOSE_SAFETY_TASK,
        lambda w: open_safety_task(w, SafetyTaskDraft(EpisodeId(NOBODY), "Worried", w.today())),
    ),
    "tell_practitioner": (
        Permission.CLOSE_SAFETY_TASK,
        lambda w: tell_practitioner(
            w, PractitionerToldDraft(SafetyTaskId(NOBODY), "A. Smith", w.now())
        ),
    ),
    "read_safety_case": (Permission.SEE_CHART, lambda w: read_safety_case(w, NOBODY)),
    "read_safety_list": (Permission.CLOSE_SAFETY_TASK, read_safety_list),
    "print_safety_list": (Permission.CLOSE_SAFETY_TASK, print_safety_list),
    "print_clinician_slip": (
        Permission.RECORD_MEASURE,
        lambda w: print_clinician_slip(w, PatientId(NOBODY)),
    ),
    "close_safety_task": (
        Permission.CLOSE_SAFETY_TASK,
        lambda w: close_safety_task(w, SafetyClosingDraft(SafetyTaskId(NOBODY), "a", "b", "c")),
    ),
    "record_reply": (
        Permission.RECORD_REVIEW,
        lambda w: record_reply(
            w, ReplyDraft(EpisodeId(NOBODY), None, None), stack_id="", number=1, identity=""
        ),
    ),
    "share_meeting_time": (
        Permission.RECORD_TIME,
        lambda w: share_meeting_time(w, ReviewTimeDraft(ReviewMeetingId(NOBODY))),
    ),
    "read_agenda": (Permission.PRINT_PACKET, lambda w: read_agenda(w, PacketChoice())),
    "read_next_review": (
        Permission.PRINT_PACKET,
        lambda w: read_next_review(w, PacketChoice()),
    ),
    "read_packet": (Permission.PRINT_PACKET, lambda w: read_packet(w, PacketChoice())),
    "print_packet": (Permission.PRINT_PACKET, lambda w: print_packet(w, PacketChoice())),
    "press": (Permission.PRINT_PACKET, lambda w: press(w, a_packet(), None)),
    "read_printed_packets": (Permission.PRINT_PACKET, read_printed_packets),
    "read_packet_state": (Permission.PRINT_PACKET, lambda w: read_packet_state(w, NOBODY)),
    "supersede": (Permission.PRINT_PACKET, lambda w: supersede(w, Paper(b"", "", NOW))),
    "read_statistics": (Permission.PRINT_PACKET, lambda w: read_statistics(w, None)),
    "read_billing_month": (Permission.SEE_BILLING, lambda w: read_billing_month(w, NOVEMBER)),
    "read_superbill": (Permission.SEE_BILLING, lambda w: read_superbill(w, NOBODY, NOVEMBER)),
    "print_billing_sheets": (Permission.SEE_BILLING, lambda w: print_billing_sheets(w, ())),
    "print_billing_month": (
        Permission.SEE_BILLING,
        lambda w: print_billing_month(w, NOVEMBER, ()),
    ),
    "print_patient_superbills": (
        Permission.SEE_BILLING,
        lambda w: print_patient_superbills(w, ()),
    ),
    "issue_superbill": (
        Permission.ISSUE_SUPERBILL,
        lambda w: issue_superbill(w, NOBODY, NOVEMBER),
    ),
    "issue_superbills": (
        Permission.ISSUE_SUPERBILL,
        lambda w: issue_superbills(w, [NOBODY], NOVEMBER),
    ),
    "void_superbill": (
        Permission.ISSUE_SUPERBILL,
        lambda w: void_superbill(w, SuperbillId(NOBODY), reason="typo"),
    ),
    "change_practice": (Permission.CHANGE_PRACTICE, lambda w: change_practice(w, a_practice())),
    "record_fee": (
        Permission.SET_UP_CHARGES,
        lambda w: record_fee(w, "99492", cents=1, valid_from=date(2026, 1, 1)),
    ),
    "add_staff": (Permission.CHANGE_STAFF, lambda w: add_staff(w, a_staff_draft())),
    "change_staff": (Permission.CHANGE_STAFF, lambda w: change_staff(w, a_staff_member())),
    "deactivate_staff": (
        Permission.CHANGE_STAFF,
        lambda w: deactivate_staff(w, StaffId(NOBODY), version=1),
    ),
}


@pytest.mark.parametrize("name", NEEDS)
def test_a_role_without_the_permission_is_refused_and_nothing_is_stored(
    workspace: Workspace, maria: EpisodeId, name: str
) -> None:
    permission, action = NEEDS[name]
    before = rows_stored(workspace)

    for role in Role:
        signed_in = replace(workspace, staff=replace(workspace.staff, roles=frozenset({role})))
        if permission in GRANTED[role]:
            signed_in.require(permission)
        else:
            with pytest.raises(Refused, match="you may not"):
                action(signed_in)

    assert rows_stored(workspace) == before


def test_a_switched_off_member_may_nothing(workspace: Workspace) -> None:
    gone = replace(workspace, staff=replace(workspace.staff, active=False))

    with pytest.raises(Refused, match="may not see the registry"):
        read_registry(gone)
