"""Who may write letters about reviews, key answers and count what became of advice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cocm_desktop.actions.recommendation_letter import (
    compose_letter,
    copy_review_text,
    keep_letter,
    keep_letters,
    print_letters,
    read_letter_page,
    send_letters,
)
from cocm_desktop.actions.review_loop import (
    export_follow_through,
    read_follow_through,
    read_loop,
    record_steps,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.follow_through_report import ReportChoice
from cocm_desktop.domain.letter import SendingDraft
from cocm_desktop.domain.recommendation_letter import LetterChoice
from cocm_desktop.domain.staff import GRANTED, Permission, Role
from cocm_desktop.errors import Refused
from tests.actions.work import rows_stored

NOBODY = "00000000-0000-7000-8000-00000000ffff"
NEEDS: dict[str, tuple[Permission, Callable[[Workspace], object]]] = {
    "read_loop": (Permission.RECORD_REVIEW, read_loop),
    "record_steps": (Permission.RECORD_REVIEW, lambda w: record_steps(w, [])),
    "compose_letter": (
        Permission.RECORD_REVIEW,
        lambda w: compose_letter(w, NOBODY, LetterChoice()),
    ),
    "keep_letter": (Permission.RECORD_REVIEW, lambda w: keep_letter(w, NOBODY)),
    "keep_letters": (Permission.RECORD_REVIEW, lambda w: keep_letters(w, [])),
    "print_letters": (Permission.RECORD_REVIEW, lambda w: print_letters(w, [])),
    "send_letters": (
        Permission.RECORD_REVIEW,
        lambda w: send_letters(w, [], SendingDraft(None, None)),
    ),
    "copy_review_text": (Permission.RECORD_REVIEW, lambda w: copy_review_text(w, NOBODY)),
    "read_letter_page": (Permission.RECORD_REVIEW, lambda w: read_letter_page(w, NOBODY)),
    "read_follow_through": (
        Permission.PRINT_PACKET,
        lambda w: read_follow_through(w, ReportChoice(None, None)),
    ),
    "export_follow_through": (
        Permission.EXPORT_LIST,
        lambda w: export_follow_through(w, ReportChoice(None, None), Path("report.csv")),
    ),
}


@pytest.mark.parametrize("name", NEEDS)
def test_a_role_without_the_permission_is_refused_and_nothing_is_stored(
    workspace: Workspace, name: str
) -> None:
    permission, action = NEEDS[name]
    before = rows_stored(workspace)
    refused = [role for role in Role if permission not in GRANTED[role]]

    for role in refused:
        signed_in = replace(workspace, staff=replace(workspace.staff, roles=frozenset({role})))
        with pytest.raises(Refused, match="you may not"):
            action(signed_in)

    assert refused
    assert rows_stored(workspace) == before
