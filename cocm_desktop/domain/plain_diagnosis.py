"""What a patient is treated for, in words that are not a classification's. The words are ours.

Substance use is left out: a summary lies on kitchen tables, and its records may need a consent of
their own (42 CFR Part 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.letter import Language

LEFT_OUT = tuple(f"F1{digit}" for digit in range(10))
# The longer beginnings of codes stand before the shorter ones.
PLAIN: tuple[tuple[str, str, str], ...] = (
    ("F34.1", "depression that has lasted long", "depresión de larga duración"),
    ("F41.0", "panic attacks", "ataques de pánico"),
    ("F43.1", "stress after a trauma (PTSD)", "estrés después de un trauma (TEPT)"),
    ("F43.2", "difficulty adjusting to a change", "dificultad para adaptarse a un cambio"),
    ("F53", "depression after giving birth", "depresión después del parto"),
    ("F31", "bipolar disorder", "trastorno bipolar"),
    ("F32", "depression", "depresión"),
    ("F33", "depression", "depresión"),
    ("F34", "mood changes", "cambios en el estado de ánimo"),
    ("F39", "mood changes", "cambios en el estado de ánimo"),
    ("F40", "strong fears (phobia)", "miedos intensos (fobia)"),
    ("F41", "anxiety", "ansiedad"),
    ("F42", "obsessive-compulsive disorder", "trastorno obsesivo-compulsivo"),
    ("F43", "stress", "estrés"),
    ("F51", "trouble sleeping", "problemas para dormir"),
    ("G47.0", "trouble sleeping", "problemas para dormir"),
    ("F90", "attention problems (ADHD)", "problemas de atención (TDAH)"),
)


def plain_diagnoses(diagnoses: Iterable[Diagnosis], language: Language) -> tuple[str, ...]:
    """Name each once, in the order given. What we have no words for keeps its title."""
    return tuple(dict.fromkeys(_plain(diagnoses, language)))


def _plain(diagnoses: Iterable[Diagnosis], language: Language) -> Iterator[str]:
    for diagnosis in diagnoses:
        if diagnosis.code.startswith(LEFT_OUT):
            continue
        found = next((words for words in PLAIN if diagnosis.code.startswith(words[0])), None)
        if found is None:
            yield diagnosis.title or diagnosis.code
        else:
            yield found[2] if language is Language.SPANISH else found[1]
