"""Pictures of papers that patients take home, of the lists of the day, and of their dialogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.day_list import DayChoice, print_day_list
from cocm_desktop.actions.downtime import print_downtime_list
from cocm_desktop.actions.home_form import FormChoice, print_home_form
from cocm_desktop.actions.patient_summary import print_patient_summary
from cocm_desktop.actions.plan import PlanChoice, print_plan
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.ui.paper.dialog import PaperDialog, PaperRequest
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient_papers.day_dialog import DayListDialog
from cocm_desktop.ui.patient_papers.papers_dialog import PatientPapersDialog
from tests.pictures_of_patients import Stage, measured, opened


def longest(workspace: Workspace) -> RegistryRow:
    """Give the open patient with the longest course."""
    return max(
        (row for row in read_registry(workspace).rows if row.is_open),
        key=lambda row: len(row.phq9.scores),
    )


def summary(language: Language, workspace: Workspace) -> bytes:
    return print_patient_summary(workspace, longest(workspace).patient_id, language).content


def form(language: Language, workspace: Workspace) -> bytes:
    patient_id = longest(workspace).patient_id
    names = ("PHQ-9", "GAD-7") if language is Language.ENGLISH else ("PHQ-9",)
    return print_home_form(workspace, FormChoice(names, language, patient_id)).content


def plan(kind: PlanKind, workspace: Workspace) -> bytes:
    choice = PlanChoice(kind, as_form=True, language=Language.SPANISH)
    return print_plan(workspace, longest(workspace).episode_id or "", choice).content


def day(workspace: Workspace, *, is_for_front_desk: bool) -> bytes:
    return print_day_list(workspace, DayChoice(is_for_front_desk=is_for_front_desk)).content


def choosing(stage: Stage) -> QDialog:
    subject = Subject.of_row(measured(stage))
    return opened(PatientPapersDialog(stage.desk, subject, stage.window))


def shown(stage: Stage) -> QDialog:
    make = partial(print_home_form, choice=FormChoice(("PHQ-9",), Language.SPANISH))
    request = PaperRequest(make, "PHQ-9 to fill in at home", "phq-9")
    paper = request.make(stage.workspace)
    return opened(PaperDialog(stage.desk, request, paper, parent=stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "patient-papers": choosing,
    "patient-papers-shown": shown,
    "day-list": lambda stage: opened(DayListDialog(stage.desk, stage.window)),
}
PAPERS: dict[str, Callable[[Workspace], bytes]] = {
    "summary": partial(summary, Language.ENGLISH),
    "summary-spanish": partial(summary, Language.SPANISH),
    "home-form": partial(form, Language.ENGLISH),
    "home-form-spanish": partial(form, Language.SPANISH),
    "safety-plan-spanish": partial(plan, PlanKind.SAFETY_PLAN),
    "relapse-plan-spanish": partial(plan, PlanKind.RELAPSE_PREVENTION_PLAN),
    "day-list": partial(day, is_for_front_desk=False),
    "day-list-front-desk": partial(day, is_for_front_desk=True),
    "downtime-list": lambda workspace: print_downtime_list(workspace).content,
}
