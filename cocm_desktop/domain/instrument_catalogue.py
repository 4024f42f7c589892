"""Every definition that can be recorded with, and every older one that scores refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from typing_extensions import override

from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.domain.text import fold
from cocm_desktop.errors import Problem, Refused

Key = tuple[InstrumentId, int]


def bare_name(text: str) -> str:
    """Give a name as it is compared: phq9 is PHQ-9."""
    return "".join(fold(text).split())


@dataclass(frozen=True)
class Catalogue(Mapping[InstrumentId, Instrument]):
    """The definitions by id: of each instrument the newest, but for those retired.

    `retired` are not offered any more. A score is read by the very version that made it.
    """

    versions: Mapping[Key, Instrument]
    retired: frozenset[Key] = frozenset()
    _newest: dict[InstrumentId, Instrument] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        newest: dict[InstrumentId, Instrument] = {}
        for (instrument_id, _), instrument in sorted(self.versions.items()):
            newest[instrument_id] = instrument
        for key in self.retired:
            if key[0] in newest and newest[key[0]].version == key[1]:
                del newest[key[0]]
        object.__setattr__(self, "_newest", newest)

    @classmethod
    def of(cls, instruments: Iterable[Instrument]) -> Catalogue:
        """Take definitions in, or refuse two of the same id and version."""
        versions: dict[Key, Instrument] = {}
        for each in instruments:
            if (each.id, each.version) in versions:
                words = f"Two definitions are called {each.id}, version {each.version}."
                raise Refused(Problem("instrument", words))
            versions[each.id, each.version] = each
        return cls(versions)

    @override
    def __getitem__(self, instrument_id: InstrumentId) -> Instrument:
        return self._newest[instrument_id]

    @override
    def __iter__(self) -> Iterator[InstrumentId]:
        return iter(self._newest)

    @override
    def __len__(self) -> int:
        return len(self._newest)

    def offered(self, instrument_id: str) -> Instrument:
        """Give an instrument by its id, or refuse."""
        found = self.get(InstrumentId(instrument_id))
        if found is None:
            raise self._unknown(instrument_id)
        return found

    def version(self, instrument_id: str, version: int) -> Instrument:
        """Give the definition that a score was made with, retired or not, or refuse."""
        found = self.versions.get((InstrumentId(instrument_id), version))
        if found is None:
            words = f"The definition {instrument_id}, version {version}, is not on file."
            raise Refused(Problem("instrument", words))
        return found

    def known(self, instrument_id: str) -> Instrument:
        """Give the newest definition of an instrument, retired or not, or refuse."""
        numbers = [number for known, number in self.versions if known == instrument_id]
        if not numbers:
            raise self._unknown(instrument_id)
        return self.version(instrument_id, max(numbers))

    def named(self, text: str) -> Instrument:
        """Find an instrument that is offered, however its name is written, or refuse."""
        wanted = bare_name(text)
        for each in self.values():
            if bare_name(each.id) == wanted:
                return each
        raise self._unknown(text)

    def _unknown(self, text: str) -> Refused:
        names = ", ".join(sorted(self))
        words = f"There is no instrument “{text}”. There are: {names}."
        return Refused(Problem("instrument", words))

    def with_packs(self, packs: Iterable[Instrument], retired: frozenset[Key]) -> Catalogue:
        """Add the clinic's own definitions."""
        own = {(each.id, each.version): each for each in packs}
        return Catalogue({**own, **self.versions}, retired)
