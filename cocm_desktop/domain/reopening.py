"""Taking back a closing that was an error: a patient wrongly recorded as dead, a wrong row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cocm_desktop.domain.episode import NOT_CONFIRMED, Episode, EpisodeStatus
from cocm_desktop.domain.episode_phase import LONGEST_REASON, Phase
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

DAYS_TO_REOPEN = 7
"""An error is found soon; who comes back later begins a new episode. A death has no such end."""


@dataclass(frozen=True, slots=True)
class ClosedFacts:
    """What is on file of a closing. `before` is the status that the episode had until then."""

    before: EpisodeStatus
    recorded_on: date
    is_latest: bool
    """Whether no later episode of the patient is on file."""


@dataclass(frozen=True, slots=True)
class ReopenDraft:
    """What was typed to take a closing back. `is_confirmed`: name and birth were compared."""

    episode_id: EpisodeId
    reason: str
    version: int = 1
    is_confirmed: bool = True

    def problems(self, episode: Episode, facts: ClosedFacts, *, today: date) -> Iterator[Problem]:
        until = facts.recorded_on + timedelta(days=DAYS_TO_REOPEN)
        if not facts.is_latest:
            words = "The patient has a later episode. This one stays closed."
            yield Problem("episode_id", words)
        elif episode.died_on is None and today > until:
            words = f"The closing could be taken back until {long_date(until)}."
            yield Problem("episode_id", f"{words} Enroll the patient again: a new episode.")
        if not self.reason.strip():
            yield Problem("reason", "Say why the closing was an error.")
        if len(self.reason) > LONGEST_REASON:
            yield Problem("reason", f"A reason has at most {LONGEST_REASON} characters.")
        if not self.is_confirmed:
            yield Problem("is_confirmed", NOT_CONFIRMED)

    def accept(self, episode: Episode, facts: ClosedFacts, *, today: date) -> tuple[Episode, Phase]:
        """Give the episode as it was before, and the change from the day of the closing on."""
        problems = tuple(self.problems(episode, facts, today=today))
        if problems or episode.closed_on is None:
            raise Refused(*problems)
        reopened = replace(
            episode,
            status=facts.before,
            closed_on=None,
            close_reason=None,
            close_note="",
            version=self.version,
        )
        words = f"Closing taken back: {self.reason.strip()}"
        return reopened, Phase(
            episode.id, EpisodeStatus.CLOSED, facts.before, episode.closed_on, words
        )
