"""Printed papers: what was made, kept in the audit by its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import new_id
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.safe_file import write_whole
from cocm_desktop.printing.encryption import encrypt_pdf
from cocm_desktop.storage import audit


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF in memory. It goes to disk only when a person saves it.

    `as_of` is the moment of the records that it shows. A packet has a `packet_id`, by which it is
    told later whether the records have overtaken it.
    """

    content: bytes
    sha256: str
    as_of: datetime
    packet_id: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """The code of a paper, whom it is about, and who gets it where that is known."""

    code: str
    patient_ids: Collection[str]
    recipient: str = ""


def noted(
    workspace: Workspace, made: Made | str, content: bytes, *, pages: int, as_of: datetime
) -> Paper:
    """Keep in the audit that a paper was made: its digest, size and pages, never its content.

    Where it is about patients there is an entry for each, so that all who saw a record are found.
    """
    if isinstance(made, str):
        made = Made(made, ())
    paper = Paper(content, hashlib.sha256(content).hexdigest(), as_of)
    note = audit.Note(
        made.code,
        audit.Action.EXECUTE,
        new_id(),
        sha256=paper.sha256,
        pages=pages,
        bytes=len(content),
        recipient=made.recipient or None,
    )
    with workspace.database.write() as session:
        audit.write_for_each(session, workspace.stamp(), note, patient_ids=made.patient_ids)
    return paper


def encrypted(paper: Paper, password: str) -> Paper:
    """Give the same pages under a password, for a file that leaves the practice."""
    content = encrypt_pdf(paper.content, password)
    return replace(paper, content=content, sha256=hashlib.sha256(content).hexdigest())


def write_paper(paper: Paper, file: Path) -> None:
    """Write the paper to a file, whole or not at all: an older file of that name is safe."""
    if not file.name:
        raise Refused(Problem("file", "Name the file, not only its folder."))
    write_whole(file, paper.content)
