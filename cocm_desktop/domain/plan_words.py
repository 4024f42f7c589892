"""The parts of plans in the language in which the patient keeps them. The wording is our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.plans import PlanField, PlanKind

TITLES = {
    PlanKind.CARE_PLAN: "Plan de atención",
    PlanKind.SAFETY_PLAN: "Plan de seguridad",
    PlanKind.RELAPSE_PREVENTION_PLAN: "Plan para prevenir recaídas",
}


@dataclass(frozen=True, slots=True)
class FieldWords:
    title: str
    hint: str


SPANISH: Mapping[PlanKind, Mapping[str, FieldWords]] = {
    PlanKind.CARE_PLAN: {
        "problems": FieldWords("Problemas", "Lo que trata el equipo, lo más importante primero"),
        "targets": FieldWords(
            "Metas del tratamiento", "Por ejemplo: PHQ-9 menor de 5 en 12 semanas"
        ),
        "interventions": FieldWords("Intervenciones", "Terapia breve, habilidades, tareas"),
        "medication": FieldWords("Plan de medicamentos", "Lo que se toma, lo que puede cambiar"),
        "follow_up": FieldWords("Seguimiento", "Quién llama a quién y cada cuánto"),
    },
    PlanKind.SAFETY_PLAN: {
        "warning_signs": FieldWords(
            "Señales de advertencia", "Cómo me doy cuenta de que puede venir una crisis"
        ),
        "coping": FieldWords(
            "Lo que puedo hacer por mi cuenta", "Para distraerme de lo que me angustia"
        ),
        "places": FieldWords("Personas y lugares que me distraen", "Nombres y dónde"),
        "helpers": FieldWords("Personas a quienes puedo pedir ayuda", "Nombre y teléfono"),
        "professionals": FieldWords("Profesionales a quienes puedo llamar", "Nombre y teléfono"),
        "safer_home": FieldWords(
            "Cómo hacer más seguro el lugar donde estoy", "Medicamentos, armas, llaves"
        ),
        "reasons": FieldWords("Por qué vale la pena vivir", "Lo más importante para mí"),
    },
    PlanKind.RELAPSE_PREVENTION_PLAN: {
        "medication": FieldWords(
            "Medicamentos que debo seguir tomando", "Nombre, dosis, hasta cuándo"
        ),
        "treatments": FieldWords("Otros tratamientos", "Terapia, grupos"),
        "warning_signs": FieldWords("Mis señales de advertencia", "Lo primero que noto"),
        "helps": FieldWords("Lo que me hace sentir mejor", "Pasos que me ayudan a seguir bien"),
        "stress": FieldWords(
            "Cómo mantengo bajo el estrés", "Lo que puedo dejar de hacer o pedir que otros hagan"
        ),
        "contacts": FieldWords(
            "A quién llamar", "Mi médico, la persona que coordina mi atención, otros"
        ),
        "appointments": FieldWords("Próximas citas", "Día y con quién"),
        "self_score": FieldWords(
            "Cómo reviso mi estado", "PHQ-9: cada cuánto; con qué puntaje llamo"
        ),
    },
}


def plan_title(kind: PlanKind, language: Language) -> str:
    return TITLES[kind] if language is Language.SPANISH else kind.value


def words_of_field(kind: PlanKind, part: PlanField, language: Language) -> FieldWords:
    if language is Language.SPANISH:
        return SPANISH[kind][part.name]
    return FieldWords(part.title, part.hint)
