"""What stands around the questions of a form for home. The wording is our own."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.domain.letter import Language


@dataclass(frozen=True, slots=True)
class FormWords:
    """`back` says where the form goes; `{}` in `call` stands for the phone number."""

    name: str
    born: str
    number: str
    filled_on: str
    how: str
    safety: str
    back: str
    call: str
    not_read_at_once: str


WORDS = {
    Language.ENGLISH: FormWords(
        name="Name",
        born="Date of birth",
        number="MRN",
        filled_on="Filled in on",
        how="Mark one answer in every line. There are no right or wrong answers.",
        safety="Thoughts of harming yourself? Do not wait for us. Call or text now:",
        back="Bring this form to your next visit, or send it to",
        call="Questions? Call {}.",
        not_read_at_once="Nobody reads this form before it reaches us. It is not for emergencies.",
    ),
    Language.SPANISH: FormWords(
        name="Nombre",
        born="Fecha de nacimiento",
        number="N.º de expediente",
        filled_on="Fecha de hoy",
        how="Marque una respuesta en cada línea. No hay respuestas correctas ni incorrectas.",
        safety="¿Piensa en hacerse daño? No espere. Llame o envíe un mensaje de texto ahora mismo:",
        back="Traiga este cuestionario a su próxima cita o envíelo a",
        call="¿Tiene preguntas? Llame al {}.",
        not_read_at_once=(
            "Nadie lee este cuestionario antes de que nos llegue. No sirve para emergencias."
        ),
    ),
}
