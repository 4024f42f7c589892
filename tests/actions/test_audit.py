"""The audit read in pages, exported with a seal, and reviewed by the month."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cocm_desktop.actions.anchors import current_anchor
from cocm_desktop.actions.audit import read_audit, read_audited_people
from cocm_desktop.actions.audit_export import AuditFormat, check_export, export_audit
from cocm_desktop.actions.audit_month import (
    read_audit_month,
    read_month_to_review,
    sign_audit_month,
)
from cocm_desktop.actions.audit_print import print_audit
from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_event import EventKind
from cocm_desktop.domain.audit_query import PAGE, AuditOrder, AuditPage, AuditQuery
from cocm_desktop.domain.audit_review import AuditReviewDraft, LookAt
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import ProofWanted, Refused
from cocm_desktop.storage import audit
from tests.actions.work import as_member, as_role, at, phq9, rows_stored
from tests.conftest import CARE_MANAGER, EVENING, PRACTITIONER
from tests.printing.read_back import texts

NOVEMBER = ServiceMonth(2026, 11)


def written(workspace: Workspace, *notes: audit.Note, moment: datetime = EVENING) -> None:
    with workspace.database.write() as session:
        for note in notes:
            audit.write(session, at(workspace, moment).stamp(), note)


def codes(page: AuditPage) -> list[str]:
    return [entry.code for entry in page.entries]


def test_the_newest_stands_first_and_names_the_patient(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    read_chart(workspace, maria_patient)

    page = read_audit(workspace, AuditQuery())

    assert codes(page) == ["audit.viewed", "chart.viewed", "episode.enrolled", "patient.added"]
    parts = "demographics, scores, notes, medications"
    assert page.entries[1].sentence == f"Opened the chart of ALVAREZ, María ({parts})"
    assert page.entries[1].at == EVENING
    assert page.counted == "1–4 of 4"
    assert read_audited_people(workspace) == ((CARE_MANAGER.id, "M. Bell"),)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (AuditQuery(code="episode.enrolled"), ["episode.enrolled"]),
        (AuditQuery(kind=EventKind.SAFETY), ["safety.raised"]),
        (AuditQuery(only_failed=True), ["claim_file.written"]),
        (AuditQuery(only_emergency=True), ["registry.viewed"]),
        (AuditQuery(staff_id=PRACTITIONER.id), ["backup.made"]),
        (AuditQuery(until=date(2026, 11, 29)), ["task.added"]),
        (AuditQuery(since=date(2026, 12, 1)), []),
    ],
    ids=["code", "kind", "failed", "emergency", "person", "until", "since"],
)
def test_the_audit_is_narrowed(
    workspace: Workspace, maria: EpisodeId, query: AuditQuery, expected: list[str]
) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 9, item9=1)
    failed = replace(audit.created("claim_file.written", "1"), outcome=8)
    written(workspace, failed)
    written(as_member(workspace, PRACTITIONER), audit.created("backup.made", "2"))
    midnight = EVENING.replace(day=29, hour=23, minute=59)
    written(workspace, audit.created("task.added", "3"), moment=midnight)
    with workspace.database.write() as session:
        emergency = replace(workspace.stamp(), is_emergency=True)
        note = audit.Note("registry.viewed", audit.Action.READ, "registry")
        audit.write(session, emergency, note)

    page = read_audit(workspace, query)

    assert [code for code in codes(page) if code != "audit.viewed"] == expected


def test_of_one_patient_only_what_is_about_the_patient_is_shown(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    read_registry(workspace)

    page = read_audit(workspace, AuditQuery(patient_id=maria_patient))

    assert codes(page) == ["patient.audit_viewed", "episode.enrolled", "patient.added"]


@pytest.mark.parametrize("order", list(AuditOrder))
def test_every_column_sorts_both_ways(workspace: Workspace, order: AuditOrder) -> None:
    written(workspace, audit.created("task.added", "1", "b"))
    written(as_member(workspace, PRACTITIONER), audit.created("backup.made", "2", "a"))
    query = AuditQuery(order=order, since=EVENING.date())
    read_audit(workspace, query)

    def values(page: AuditPage) -> list[object]:
        keys = {
            AuditOrder.WHEN: "seq",
            AuditOrder.WHO: "staff_name",
            AuditOrder.WHAT: "code",
            AuditOrder.PATIENT: "patient_id",
            AuditOrder.OUTCOME: "outcome",
            AuditOrder.COMPUTER: "device",
        }
        return [getattr(entry, keys[order]) or "" for entry in page.entries]

    down = values(read_audit(workspace, query))
    up = values(read_audit(workspace, replace(query, is_descending=False)))
    assert down == sorted(down, key=str, reverse=True)
    assert up == sorted(up, key=str)


def test_a_page_holds_500_entries(workspace: Workspace) -> None:
    written(workspace, *(audit.created("task.added", str(n)) for n in range(PAGE + 3)))

    first = read_audit(workspace, AuditQuery(code="task.added"))
    second = read_audit(workspace, AuditQuery(code="task.added", page=2))

    assert (len(first.entries), first.pages, first.counted) == (500, 2, "1–500 of 503")
    assert (len(second.entries), second.counted) == (3, "501–503 of 503")
    assert read_audit(workspace, AuditQuery(code="fee.voided")).counted == "No entries"


@pytest.mark.parametrize(
    "query",
    [
        AuditQuery(since=date(2026, 11, 2), until=date(2026, 11, 1)),
        AuditQuery(code="moon.seen"),
        AuditQuery(page=0),
    ],
)
def test_a_question_without_sense_is_refused(workspace: Workspace, query: AuditQuery) -> None:
    with pytest.raises(Refused):
        read_audit(workspace, query)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_see_the_audit(
    workspace: Workspace, role: Role, tmp_path: Path
) -> None:
    other = as_role(workspace, role)
    before = rows_stored(workspace)
    draft = AuditReviewDraft(ServiceMonth(2026, 10), "Nothing unusual")

    for action in (
        lambda: read_audit(other, AuditQuery()),
        lambda: read_audited_people(other),
        lambda: print_audit(other, AuditQuery()),
        lambda: export_audit(other, AuditQuery(), tmp_path / "a.csv"),
        lambda: check_export(other, tmp_path / "a.csv"),
        lambda: read_audit_month(other, NOVEMBER),
        lambda: sign_audit_month(other, draft),
    ):
        with pytest.raises(Refused, match="you may not see the audit"):
            action()

    assert rows_stored(workspace) == before
    assert read_month_to_review(other) is None


def test_an_export_holds_every_entry_and_tells_when_it_was_changed(
    workspace: Workspace, maria: EpisodeId, tmp_path: Path
) -> None:
    file = tmp_path / "audit.csv"
    made = export_audit(workspace, AuditQuery(), file)

    text = file.read_text(encoding="utf-8-sig")
    assert made.entries == 2
    assert "Enrolled ALVAREZ, María" in text
    assert check_export(workspace, file).startswith("The file is as it was exported: 2 entries")
    newest = read_audit(workspace, AuditQuery()).entries[1]
    assert (newest.code, newest.bytes) == ("audit.exported", file.stat().st_size)
    file.write_text(text.replace("María", "Marta"), encoding="utf-8-sig")
    with pytest.raises(Refused, match="was changed"):
        check_export(workspace, file)


def test_a_seal_that_another_made_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "audit.csv"
    made = export_audit(workspace, AuditQuery(), file)
    seal = json.loads(made.seal.read_text(encoding="utf-8"))
    made.seal.write_text(json.dumps({**seal, "seq": 99}), encoding="utf-8")

    with pytest.raises(Refused, match="not made by this clinic"):
        check_export(workspace, file)
    made.seal.write_text("[]", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be read"):
        check_export(workspace, file)


def test_a_fhir_line_tells_every_field(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    with workspace.database.write() as session:
        emergency = replace(workspace.stamp(), is_emergency=True, os_account="mbell")
        audit.write(session, emergency, audit.voided("contact.voided", "7", reason="Twice"))
    file = tmp_path / "audit.ndjson"
    export_audit(workspace, AuditQuery(), file, kind=AuditFormat.FHIR)

    added, _enrolled, voided = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert added["resourceType"] == "AuditEvent"
    assert added["type"]["code"] == "110110"
    assert added["subtype"][0]["code"] == "patient.added"
    assert added["entity"][0]["what"] == {"reference": f"Patient/{maria_patient}"}
    assert (added["action"], added["outcome"]) == ("C", "0")
    assert added["recorded"].endswith("+00:00")
    assert added["agent"][0]["name"] == "M. Bell"
    assert voided["purposeOfEvent"][0]["coding"][0]["code"] == "BTG"
    details = {each["type"]: each["valueString"] for each in voided["entity"][-1]["detail"]}
    assert (details["reason"], details["clock good"]) == ("Twice", "true")


def test_an_export_wants_the_password_and_a_name(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(ProofWanted):
        export_audit(replace(workspace, sitting=Sitting()), AuditQuery(), tmp_path / "audit.csv")
    with pytest.raises(Refused, match="Name the file"):
        export_audit(workspace, AuditQuery(), Path())

    assert list(tmp_path.iterdir()) == []


def test_a_part_of_it_is_printed_with_the_head_of_the_audit(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    anchor = current_anchor(workspace)
    query = AuditQuery(patient_id=maria_patient, staff_id=CARE_MANAGER.id, since=EVENING.date())

    page = texts(print_audit(workspace, query).content)[0]

    words = " ".join(page.split())
    assert "Enrolled ALVAREZ, María" in words
    assert "from Nov 30, 2026" in words
    assert anchor in words
    newest = read_audit(workspace, AuditQuery()).entries[1]
    assert (newest.code, newest.patient_id, newest.pages) == ("audit.printed", maria_patient, 1)


def test_more_than_a_hundred_pages_are_not_printed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cocm_desktop.actions.audit_print.MOST_PRINTED", 1)
    written(workspace, *(audit.created("task.added", str(n)) for n in range(2)))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="Ask for fewer, or export"):
        print_audit(workspace, AuditQuery())

    assert rows_stored(workspace) == before


def test_a_month_is_reviewed_and_signed(workspace: Workspace, maria: EpisodeId) -> None:
    december = at(workspace, EVENING + timedelta(days=3))
    waiting = read_month_to_review(december)
    draft = AuditReviewDraft(NOVEMBER, "Asked about the evening: a late clinic.")

    sign_audit_month(december, draft)
    sign_audit_month(december, draft)

    month = read_audit_month(december, NOVEMBER)
    late = next(point for point in month.points if point.what is LookAt.AFTER_HOURS)
    assert waiting == NOVEMBER
    assert read_month_to_review(december) is None
    assert (month.entries, late.count, late.people) == (2, 2, ("M. Bell",))
    [review] = month.reviews
    assert (review.words, review.entries, review.last_seq) == (
        "Asked about the evening: a late clinic.",
        2,
        2,
    )
    newest = read_audit(december, AuditQuery(code="audit.reviewed")).entries
    assert [entry.reason for entry in newest] == ["Asked about the evening: a late clinic."]


@pytest.mark.parametrize(
    ("month", "words", "refusal"),
    [
        (NOVEMBER, "Nothing unusual", "is not over"),
        (ServiceMonth(2026, 10), " - ", "Write what you found"),
        (ServiceMonth(2026, 10), "Nothing unusual", "There is no entry"),
    ],
)
def test_a_month_that_cannot_be_signed_is_refused(
    workspace: Workspace, maria: EpisodeId, month: ServiceMonth, words: str, refusal: str
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=refusal):
        sign_audit_month(workspace, AuditReviewDraft(month, words))

    assert rows_stored(workspace) == before
