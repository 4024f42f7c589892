"""A day's work with records, and every entry that it leaves in the audit: no more, no less."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from cocm_desktop.actions.audit import read_audit
from cocm_desktop.actions.bill_papers import print_billing_sheets, print_patient_superbills
from cocm_desktop.actions.consent import record_consent
from cocm_desktop.actions.contact import flag_for_review, void_contact
from cocm_desktop.actions.disclosure import record_disclosure
from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.importing import import_patients, preview_import, undo_import
from cocm_desktop.actions.measure import void_measure
from cocm_desktop.actions.merge import merge_patients, undo_merge
from cocm_desktop.actions.month_closing import close_month, reopen_month
from cocm_desktop.actions.patient import add_patient, change_patient, read_patient, read_patients
from cocm_desktop.actions.patient_copy import write_patient_copy
from cocm_desktop.actions.privacy_request import (
    ask_restriction,
    decide_restriction,
    override_restrictions,
)
from cocm_desktop.actions.recommendation_letter import (
    copy_letter_text,
    write_recommendation_letter,
)
from cocm_desktop.actions.reopening import reopen_episode
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.review_loop import export_follow_through, read_follow_through
from cocm_desktop.actions.review_record import read_reviews, send_recommendation
from cocm_desktop.actions.rule_set import put_rule_set
from cocm_desktop.actions.safety import read_open_safety_tasks, tell_practitioner
from cocm_desktop.actions.staff import change_staff, read_staff
from cocm_desktop.actions.superbill import read_billing_month, read_superbill, void_superbill
from cocm_desktop.actions.task import add_task, finish_task
from cocm_desktop.actions.time_entry import record_time, sign_time, void_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.billing.own_rule_set import RuleSetDraft
from cocm_desktop.domain.case_review import RecommendationStatus, StepDraft
from cocm_desktop.domain.consent import ConsentDraft, ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.follow_through_report import ReportChoice
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.patient_copy import CopyRequest
from cocm_desktop.domain.patient_merge import MergeDraft
from cocm_desktop.domain.privacy import Decision, DisclosureDraft, Purpose, RestrictionDraft
from cocm_desktop.domain.recommendation_letter import LetterChoice
from cocm_desktop.domain.reopening import ReopenDraft
from cocm_desktop.domain.safety import PractitionerToldDraft
from cocm_desktop.domain.task import TaskDraft
from cocm_desktop.domain.time_entry import Activity, TimeEntryDraft
from tests.actions.billing import DECEMBER_2, NOVEMBER, issued, on_record
from tests.actions.test_own_tables import shipped
from tests.actions.work import at, call, phq9
from tests.builders.bills import a_self_pay_bill
from tests.conftest import CARE_MANAGER, EVENING, PRACTITIONER

TODAY = EVENING.date()


def test_a_day_of_records_leaves_exactly_its_entries(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    _at_the_desk(workspace, maria_patient, tmp_path)
    _in_care(workspace, maria, maria_patient)
    on_record(workspace, maria_patient, maria)
    _in_review(workspace, maria, tmp_path)
    _billed(workspace, maria, maria_patient)
    _given_out(workspace, maria_patient, tmp_path)
    _among_people(workspace)

    page = read_audit(workspace, AuditQuery())
    assert Counter(entry.code for entry in page.entries) == EXPECTED


def _at_the_desk(workspace: Workspace, patient_id: PatientId, folder: Path) -> None:
    maria = read_patient(workspace, patient_id)
    draft = PatientDraft(maria.last_name, maria.first_name, maria.born_on, mrn="7")
    double = PatientId(add_patient(workspace, draft).record_id)
    merge = MergeDraft(patient_id, double, typed=maria.mrn)
    merge_patients(workspace, merge)
    undo_merge(workspace, merge.id, reason="They are two people")
    known = read_patient(workspace, double)
    change_patient(workspace, replace(draft, id=double, mrn="8"), version=known.version)
    file = folder / "list.csv"
    file.write_text("MRN,Last name,First name,DOB\n55,Ode,Anna,1/2/1980\n,Nobody,,\n")
    preview = preview_import(workspace, file)
    import_patients(workspace, preview)
    undo_import(workspace, preview.id, reason="Last year's list")
    read_patients(workspace)


def _in_care(workspace: Workspace, episode_id: EpisodeId, patient_id: PatientId) -> None:
    phoned = call(workspace, episode_id, date(2026, 11, 20))
    void_contact(workspace, phoned.id, reason="Another patient")
    day, work = date(2026, 11, 21), Activity.COORDINATION
    spent = TimeEntryDraft(episode_id, day, 5, work, is_signed=False, is_confirmed=True)
    record_time(workspace, spent)
    sign_time(workspace, [spent.id])
    void_time(workspace, spent.id, reason="Twice")
    measure = phq9(workspace, episode_id, date(2026, 11, 12), 9, item9=1)
    [(task, _)] = read_open_safety_tasks(workspace)
    tell_practitioner(workspace, PractitionerToldDraft(task.id, "A. Smith", EVENING))
    void_measure(workspace, measure.id, reason="Another patient")
    todo = TaskDraft("Call back", TODAY, patient_id, assigned_to=CARE_MANAGER.id)
    add_task(workspace, todo)
    finish_task(workspace, todo.id)
    verbal = ConsentMethod.VERBAL
    record_consent(workspace, ConsentDraft(episode_id, TODAY, verbal, PRACTITIONER.id))
    close_episode(workspace, CloseDraft(episode_id, TODAY, CloseReason.GRADUATED))
    reopen_episode(workspace, ReopenDraft(episode_id, "Closed by mistake", version=2))


def _in_review(workspace: Workspace, episode_id: EpisodeId, folder: Path) -> None:
    review = read_reviews(workspace, episode_id)[-1]
    sent = StepDraft(review.recommendations[0].id, RecommendationStatus.SENT, TODAY)
    send_recommendation(workspace, sent)
    letter = write_recommendation_letter(workspace, review.id, LetterChoice()).record_id
    copy_letter_text(workspace, letter)
    flag_for_review(workspace, episode_id, "Switch?")
    print_packet(workspace, PacketChoice())
    choice = ReportChoice(date(2026, 11, 1), TODAY)
    read_follow_through(workspace, choice)
    export_follow_through(workspace, choice, folder / "report.csv")


def _billed(workspace: Workspace, episode_id: EpisodeId, patient_id: PatientId) -> None:
    call(workspace, episode_id, date(2026, 11, 5), minutes=76)
    bill = issued(workspace, patient_id)
    december = at(workspace, DECEMBER_2)
    read_billing_month(december, NOVEMBER)
    print_billing_sheets(december, [read_superbill(december, patient_id, NOVEMBER)])
    print_patient_superbills(december, [a_self_pay_bill()])
    close_month(december, NOVEMBER)
    reopen_month(december, NOVEMBER, reason="One more bill")
    void_superbill(december, bill, reason="Another payer")


def _given_out(workspace: Workspace, patient_id: PatientId, folder: Path) -> None:
    write_patient_copy(workspace, CopyRequest(patient_id, "María Alvarez"), folder / "copy.zip")
    record_disclosure(
        workspace,
        DisclosureDraft(patient_id, TODAY, "County", "A case report", Purpose.PUBLIC_HEALTH),
    )
    asked = RestrictionDraft(patient_id, TODAY, "Nothing to my employer.")
    ask_restriction(workspace, asked)
    decide_restriction(workspace, asked.id, Decision.ACCEPTED)
    override_restrictions(workspace, patient_id, reason="The patient called.")


def _among_people(workspace: Workspace) -> None:
    [smith] = [each for each in read_staff(workspace) if each.id == PRACTITIONER.id]
    change_staff(workspace, replace(smith, name="A. Smith-Lee"))
    rules = replace(shipped("BCBSND"), valid=Span(date(2026, 7, 1)), codes=("99492", "99493"))
    put_rule_set(workspace, RuleSetDraft(rules))


EXPECTED = Counter(
    {
        "audit.viewed": 1, "billing_month.closed": 1, "billing_month.reopened": 1,
        "billing_month.viewed": 1, "billing_sheet.printed": 1, "chart.viewed": 4,
        "consent.recorded": 1, "contact.recorded": 2, "contact.voided": 1, "coverage.recorded": 1,
        "disclosure.recorded": 1, "duplicate.passed_over": 1, "episode.closed": 1,
        "episode.enrolled": 1, "episode.reopened": 1, "flag.raised": 1, "import.done": 1,
        "import.undone": 1, "letter.copied": 1, "letter.written": 1, "measure.recorded": 3,
        "measure.voided": 1, "month_approval.recorded": 1, "packet.printed": 1, "packet.viewed": 1,
        "patient.added": 2, "patient.changed": 1, "patient.merge_undone": 2, "patient.merged": 1,
        "patient.merged_away": 1, "patient_copy.made": 1, "patients.viewed": 1, "payer.added": 1,
        "plan.written": 1, "recommendation.sent": 1, "report.exported": 1, "report.viewed": 1,
        "restriction.asked": 1, "restriction.decided": 1, "restriction.overridden": 1,
        "review.recorded": 2, "rule_set.put": 1, "safety.practitioner_told": 1, "safety.raised": 1,
        "safety_list.viewed": 1, "staff.added": 2, "staff.changed": 1, "superbill.issued": 1,
        "superbill.printed": 1, "superbill.voided": 1, "task.added": 1, "task.done": 1,
        "time.recorded": 3, "time.signed": 1, "time.voided": 2, "visit.recorded": 1,
    }
)  # fmt: skip
