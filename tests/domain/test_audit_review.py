"""What in a month of the audit is worth a look, and how entries read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cocm_desktop.domain.audit_entry import AuditEntry, change_words, size_words
from cocm_desktop.domain.audit_query import MOST_COUNTED, AuditPage, AuditQuery
from cocm_desktop.domain.audit_review import MANY_CHARTS, AuditLine, LookAt, points_of
from cocm_desktop.domain.stamp import FieldChange

TUESDAY = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
LINE = AuditLine(1, TUESDAY, "s", "M. Bell", "chart.viewed", "p", "Alvarez", False, 0, True)
ENTRY = AuditEntry(
    seq=7, id="i", at=TUESDAY, ticks_ms=0, clock_ok=True, staff_id="s", staff_name="M. Bell",
    roles="CARE_MANAGER,ADMINISTRATOR", is_emergency=False, device="pc", os_account="", mac=None,
    app_version="1", session_id="x", code="letter.printed", action="E", outcome=0,
    patient_id="p", object_type="letter", object_id="l", object_version=None, category=None,
    reason=None, recipient=None, sha256=None, pages=None, bytes=None, patient="ALVAREZ, Maria",
)  # fmt: skip


def found(*lines: AuditLine) -> set[LookAt]:
    return {point.what for point in points_of(lines) if point.count}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (replace(LINE, is_emergency=True), LookAt.EMERGENCY),
        (replace(LINE, code="password.was_wrong", outcome=4), LookAt.WRONG_PASSWORDS),
        (replace(LINE, outcome=8), LookAt.FAILURES),
        (replace(LINE, last_name="BELL"), LookAt.OWN_NAME),
        (replace(LINE, staff_name="José Álvarez, MD"), LookAt.OWN_NAME),
        (replace(LINE, at=TUESDAY.replace(hour=5, minute=59)), LookAt.AFTER_HOURS),
        (replace(LINE, at=TUESDAY.replace(hour=20)), LookAt.AFTER_HOURS),
        (replace(LINE, at=TUESDAY - timedelta(days=2)), LookAt.AFTER_HOURS),
        (replace(LINE, code="list.exported"), LookAt.EXPORTS),
        (replace(LINE, code="staff.changed"), LookAt.PEOPLE),
        (replace(LINE, clock_ok=False), LookAt.CLOCK),
    ],
)
def test_what_is_worth_a_look_is_counted(line: AuditLine, what: LookAt) -> None:
    assert found(line) == {what}


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        replace(LINE, at=TUESDAY.replace(hour=6)),
        replace(LINE, at=TUESDAY.replace(hour=19, minute=59)),
        replace(LINE, last_name=""),
        replace(LINE, staff_name=""),
        replace(LINE, code="letter.written"),
    ],
)
def test_a_usual_day_is_not(line: AuditLine) -> None:
    assert found(line) == set()


@pytest.mark.parametrize(
    ("charts", "minutes", "is_many"),
    [
        (MANY_CHARTS, 9, False),
        (MANY_CHARTS + 1, 9, True),
        (MANY_CHARTS + 1, 40, False),
    ],
)
def test_many_charts_within_ten_minutes_are_named(
    charts: int, minutes: int, *, is_many: bool
) -> None:
    pause = timedelta(minutes=minutes) / charts
    lines = [replace(LINE, seq=n, at=TUESDAY + n * pause, patient_id=str(n)) for n in range(charts)]

    assert (LookAt.MANY_CHARTS in found(*lines)) is is_many


def test_one_chart_that_is_opened_often_is_not_many() -> None:
    assert found(*(replace(LINE, seq=n) for n in range(100))) == set()


def test_an_entry_tells_everything_it_holds() -> None:
    entry = replace(
        ENTRY,
        pages=2,
        bytes=34_567,
        recipient="Dr. Chen",
        reason="Asked for",
        outcome=8,
        is_emergency=True,
        clock_ok=False,
        sha256="ab",
        changes=(FieldChange("phone", "1", "2"),),
    )

    assert entry.sentence == "Printed a letter about ALVAREZ, Maria"
    assert entry.roles_words == "Care manager, Administrator"
    assert entry.details == (
        "Phone: 1 → 2",
        "Reason: Asked for",
        "To: Dr. Chen",
        "Pages: 2",
        "Size: 35 KB",
        "SHA-256 of what was made: ab",
        "Outcome: Failed",
        "Emergency access: yes",
        "The computer's clock: had been set back",
    )


def test_an_entry_about_nobody_and_one_about_a_part() -> None:
    assert replace(ENTRY, patient="").sentence == "Printed a letter about a patient"
    assert replace(ENTRY, category="scores").sentence.endswith("ALVAREZ, Maria (scores)")
    assert replace(ENTRY, outcome=99).outcome_words == "Failed"
    assert ENTRY.details == ()


def test_words_of_changes_and_sizes() -> None:
    assert change_words(FieldChange("last_name", None, "Doe")) == "Last name: Doe"
    assert change_words(FieldChange("phone", "1", None)) == "Phone: 1 → nothing"
    assert [size_words(n) for n in (1, 999, 1000, 2_345_678)] == [
        "1 byte",
        "999 bytes",
        "1 KB",
        "2.3 MB",
    ]


def test_more_entries_than_are_counted_say_so() -> None:
    page = AuditPage(AuditQuery(), (ENTRY,), MOST_COUNTED + 1)

    assert page.counted == "1–1 of more than 10,000"
