"""Making a clinic, unlocking it, signing in."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cocm_desktop.actions.instruments import load_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain import password as passwords
from cocm_desktop.domain import recovery_code as recovery_codes
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.errors import Problem, Refused, Unavailable
from cocm_desktop.storage import audit
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_slot import SignIn
from cocm_desktop.storage.open_clinic import OpenClinic

Clock = Callable[[ZoneInfo | None], datetime]
"""Tells the time in a zone, or in this computer's own where none is known yet."""


@dataclass(frozen=True, slots=True)
class NewClinic:
    """What a first run asks for. The owner becomes administrator besides any other role."""

    practice: Practice
    owner: StaffDraft
    password: str

    def problems(self) -> tuple[Problem, ...]:
        """Name everything that keeps the clinic from being made."""
        owner = replace(self.owner, roles=self.owner.roles | {Role.ADMINISTRATOR})
        found = [*self.practice.problems(), *owner.problems(taken=frozenset())]
        if not owner.sign_in.strip():
            found.append(Problem("sign_in", "Choose a sign-in name."))
        context = (self.practice.name, self.owner.name, self.owner.sign_in)
        return (*found, *passwords.problems(self.password, context=context))


def new_recovery_code() -> RecoveryCode:
    """Make a recovery code to be printed; nothing opens with it until a clinic is made."""
    return recovery_codes.generate(os.urandom(recovery_codes.RANDOM_BYTES))


def state_of(folder: Path, clock: Clock) -> FolderState:
    """Tell what is in a folder, without touching it."""
    return ClinicFolder(folder, now=lambda: clock(None)).state


def create_clinic(folder: Path, new: NewClinic, code: RecoveryCode, *, clock: Clock) -> Workspace:
    """Make the encrypted file with its practice and owner, and sign the owner in."""
    if problems := new.problems():
        raise Refused(*problems)
    owner = replace(new.owner, roles=new.owner.roles | {Role.ADMINISTRATOR}).accept()
    zone = ZoneInfo(new.practice.time_zone)
    stamp = Stamp(clock(zone), owner, device_name(), new_id())

    def fill(session: Any) -> None:
        practices.add(session, new.practice, stamp)
        staff_members.add(session, owner, stamp)
        audit.write(session, stamp, audit.created("clinic.created", owner.id))

    sign_in = SignIn(owner.id, owner.sign_in, new.password)
    clinic = ClinicFolder(folder, now=lambda: clock(zone)).create(sign_in, code, fill=fill)
    return _workspace(clinic, clock)


def unlock(
    folder: Path,
    sign_in: str,
    password: str,
    *,
    clock: Clock,
    upgrade: bool = False,
    wait_seconds: float = 0.0,
) -> Workspace:
    """Open the file and sign the person in, or raise WrongSecret, Unavailable or its kinds."""
    clinic = ClinicFolder(folder, now=lambda: clock(None)).unlock(
        sign_in, password, upgrade=upgrade, wait_seconds=wait_seconds
    )
    return _workspace(clinic, clock)


def recover(
    folder: Path, code: RecoveryCode, sign_in: str, password: str, *, clock: Clock
) -> Workspace:
    """Give a staff member a new password by the printed recovery code, and sign them in.

    A person without a sign-in yet may be given one: `sign_in` is matched to the staff list.
    """
    clinic = ClinicFolder(folder, now=lambda: clock(None)).unlock_with_recovery_code(code)
    try:
        with clinic.database.read() as session:
            practice = practices.get(session)
            wanted = sign_in.strip().casefold()
            members = [m for m in staff_members.everyone(session) if m.active]
        member = next((m for m in members if m.sign_in.casefold() == wanted), None)
        if member is None or not wanted:
            raise Refused(Problem("sign_in", f"Nobody on the staff list signs in as {sign_in}."))
        passwords.require_good(password, context=(practice.name, member.name, member.sign_in))
        clinic.keys.set_password(member.id, member.sign_in, password=password)
        workspace = _workspace(replace(clinic, staff_id=member.id), clock)
        with workspace.database.write() as session:
            note = audit.created("password.recovered", member.id)
            audit.write(session, workspace.stamp(), note)
    except BaseException:
        clinic.close()
        raise
    return workspace


def lock(workspace: Workspace) -> None:
    """Close the file. Nothing can be read until somebody unlocks it again."""
    if workspace.clinic is not None:
        workspace.clinic.close()


def device_name() -> str:
    """Give the name of this computer, as it stands on every row recorded here."""
    return platform.node() or "unnamed computer"


def _workspace(clinic: OpenClinic, clock: Clock) -> Workspace:
    try:
        with clinic.database.read() as session:
            zone = ZoneInfo(practices.get(session).time_zone)
            staff = staff_members.get(session, clinic.staff_id or "")
        if not staff.active:
            raise Unavailable(
                "This sign-in was switched off. Nothing was changed. Ask an administrator."
            )
        return Workspace(
            database=clinic.database,
            staff=staff,
            now=lambda: clock(zone),
            instruments=load_instruments(),
            device=device_name(),
            clinic=clinic,
        )
    except BaseException:
        clinic.close()
        raise
