"""Drafts from the command line."""

from __future__ import annotations

from argparse import Namespace

import pytest

from cocm_desktop.actions.draft import keep_draft, read_drafts
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.commands.draft import discard, show_all
from cocm_desktop.domain.draft import DraftPlace
from cocm_desktop.domain.ids import PatientId
from tests.commands.conftest import Cocm


def test_nothing_unsaved_is_an_empty_list(cocm: Cocm) -> None:
    assert cocm("draft", "list", "--json").json == []
    assert cocm("draft", "list").out == ""


def test_a_draft_that_is_not_there_is_refused(cocm: Cocm) -> None:
    answer = cocm("draft", "discard", "none")

    assert answer.code == 2
    assert "no such draft" in answer.err


def test_a_draft_typed_in_a_window_is_listed_and_discarded(
    workspace: Workspace, maria_patient: PatientId, capsys: pytest.CaptureFixture[str]
) -> None:
    place = DraftPlace("contact", maria_patient)
    keep_draft(workspace, place, {"note": "x"}, title="Record contact", patient_id=maria_patient)
    [listed] = read_drafts(workspace)

    show_all(workspace, Namespace(json=False))
    told = capsys.readouterr().out
    discard(workspace, Namespace(draft=listed.draft.id))

    assert "Record contact" in told
    assert "ALVAREZ" in told
    assert capsys.readouterr().out == f"ACK {listed.draft.id}\n"
    assert read_drafts(workspace) == ()
