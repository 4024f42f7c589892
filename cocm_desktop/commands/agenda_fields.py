"""Meetings and their agendas as JSON shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cocm_desktop.actions.meeting_agenda import MeetingAgenda
    from cocm_desktop.actions.review_meeting import ReviewMeetings
    from cocm_desktop.domain.review_meeting import ReviewMeeting
    from cocm_desktop.domain.review_priority import AgendaEntry


def meeting_fields(meeting: ReviewMeeting, found: ReviewMeetings) -> dict[str, Any]:
    names = {member.id: member.name for member in found.staff}
    return {
        "id": meeting.id,
        "on": meeting.meets_on.isoformat(),
        "starts_at": meeting.starts_at.isoformat("minutes") if meeting.starts_at else None,
        "minutes": meeting.minutes,
        "minutes_a_case": meeting.tenths_a_case / 10,
        "care_managers": [names[each] for each in meeting.care_manager_ids],
        "consultant": names[meeting.consultant_id] if meeting.consultant_id else None,
        "state": meeting.state.value,
        "note": meeting.note,
    }


def agenda_fields(found: MeetingAgenda, meetings: ReviewMeetings) -> dict[str, Any]:
    agenda = found.agenda
    times = {each.episode_id: each.seconds for each in found.meeting.case_times}
    return {
        **meeting_fields(found.meeting, meetings),
        "fit": agenda.fit,
        "fit_words": agenda.cut_words,
        "reasons": [
            {"rule": each.rule, "title": each.title, "patients": each.number}
            for each in agenda.reason_counts
        ],
        "cases": [
            {
                "place": number,
                **_case_fields(entry),
                "carried_over": entry.carried_words or None,
                "moved": entry.is_moved,
                "discussed": entry.is_discussed,
                "seconds": times.get(entry.row.episode_id, 0) if entry.row.episode_id else 0,
            }
            for number, entry in enumerate(agenda.entries, start=1)
        ],
        "left_out": [
            {**_case_fields(each.entry), "reason": each.reason} for each in agenda.left_out
        ],
    }


def _case_fields(entry: AgendaEntry) -> dict[str, Any]:
    return {
        "section": entry.section.value,
        "patient_id": entry.row.patient_id,
        "episode_id": entry.row.episode_id,
        "mrn": entry.row.mrn,
        "name": entry.row.name,
        "reasons": [{"rule": each.rule, "words": each.words} for each in entry.reasons],
        "question": entry.row.question or None,
    }
