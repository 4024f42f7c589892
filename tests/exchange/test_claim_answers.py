"""Reports about files of claims."""

from __future__ import annotations

import pytest

from cocm_desktop.domain.billing.claim_file import AnswerKind
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.claim_answers import AnswerFile, read_answer_file
from tests.exchange.answers import a_277, a_999
from tests.exchange.remittances import PAID, an_835


def read(content: bytes) -> AnswerFile:
    return read_answer_file(content, file_name="report")


@pytest.mark.parametrize(
    ("verdict", "is_accepted"), [("A", True), ("E", True), ("P", False), ("R", False), ("X", False)]
)
def test_a_file_is_accepted_or_rejected(verdict: str, *, is_accepted: bool) -> None:
    (answer,) = read(a_999("101", verdict)).answers

    kind = AnswerKind.PART if verdict == "P" else AnswerKind.FILE
    assert (answer.kind, answer.named) == (kind, "101")
    assert answer.is_accepted is is_accepted
    assert answer.verdict == ("Accepted" if is_accepted else "Rejected")


def test_a_rejected_file_names_the_segments() -> None:
    (answer,) = read(a_999("101", "R", "IK3*HI*20**8")).answers

    assert answer.words == "The file was rejected. Wrong: segment HI at place 20."


@pytest.mark.parametrize(
    ("status", "action", "is_accepted", "words"),
    [
        ("A2:20", "WQ", True, "Accepted by the payer, status 20."),
        ("A7:562:85", "U", False, "Rejected: something is not valid, status 562."),
        ("A3:21", "WQ", False, "Returned as impossible to work on, status 21."),
        ("Z9", "WQ", True, "Category Z9."),
    ],
)
def test_a_claim_is_accepted_or_rejected(
    status: str, action: str, words: str, *, is_accepted: bool
) -> None:
    (answer,) = read(a_277("COCM-1", status, action)).answers

    assert (answer.kind, answer.named, answer.words) == (AnswerKind.CLAIM, "COCM-1", words)
    assert answer.is_accepted is is_accepted


def test_the_rejection_of_a_whole_file_names_its_control_number() -> None:
    whole, claim = read(a_277("COCM-1", "A2:20", "WQ", above="A8:496")).answers

    assert (whole.kind, whole.named, whole.is_accepted) == (AnswerKind.FILE, "1", False)
    assert claim.is_accepted


def test_another_kind_of_file_is_no_answer() -> None:
    with pytest.raises(Refused, match="no answer about claims"):
        read(an_835(PAID))
