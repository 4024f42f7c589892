"""Files of claims that were written, and what the receiver answered about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.claim import Claim, Frequency
from cocm_desktop.domain.billing.payer import Payer
from cocm_desktop.domain.ids import ClaimFileId, SuperbillId
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import NOT_RECORDED, count_of
from cocm_desktop.errors import Problem


class ClaimFileKind(Enum):
    CSV = "CSV"
    PROFESSIONAL = "837P"


class AnswerKind(Enum):
    """What was answered about. Source: X12 005010X231A1 (999), 005010X214 (277CA)."""

    FILE = "File"
    PART = "Part of a file"
    CLAIM = "Claim"


@dataclass(frozen=True, slots=True)
class FiledClaim:
    """One claim as a file named it."""

    superbill_id: SuperbillId
    account_number: str
    payer_rank: int = 1


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """That a file or a claim was accepted or rejected. `named` is the number it was told by."""

    kind: AnswerKind
    named: str
    is_accepted: bool
    words: str
    superbill_id: SuperbillId | None = None
    claim_file_id: ClaimFileId | None = None

    @property
    def verdict(self) -> str:
        return "Accepted" if self.is_accepted else "Rejected"


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """A file of claims as it was written. `content` is what a lost file is written from again."""

    id: ClaimFileId
    kind: ClaimFileKind
    file_name: str
    sha256: str
    is_test: bool
    made_at: datetime
    made_by: str
    control_number: int | None = None
    claims: tuple[FiledClaim, ...] = ()
    answers: tuple[ClaimAnswer, ...] = ()

    @property
    def words(self) -> str:
        return count_of(len(self.claims), "claim")

    @property
    def answer_words(self) -> str:
        """Say in one line what came back: the rejections, or else that all is accepted."""
        rejected = sum(not each.is_accepted for each in self.answers)
        if rejected:
            return f"{rejected} rejected"
        return "Accepted" if self.answers else ""


@dataclass(frozen=True, slots=True)
class FilingRow:
    """One claim that a bill of a month needs: ready, or what keeps it back.

    `is_filed` says that a file which was no test has it already.
    """

    superbill: Superbill
    claim: Claim | None
    problems: tuple[Problem, ...]
    state: MonthState = MonthState.ISSUED
    is_filed: bool = False

    @property
    def rank(self) -> int:
        return self.claim.coverage.rank if self.claim else 1

    @property
    def key(self) -> tuple[SuperbillId, int]:
        return self.superbill.id, self.rank

    @property
    def is_void(self) -> bool:
        """Whether the claim takes an earlier one back."""
        return self.claim is not None and self.claim.frequency is Frequency.VOID

    @property
    def is_ready(self) -> bool:
        return self.claim is not None and not self.problems

    @property
    def is_due(self) -> bool:
        """Whether it should go into the next file: whole, and not with the payer yet."""
        waits = self.state is MonthState.ISSUED or self.rank > 1 or self.is_void
        return self.is_ready and waits and not self.is_filed

    @property
    def may_go_again(self) -> bool:
        """Whether it can go into a further file: whole, and the payer has not decided on it."""
        is_open = self.state in {MonthState.ISSUED, MonthState.SENT}
        return self.is_due or (self.is_ready and is_open)

    @property
    def payer(self) -> Payer | None:
        return self.claim.payer if self.claim else self.superbill.payer

    @property
    def payer_words(self) -> str:
        if self.payer is None:
            return NOT_RECORDED
        return f"{self.payer.name} (second payer)" if self.rank > 1 else self.payer.name

    @property
    def words(self) -> str:
        """Say what keeps it back, or that nothing does."""
        if self.problems:
            return " ".join(problem.message for problem in self.problems)
        if self.is_due:
            return "Ready to void" if self.is_void else "Ready"
        return "In a file" if self.state is MonthState.ISSUED else self.state.value
