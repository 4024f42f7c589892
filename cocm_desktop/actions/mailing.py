"""Envelopes and labels for patients: whoever has no address is named, not printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.mailing import MOST_MAIL, Mailing, start_problems
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.printing.letter import PrintedLetter
from cocm_desktop.printing.mail import envelopes_pdf, labels_pdf
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import flag as flags
from cocm_desktop.storage import outside_care
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices


@dataclass(frozen=True, slots=True)
class MailPaper:
    """The paper, and who is not on it for want of an address."""

    paper: Paper
    mailing: Mailing


def print_envelopes(
    workspace: Workspace, patient_ids: Sequence[str], *, names_practice: bool = True
) -> MailPaper:
    """Make an envelope of size 10 for each patient who has an address."""
    workspace.require(Permission.WRITE_LETTER)
    with workspace.database.read() as session:
        mailing = _mailing(workspace, patient_ids)
        practice = practices.get(session)
    made = envelopes_pdf(practice, mailing.addressed, names_practice=names_practice)
    return _noted(workspace, "envelopes.printed", made, mailing=mailing)


def print_labels(workspace: Workspace, patient_ids: Sequence[str], *, start: int = 1) -> MailPaper:
    """Make Avery 5160 labels; `start` is the first free one of a sheet that was begun, from 1."""
    workspace.require(Permission.WRITE_LETTER)
    if problems := tuple(start_problems(start)):
        raise Refused(*problems)
    with workspace.database.read() as session:
        mailing = _mailing(workspace, patient_ids)
        practice = practices.get(session)
    made = labels_pdf(practice, mailing.addressed, start=start)
    return _noted(workspace, "labels.printed", made, mailing=mailing)


def _mailing(workspace: Workspace, patient_ids: Sequence[str]) -> Mailing:
    if len(patient_ids) > MOST_MAIL:
        words = f"At most {MOST_MAIL:,} patients at once. Choose fewer."
        raise Refused(Problem("patients", words))
    ids = tuple(dict.fromkeys(patient_ids))
    with workspace.database.read() as session:
        found = [patients.get(session, each) for each in ids]
        marks = flags.showing(session, workspace.today())
    mailing = Mailing.of(found, died_among(workspace, ids), marks)
    mailing.require_somebody()
    return mailing


def died_among(workspace: Workspace, patient_ids: Sequence[str]) -> frozenset[PatientId]:
    """Give those who died, as recorded by itself or as the reason why an episode closed."""
    with workspace.database.read() as session:
        latest = [episodes.latest(session, each) for each in patient_ids]
        deaths = outside_care.deaths_of(session, patient_ids)
    closed = {each.patient_id for each in latest if each and each.died_on}
    return frozenset(closed | deaths.keys())


def require_living(workspace: Workspace, patient_id: str) -> None:
    """Refuse a paper that would speak to somebody who died, or ask them to fill it in."""
    if died_among(workspace, [patient_id]):
        words = "This patient is recorded as having died. Nothing was printed."
        raise Refused(Problem("patient_id", words))


def _noted(workspace: Workspace, code: str, made: PrintedLetter, *, mailing: Mailing) -> MailPaper:
    told = Made(code, [patient.id for patient in mailing.addressed])
    paper = noted(workspace, told, made.pdf, pages=made.pages, as_of=workspace.now())
    return MailPaper(paper, mailing)
