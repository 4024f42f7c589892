"""What was done for a patient, as tables of an audit packet: consent, time, care, reviews."""

from __future__ import annotations

from collections.abc import Iterator

from cocm_desktop.domain.billing.audit_packet import PacketSection, Row
from cocm_desktop.domain.billing.audit_records import AuditRecords, day_or_dash, length_words
from cocm_desktop.domain.case_review import CaseReview, Recommendation
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.ids import MeetingId
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.meeting import Meeting
from cocm_desktop.domain.plans import Plan
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.domain.time_log import LogLine
from cocm_desktop.domain.wording import (
    NOTHING,
    clock_time,
    short_date,
)

YES_NO = {True: "Yes", False: "No"}


def care_sections(records: AuditRecords) -> tuple[PacketSection, ...]:
    """Give the sections of care in the order in which an auditor asks for them."""
    return (
        PacketSection.of(
            "Consent",
            ("Given", "How", "Obtained by", "For", "Told", "Withdrawn"),
            (_consent(each, records) for each in records.consents),
            nothing="No consent is on file.",
        ),
        PacketSection.of(
            "Visits, other services, stays",
            ("Date", "What", "Practitioner", "Details"),
            _outside(records),
            nothing="None on file.",
        ),
        PacketSection.of(
            "Time log, with exclusions and edits",
            ("Date and time", "Length", "Counted", "Who", "Work", "Counts?", "How recorded"),
            (_time(line, records) for line in records.log),
            nothing="No time was recorded.",
        ),
        PacketSection.of(
            "Contacts of the month",
            ("Date", "How", "Outcome", "Who", "Note"),
            (_contact(each, records) for each in records.contacts),
            nothing="No contact in the month.",
        ),
        PacketSection.of(
            "Measures of the episode",
            ("Date", "Measure", "Total", "How", "By"),
            (_measure(each, records) for each in records.measures),
            nothing="No measure is on file.",
        ),
        PacketSection.of(
            "Plans, every version",
            ("Written", "Kind", "Text"),
            map(_plan, records.plans),
            nothing="No plan is on file.",
        ),
        PacketSection.of(
            "Treatment",
            ("From", "What", "Details"),
            _treatment(records),
            nothing="None on file.",
        ),
        *_review_sections(records),
    )


def _review_sections(records: AuditRecords) -> Iterator[PacketSection]:
    yield PacketSection.of(
        "Consultant’s recommendations and the answers",
        ("Date", "Consultant", "Recommendation", "To", "What became of it"),
        (row for review in records.reviews for row in _review(review, records)),
        nothing="No review is on file.",
    )
    yield PacketSection.of(
        "Caseload meetings of the month",
        ("Date and time", "Length", "This patient", "Who took part", "Note"),
        (*(_meeting(each, records) for each in records.meetings), *_reviews_held(records)),
        nothing="No meeting is on file.",
    )


def _consent(consent: Consent, records: AuditRecords) -> Row:
    told = (
        f"Specialists: {YES_NO[consent.to_specialists]}. Cost share: "
        f"{YES_NO[consent.to_cost_share]}. May stop: {YES_NO[consent.may_stop]}."
    )
    return (
        short_date(consent.given_on),
        consent.method.value,
        records.title(consent.obtained_by),
        records.title(consent.practitioner_id) if consent.practitioner_id else "Who treats",
        told,
        day_or_dash(consent.withdrawn_on),
    )


def _outside(records: AuditRecords) -> Iterator[Row]:
    outside = records.outside
    if outside is None:
        return
    for visit in outside.visits:
        about = f"Face to face: {YES_NO[visit.is_face_to_face]}. Collaborative care discussed: "
        yield (
            short_date(visit.made_on),
            f"Visit {visit.code}".strip(),
            records.title(visit.practitioner_id),
            f"{about}{YES_NO[visit.is_about_cocm]}.",
        )
    for service in outside.services:
        by = records.title(service.practitioner_id)
        yield short_date(service.served_on), f"Service {service.code}", by, NOTHING
    for stay in outside.stays:
        until = f"until {short_date(stay.last_on)}" if stay.last_on else "goes on"
        yield short_date(stay.first_on), "Stay", NOTHING, f"{stay.place} {until}".strip()
    if outside.death:
        yield short_date(outside.death.died_on), "Death", NOTHING, NOTHING


