"""What the kept file holds of the weekly review: a meeting, its packet, a letter, a history."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.background import note_history, record_part2
from cocm_desktop.actions.letter_template import change_template
from cocm_desktop.actions.meeting_agenda import change_agenda
from cocm_desktop.actions.recommendation_letter import send_letters
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.review_meeting import (
    end_meeting,
    keep_case_time,
    plan_meeting,
    start_meeting,
)
from cocm_desktop.actions.review_record import record_review
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import (
    HistoryKind,
    HistoryNoteDraft,
    Part2ConsentDraft,
    Part2RecordDraft,
)
from cocm_desktop.domain.case_review import RecommendationDraft, RecommendationKind, ReviewDraft
from cocm_desktop.domain.ids import CaseReviewId, EpisodeId, PatientId, ReviewMeetingId, StaffId
from cocm_desktop.domain.letter import Language, LetterKind, SendingDraft, SendingWay
from cocm_desktop.domain.letter_template import TemplateDraft
from cocm_desktop.domain.review_meeting import AgendaChoice, AgendaChoiceKind, ReviewMeetingDraft
from cocm_desktop.domain.review_time import ReviewTimeDraft

KNOWN_ON = date(2026, 9, 3)


def fill_review(
    workspace: Workspace, consultant: StaffId, patients: list[tuple[PatientId, EpisodeId]]
) -> None:
    """Hold a meeting about the first patient, leave the second out, and reach the third not."""
    today = workspace.today()
    [(patient_id, discussed), (_, left_out), *_] = patients
    _know(workspace, patient_id)
    draft = ReviewMeetingDraft(today, 60, consultant_id=consultant)
    meeting_id = ReviewMeetingId(plan_meeting(workspace, draft).record_id)
    choice = AgendaChoice(left_out, AgendaChoiceKind.LEAVE_OUT, "Seen by the consultant on Monday")
    change_agenda(workspace, meeting_id, choice)
    print_packet(workspace, PacketChoice(meeting_id=meeting_id))
    start_meeting(workspace, meeting_id)
    keep_case_time(workspace, meeting_id, discussed, seconds=480)
    advice = RecommendationDraft(
        "Raise to 100 mg", RecommendationKind.DOSE, recheck_on=date(2026, 12, 18)
    )
    review = ReviewDraft(
        discussed, consultant, today, (advice,), meeting_id=meeting_id, documents="Labs of October"
    )
    review_id = CaseReviewId(record_review(workspace, review).record_id)
    shared = ReviewTimeDraft(meeting_id, is_confirmed=True)
    end_meeting(workspace, meeting_id, time=shared)
    send_letters(workspace, (review_id,), SendingDraft(today, SendingWay.FAX))


def _know(workspace: Workspace, patient_id: PatientId) -> None:
    note_history(
        workspace,
        HistoryNoteDraft(patient_id, HistoryKind.FAMILY, "Mother: depression", KNOWN_ON),
    )
    consent = Part2ConsentDraft(KNOWN_ON, date(2027, 9, 3))
    record_part2(
        workspace,
        Part2RecordDraft(patient_id, "Harbor Program", "In recovery since 2024", KNOWN_ON, consent),
    )
    change_template(
        workspace,
        TemplateDraft(LetterKind.NO_SHOW, Language.ENGLISH, "We missed you", "Please call us."),
    )
