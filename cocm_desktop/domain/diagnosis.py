"""Diagnoses of an episode, in ICD-10-CM."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.ids import DiagnosisId, EpisodeId

_SHAPE = re.compile(r"(?P<category>[A-Z][0-9][0-9AB])\.?(?P<detail>[0-9A-Z]{0,4})")

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
    "F33.40": "Major depressive disorder, recurrent, in remission, unspecified",
    "F33.41": "Major depressive disorder, recurrent, in partial remission",
    "F33.42": "Major depressive disorder, recurrent, in full remission",
    "F33.8": "Other recurrent depressive disorders",
    "F33.9": "Major depressive disorder, recurrent, unspecified",
    "F34.1": "Dysthymic disorder",
    "F41.0": "Panic disorder [episodic paroxysmal anxiety]",
    "F41.1": "Generalized anxiety disorder",
    "F41.3": "Other mixed anxiety disorders",
    "F41.8": "Other specified anxiety disorders",
    "F41.9": "Anxiety disorder, unspecified",
    "F43.10": "Post-traumatic stress disorder, unspecified",
    "F43.11": "Post-traumatic stress disorder, acute",
    "F43.12": "Post-traumatic stress disorder, chronic",
    "F43.20": "Adjustment disorder, unspecified",
    "F43.21": "Adjustment disorder with depressed mood",
    "F43.22": "Adjustment disorder with anxiety",
    "F43.23": "Adjustment disorder with mixed anxiety and depressed mood",
    "F53.0": "Postpartum depression",
}
# Source: as above: categories that are not billable without a further digit.
UNFINISHED_CODES = frozenset(
    {"F32", "F32.8", "F33", "F33.4", "F34", "F34.8", "F40", "F40.0", "F40.1", "F41", "F42", "F43"}
    | {"F43.1", "F43.2", "F43.8", "F50", "F50.2", "F53"}
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    id: DiagnosisId
    episode_id: EpisodeId
    code: str
    title: str
    noted_on: date


def diagnosis_code(text: str) -> str:
    """Write a typed ICD-10-CM code as it is printed: f331 becomes F33.1. Empty if it is none."""
    found = _SHAPE.fullmatch(text.strip().upper())
    return ".".join(part for part in found.groups() if part) if found else ""


def is_diagnosis_code(text: str) -> bool:
    """Tell whether the text has the shape of an ICD-10-CM code; not whether it is billable."""
    return bool(diagnosis_code(text))


def needs_further_digit(code: str) -> bool:
    """Tell whether a payer will refuse the code because longer ones stand below it."""
    return code in UNFINISHED_CODES


def title_of(code: str) -> str:
    return COMMON_DIAGNOSES.get(diagnosis_code(code), "")
