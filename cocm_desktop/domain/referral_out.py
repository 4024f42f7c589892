"""Referrals of a patient to somebody outside the team, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, ReferralOutId, new_id
from cocm_desktop.errors import Problem, Refused

LONGEST_WORDS = 200


class ReferralResult(Enum):
    WAITING = "Waiting"
    KEPT = "Appointment kept"
    NOT_KEPT = "Appointment not kept"
    DECLINED = "Declined by the patient"
    NOT_AVAILABLE = "No place available"


@dataclass(frozen=True, slots=True)
class ReferralStep:
    """What had come of a referral by a day."""

    noted_on: date
    result: ReferralResult


@dataclass(frozen=True, slots=True)
class ReferralOut:
    """`result` is the last known; `steps` are oldest first."""

    id: ReferralOutId
    episode_id: EpisodeId
    to: str
    reason: str
    made_on: date
    result: ReferralResult = ReferralResult.WAITING
    result_on: date | None = None
    steps: tuple[ReferralStep, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralOutDraft:
    episode_id: EpisodeId
    to: str
    reason: str
    made_on: date | None
    id: ReferralOutId = field(default_factory=lambda: ReferralOutId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        if not self.to.strip():
            yield Problem("to", "Say to whom the patient is referred.")
        if not self.reason.strip():
            yield Problem("reason", "Say what for.")
        for name, words in (("to", self.to), ("reason", self.reason)):
            if len(words) > LONGEST_WORDS:
                yield Problem(name, f"At most {LONGEST_WORDS} characters.")
        if self.made_on is None:
            yield Problem("made_on", "Type the day of the referral.")
        elif self.made_on > today:
            yield Problem("made_on", "A referral cannot be dated in the future.")

    def accept(self, *, today: date) -> ReferralOut:
        problems = tuple(self.problems(today=today))
        if problems or self.made_on is None:
            raise Refused(*problems)
        return ReferralOut(
            self.id, self.episode_id, self.to.strip(), self.reason.strip(), self.made_on
        )
