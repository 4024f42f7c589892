"""The instruments that a clinic can record with: the program's, and those it added itself."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.instrument_pack import (
    CheckedPack,
    InstrumentPack,
    PackChoices,
    PackKind,
    PackPreview,
    compared,
    newest_version,
    pack_problems,
)
from cocm_desktop.domain.listed_instrument import ListedInstrument, listed_instruments
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.pack_file import parse_pack, read_pack
from cocm_desktop.storage import audit
from cocm_desktop.storage import instrument_pack as stored_packs

TOUCHES = Topic.PRACTICE | Topic.MEASURE


def read_instruments(workspace: Workspace) -> Catalogue:
    """Give every instrument that can be recorded, the clinic's own among them."""
    packs = read_packs(workspace)
    return workspace.instruments.with_packs(
        (_definition(pack.content) for pack in packs),
        frozenset((pack.instrument_id, pack.version) for pack in packs if pack.is_retired),
    )


def read_packs(workspace: Workspace) -> tuple[InstrumentPack, ...]:
    """Give what the clinic added, every version, by name."""
    with workspace.database.read() as session:
        return stored_packs.everything(session)


def read_listed_instruments(workspace: Workspace) -> tuple[ListedInstrument, ...]:
    """Give what Settings lists: every instrument, the retired ones too."""
    with workspace.database.read():
        return listed_instruments(read_instruments(workspace), read_packs(workspace))


def check_pack(workspace: Workspace, file: Path, choices: PackChoices) -> CheckedPack:
    """Read a file and say in the same breath what keeps it from being added. Nothing is stored."""
    with workspace.database.read():
        preview = preview_pack(workspace, file, choices)
        return CheckedPack(preview, problems_of(workspace, preview))


def preview_pack(
    workspace: Workspace, file: Path, choices: PackChoices | None = None
) -> PackPreview:
    """Read a file and say how forms would be scored. Nothing is stored."""
    workspace.require(Permission.CHANGE_PRACTICE)
    choices = choices or PackChoices()
    preview = compared(read_pack(file, choices, version=1), workspace.instruments)
    if preview.kind is PackKind.FHIR:
        version = newest_version(read_packs(workspace), preview.instrument.id) + 1
        again = read_pack(file, choices, version=version)
        preview = replace(preview, instrument=again.instrument, content=again.content)
    return preview


def problems_of(workspace: Workspace, preview: PackPreview) -> tuple[Problem, ...]:
    """Say what keeps a pack from being added, for the preview to show."""
    packs = read_packs(workspace)
    return tuple(pack_problems(preview, shipped=workspace.instruments, packs=packs))


def add_pack(workspace: Workspace, preview: PackPreview) -> Change:
    """Store what was previewed. A newer version takes the place of an older one, which stays."""
    workspace.require(Permission.CHANGE_PRACTICE)
    pack = preview.as_pack()
    with workspace.database.write() as session:
        packs = stored_packs.everything(session)
        if pack.id in {known.id for known in packs}:
            return Change(TOUCHES, pack.id)
        problems = pack_problems(preview, shipped=workspace.instruments, packs=packs)
        if found := tuple(problems):
            raise Refused(*found)
        stored_packs.add(session, pack, workspace.stamp())
        audit.write(session, workspace.stamp(), audit.created("instrument.added", pack.id))
    return Change(TOUCHES, pack.id)


def retire_pack(workspace: Workspace, instrument_id: str, *, reason: str) -> Change:
    """Offer an instrument of the clinic no more. What was recorded with it keeps its meaning."""
    workspace.require(Permission.CHANGE_PRACTICE)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        versions = [
            pack for pack in stored_packs.everything(session) if pack.instrument_id == instrument_id
        ]
        if not versions:
            words = f"The clinic has added no instrument {instrument_id}."
            raise Refused(Problem("instrument", words))
        newest = versions[-1]
        if newest.is_retired:
            raise Refused(Problem("instrument", f"{instrument_id} is retired already."))
        stored_packs.retire(session, newest.id, workspace.stamp(), reason=reason)
        note = audit.voided("instrument.retired", newest.id, reason=reason)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, newest.id)


@lru_cache(maxsize=256)
def _definition(content: str) -> Instrument:
    """Read a definition once: the content on file is never changed."""
    return parse_pack(content)
