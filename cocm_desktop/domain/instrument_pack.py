"""Instruments that a clinic adds of its own: a definition with an id and a version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from cocm_desktop.domain.ids import InstrumentPackId, new_id
from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.domain.instrument_catalogue import Catalogue, bare_name
from cocm_desktop.domain.instrument_rules import Example, band_lines, examples_of, rule_lines
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem


class PackKind(Enum):
    """What kind of file a pack came from."""

    DEFINITION = "Definition file"
    FHIR = "FHIR Questionnaire"


@dataclass(frozen=True, slots=True)
class InstrumentPack:
    """A definition as the clinic added it. `content` is its text, which is never changed."""

    id: InstrumentPackId
    instrument_id: InstrumentId
    version: int
    kind: PackKind
    file_name: str
    sha256: str
    content: str
    retire_reason: str | None = None

    @property
    def is_retired(self) -> bool:
        return self.retire_reason is not None


@dataclass(frozen=True, slots=True)
class PackChoices:
    """What a person decides about a file that does not say it: its name here, what counts.

    Items are named by their places in the preview, from 1. `bands` as in 0-4 Minimal, 5-9 Mild.
    """

    instrument_id: str = ""
    not_scored: tuple[int, ...] = ()
    critical: tuple[int, ...] = ()
    not_critical: tuple[int, ...] = ()
    bands: str = ""


@dataclass(frozen=True, slots=True)
class PackPreview:
    """A definition that was read from a file and is not stored yet.

    `remarks` say how the file was understood, `not_understood` what was left out; `codes` are
    the LOINC codes that the file carries.
    """

    instrument: Instrument
    kind: PackKind
    file_name: str
    sha256: str
    content: str
    remarks: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    id: InstrumentPackId = field(default_factory=lambda: InstrumentPackId(new_id()))

    @property
    def title(self) -> str:
        own = self.instrument
        return f"{own.id}, version {own.version}: {own.title} ({self.kind.value})"

    @property
    def rule_words(self) -> tuple[str, ...]:
        """Say how forms will be scored, a line each."""
        return tuple(rule_lines(self.instrument))

    @property
    def band_words(self) -> tuple[str, ...]:
        """Say what the results will be called."""
        return tuple(band_lines(self.instrument))

    @property
    def examples(self) -> tuple[Example, ...]:
        return examples_of(self.instrument)

    def as_pack(self) -> InstrumentPack:
        return InstrumentPack(
            id=self.id,
            instrument_id=self.instrument.id,
            version=self.instrument.version,
            kind=self.kind,
            file_name=self.file_name,
            sha256=self.sha256,
            content=self.content,
        )


@dataclass(frozen=True, slots=True)
class CheckedPack:
    """A preview, and what keeps it from being added."""

    preview: PackPreview
    problems: tuple[Problem, ...]


def pack_problems(
    preview: PackPreview, *, shipped: Catalogue, packs: Sequence[InstrumentPack]
) -> Iterator[Problem]:
    """Say why a pack cannot be stored: no score that is recorded may change its meaning."""
    own = preview.instrument
    if taken := next((i for i, _ in shipped.versions if bare_name(i) == bare_name(own.id)), None):
        words = f"The name {taken} belongs to an instrument of the program. Choose another."
        yield Problem("instrument_id", words)
    alike = next((p for p in packs if bare_name(p.instrument_id) == bare_name(own.id)), None)
    if alike and alike.instrument_id != own.id:
        words = (
            f"There is an instrument {alike.instrument_id}. Write its name so, or choose another."
        )
        yield Problem("instrument_id", words)
    newest = newest_version(packs, own.id)
    if own.version <= newest:
        words = (
            f"{own.id} is on file up to version {newest}. Scores refer to it, so it stays as it "
            f"is: give the new definition version {newest + 1}."
        )
        yield Problem("version", words)


def compared(preview: PackPreview, shipped: Catalogue) -> PackPreview:
    """Say so where the file carries the code of an instrument that the program has."""
    remarks, not_understood = list(preview.remarks), list(preview.not_understood)
    for known in shipped.values():
        codes = {code.code for code in (known.panel_code, known.total_code) if code}
        if not codes & set(preview.codes):
            continue
        here, there = _reach(preview.instrument), _reach(known)
        if here == there:
            remarks.append(f"The program has this instrument: {known.id}, {there}.")
        else:
            words = f"The file carries the code of {known.id}: {there}. What was read: {here}."
            not_understood.append(words)
    return replace(preview, remarks=tuple(remarks), not_understood=tuple(not_understood))


def _reach(instrument: Instrument) -> str:
    items = count_of(len(instrument.total.items if instrument.total else ()), "item")
    return f"{items}, 0 to {instrument.highest_total}"


def newest_version(packs: Sequence[InstrumentPack], instrument_id: str) -> int:
    """Give the newest version on file, 0 for none."""
    return max((p.version for p in packs if p.instrument_id == instrument_id), default=0)
