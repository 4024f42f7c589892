"""Papers for patients and for the day: who may print them, what is noted, whom they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cocm_desktop.actions.day_list import DayChoice, print_day_list, read_day_list
from cocm_desktop.actions.downtime import print_downtime_list, read_downtime_reminder
from cocm_desktop.actions.home_form import FormChoice, print_home_form, read_printable
from cocm_desktop.actions.outside_care import record_death
from cocm_desktop.actions.patient import change_patient, read_patient
from cocm_desktop.actions.patient_summary import print_patient_summary, read_patient_summary
from cocm_desktop.actions.plan import PlanChoice, print_plan
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.outside_care import DeathDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient import PatientDraft, Reach
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from cocm_desktop.storage.tables import AuditEntryTable
from tests.conftest import CARE_MANAGER
from tests.printing.read_back import texts


def as_role(workspace: Workspace, role: Role) -> Workspace:
    return replace(workspace, staff=replace(workspace.staff, roles=frozenset({role})))


def noted(workspace: Workspace) -> list[str]:
    with workspace.database.read() as session:
        entries = session.execute(select(AuditEntryTable.code, AuditEntryTable.sha256))
        return [code for code, sha256 in entries if sha256]


def test_the_front_desk_prints_forms_and_its_own_day_list(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    desk = as_role(workspace, Role.FRONT_DESK)

    form = print_home_form(desk, FormChoice(("phq-9",), Language.SPANISH, maria_patient))
    asked_for_all = read_day_list(desk, DayChoice(is_for_front_desk=False))
    print_day_list(desk, DayChoice())

    assert "María Alvarez" in texts(form.content)[0]
    assert asked_for_all.is_for_front_desk
    assert [line.score for line in asked_for_all.lines] == [""]
    assert noted(workspace) == ["home_form.printed", "day_list.printed"]


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BILLER])
def test_what_is_clinical_is_not_for_everybody(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, role: Role
) -> None:
    other = as_role(workspace, role)

    for make in (
        lambda: print_patient_summary(other, maria_patient),
        lambda: print_downtime_list(other),
        lambda: read_downtime_reminder(other),
    ):
        with pytest.raises(Refused, match="you may not"):
            make()
    assert noted(workspace) == []


def test_whoever_died_gets_no_paper_to_read_or_fill_in(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    record_death(workspace, DeathDraft(maria_patient, date(2026, 11, 20)))

    for make in (
        lambda: print_patient_summary(workspace, maria_patient),
        lambda: print_home_form(workspace, FormChoice(patient_id=maria_patient)),
        lambda: print_plan(workspace, maria, PlanChoice(PlanKind.SAFETY_PLAN, as_form=True)),
    ):
        with pytest.raises(Refused, match="having died"):
            make()
    assert noted(workspace) == []


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (("PHQ-9",), "Cuestionario sobre la salud del paciente"),
        (("PHQ-9", "GAD-7"), "Patient Health Questionnaire"),
    ],
)
def test_a_form_is_in_the_patients_language_where_all_of_it_is_here(
    workspace: Workspace, maria_patient: PatientId, names: tuple[str, ...], title: str
) -> None:
    known = read_patient(workspace, maria_patient)
    spoken = Reach(language="Spanish")
    draft = PatientDraft("Alvarez", "María", known.born_on, reach=spoken, id=maria_patient)
    change_patient(workspace, draft, version=known.version)

    paper = print_home_form(workspace, FormChoice(names, patient_id=maria_patient))

    assert title in texts(paper.content)[0]


def test_no_form_chosen_is_refused_and_nothing_noted(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="Choose a form"):
        print_home_form(workspace, FormChoice(()))

    assert noted(workspace) == []


def test_the_usual_forms_are_offered_first_with_their_languages(workspace: Workspace) -> None:
    phq9, gad7, *_rest = read_printable(workspace)

    assert (gad7.instrument, gad7.languages) == ("GAD-7", (Language.ENGLISH,))
    assert (phq9.instrument, phq9.languages) == ("PHQ-9", tuple(Language))


def test_a_caseload_s_lists_are_of_its_patients_only(
    workspace: Workspace, maria: EpisodeId
) -> None:
    mine, other = CARE_MANAGER.id, StaffId("nobody")

    listed = [read_day_list(workspace, DayChoice(care_manager_id=who)) for who in (mine, other)]
    [page, _log] = texts(print_downtime_list(workspace, mine).content)

    assert [len(each.lines) for each in listed] == [1, 0]
    assert "Caseload of M. Bell, LCSW" in page
    assert "ALVAREZ, María" in page


def test_the_list_of_all_is_asked_for_again_after_a_week(
    workspace: Workspace, maria: EpisodeId
) -> None:
    later = replace(workspace, now=lambda: workspace.now() + timedelta(days=7))

    said = [read_downtime_reminder(workspace)]
    print_downtime_list(workspace, CARE_MANAGER.id)
    said.append(read_downtime_reminder(workspace))
    print_downtime_list(workspace)
    others = as_role(later, Role.PSYCHIATRIC_CONSULTANT)
    said += [read_downtime_reminder(each) for each in (workspace, later, others)]

    never, old = "The downtime list was never printed", "The downtime list is 7 days old"
    assert said == [never, never, "", old, ""]


def test_a_clinic_without_anybody_in_care_needs_no_list(workspace: Workspace) -> None:
    assert read_downtime_reminder(workspace) == ""


def test_a_summary_is_in_the_patients_language_unless_another_is_asked_for(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    spanish = print_patient_summary(workspace, maria_patient, Language.SPANISH)

    usual = read_patient_summary(workspace, maria_patient)

    assert usual.language is Language.ENGLISH
    assert usual.today == date(2026, 11, 30)
    assert "Su atención de un vistazo" in texts(spanish.content)[0]
    assert noted(workspace) == ["patient_summary.printed"]
