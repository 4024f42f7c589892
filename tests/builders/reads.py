"""What screens and paper show: registry rows, charts, review packets, superbills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cocm_desktop.domain.episode import CloseReason, Episode, EpisodeStatus
from cocm_desktop.domain.ids import (
    EpisodeId,
    FeeId,
    PatientId,
)
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import (
    CaseloadCounts,
    CaseSheet,
    Chart,
    ContactWithMinutes,
    ReviewPacket,
)
from cocm_desktop.domain.review_priority import MEETING_MINUTES, AgendaEntry, agenda, reasons_for
from cocm_desktop.domain.safety import SafetyTask
from cocm_desktop.domain.superbill import Fee
from tests.builders.people import (
    BELL,
    CONSENTED_ON,
    ENROLLED_ON,
    NAMES,
    NOW,
    REFERRED_ON,
    TODAY,
    a_care_manager,
    a_consent,
    a_diagnosis,
    a_patient,
    a_practice,
    a_practitioner,
    an_episode,
    id_of,
)
from tests.builders.records import (
    a_contact,
    a_course,
    a_measure,
    a_safety_task,
    gad7,
    phq9,
)


def a_row(*totals: int, **changes: Any) -> RegistryRow:
    """Give a registry row whose PHQ-9 course has these totals, 18, 14 and 12 if none is named."""
    last_name = str(changes.get("last_name", "Alvarez"))
    enrolled_on = changes.get("enrolled_on", ENROLLED_ON)
    row = RegistryRow(
        patient_id=PatientId(id_of(f"patient {last_name}")),
        last_name=last_name,
        first_name="María",
        preferred_name="",
        mrn="100245",
        born_on=date(1971, 4, 5),
        phone="(555) 712-4709",
        today=TODAY,
        g2214_first_minute=16,
        phq9_instrument=phq9(),
        gad7_instrument=gad7(),
        phq9=a_course(
            *(totals or (18, 14, 12)), enrolled_on=enrolled_on, first_on=enrolled_on or ENROLLED_ON
        ),
        gad7=a_course(15, 12, 9, enrolled_on=enrolled_on, critical=None),
        episode_id=EpisodeId(id_of(f"episode {last_name}")),
        status=EpisodeStatus.ACTIVE,
        care_manager_id=BELL,
        care_manager="M. Bell, LCSW",
        referred_on=REFERRED_ON,
        consented_on=CONSENTED_ON,
        enrolled_on=enrolled_on,
        last_contact_on=TODAY - timedelta(days=8),
        last_attempt_on=TODAY - timedelta(days=5),
        seconds_this_month=34 * 60,
        last_review_on=_reviewed_on(enrolled_on),
    )
    return replace(row, **changes)


def _reviewed_on(enrolled_on: date | None) -> date | None:
    """Give a review of this week, but for those who are new."""
    is_new = enrolled_on is None or TODAY - enrolled_on < timedelta(weeks=4)
    return None if is_new else TODAY - timedelta(days=3)


def a_row_not_enrolled(**changes: Any) -> RegistryRow:
    nothing = a_course(enrolled_on=None)
    given: dict[str, Any] = {
        "phq9": nothing,
        "gad7": nothing,
        "episode_id": None,
        "status": None,
        "care_manager_id": None,
        "care_manager": "",
        "referred_on": None,
        "consented_on": None,
        "enrolled_on": None,
        "last_contact_on": None,
        "last_attempt_on": None,
        "seconds_this_month": 0,
        "last_review_on": None,
    }
    return replace(a_row(), **{**given, **changes})


def a_caseload() -> tuple[RegistryRow, ...]:
    """Give one row for each of `NAMES`, of every kind that the agenda tells apart."""
    kinds: Sequence[tuple[tuple[int, ...], dict[str, Any]]] = (
        ((18, 14, 12), {}),
        ((16, 15, 17), {"safety_answer": 2}),
        ((12, 6, 13), {}),
        ((14,), {"enrolled_on": TODAY - timedelta(weeks=2)}),
        ((19, 9, 8), {"question": "Could the dose go up, or is a switch better?"}),
        (
            (15, 8, 3),
            {"status": EpisodeStatus.RELAPSE_PREVENTION, "gad7": a_course(9, 4, critical=None)},
        ),
        ((17, 12, 8), {"enrolled_on": TODAY - timedelta(weeks=44)}),
        ((21, 20), {"enrolled_on": TODAY - timedelta(weeks=8)}),
        ((10, 9, 9), {}),
        ((14, 13, 9), {"status": EpisodeStatus.ON_HOLD}),
        ((16, 8), {"status": EpisodeStatus.CLOSED, "closed_on": date(2026, 11, 2)}),
        ((27, 24, 20), {"last_contact_on": TODAY - timedelta(days=33)}),
    )
    return tuple(
        a_row(
            *totals,
            last_name=last_name,
            first_name=first_name,
            mrn=f"1002{number:02}",
            born_on=date(1950 + 4 * number, 1 + number, 3 + number),
            **changes,
        )
        for number, ((last_name, first_name), (totals, changes)) in enumerate(
            zip(NAMES, kinds, strict=True)
        )
    )


def an_agenda_entry(row: RegistryRow | None = None, **changes: Any) -> AgendaEntry:
    row = row or a_row()
    return replace(AgendaEntry(row, tuple(reasons_for(row))), **changes)


def a_chart(row: RegistryRow | None = None, **changes: Any) -> Chart:
    """Give a chart whose patient, episode, measures and contacts agree with its row."""
    row = row or a_row()
    patient = a_patient(
        id=row.patient_id,
        last_name=row.last_name,
        first_name=row.first_name,
        born_on=row.born_on,
        mrn=row.mrn,
    )
    chart = Chart(
        row=row,
        patient=patient,
        episode=_episode_of(row),
        consent=a_consent(given_on=row.consented_on) if row.consented_on else None,
        care_manager=a_care_manager(),
        treating_practitioner=a_practitioner(),
        diagnoses=(a_diagnosis(),),
        measures=_measures_of(row),
        contacts=(a_contact_with_minutes(),),
        safety_tasks=_safety_tasks_of(row),
    )
    return replace(chart, **changes)


def _episode_of(row: RegistryRow) -> Episode | None:
    if row.episode_id is None or row.status is None:
        return None
    return an_episode(
        id=row.episode_id,
        patient_id=row.patient_id,
        status=row.status,
        referred_on=row.referred_on,
        enrolled_on=row.enrolled_on,
        closed_on=row.closed_on,
        close_reason=CloseReason.GRADUATED if row.closed_on else None,
    )


def _measures_of(row: RegistryRow) -> tuple[Measure, ...]:
    made = [a_measure(s.total, taken_on=s.taken_on) for s in row.phq9.scores]
    made += [a_measure(s.total, taken_on=s.taken_on, instrument=gad7()) for s in row.gad7.scores]
    return tuple(sorted(made, key=lambda measure: (measure.taken_on, measure.instrument_id)))


def _safety_tasks_of(row: RegistryRow) -> tuple[SafetyTask, ...]:
    return (a_safety_task(answer=row.safety_answer),) if row.safety_answer is not None else ()


def a_contact_with_minutes(minutes: int = 25, **changes: Any) -> ContactWithMinutes:
    return ContactWithMinutes(a_contact(**changes), minutes, "M. Bell, LCSW")


def a_case_sheet(row: RegistryRow | None = None) -> CaseSheet:
    row = row or a_row()
    return CaseSheet(an_agenda_entry(row), a_chart(row))


def a_packet(rows: Sequence[RegistryRow] | None = None, **changes: Any) -> ReviewPacket:
    rows = a_caseload() if rows is None else tuple(rows)
    packet = ReviewPacket(
        practice=a_practice(),
        as_of=NOW,
        prepared_by=a_care_manager(),
        care_manager=a_care_manager(),
        review_on=TODAY,
        counts=CaseloadCounts.of(rows),
        sheets=tuple(CaseSheet(entry, a_chart(entry.row)) for entry in agenda(rows)),
        caseload=tuple(row for row in rows if row.is_open),
        meeting_minutes=MEETING_MINUTES,
    )
    return replace(packet, **changes)


def a_fee(code: str = "99492", cents: int = 320_00, **changes: Any) -> Fee:
    fee = Fee(FeeId(id_of(f"fee {code}")), code, cents, date(2026, 1, 1))
    return replace(fee, **changes)


def fees() -> tuple[Fee, ...]:
    """Give the charges of the made-up practice, one for each code."""
    charges = {"99492": 320_00, "99493": 290_00, "99494": 125_00, "G2214": 120_00}
    return tuple(a_fee(code, cents) for code, cents in charges.items())
