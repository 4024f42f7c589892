"""Make the kept file of the newest schema: `python -m tests.old_files.make`.

Run it once for each schema, with the program that is about to be released, and never again: the
tests open every kept file with every later program. All people in it are invented.
"""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cocm_desktop.actions.backup import back_up, check_clinic
from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.flag import set_flag
from cocm_desktop.actions.medication import add_medication
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.plan import write_plan
from cocm_desktop.actions.review_record import record_review
from cocm_desktop.actions.session import NewClinic, Place, create_clinic, lock
from cocm_desktop.actions.staff import add_staff, read_staff
from cocm_desktop.actions.task import add_task
from cocm_desktop.actions.treatment import record_intervention
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import RecommendationDraft, RecommendationKind, ReviewDraft
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.intervention import InterventionDraft, InterventionKind
from cocm_desktop.domain.medication import MedicationDraft
from cocm_desktop.domain.patient import PatientDraft, Sex
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.task import TaskDraft
from cocm_desktop.storage.migrations import SCHEMA
from tests.actions.work import call, gad7, phq9
from tests.old_files.billing import fill_billing
from tests.old_files.review import fill_review
from tests.old_files.trust import fill_trust

HERE = Path(__file__).parent
MOMENT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
SIGN_IN, PASSWORD = "lortiz", "violet tractor ozone hymn"
CODE = generate(bytes(range(18)))
OWNER = StaffDraft("Lena Ortiz", frozenset({Role.CARE_MANAGER}), SIGN_IN, "LCSW")
PRACTITIONER = StaffDraft(
    "A. Smith", frozenset({Role.TREATING_PRACTITIONER}), credentials="MD", npi="1234567893"
)
CONSULTANT = StaffDraft("Rana Haddad", frozenset({Role.PSYCHIATRIC_CONSULTANT}), credentials="MD")
PATIENTS = (
    PatientDraft("Alvarez", "María", date(1971, 4, 5), mrn="100200", sex=Sex.FEMALE),
    PatientDraft("O'Brien", "Seán", date(1988, 12, 30), mrn="100201", sex=Sex.MALE),
    PatientDraft("Nguyễn", "Thị Hoa", date(1959, 2, 28), mrn="100202"),
)


def clock(zone: ZoneInfo | None) -> datetime:
    return MOMENT.astimezone(zone or UTC)


def main() -> None:
    """Write the backup, and beside it how to open it and what it must hold."""
    name = f"schema-{SCHEMA:04}"
    with tempfile.TemporaryDirectory() as folder:
        practice = Practice(
            name="Riverbend Family Medicine", time_zone="America/Denver", npi="1245319599"
        )
        place = Place(Path(folder) / "clinic", clock)
        workspace = create_clinic(place, NewClinic(practice, OWNER, PASSWORD), CODE)
        fill(workspace, Path(folder) / "second place")
        report = check_clinic(workspace)
        made = back_up(workspace)
        lock(workspace)
        made.path.rename(HERE / f"{name}.cocmbak")
    holds = {
        "findings": report.findings,
        "rows": report.rows,
        "sign_in": SIGN_IN,
        "password": PASSWORD,
        "recovery_code": str(CODE),
        "patients": sorted(patient.last_name for patient in PATIENTS),
    }
    (HERE / f"{name}.json").write_text(
        json.dumps(holds, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def fill(workspace: Workspace, second_place: Path) -> None:
    """Record something in most tables."""
    practitioner = StaffId(add_staff(workspace, PRACTITIONER).record_id)
    consultant = StaffId(add_staff(workspace, CONSULTANT).record_id)
    filled: list[tuple[PatientId, EpisodeId]] = []
    for number, patient in enumerate(PATIENTS):
        patient_id = PatientId(add_patient(workspace, patient).record_id)
        draft = EnrollDraft(
            patient_id=patient_id,
            care_manager_id=workspace.staff.id,
            consented_on=date(2026, 9, 1),
            consent_method=ConsentMethod.VERBAL,
            enrolled_on=date(2026, 9, 3),
            referred_on=date(2026, 8, 28),
            treating_practitioner_id=practitioner,
            diagnosis_code="F33.1",
        )
        episode_id = EpisodeId(enroll(workspace, draft).record_id)
        phq9(workspace, episode_id, date(2026, 9, 3), 18 - number, item9=number % 2)
        phq9(workspace, episode_id, date(2026, 10, 1), 11 - number)
        gad7(workspace, episode_id, date(2026, 9, 3), 9 + number)
        for day in (3, 17):
            call(workspace, episode_id, date(2026, 9, day + number), minutes=25)
        fill_chart(workspace, patient_id, episode_id, consultant)
        filled.append((patient_id, episode_id))
    [treating] = [each for each in read_staff(workspace) if each.id == practitioner]
    fill_billing(workspace, treating, filled)
    fill_review(workspace, consultant, filled)
    fill_trust(workspace, filled[0][0], second_place)


def fill_chart(
    workspace: Workspace, patient_id: PatientId, episode_id: EpisodeId, consultant: StaffId
) -> None:
    """Record what the clinical half knows of a patient: treatment, plan, review, task, mark."""
    day = date(2026, 10, 2)
    add_medication(workspace, MedicationDraft(patient_id, "sertraline", "50 mg", day))
    record_intervention(
        workspace, InterventionDraft(episode_id, day, InterventionKind.SLEEP, homework="A diary")
    )
    write_plan(
        workspace,
        PlanDraft(
            episode_id, PlanKind.CARE_PLAN, day, {PlanKind.CARE_PLAN.fields[0].name: "Low mood"}
        ),
    )
    record_review(
        workspace,
        ReviewDraft(
            episode_id,
            consultant,
            day,
            (RecommendationDraft("Raise the dose", RecommendationKind.DOSE),),
        ),
    )
    add_task(
        workspace,
        TaskDraft("Call about the refill", date(2026, 11, 30), patient_id, workspace.staff.id),
    )
    set_flag(workspace, FlagDraft(patient_id, FlagKind.INTERPRETER, "Prefers Spanish"))


if __name__ == "__main__":
    main()
