"""What a form is filled in with: the instruments on offer, what came before, what is unusual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.episode import Episode, episode_on
from cocm_desktop.domain.ids import MeasureId, StaffId
from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.measure import Measure, Score
from cocm_desktop.domain.outcome import Course, course_of
from cocm_desktop.domain.patient import Sex, age_on
from cocm_desktop.domain.wording import long_date


class OfferGroup(Enum):
    """Where an instrument stands in the list to choose from. The value is the words on screen."""

    PRIMARY = "Primary scale of this episode"
    USED = "Used before in this episode"
    OTHERS = "All other instruments"


@dataclass(frozen=True, slots=True)
class PastForm:
    """A measure that is on file, without its score."""

    id: MeasureId
    instrument_id: InstrumentId
    taken_on: date


@dataclass(frozen=True, slots=True)
class MeasureForm:
    """The instruments that are offered for an episode, and the measures that it has already.

    `courses` is empty for whoever may not see scores. `givers` are the people who may have given
    a form, by name. The day of the form may be of one of the patient's `earlier`
    episodes.
    """

    catalogue: Catalogue
    primary: InstrumentId
    born_on: date
    sex: Sex | None
    enrolled_on: date | None
    past: tuple[PastForm, ...]
    givers: tuple[tuple[StaffId, str], ...]
    courses: Mapping[InstrumentId, Course]
    earlier: Sequence[Episode] = ()
    episode: Episode | None = None

    @property
    def first(self) -> Instrument:
        """The instrument to begin with: the primary scale, where it is offered."""
        return next(each for _, group in self.offers for each in group)

    @property
    def offers(self) -> tuple[tuple[OfferGroup, tuple[Instrument, ...]], ...]:
        """Give what may be recorded, in groups: the primary scale, those used before, the rest."""
        used = dict.fromkeys(m.instrument_id for m in reversed(self.past))
        names = {
            OfferGroup.PRIMARY: [self.primary],
            OfferGroup.USED: [name for name in used if name != self.primary],
            OfferGroup.OTHERS: sorted(set(self.catalogue) - {self.primary, *used}),
        }
        groups = (
            (group, tuple(self.catalogue[n] for n in found if n in self.catalogue))
            for group, found in names.items()
        )
        return tuple((group, offered) for group, offered in groups if offered)

    def course_of(self, instrument: Instrument) -> Course | None:
        return self.courses.get(instrument.id)

    def cautions(self, instrument: Instrument, taken_on: date | None) -> tuple[str, ...]:
        """Say what is unusual about a form of this day. None of it keeps it from being recorded."""
        return tuple(self._cautions(instrument, taken_on))

    def _cautions(self, instrument: Instrument, taken_on: date | None) -> Iterator[str]:
        if taken_on is None or taken_on < self.born_on:
            return
        if not instrument.ages.fits(age := age_on(self.born_on, taken_on)):
            yield f"{instrument.id} is for ages {instrument.ages.words}; the patient was {age}."
        if self.episode is not None:
            filed = episode_on(taken_on, self.episode, self.earlier)
            if filed.closed_on and filed.id != self.episode.id:
                yield f"Filed under the episode that closed on {long_date(filed.closed_on)}."
        days = [each.taken_on for each in self.past if each.instrument_id == instrument.id]
        if taken_on in days:
            yield f"A {instrument.id} of {long_date(taken_on)} is on file already. Both will count."
        elif days and taken_on < max(days):
            later = long_date(max(days))
            yield f"A later {instrument.id} is on file, of {later}. This one goes before it."
        if self.enrolled_on and taken_on < self.enrolled_on:
            began = long_date(self.enrolled_on)
            yield f"The enrollment was on {began}: a score before it is never the baseline."


def courses_of(
    past: Sequence[Measure], catalogue: Catalogue, *, enrolled_on: date | None
) -> dict[InstrumentId, Course]:
    """Order the totals of each instrument, with the episode's baseline."""
    scores: dict[InstrumentId, list[Score]] = {}
    for measure in past:
        if measure.total is not None:
            score = Score(
                measure.taken_on,
                measure.total,
                measure.critical,
                is_total_alone=measure.total_only,
            )
            scores.setdefault(measure.instrument_id, []).append(score)
    return {
        name: course_of(
            found,
            enrolled_on=enrolled_on,
            remission_below=catalogue.known(name).remission_below or None,
        )
        for name, found in scores.items()
    }
