"""The records behind a patient's month, each kind as a table of an audit packet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from cocm_desktop.domain.billing.audit_packet import PacketSection, Row
from cocm_desktop.domain.billing.bill_paper import BillPaper, checks_to_print
from cocm_desktop.domain.billing.bill_step import BillStep
from cocm_desktop.domain.billing.claim_file import ClaimFile
from cocm_desktop.domain.billing.closing import MonthClosing
from cocm_desktop.domain.billing.outside_care import OutsideCare
from cocm_desktop.domain.billing.posting import PostedPayment
from cocm_desktop.domain.case_review import CaseReview, Recommendation
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.ids import MeetingId, StaffId
from cocm_desktop.domain.intervention import Intervention
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.medication import Medication
from cocm_desktop.domain.meeting import Meeting
from cocm_desktop.domain.plans import Plan
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.domain.time_log import LogLine
from cocm_desktop.domain.wording import (
    NOTHING,
    SECONDS_A_MINUTE,
    clock_time,
    dollars,
    long_moment,
    minutes_of,
    short_date,
)

YES_NO = {True: "Yes", False: "No"}


@dataclass(frozen=True, slots=True)
class AuditRecords:
    """What is on file of a patient's month, and of the episode up to its last day.

    `earlier` are bills of the same month that were withdrawn; `zone` is the practice's.
    """

    paper: BillPaper
    titles: Mapping[StaffId, str]
    zone: tzinfo | None = None
    consents: tuple[Consent, ...] = ()
    outside: OutsideCare | None = None
    log: tuple[LogLine, ...] = ()
    contacts: tuple[Contact, ...] = ()
    measures: tuple[Measure, ...] = ()
    plans: tuple[Plan, ...] = ()
    medications: tuple[Medication, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    reviews: tuple[CaseReview, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    steps: tuple[BillStep, ...] = ()
    closings: tuple[MonthClosing, ...] = ()
    earlier: tuple[Superbill, ...] = ()
    claim_files: tuple[ClaimFile, ...] = ()
    payments: tuple[PostedPayment, ...] = ()

    def moment(self, at: datetime) -> str:
        """Write a moment in the practice's time zone."""
        return long_moment(at.astimezone(self.zone))

    def title(self, staff_id: str | None) -> str:
        return self.titles.get(StaffId(staff_id), NOTHING) if staff_id else NOTHING


def packet_sections(records: AuditRecords) -> tuple[PacketSection, ...]:
    """Give every section in the order in which an auditor asks for them."""
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
        *_billing_sections(records),
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


def _billing_sections(records: AuditRecords) -> Iterator[PacketSection]:
    yield PacketSection.of(
        "Checks of the month",
        ("Check", "Code", "Words"),
        (
            (check.id.value, check.code or NOTHING, check.words)
            for check in checks_to_print(records.paper.bill)
        ),
        nothing="No check fired.",
    )
    yield PacketSection.of(
        "Approval, closing, and what became of the bill",
        ("When", "What", "By or through", "Why, and paid"),
        _history(records),
        nothing="Nothing is on file yet.",
    )
    yield PacketSection.of(
        "Claims",
        ("Written", "File", "Control number", "Account", "What came back"),
        (row for file in records.claim_files for row in _claims(file, records)),
        nothing="No claim file holds this bill.",
    )
    yield PacketSection.of(
        "Remittances",
        ("Paid on", "Payer", "Paid", "What it says"),
        map(_payment, records.payments),
        nothing="No remittance names this bill.",
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
        _day(consent.withdrawn_on),
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
        _length(entry.seconds),
        NOTHING if kept.is_voided else _length(line.judged.counted_seconds),
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
        _length(meeting.seconds),
        _length(max(shares.values())) if shares else "Not discussed",
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


def _history(records: AuditRecords) -> Iterator[Row]:
    """Tell what happened to the month in the order in which it did, then to its bills."""
    made = sorted(_made(records), key=lambda each: each[0])
    yield from ((records.moment(at), *row) for at, row in made)
    numbers = {each.id: each.number for each in (*records.earlier, records.paper.bill)}
    for step in records.steps:
        paid = "" if step.paid_cents is None else f"{dollars(step.paid_cents)} paid"
        why = ". ".join(filter(None, (step.reason.rstrip("."), paid)))
        through = "A file" if step.source_id else "A person"
        what = f"{numbers.get(step.superbill_id, '')} {step.state.value.lower()}".strip()
        yield short_date(step.made_on), what, through, why or NOTHING


def _made(records: AuditRecords) -> Iterator[tuple[datetime, Row]]:
    """Give approval, closings and issuing, each with its moment: what, by whom, why."""
    bill = records.paper.bill
    if bill.approval:
        yield bill.approval.approved_at, ("Approved", bill.approval.approved_by, NOTHING)
    for closing in records.closings:
        what = f"Month {closing.step.value.lower()}"
        yield closing.made_at, (what, closing.made_by, closing.reason or NOTHING)
    for each in (*records.earlier, bill):
        if each.issued_at:
            seen = ", ".join(check.name for check in each.acknowledged)
            why = f"Acknowledged: {seen}" if seen else NOTHING
            yield each.issued_at, (f"Issued as {each.number}", each.issued_by or NOTHING, why)


def _claims(file: ClaimFile, records: AuditRecords) -> Iterator[Row]:
    """Give each claim of the file that is of this bill, with what the payer's side answered."""
    bill_id = records.paper.bill.id
    number = NOTHING if file.control_number is None else f"{file.control_number:09}"
    answers = [
        f"{each.kind.value} {each.verdict}: {each.words}"
        for each in file.answers
        if each.superbill_id in {None, bill_id}
    ]
    test = "Test file. " if file.is_test else ""
    for claim in file.claims:
        if claim.superbill_id == bill_id:
            yield (
                records.moment(file.made_at),
                f"{file.kind.value} {file.file_name}, by {file.made_by}, SHA-256 {file.sha256}",
                number,
                claim.account_number,
                f"{test}{'; '.join(answers) or 'No answer on file.'}",
            )


def _payment(payment: PostedPayment) -> Row:
    claim = payment.claim
    lines = [
        f"{line.code} charged {dollars(line.charge_cents)}, allowed {dollars(line.allowed_cents)}, "
        f"paid {dollars(line.paid_cents)} {' '.join(a.words for a in line.adjustments)}".strip()
        for line in claim.lines
    ]
    number = f"payer's number {claim.payer_number}" if claim.payer_number else ""
    of_claim = " ".join(each.words for each in claim.adjustments)
    said = (claim.status_words, number, of_claim, *lines)
    return (
        _day(payment.paid_on),
        payment.payer_name,
        dollars(claim.paid_cents),
        "; ".join(filter(None, said)),
    )


def _day(day: date | None) -> str:
    return short_date(day) if day else NOTHING


def _length(seconds: int) -> str:
    """Write 12 min, or 12 min 30 s: an auditor adds seconds up."""
    minutes, rest = minutes_of(seconds), seconds % SECONDS_A_MINUTE
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
