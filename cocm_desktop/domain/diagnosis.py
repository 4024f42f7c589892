"""Diagnoses of an episode, in ICD-10-CM."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.ids import DiagnosisId, EpisodeId

_SHAPE = re.compile(r"[A-TV-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?")

# Source: ICD-10-CM official titles, release of April 2026 (CDC/NCHS, public domain).
COMMON_DIAGNOSES = {
    "F32.0": "Major depressive disorder, single episode, mild",
    "F32.1": "Major depressive disorder, single episode, moderate",
    "F32.2": "Major depressive disorder, single episode, severe without psychotic features",
    "F32.3": "Major depressive disorder, single episode, severe with psychotic features",
    "F32.4": "Major depressive disorder, single episode, in partial remission",
    "F32.5": "Major depressive disorder, single episode, in full remission",
    "F32.9": "Major depressive disorder, single episode, unspecified",
    "F32.A": "Depression, unspecified",
    "F33.0": "Major depressive disorder, recurrent, mild",
    "F33.1": "Major depressive disorder, recurrent, moderate",
    "F33.2": "Major depressive disorder, recurrent severe without psychotic features",
    "F33.3": "Major depressive disorder, recurrent, severe with psychotic symptoms",
    "F33.41": "Major depressive disorder, recurrent, in partial remission",
    "F33.42": "Major depressive disorder, recurrent, in full remission",
    "F33.9": "Major depressive disorder, recurrent, unspecified",
    "F34.1": "Dysthymic disorder",
    "F41.0": "Panic disorder [episodic paroxysmal anxiety]",
    "F41.1": "Generalized anxiety disorder",
    "F41.3": "Other mixed anxiety disorders",
    "F41.8": "Other specified anxiety disorders",
    "F41.9": "Anxiety disorder, unspecified",
    "F43.10": "Post-traumatic stress disorder, unspecified",
    "F43.12": "Post-traumatic stress disorder, chronic",
    "F43.21": "Adjustment disorder with depressed mood",
    "F43.22": "Adjustment disorder with anxiety",
    "F43.23": "Adjustment disorder with mixed anxiety and depressed mood",
    "F53.0": "Postpartum depression",
}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    id: DiagnosisId
    episode_id: EpisodeId
    code: str
    title: str
    noted_on: date


def is_diagnosis_code(text: str) -> bool:
    """Tell whether the text has the shape of an ICD-10-CM code; not whether it is billable."""
    return _SHAPE.fullmatch(text.strip().upper()) is not None


def title_of(code: str) -> str:
    return COMMON_DIAGNOSES.get(code.strip().upper(), "")
