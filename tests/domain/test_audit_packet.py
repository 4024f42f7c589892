from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cocm_desktop.domain.billing.audit_billing import billing_sections
from cocm_desktop.domain.billing.audit_care import care_sections
from cocm_desktop.domain.billing.audit_packet import AuditPacket, Row
from cocm_desktop.domain.billing.audit_records import AuditRecords, length_words
from cocm_desktop.domain.billing.bill_step import BillStep, MonthState
from cocm_desktop.domain.billing.claim_file import (
    AnswerKind,
    ClaimAnswer,
    ClaimFile,
    ClaimFileKind,
    FiledClaim,
)
from cocm_desktop.domain.billing.closing import ClosingStep, MonthClosing
from cocm_desktop.domain.billing.outside_care import BilledBeside, Death, OutsideCare, Stay, Visit
from cocm_desktop.domain.billing.posting import PostedPayment
from cocm_desktop.domain.billing.remittance import Adjustment, ClaimPayment, PaidLine
from cocm_desktop.domain.case_review import RecommendationStatus, Step
from cocm_desktop.domain.ids import (
    ClaimFileId,
    DeathId,
    InterventionId,
    MeetingId,
    OtherServiceId,
    RemittanceId,
    StayId,
    SuperbillId,
    TimeEntryId,
    VisitId,
)
from cocm_desktop.domain.intervention import Intervention, InterventionKind
from cocm_desktop.domain.meeting import Meeting
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.domain.time_log import Judged, KeptEntry, LogLine
from tests.builders import (
    BELL,
    BILLED_AT,
    MARIA,
    MARIAS_EPISODE,
    OSEI,
    THIS_MONTH,
    a_bill,
    a_bill_paper,
    a_case_review,
    a_consent,
    a_contact,
    a_measure,
    a_medication,
    a_plan,
    a_time_entry,
    an_issued_bill,
)

DENVER = ZoneInfo("America/Denver")
TITLES = {BELL: "M. Bell, LCSW", OSEI: "A. Osei, MD"}
MEETING = MeetingId("meeting")


def records(**changes: Any) -> AuditRecords:
    given: dict[str, Any] = {"paper": a_bill_paper(), "titles": TITLES, "zone": DENVER, **changes}
    return AuditRecords(**given)


def rows(title: str, **changes: Any) -> tuple[Row, ...]:
    of = records(**changes)
    sections = (*care_sections(of), *billing_sections(of))
    return next(each.rows for each in sections if each.title.startswith(title))


def a_line(entry: TimeEntry, **kept: Any) -> LogLine:
    logged = KeptEntry(entry, BILLED_AT, BELL, **kept)
    return LogLine(logged, "M. Bell, LCSW", "10:00 AM–10:25 AM", Judged(entry.seconds))


def test_a_consent_tells_what_the_patient_was_told_and_for_whom_it_holds() -> None:
    own = a_consent(practitioner_id=OSEI, may_stop=False, withdrawn_on=date(2026, 11, 20))

    [first, second] = rows("Consent", consents=(a_consent(), own))

    assert first[3:] == (
        "Who treats",
        "Specialists: Yes. Cost share: Yes. May stop: Yes.",
        "—",
    )
    assert second[3:] == (
        "A. Osei, MD",
        "Specialists: Yes. Cost share: Yes. May stop: No.",
        "11/20/2026",
    )


def test_everything_outside_collaborative_care_is_listed() -> None:
    day = date(2026, 11, 3)
    outside = OutsideCare(
        visits=(Visit(VisitId("v"), MARIA, day, "99214", OSEI, is_about_cocm=False),),
        services=(BilledBeside(OtherServiceId("s"), MARIA, "96127", day, None),),
        stays=(
            Stay(StayId("a"), MARIA, day, date(2026, 11, 9), "County hospital"),
            Stay(StayId("b"), MARIA, day),
        ),
        death=Death(DeathId("d"), MARIA, date(2026, 11, 30)),
    )

    found = rows("Visits", outside=outside)

    assert [row[1] for row in found] == ["Visit 99214", "Service 96127", "Stay", "Stay", "Death"]
    assert found[0][2:] == (
        "A. Osei, MD",
        "Face to face: Yes. Collaborative care discussed: No.",
    )
    assert [row[3] for row in found[2:4]] == ["County hospital until 11/09/2026", "goes on"]


