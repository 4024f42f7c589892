"""The words of a patient's own summary, in both languages. The wording is our own."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.domain.letter import Language


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """Titles and sentences; `{}` stands for what the records say."""

    title: str
    born: str
    number: str
    as_of: str
    why: str
    program: str
    why_since: str
    why_none: str
    treated_for: str
    team: str
    care_manager: str
    practitioner: str
    consultant: str
    medicines: str
    no_medicines: str
    not_alone: str
    allergies: str
    no_allergies: str
    goals: str
    measured_by: str
    met: str
    scores: str
    ruler: str
    ruler_up: str
    first: str
    now: str
    next: str
    call_on: str
    call_us: str
    form_on: str
    plan_of: str
    whom: str
    my_questions: str


WORDS = {
    Language.ENGLISH: SummaryWords(
        title="Your care at a glance",
        born="born",
        number="MRN",
        as_of="As of {}",
        why="Why you are in this program",
        program="Collaborative Care",
        why_since=(
            "Since {} you have been in Collaborative Care at {}: your own practitioner, a care "
            "manager and a psychiatric consultant look after you together."
        ),
        why_none="You are not in Collaborative Care at {} at present.",
        treated_for="We work with you on: {}.",
        team="Your team",
        care_manager="{} is your care manager and calls or sees you between visits.",
        practitioner="{} is your practitioner and prescribes your medicines.",
        consultant="A psychiatric consultant advises them; you need no visit for that.",
        medicines="Your medicines",
        no_medicines="No medicine is on our list. Tell us about everything that you take.",
        not_alone="Please talk to us before you stop a medicine or change a dose.",
        allergies="Allergies: {}",
        no_allergies="No known allergies.",
        goals="Your goals",
        measured_by="You will know by: {}",
        met="reached",
        scores="Your scores",
        ruler="Lower is better. The lowest is 0, the highest {}.",
        ruler_up="Higher is better. The lowest is 0, the highest {}.",
        first="At first",
        now="Now",
        next="What comes next",
        call_on="We will call or see you around {}.",
        call_us="We would like to hear how you are. Call us, and we find a time.",
        form_on="Please fill in the {} form again around {}.",
        plan_of="{} of {}: keep it where you find it at once.",
        whom="Whom to call",
        my_questions="What I want to ask",
    ),
    Language.SPANISH: SummaryWords(
        title="Su atención de un vistazo",
        born="fecha de nacimiento:",
        number="n.º de expediente:",
        as_of="Al {}",
        why="Por qué está en este programa",
        program="Atención colaborativa",
        why_since=(
            "Desde el {} usted participa en el programa de atención colaborativa de {}: su "
            "profesional de atención primaria, la persona que coordina su atención y un psiquiatra "
            "consultor trabajan juntos para cuidarle."
        ),
        why_none="Por ahora usted no participa en el programa de atención colaborativa de {}.",
        treated_for="Trabajamos con usted en: {}.",
        team="Su equipo",
        care_manager="{} coordina su atención y le llama o le ve entre una cita y otra.",
        practitioner="{} es el profesional que le atiende y le receta los medicamentos.",
        consultant="Un psiquiatra consultor aconseja al equipo; usted no necesita cita para eso.",
        medicines="Sus medicamentos",
        no_medicines="No tenemos ningún medicamento en nuestra lista. Díganos todo lo que toma.",
        not_alone="Hable con nosotros antes de dejar un medicamento o de cambiar una dosis.",
        allergies="Alergias: {}",
        no_allergies="Sin alergias conocidas.",
        goals="Sus metas",
        measured_by="Lo notará en que: {}",
        met="cumplida",
        scores="Sus puntajes",
        ruler="Mientras más bajo, mejor. El mínimo es 0 y el máximo es {}.",
        ruler_up="Mientras más alto, mejor. El mínimo es 0 y el máximo es {}.",
        first="Al comienzo",
        now="Ahora",
        next="Lo que sigue",
        call_on="Le llamaremos o le veremos alrededor del {}.",
        call_us="Queremos saber cómo está. Llámenos y buscamos un momento para hablar.",
        form_on="Por favor, llene otra vez el cuestionario {} alrededor del {}.",
        plan_of="{} del {}: guárdelo donde lo encuentre enseguida.",
        whom="A quién llamar",
        my_questions="Lo que quiero preguntar",
    ),
}
