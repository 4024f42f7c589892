"""A clinic for the drills, and the program started on it as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.session import (
    NewClinic,
    Place,
    create_clinic,
    lock,
    new_recovery_code,
    unlock,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.storage.device_share import OsKeyStore
from cocm_desktop.storage.key_cost import PRODUCTION, KeyPolicy
from tests.builders import a_patient_draft, a_practice, an_enroll_draft
from tests.builders.people import NAMES, id_of
from tests.source_tree import ROOT

PASSWORD = "violet tractor ozone hymn"
SIGN_IN = "mbell"
AS_OF = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
# The least that the program accepts: three hundred starts need not cost half a second each.
QUICK = KeyTools(KeyPolicy(PRODUCTION.floor, PRODUCTION.floor, PRODUCTION.ceiling), OsKeyStore())


def mrns() -> list[str]:
    return [f"9{number:05}" for number in range(len(NAMES))]


def make_clinic(folder: Path, tools: KeyTools = QUICK) -> RecoveryCode:
    """Make a clinic with a dozen enrolled patients, and give the code that recovers it."""
    owner = StaffDraft("M. Bell", frozenset({Role.CARE_MANAGER}), SIGN_IN, "LCSW")
    new = NewClinic(a_practice(), owner, PASSWORD)
    code = new_recovery_code()
    workspace = create_clinic(place(folder, tools), new, code)
    for mrn, (last_name, first_name) in zip(mrns(), NAMES, strict=True):
        draft = a_patient_draft(
            id=id_of(f"patient {mrn}"), last_name=last_name, first_name=first_name, mrn=mrn
        )
        add_patient(workspace, draft)
        enrolled = an_enroll_draft(
            id=id_of(f"episode {mrn}"),
            patient_id=draft.id,
            care_manager_id=workspace.staff.id,
            treating_practitioner_id=None,
        )
        enroll(workspace, enrolled)
    lock(workspace)
    return code


def place(folder: Path, tools: KeyTools = QUICK) -> Place:
    def clock(zone: ZoneInfo | None) -> datetime:
        return AS_OF.astimezone(zone or UTC)

    return Place(folder, clock, tools)


def opened(folder: Path, tools: KeyTools = QUICK, password: str = PASSWORD) -> Workspace:
    return unlock(place(folder, tools), SIGN_IN, password, wait_seconds=10)


def nothing_of_this_computer(home: Path) -> dict[str, str]:
    """Give an environment in which a program keeps all it keeps below one folder."""
    homes = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    return {
        **dict.fromkeys(homes, str(home)),
        "LOCALAPPDATA": str(home),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


def arguments(folder: Path, *command: str, as_of: datetime = AS_OF) -> list[str]:
    return [
        *(sys.executable, "-m", "cocm_desktop.commands"),
        *("--data", str(folder), "--as-of", as_of.isoformat(), "--wait", "10"),
        *command,
    ]


def started(
    folder: Path, command: Sequence[str], *, stdin: IO[bytes] | int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start the program on the clinic in a process of its own."""
    return subprocess.Popen(
        arguments(folder, *command),
        cwd=ROOT,
        env={**os.environ, "COCM_PASSWORD": PASSWORD, **nothing_of_this_computer(folder.parent)},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