def test_a_line_of_the_time_log_tells_how_it_came_about_and_who_signed() -> None:
    together = a_time_entry(25, signed_at=BILLED_AT, signed_by=BELL, note="Called twice")
    later = a_time_entry(5, signed_at=datetime(2026, 12, 3, 8, tzinfo=DENVER), signed_by=OSEI)
    unsigned = a_time_entry(4, billed_as="90832", signed_at=None, signed_by=None)

    found = rows("Time log", log=tuple(map(a_line, (together, later, unsigned))))

    assert "signed and recorded Dec 2, 2026 7:30 AM by M. Bell, LCSW. Called twice" in found[0][6]
    assert "Signed by A. Osei, MD, Dec 3, 2026 8:00 AM." in found[1][6]
    assert found[2][6].endswith("Not signed. Billed as 90832.")


def test_care_is_listed_with_who_gave_it() -> None:
    alone = a_measure(14, administered_by=None)
    session = Intervention(
        InterventionId("i"),
        MARIAS_EPISODE,
        BELL,
        date(2026, 11, 9),
        InterventionKind.SLEEP,
        "Diary",
    )
    medicine = a_medication(
        "sertraline",
        ("50 mg", date(2026, 10, 1)),
        ("100 mg", date(2026, 12, 3)),
        stopped_on=date(2026, 11, 20),
        stop_reason="Nausea",
    )

    treatment = rows("Treatment", medications=(medicine,), interventions=(session,))

    assert rows("Measures", measures=(alone,))[0][4] == "The patient alone"
    assert rows("Contacts", contacts=(a_contact(note=""),))[0][4] == "—"
    assert "in her words" in rows("Plans", plans=(a_plan(),))[0][2]
    assert [row[1] for row in treatment] == [
        "sertraline 50 mg",
        "sertraline stopped",
        "Sleep habits",
    ]


def test_a_recommendation_stands_with_what_became_of_it() -> None:
    step = Step(RecommendationStatus.DECLINED, date(2026, 11, 12), OSEI, "QTc")
    review = a_case_review(date(2026, 11, 10))
    [open_one] = review.recommendations
    answered = type(open_one)(
        open_one.id, review.id, open_one.kind, "Raise", open_one.owner, open_one.urgency,
        steps=(step,),
    )  # fmt: skip
    without = a_case_review(date(2026, 11, 3), recommendations=())
    given = a_case_review(date(2026, 11, 10), recommendations=(open_one, answered))

    found = rows("Consultant", reviews=(without, given))

    assert [row[4] for row in found] == [
        "—",
        "Open",
        "Declined 11/12/2026, recorded by A. Osei, MD: QTc",
    ]


def test_a_meeting_tells_the_share_of_this_patient() -> None:
    meetings = (
        Meeting(MEETING, date(2026, 11, 3), 3_600, time(9, 0), note="Weekly"),
        Meeting(MeetingId("other"), date(2026, 11, 4), 1_800),
    )
    own = a_line(a_time_entry(6, meeting_id=MEETING))

    first, second, third = rows("Caseload", meetings=meetings, log=(own,))

    assert first == ("11/03/2026 9:00 AM", "60 min", "6 min", "M. Bell, LCSW", "Weekly")
    assert second[2:4] == ("Not discussed", "—")
    assert third == ("11/17/2026", "—", "—", "—", "Patients of the caseload were reviewed.")


