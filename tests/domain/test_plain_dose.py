"""A dose is said in the patient's language only where every word of it is known."""

from __future__ import annotations

import pytest

from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.plain_dose import dose_in


@pytest.mark.parametrize(
    ("dose", "spanish"),
    [
        ("150 mg daily", "150 mg una vez al día"),
        ("500 mg Twice Daily", "500 mg dos veces al día"),
        ("0.4 mg, at night", "0.4 mg por la noche"),
        ("12.5–25 mg at bedtime, as needed", "12.5–25 mg al acostarse, cuando lo necesite"),
        ("every morning", "cada mañana"),
        ("50 mg", "50 mg"),
        ("50 mg every morning, half on Sundays", "50 mg every morning, half on Sundays"),
        ("not daily", "not daily"),
        ("25 mg daily until Friday", "25 mg daily until Friday"),
        ("", ""),
    ],
)
def test_how_often_is_said_in_spanish_or_stays_as_prescribed(dose: str, spanish: str) -> None:
    said = dose_in(dose, Language.SPANISH)

    assert said == spanish
    assert dose_in(dose, Language.ENGLISH) == dose
