"""Writing plans with the patient: care plan, safety plan, relapse prevention plan."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.looking import ChartPart, look_at_episode
from cocm_desktop.actions.mailing import require_living
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient_language import crisis_words_in
from cocm_desktop.domain.plans import Plan, PlanDraft, PlanKind
from cocm_desktop.domain.safety_protocol import crisis_words
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.printing.plan import PlanPaper, plan_pdf
from cocm_desktop.storage import audit, settings
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import plan as plans
from cocm_desktop.storage import practice as practices

TOUCHES = Topic.TREATMENT | Topic.SAFETY


def read_plans(workspace: Workspace, episode_id: str) -> tuple[Plan, ...]:
    """Give every plan of an episode, oldest first; the last of a kind is the one that holds."""
    workspace.require(Permission.SEE_CHART)
    look_at_episode(workspace, episode_id, ChartPart.NOTES)
    with workspace.database.read() as session:
        return plans.of_episode(session, episode_id, until=workspace.today())


def read_crisis_words(workspace: Workspace) -> tuple[str, ...]:
    """Say whom to call in a crisis, as the practice has set it."""
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read() as session:
        return crisis_words(settings.on_day(session, workspace.today()))


def write_plan(workspace: Workspace, draft: PlanDraft) -> Change:
    """Keep a plan; it takes the place of the last one of its kind, which stays readable."""
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not plans.exists(session, draft.id):
            patient_id = episodes.get(session, draft.episode_id).patient_id
            plans.add(session, draft.accept(today=workspace.today()), workspace.stamp())
            audit.write(
                session, workspace.stamp(), audit.created("plan.written", draft.id, patient_id)
            )
    return Change(TOUCHES, draft.id)


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """Which plan to print: the one that holds, an older one by its id, or an empty form."""

    kind: PlanKind
    as_form: bool = False
    plan_id: str | None = None
    language: Language = Language.ENGLISH


def print_plan(workspace: Workspace, episode_id: str, choice: PlanChoice) -> Paper:
    """Make the PDF of a plan or of an empty form; note it."""
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read() as session:
        patient_id = episodes.get(session, episode_id).patient_id
        if choice.as_form:
            require_living(workspace, patient_id)
        practice_settings = settings.on_day(session, workspace.today())
        paper = PlanPaper(
            practice=practices.get(session),
            patient=patients.get(session, patient_id),
            kind=choice.kind,
            plan=None if choice.as_form else _plan_of(workspace, episode_id, choice),
            crisis=crisis_words_in(practice_settings, choice.language),
            language=choice.language,
        )
    content = plan_pdf(paper)
    made = Made("plan.printed", [patient_id])
    return noted(workspace, made, content.pdf, pages=content.pages, as_of=workspace.now())


def _plan_of(workspace: Workspace, episode_id: str, choice: PlanChoice) -> Plan:
    of_kind = [plan for plan in read_plans(workspace, episode_id) if plan.kind is choice.kind]
    named = [plan for plan in of_kind if choice.plan_id in {None, plan.id}]
    if not named:
        words = f"There is no {choice.kind.value.lower()} yet. Write one, or print the empty form."
        raise Refused(Problem("plan", words))
    return named[-1]


def void_plan(workspace: Workspace, plan_id: str, *, reason: str) -> Change:
    """Withdraw a plan, keeping it; the one before it holds again."""
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        patient_id = episodes.get(session, plans.get(session, plan_id).episode_id).patient_id
        plans.void_plan(session, plan_id, workspace.stamp(), reason=reason)
        note = audit.voided("plan.voided", plan_id, reason=reason, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, plan_id)
