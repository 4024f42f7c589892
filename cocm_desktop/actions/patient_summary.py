"""Printing the summary that a patient takes home."""

from __future__ import annotations

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.mailing import require_living
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.plan import read_plans
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient_language import crisis_words_in, language_spoken
from cocm_desktop.domain.patient_summary import PatientSummary, SummaryFacts, patient_summary
from cocm_desktop.domain.staff import Permission
from cocm_desktop.printing.patient_summary import summary_pdf
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import settings


def read_patient_summary(
    workspace: Workspace, patient_id: str, language: Language | None = None
) -> PatientSummary:
    """Give the summary in a language; without one, in the patient's."""
    workspace.require(Permission.SEE_CHART)
    look_at_chart(
        workspace,
        patient_id,
        ChartPart.DEMOGRAPHICS,
        ChartPart.SCORES,
        ChartPart.NOTES,
        ChartPart.MEDICATIONS,
    )
    with workspace.database.read() as session:
        chart = read_chart(workspace, patient_id)
        known = settings.on_day(session, workspace.today())
        language = language or language_spoken(chart.patient.reach.language)
        facts = SummaryFacts(
            practice=practices.get(session),
            chart=chart,
            plans=read_plans(workspace, chart.row.episode_id or ""),
            crisis=crisis_words_in(known, language),
        )
    return patient_summary(facts, language)


def print_patient_summary(
    workspace: Workspace, patient_id: str, language: Language | None = None
) -> Paper:
    """Make the PDF, and note it."""
    made = read_patient_summary(workspace, patient_id, language)
    require_living(workspace, patient_id)
    content, pages = summary_pdf(made)
    told = Made("patient_summary.printed", [patient_id])
    return noted(workspace, told, content, pages=pages, as_of=workspace.now())
