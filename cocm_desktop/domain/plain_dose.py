"""How often a medicine is taken, in the language of the patient. The wording is our own."""

from __future__ import annotations

import re
from typing import Final

from cocm_desktop.domain.letter import Language

SPANISH: Final = {
    "daily": "una vez al día",
    "once daily": "una vez al día",
    "once a day": "una vez al día",
    "every day": "todos los días",
    "twice daily": "dos veces al día",
    "twice a day": "dos veces al día",
    "two times a day": "dos veces al día",
    "three times daily": "tres veces al día",
    "three times a day": "tres veces al día",
    "four times a day": "cuatro veces al día",
    "every morning": "cada mañana",
    "in the morning": "por la mañana",
    "every evening": "cada noche",
    "in the evening": "por la noche",
    "every night": "cada noche",
    "nightly": "cada noche",
    "at night": "por la noche",
    "at bedtime": "al acostarse",
    "with food": "con comida",
    "with meals": "con las comidas",
    "every other day": "un día sí y otro no",
    "once a week": "una vez a la semana",
    "weekly": "una vez a la semana",
    "as needed": "cuando lo necesite",
    "if needed": "cuando lo necesite",
}
_LONGEST_FIRST: Final = sorted(SPANISH, key=len, reverse=True)
_AMOUNT: Final = r"[\d.,/\-– ]+(?:mg|mcg|µg|g|ml|mL|%)?"
_DOSE: Final = re.compile(
    rf"(?P<amount>{_AMOUNT})?[ ,]*(?P<often>(?:(?:{'|'.join(_LONGEST_FIRST)})[ ,]*)+)",
    re.IGNORECASE,
)
_PHRASE: Final = re.compile("|".join(_LONGEST_FIRST), re.IGNORECASE)


def dose_in(dose: str, language: Language) -> str:
    """Write 500 mg dos veces al día. What is not known word for word stays as it was prescribed."""
    found = _DOSE.fullmatch(dose.strip()) if language is Language.SPANISH else None
    if found is None:
        return dose
    often = (SPANISH[phrase.lower()] for phrase in _PHRASE.findall(found["often"]))
    return " ".join(filter(None, ((found["amount"] or "").strip(" ,"), ", ".join(often))))
