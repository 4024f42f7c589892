from __future__ import annotations

from cocm_desktop.actions.letter import read_letters
from cocm_desktop.actions.letter_template import read_templates
from cocm_desktop.actions.patient import read_patients
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.letter import Language, LetterKind


def test_patients_have_letters_in_both_languages_sent_and_unsent(clinic: Workspace) -> None:
    letters = [
        letter
        for patient in read_patients(clinic)
        for letter in read_letters(clinic, patient.id)
        if letter.kind is not LetterKind.RECOMMENDATION
    ]

    assert {letter.language for letter in letters} == set(Language)
    assert {letter.is_sent for letter in letters} == {True, False}
    assert len({letter.kind for letter in letters}) == 4
    assert [each.kind for each in read_templates(clinic) if each.is_own] == [LetterKind.NO_SHOW]
