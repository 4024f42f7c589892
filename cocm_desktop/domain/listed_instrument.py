"""An instrument as Settings lists it: where it comes from, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cocm_desktop.domain.instrument import Instrument, LoincCode
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.instrument_pack import InstrumentPack
from cocm_desktop.domain.instrument_rules import band_lines, rule_lines
from cocm_desktop.domain.wording import count_of


@dataclass(frozen=True, slots=True)
class ListedInstrument:
    """`pack` is the clinic's own file, None for what came with the program."""

    instrument: Instrument
    pack: InstrumentPack | None = None

    @property
    def is_retired(self) -> bool:
        return self.pack is not None and self.pack.is_retired

    @property
    def origin_words(self) -> str:
        if self.pack is None:
            return "Program"
        return "Clinic, retired" if self.is_retired else "Clinic"

    @property
    def wording_words(self) -> str:
        return "In words" if self.instrument.has_wording else "Numbers only"

    @property
    def loinc_words(self) -> str:
        """The code of the total, or of the form; and the day on which somebody looked it up."""
        code = self.instrument.total_code or self.instrument.panel_code
        return _code_words(code) if code else "None on file"

    @property
    def title(self) -> str:
        return f"{self.instrument.id}, version {self.instrument.version}: {self.instrument.title}"

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything on file about it, a line each."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        instrument = self.instrument
        items = count_of(len(instrument.items), "item")
        yield (
            f"{items}, answered by the {instrument.respondent}. Time asked about: "
            f"{instrument.recall}. Ages: {instrument.ages.words}{_doubt(instrument.ages.confirmed)}"
        )
        if self.pack is not None:
            yield f"Read from {self.pack.file_name} ({self.pack.kind.value})."
        if self.pack is not None and self.pack.retire_reason:
            yield f"Retired: {self.pack.retire_reason}"
        yield from rule_lines(instrument)
        yield from band_lines(instrument)
        for name, code in (("form", instrument.panel_code), ("total", instrument.total_code)):
            if code is not None:
                yield f"LOINC of the {name}: {_code_words(code)}. {code.source}"
        yield f"Source: {instrument.source}"
        yield f"Licence: {instrument.licence}{_doubt('licence' not in instrument.unconfirmed)}"
        if instrument.note:
            yield instrument.note


def listed_instruments(
    catalogue: Catalogue, packs: Sequence[InstrumentPack]
) -> tuple[ListedInstrument, ...]:
    """Give the newest definition of every instrument, retired ones too, by name."""
    newest: dict[str, InstrumentPack] = {}
    for pack in packs:  # by version, oldest first
        newest[pack.instrument_id] = pack
    names = sorted({name for name, _ in catalogue.versions})
    return tuple(ListedInstrument(catalogue.known(name), newest.get(name)) for name in names)


def _code_words(code: LoincCode) -> str:
    looked_up = f"checked {code.checked_on}" if code.checked_on else "not checked at loinc.org"
    return f"{code.code}, {looked_up}"


def _doubt(confirmed: object) -> str:
    return "" if confirmed else " (not confirmed)"
