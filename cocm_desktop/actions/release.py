"""What stands before and behind everything that leaves the file: restrictions, the account of it.

An exporter asks `require_release` before it makes anything, and `account_for` where it hands over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import DisclosureId, PatientId, new_id
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.privacy import Disclosure, Purpose, Restriction
from cocm_desktop.domain.text import tidy
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import disclosure, privacy_request
from cocm_desktop.storage import patient as patients

ALLOWED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Release:
    """What leaves, of whom, to whom and for what. `part2_of` are those with Part 2 words in it.

    `id` is that of the first disclosure: a release that is asked for twice is kept once.
    """

    patient_ids: Collection[str]
    purpose: Purpose
    recipient: str
    what: str
    address: str = ""
    authority: str = ""
    sha256: str = ""
    part2_of: Collection[str] = ()
    id: DisclosureId | None = None


def stopped(
    workspace: Workspace, patient_ids: Iterable[str], purpose: Purpose
) -> dict[PatientId, str]:
    """Say of each patient whose restriction stops it, in words that name whom."""
    ids = set(patient_ids)
    with workspace.database.read() as session:
        holding = privacy_request.holding_on(session, workspace.today(), ids)
        named = patients.by_id(session, list(holding))
    return dict(_stopped(workspace, holding, named, purpose=purpose))


def require_release(workspace: Workspace, patient_ids: Iterable[str], purpose: Purpose) -> None:
    """Refuse where a restriction that the practice agreed to stops it, in words that name whom."""
    if words := stopped(workspace, patient_ids, purpose):
        raise Refused(*(Problem("restriction", each) for each in words.values()))


def account_for(workspace: Workspace, release: Release) -> None:
    """Keep for each patient that something of the record went out."""
    with workspace.database.write() as session:
        disclosure.add(session, _disclosures(workspace, release), workspace.stamp())


def _disclosures(workspace: Workspace, release: Release) -> Iterator[Disclosure]:
    return (
        Disclosure(
            id=(release.id if not number else None) or DisclosureId(new_id()),
            patient_id=PatientId(patient_id),
            disclosed_on=workspace.today(),
            recipient=tidy(release.recipient),
            address=tidy(release.address),
            what=release.what,
            purpose=release.purpose,
            authority=tidy(release.authority),
            has_part2=patient_id in release.part2_of,
            sha256=release.sha256,
        )
        for number, patient_id in enumerate(dict.fromkeys(release.patient_ids))
    )


def _stopped(
    workspace: Workspace,
    holding: Mapping[PatientId, tuple[Restriction, ...]],
    named: Mapping[PatientId, Patient],
    *,
    purpose: Purpose,
) -> Iterator[tuple[PatientId, str]]:
    for patient_id, restrictions in holding.items():
        stopping = [each for each in restrictions if each.stops(purpose, workspace.today())]
        if not stopping:
            continue
        name = named[patient_id].name
        if paid := next((each for each in stopping if each.is_paid_in_full), None):
            yield patient_id, _paid_words(name, paid)
        elif not _is_allowed(workspace, patient_id):
            yield patient_id, _stopped_words(name, stopping[0])


def _is_allowed(workspace: Workspace, patient_id: str) -> bool:
    """Tell whether this person has just said why it may go out all the same."""
    since = workspace.now() - ALLOWED_FOR
    with workspace.database.read() as session:
        return privacy_request.is_overridden(
            session, patient_id, staff_id=workspace.staff.id, since=since
        )


def _stopped_words(name: str, restriction: Restriction) -> str:
    return (
        f"The practice agreed to a restriction for {name}: “{tidy(restriction.words)}”. "
        "Nothing was given out. Leave this patient out, or open Privacy in the chart "
        "and allow it for 15 minutes, with the reason."
    )


def _paid_words(name: str, restriction: Restriction) -> str:
    return (
        f"{name} paid in full and asked that the payer learn nothing: “{tidy(restriction.words)}”. "
        "Nothing was given out. Leave this patient out; the restriction can only be ended."
    )
