"""Who may not open a chart is told no score, no answer and no note, by whatever they ask."""

from __future__ import annotations

import inspect
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import CocmError
from tests.actions.work import as_role
from tests.builders import a_contact_draft, a_measure_draft
from tests.source_calls import taken_from_outside

NOTE = "Zebra canary, said in confidence"
CLINICAL = (NOTE, "Measure(", "Score(", "Contact(", "answers=(")
READS = sorted(name for name in taken_from_outside() if ".read_" in name)


@pytest.mark.parametrize(
    "role", [Role.FRONT_DESK, Role.BILLER, Role.ADMINISTRATOR, Role.CARE_MANAGER]
)
def test_only_who_may_open_a_chart_is_told_what_is_clinical(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, role: Role
) -> None:
    record_measure(workspace, a_measure_draft(episode_id=maria))
    record_contact(workspace, replace(a_contact_draft(episode_id=maria), note=NOTE))
    given = {
        "patient_id": maria_patient,
        "episode_id": maria,
        "month": ServiceMonth(2026, 11),
        "today": workspace.today(),
    }
    told = {}

    for name in READS:
        answer = _ask(name, as_role(workspace, role), given)
        if found := [word for word in CLINICAL if word in answer]:
            told[name] = found

    if role is Role.CARE_MANAGER:
        assert {NOTE, "Score("} <= {word for words in told.values() for word in words}
    else:
        assert told == {}


def _ask(name: str, workspace: Workspace, given: dict[str, Any]) -> str:
    """Give what an action answers, as text; "" where it refuses or wants what is not at hand."""
    module, _, function = name.rpartition(".")
    action = getattr(import_module(f"cocm_desktop.actions.{module}"), function)
    parameters = list(inspect.signature(action).parameters.values())[1:]
    needed = [each for each in parameters if each.default is inspect.Parameter.empty]
    if any(each.name not in given for each in needed):
        return ""
    positional = [given[each.name] for each in needed if each.kind is not each.KEYWORD_ONLY]
    named = {each.name: given[each.name] for each in needed if each.kind is each.KEYWORD_ONLY}
    try:
        return repr(action(workspace, *positional, **named))
    except (LookupError, OSError, RuntimeError, TypeError, ValueError, CocmError):
        return ""