def _time(line: LogLine, records: AuditRecords) -> Row:
    entry, kept = line.entry, line.logged
    recorded = f"recorded {records.moment(kept.recorded_at)} by {records.title(kept.recorded_by)}."
    if entry.signed_at == kept.recorded_at and entry.signed_by == kept.recorded_by:
        parts = [f"{line.origin}; signed and {recorded}"]
    else:
        parts = [f"{line.origin}; {recorded}", _signature(entry, records)]
    if kept.voided_at:
        parts.append(
            f"Withdrawn {records.moment(kept.voided_at)} by {records.title(kept.voided_by)}."
        )
    if entry.billed_as:
        parts.append(f"Billed as {entry.billed_as}.")
    if entry.note:
        parts.append(entry.note)
    return (
        f"{short_date(entry.worked_on)} {line.clock}".strip(),
        length_words(entry.seconds),
        NOTHING if kept.is_voided else length_words(line.judged.counted_seconds),
        f"{line.by}, {entry.role.value.lower()}",
        entry.activity.value,
        line.state,
        " ".join(parts),
    )


def _signature(entry: TimeEntry, records: AuditRecords) -> str:
    if entry.signed_at is None:
        return "Not signed."
    return f"Signed by {records.title(entry.signed_by)}, {records.moment(entry.signed_at)}."


def _contact(contact: Contact, records: AuditRecords) -> Row:
    safety = f"Safety: {contact.safety_words.lower()}." if contact.safety_words else ""
    return (
        short_date(contact.made_on),
        contact.kind.value,
        contact.outcome.value,
        records.title(contact.staff_id),
        f"{safety} {contact.note}".strip() or NOTHING,
    )


def _measure(measure: Measure, records: AuditRecords) -> Row:
    critical = "" if measure.critical is None else f"; critical item {measure.critical}"
    by = records.title(measure.administered_by) if measure.administered_by else "The patient alone"
    return (
        short_date(measure.taken_on),
        measure.instrument_id,
        f"{measure.total_words}{critical}",
        measure.mode.value,
        by,
    )


def _plan(plan: Plan) -> Row:
    parts = (
        f"{part.title}: {plan.part(part.name)}" for part in plan.kind.fields if plan.part(part.name)
    )
    return short_date(plan.written_on), plan.kind.value, " · ".join(parts)


def _treatment(records: AuditRecords) -> Iterator[Row]:
    last_day = records.paper.bill.month.last_day
    for medicine in records.medications:
        for dose in (each for each in medicine.doses if each.since <= last_day):
            yield short_date(dose.since), f"{medicine.name} {dose.words}", medicine.note or NOTHING
        if medicine.stopped_on and medicine.stopped_on <= last_day:
            reason = medicine.stop_reason or NOTHING
            yield short_date(medicine.stopped_on), f"{medicine.name} stopped", reason
    for session in records.interventions:
        note = " ".join(filter(None, (session.note, session.homework))) or NOTHING
        yield short_date(session.given_on), session.kind.value, note


def _review(review: CaseReview, records: AuditRecords) -> Iterator[Row]:
    day, consultant = short_date(review.reviewed_on), records.title(review.consultant_id)
    for each in review.recommendations:
        said = f"{each.kind.value}: {each.words}"
        yield day, consultant, said, each.owner.value, _answers(each, records)
    if not review.recommendations:
        yield day, consultant, review.impression or "Reviewed.", NOTHING, NOTHING


def _answers(recommendation: Recommendation, records: AuditRecords) -> str:
    steps = (
        f"{step.status.value} {short_date(step.noted_on)}, recorded by {records.title(step.by)}"
        + (f": {step.reason}" if step.reason else "")
        for step in recommendation.steps
    )
    return "; ".join(steps) or "Open"


def _meeting(meeting: Meeting, records: AuditRecords) -> Row:
    own = [line for line in records.log if _is_of(line, meeting.id)]
    started = clock_time(meeting.started_at) if meeting.started_at else ""
    shares = {line.by: line.entry.seconds for line in own}
    return (
        f"{short_date(meeting.held_on)} {started}".strip(),
        length_words(meeting.seconds),
        length_words(max(shares.values())) if shares else "Not discussed",
        ", ".join(shares) or NOTHING,
        meeting.note or NOTHING,
    )


def _reviews_held(records: AuditRecords) -> Iterator[Row]:
    """Name the days on which the caseload was gone through and no meeting was recorded."""
    facts, month = records.paper.bill.facts, records.paper.bill.month
    known = {meeting.held_on for meeting in records.meetings}
    for day in sorted(set(facts.proofs.meetings if facts else ()) - known):
        if month.contains(day):
            yield (
                short_date(day),
                NOTHING,
                NOTHING,
                NOTHING,
                "Patients of the caseload were reviewed.",
            )


def _is_of(line: LogLine, meeting_id: MeetingId) -> bool:
    return line.entry.meeting_id == meeting_id and not line.logged.is_voided
