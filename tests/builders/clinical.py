"""What is done for a made-up patient: medicines, reviews, treatment, plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cocm_desktop.domain.background import HistoryKind, HistoryNote, Part2Record
from cocm_desktop.domain.case_facts import CaseFacts
from cocm_desktop.domain.case_review import (
    CaseReview,
    Recommendation,
    RecommendationKind,
    RecommendationOwner,
    RecommendationUrgency,
)
from cocm_desktop.domain.diagnosis import DiagnosisStatus, ListedDiagnosis
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.episode_phase import Phase
from cocm_desktop.domain.goal import Goal
from cocm_desktop.domain.ids import (
    CaseReviewId,
    DoseId,
    GoalId,
    HistoryNoteId,
    InterventionId,
    MedicationId,
    Part2RecordId,
    PastTrialId,
    PatientId,
    PlanId,
    RecommendationId,
)
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.intervention import Intervention, InterventionKind
from cocm_desktop.domain.medication import Dose, Medication, PastTrial
from cocm_desktop.domain.plans import Plan, PlanKind
from cocm_desktop.domain.screen_result import ScreenResult
from tests.builders.people import BELL, MARIAS_EPISODE, TODAY, a_diagnosis, id_of


def a_medication(name: str, *doses: tuple[str, date], **changes: Any) -> Medication:
    """Give a psychotropic medicine with its doses, oldest first."""
    medicine_id = MedicationId(id_of(f"medicine {name}"))
    medicine = Medication(
        id=medicine_id,
        patient_id=PatientId(id_of("patient Alvarez")),
        name=name,
        is_psychotropic=True,
        doses=tuple(
            Dose(DoseId(id_of(f"dose {name} {dose}")), medicine_id, dose, since)
            for dose, since in doses
        ),
    )
    return replace(medicine, **changes)


def a_case_review(reviewed_on: date = TODAY, **changes: Any) -> CaseReview:
    """Give a review with one recommendation that nobody has taken up yet."""
    review_id = CaseReviewId(id_of(f"review {reviewed_on}"))
    recommendation = Recommendation(
        id=RecommendationId(id_of(f"recommendation {reviewed_on}")),
        review_id=review_id,
        kind=next(kind for kind in RecommendationKind if kind.awaits_action),
        words="Increase sertraline to 100 mg, recheck in 4 weeks.",
        owner=next(iter(RecommendationOwner)),
        urgency=next(iter(RecommendationUrgency)),
    )
    review = CaseReview(
        id=review_id,
        episode_id=MARIAS_EPISODE,
        consultant_id=BELL,
        reviewed_on=reviewed_on,
        discussed=True,
        seconds=9 * 60,
        impression="",
        recommendations=(recommendation,),
    )
    return replace(review, **changes)


def a_phase(to_status: EpisodeStatus, changed_on: date) -> Phase:
    return Phase(MARIAS_EPISODE, None, to_status, changed_on)


def a_plan(kind: PlanKind = PlanKind.SAFETY_PLAN, **changes: Any) -> Plan:
    """Give a plan whose every part has one line."""
    plan = Plan(
        id=PlanId(id_of(f"plan {kind.value}")),
        episode_id=MARIAS_EPISODE,
        kind=kind,
        written_on=TODAY,
        parts={part.name: f"{part.title}, in her words." for part in kind.fields},
    )
    return replace(plan, **changes)


def a_part2_record(words: str = "Naltrexone 50 mg.", **changes: Any) -> Part2Record:
    """Give a record under a consent that is valid."""
    record = Part2Record(
        id=Part2RecordId(id_of(f"record {words}")),
        patient_id=PatientId(id_of("patient Alvarez")),
        program="Harbor Recovery Center",
        words=words,
        received_on=TODAY,
        consent_on=TODAY,
    )
    return replace(record, **changes)


def a_history(words: str) -> tuple[HistoryNote, ...]:
    """Give a note of every kind."""
    patient_id = PatientId(id_of("patient Alvarez"))
    return tuple(
        HistoryNote(HistoryNoteId(kind.name), patient_id, kind, words, TODAY)
        for kind in HistoryKind
    )


def case_facts(words: str = "x", many: int = 1) -> CaseFacts:
    """Give facts of every kind, each text being the words."""
    ruled_out = ListedDiagnosis(a_diagnosis(title=words), DiagnosisStatus.RULED_OUT)
    trial = PastTrial(
        PastTrialId("t"), PatientId("p"), words, words, words, response=words, stop_reason=words
    )
    session = Intervention(
        InterventionId("i"), MARIAS_EPISODE, BELL, TODAY, InterventionKind.SLEEP, words, words
    )
    goal = Goal(GoalId("g"), MARIAS_EPISODE, words, TODAY)
    screen = ScreenResult(InstrumentId("MDQ"), TODAY, 9, 7, is_positive=True)
    return CaseFacts(
        diagnoses=(ruled_out,) * many,
        screens=(screen,) * min(many, 5),
        past_trials=(trial,) * many,
        allergies=words,
        interventions=(session,) * many,
        goals=(goal,) * many,
        history=a_history(words) if many else (),
        part2=(a_part2_record(words, program=words).shown_on(TODAY),) * many,
        screener=f"C-SSRS {words}" if many else "",
    )