def test_what_became_of_the_bill_is_told_in_order() -> None:
    bill = an_issued_bill(issued_by="R. Haddad")
    steps = (
        BillStep("1", bill.id, MonthState.SENT, date(2026, 12, 3), source_id="file"),
        BillStep("2", bill.id, MonthState.PAID, date(2026, 12, 20), "By check.", paid_cents=11_365),
    )
    closing = MonthClosing(THIS_MONTH, ClosingStep.CLOSED, BILLED_AT, "R. Haddad")

    found = rows("Approval", paper=a_bill_paper(bill), steps=steps, closings=(closing,))

    assert [row[1] for row in found] == [
        "Approved",
        "Month closed",
        "Issued as 2026-11-0007",
        "2026-11-0007 sent",
        "2026-11-0007 paid",
    ]
    assert [row[2:] for row in found[3:]] == [
        ("A file", "—"),
        ("A person", "By check. $113.65 paid"),
    ]


def test_claims_stand_with_what_came_back() -> None:
    bill = an_issued_bill()
    answers = (
        ClaimAnswer(AnswerKind.FILE, "7", is_accepted=True, words="Accepted as a whole."),
        ClaimAnswer(AnswerKind.CLAIM, "RB", False, "Member not found", SuperbillId("another")),
    )
    claims = (FiledClaim(bill.id, "RB-000124"), FiledClaim(SuperbillId("another"), "RB-000125"))
    file = ClaimFile(
        ClaimFileId("f"), ClaimFileKind.PROFESSIONAL, "nov.837", "ab12", True, BILLED_AT,
        "R. Haddad", 7, claims, answers,
    )  # fmt: skip
    csv = ClaimFile(
        ClaimFileId("c"), ClaimFileKind.CSV, "nov.csv", "cd34", False, BILLED_AT, "R. Haddad",
        claims=claims[:1],
    )  # fmt: skip

    first, second = rows("Claims", paper=a_bill_paper(bill), claim_files=(file, csv))

    assert first[1:4] == (
        "837P nov.837, by R. Haddad, SHA-256 ab12",
        "000000007",
        "RB-000124",
    )
    assert first[4].startswith("Test file. ")
    assert first[4].endswith(" Accepted: Accepted as a whole.")
    assert second[2:] == ("—", "RB-000124", "No answer on file.")


def test_a_remittance_is_told_line_by_line() -> None:
    line = PaidLine(
        "99493", 290_00, 113_65,
        adjustments=(Adjustment("CO", "45", 145_04), Adjustment("PR", "2", 28_99)),
        allowed_said_cents=144_96,
    )  # fmt: skip
    claim = ClaimPayment("RB-000124", "1", 290_00, 113_65, payer_number="ICN9", lines=(line,))
    payment = PostedPayment(RemittanceId("r"), "Medicare", date(2026, 12, 20), claim)

    said = (
        "Processed as primary; payer's number ICN9; 99493 charged $290.00, allowed $144.96, "
        "paid $113.65 CO 45 $145.04 PR 2 $28.99"
    )

    [row] = rows("Remittances", payments=(payment,))

    assert row == (
        "12/20/2026",
        "Medicare",
        "$113.65",
        said,
    )


def test_lengths_keep_their_seconds() -> None:
    assert [length_words(seconds) for seconds in (0, 90, 1_500)] == [
        "0 min",
        "1 min 30 s",
        "25 min",
    ]


def test_the_digest_is_of_records_and_not_of_who_prints_them() -> None:
    sections = (*care_sections(records()), *billing_sections(records()))
    first = AuditPacket(a_bill_paper(), sections, BILLED_AT, "M. Bell, LCSW")
    again = AuditPacket(a_bill_paper(), sections, BILLED_AT.replace(hour=23), "A. Osei, MD")
    other = AuditPacket(a_bill_paper(a_bill(number="7")), sections, BILLED_AT, "M. Bell, LCSW")

    assert first.digest == again.digest
    assert first.digest != other.digest


def test_an_entry_that_nobody_knows_is_a_dash() -> None:
    entry = a_time_entry(5, id=TimeEntryId("t"))
    line = LogLine(KeptEntry(entry, BILLED_AT, OSEI), "", "", Judged(0, "Not signed."))

    [row] = rows("Time log", log=(line,), titles={})

    assert "by —." in row[6]
