"""What a clearinghouse or payer answers about a file of claims: 999 and 277CA.

Source: X12 005010X231A1 (999) and 005010X214 (277CA); billing rules 4.2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cocm_desktop.domain.billing.claim_file import AnswerKind, ClaimAnswer
from cocm_desktop.domain.text import tidy
from cocm_desktop.exchange.x12_read import Segment, read_segments, refuse, transactions

LONGEST = 80
OF_PATIENT = "PT"
REJECTS = "U"
# The reference that our files give themselves (BHT03), before their control number.
OUR_BATCH = "COCM"
# Source: X12 999, group acknowledgment (AK901).
_GROUP_WORDS = {
    "A": "The file was accepted.",
    "E": "The file was accepted, though some of it is not as the standard wants it.",
    "P": "Only a part of the file was accepted.",
    "R": "The file was rejected.",
}
PARTLY = "P"
_GROUP_ACCEPTED = frozenset({"A", "E"})
# Source: X12 claim status category codes, in words of our own.
_CATEGORY_WORDS = {
    "A0": "Received and passed on",
    "A1": "Received",
    "A2": "Accepted by the payer",
    "A3": "Returned as impossible to work on",
    "A4": "Not found",
    "A5": "Parted into several claims",
    "A6": "Rejected: something is missing",
    "A7": "Rejected: something is not valid",
    "A8": "Rejected: parts do not fit each other",
}
_REJECTING = frozenset({"A3", "A4", "A6", "A7", "A8"})


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A report as it was read. `answers` name files by control number, claims by account."""

    file_name: str
    sha256: str
    answers: tuple[ClaimAnswer, ...]


def read_answer_file(content: bytes, *, file_name: str) -> AnswerFile:
    """Read a 999 or 277CA, or refuse it in words."""
    segments = read_segments(content)
    answers = [
        *(answer for each in transactions(segments, "999") for answer in _of_files(each)),
        *(answer for each in transactions(segments, "277") for answer in _of_claims(each)),
    ]
    if not answers:
        raise refuse("The file holds no answer about claims (999 or 277CA).")
    digest = hashlib.sha256(content).hexdigest()
    return AnswerFile(tidy(file_name)[-LONGEST:], digest, tuple(answers))


def _of_files(segments: Sequence[Segment]) -> Iterator[ClaimAnswer]:
    named = ""
    wrong: list[str] = []
    for each in segments:
        if each.id == "AK1":
            named, wrong = each.at(2)[:LONGEST].lstrip("0"), []
        elif each.id == "IK3":
            wrong.append(f"segment {each.at(1)[:3]} at place {each.at(2)[:6]}")
        elif each.id == "AK9" and named:
            code = each.at(1)[:1]
            words = _GROUP_WORDS.get(code, "The file was rejected.")
            told = f" Wrong: {', '.join(wrong[:5])}." if wrong else ""
            kind = AnswerKind.PART if code == PARTLY else AnswerKind.FILE
            yield ClaimAnswer(kind, named, code in _GROUP_ACCEPTED, words + told)


def _of_claims(segments: Sequence[Segment]) -> Iterator[ClaimAnswer]:
    """Give the answers about claims, and the rejection of a whole file at the levels above."""
    level, named = "", ""
    for each in segments:
        if each.id == "HL":
            level, named = each.at(3), ""
        elif each.id == "TRN":
            named = each.at(2)[:LONGEST]
        elif each.id == "SVC":
            level = ""
        elif each.id == "STC" and named:
            answer = _claim_answer(each, named)
            if level == OF_PATIENT:
                yield answer
            elif level and not answer.is_accepted:
                number = named.removeprefix(OUR_BATCH).lstrip("0")
                yield replace(answer, kind=AnswerKind.FILE, named=number)


def _claim_answer(status: Segment, named: str) -> ClaimAnswer:
    category, *rest = status.parts(1)
    is_rejected = status.at(3) == REJECTS or category in _REJECTING
    words = _CATEGORY_WORDS.get(category, f"Category {category[:3]}")
    said = tidy(status.at(12))[:LONGEST]
    number = f", status {rest[0][:4]}" if rest and rest[0] else ""
    text = f"{words}{number}." + (f" {said}" if said else "")
    return ClaimAnswer(AnswerKind.CLAIM, named, not is_rejected, text)
