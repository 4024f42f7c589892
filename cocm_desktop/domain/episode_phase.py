"""How an episode goes on: a referral, a change of phase, how often and to what target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cocm_desktop.domain.episode import Episode, EpisodeStatus
from cocm_desktop.domain.follow_up import AS_NEEDED, INTERVALS
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId, new_id
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_REASON = 200
_S = EpisodeStatus
# Source: clinical rules 2.4. Referral, consent, start and closing have drafts of their own.
NEXT_PHASES: dict[EpisodeStatus, tuple[EpisodeStatus, ...]] = {
    _S.REFERRED: (_S.WAIT_LISTED,),
    _S.WAIT_LISTED: (_S.REFERRED,),
    _S.ACTIVE: (_S.RELAPSE_PREVENTION, _S.ON_HOLD),
    _S.RELAPSE_PREVENTION: (_S.ACTIVE, _S.ON_HOLD),
    _S.ON_HOLD: (_S.ACTIVE, _S.RELAPSE_PREVENTION),
}
NEEDS_REASON: dict[EpisodeStatus | None, str] = {
    _S.ON_HOLD: "Say why the episode is on hold.",
    _S.WAIT_LISTED: "Say what the patient waits for.",
}


@dataclass(frozen=True, slots=True)
class Phase:
    """That an episode went from one status to another, on a day; nothing before the first."""

    episode_id: EpisodeId
    from_status: EpisodeStatus | None
    to_status: EpisodeStatus
    changed_on: date
    reason: str = ""


def lasting(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """Leave out the closings, and that they were taken back: what an open episode went through."""
    return tuple(
        each for each in phases if EpisodeStatus.CLOSED not in {each.from_status, each.to_status}
    )


@dataclass(frozen=True, slots=True)
class PhaseDraft:
    """What was typed to move an episode between its phases, or a referral to the wait-list."""

    episode_id: EpisodeId
    status: EpisodeStatus | None
    changed_on: date | None
    reason: str = ""
    version: int = 1

    def problems(
        self, episode: Episode, *, today: date, since: date | None, plan_on: date | None
    ) -> Iterator[Problem]:
        """Name what is wrong.

        `since` is the day of the last change of phase; `plan_on` that of the relapse prevention
        plan, None where none is written.
        """
        if self.status is None:
            yield Problem("status", "Choose the phase.")
        elif self.status not in NEXT_PHASES.get(episode.status, ()):
            now, then = episode.status.value.lower(), self.status.value.lower()
            yield Problem("status", f"An episode that is {now} cannot become {then}.")
        yield from self._day_problems(today, since or episode.enrolled_on or episode.referred_on)
        if self.status is EpisodeStatus.RELAPSE_PREVENTION:
            yield from self._plan_problems(plan_on)
        if self.status in NEEDS_REASON and not self.reason.strip():
            yield Problem("reason", NEEDS_REASON[self.status])
        if len(self.reason) > LONGEST_REASON:
            yield Problem("reason", f"A reason has at most {LONGEST_REASON} characters.")

    def _day_problems(self, today: date, since: date | None) -> Iterator[Problem]:
        if self.changed_on is None:
            yield Problem("changed_on", "Type the day of the change.")
        elif self.changed_on > today:
            yield Problem("changed_on", "A change of phase cannot be dated in the future.")
        elif since and self.changed_on < since:
            words = f"The last phase began on {long_date(since)}."
            yield Problem("changed_on", f"{words} Choose that day or a later one.")

    def _plan_problems(self, plan_on: date | None) -> Iterator[Problem]:
        if plan_on is None:
            words = "Write the relapse prevention plan with the patient first."
            yield Problem("plan", words)
        elif self.changed_on and plan_on > self.changed_on:
            words = f"The relapse prevention plan is of {long_date(plan_on)}."
            yield Problem("changed_on", f"{words} Choose that day or a later one.")

    def accept(
        self, episode: Episode, *, today: date, since: date | None, plan_on: date | None
    ) -> Phase:
        problems = tuple(self.problems(episode, today=today, since=since, plan_on=plan_on))
        if problems or self.changed_on is None or self.status is None:
            raise Refused(*problems)
        return Phase(
            self.episode_id, episode.status, self.status, self.changed_on, self.reason.strip()
        )


@dataclass(frozen=True, slots=True)
class ReferralDraft:
    """What was typed of a referral to collaborative care. Consent comes later, or never."""

    patient_id: PatientId
    care_manager_id: StaffId | None
    referred_on: date | None
    treating_practitioner_id: StaffId | None = None
    id: EpisodeId = field(default_factory=lambda: EpisodeId(new_id()))

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        if self.care_manager_id is None:
            yield Problem("care_manager_id", "Choose the care manager.")
        if self.referred_on is None:
            yield Problem("referred_on", "Type the date of the referral.")
        elif self.referred_on > today:
            yield Problem("referred_on", "The referral cannot be dated in the future.")
        elif self.referred_on < born_on:
            yield Problem("referred_on", "The referral lies before the patient's birth.")

    def accept(self, *, today: date, born_on: date) -> tuple[Episode, Phase]:
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.care_manager_id is None or self.referred_on is None:
            raise Refused(*problems)
        episode = Episode(
            id=self.id,
            patient_id=self.patient_id,
            status=EpisodeStatus.REFERRED,
            care_manager_id=self.care_manager_id,
            treating_practitioner_id=self.treating_practitioner_id,
            referred_on=self.referred_on,
        )
        return episode, Phase(self.id, None, episode.status, self.referred_on)


@dataclass(frozen=True, slots=True)
class PaceDraft:
    """What was chosen for one patient: how often to call, and the target.

    None is the practice's own pace or target; an interval of 0 is as needed.
    """

    episode_id: EpisodeId
    interval_weeks: int | None
    target_below: int | None
    version: int = 1

    def problems(self, *, highest_total: int) -> Iterator[Problem]:
        """Name what is wrong; `highest_total` is that of the episode's primary scale."""
        if self.interval_weeks not in {None, AS_NEEDED, *INTERVALS}:
            choices = ", ".join(map(str, INTERVALS))
            yield Problem("interval_weeks", f"Choose {choices} weeks, or as needed.")
        if self.target_below is not None and not 1 <= self.target_below <= highest_total:
            words = f"A target lies between 1 and {highest_total}: the last score is below it."
            yield Problem("target_below", words)
