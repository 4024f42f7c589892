"""Errors that a person may see."""

from __future__ import annotations

import pytest

from cocm_desktop.errors import (
    CocmError,
    Damaged,
    InUse,
    NewerFile,
    Problem,
    Refused,
    Unavailable,
    WrongSecret,
)


def test_a_refusal_reads_as_all_its_problems() -> None:
    refusal = Refused(Problem("made_on", "Type the date."), Problem("minutes", "Type the minutes."))

    assert str(refusal) == "Type the date. Type the minutes."
    assert [problem.field for problem in refusal.problems] == ["made_on", "minutes"]


@pytest.mark.parametrize("error", [Damaged, NewerFile, InUse])
def test_what_is_wrong_with_a_file_makes_it_unavailable(error: type[CocmError]) -> None:
    assert issubclass(error, Unavailable)


@pytest.mark.parametrize("error", [Refused, WrongSecret, Unavailable])
def test_every_error_is_fit_to_show(error: type[Exception]) -> None:
    assert issubclass(error, CocmError)
