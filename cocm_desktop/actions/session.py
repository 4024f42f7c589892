"""Making a clinic, unlocking it, signing in."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cocm_desktop.actions.afterwards import telling_what_was_done
from cocm_desktop.actions.anchors import keep_anchor, require_newest
from cocm_desktop.actions.codes import load_codes
from cocm_desktop.actions.common_passwords import load_common_passwords
from cocm_desktop.actions.moving import note_move
from cocm_desktop.actions.restore import note_restored
from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.actions.sitting_log import note_ending, note_opening
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain import password as passwords
from cocm_desktop.domain import recovery_code as recovery_codes
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.domain.staff import Role, StaffDraft, StaffMember
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.domain.throttle import FREE_TRIES
from cocm_desktop.errors import Problem, Refused, Unavailable
from cocm_desktop.storage import audit
from cocm_desktop.storage import emergency as emergencies
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.clinic_folder import OF_THIS_COMPUTER, ClinicFolder
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_slot import SignIn
from cocm_desktop.storage.open_clinic import OpenClinic

Clock = Callable[[ZoneInfo | None], datetime]
"""Tells the time in a zone, or in this computer's own where none is known yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clinic is, or may be made, and the clock that its records go by.

    `tools` say how much a password costs to try and where this computer keeps its share.
    `accept_older` is an administrator's reason to go on with a file that is not the newest seen;
    `looks_everywhere` also asks places that may be slow whether a newer one was seen.
    """

    folder: Path
    clock: Clock
    tools: KeyTools = OF_THIS_COMPUTER
    accept_older: str = ""
    looks_everywhere: bool = False

    def door(self, zone: ZoneInfo | None = None) -> ClinicFolder:
        return ClinicFolder(self.folder, now=lambda: self.clock(zone), tools=self.tools)


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
        common = load_common_passwords()
        return (*found, *passwords.problems(self.password, context=context, common=common))


def new_recovery_code() -> RecoveryCode:
    """Make a recovery code to be printed; nothing opens with it until a clinic is made."""
    return recovery_codes.generate(os.urandom(recovery_codes.RANDOM_BYTES))


def state_of(place: Place) -> FolderState:
    """Tell what is in a folder, without touching it."""
    return place.door().state


def sign_ins_of(place: Place) -> tuple[str, ...]:
    """Give the sign-in names in the key file, or raise what is wrong with the folder."""
    return place.door().sign_ins()


def create_clinic(place: Place, new: NewClinic, code: RecoveryCode) -> Workspace:
    """Make the encrypted file with its practice and owner, and sign the owner in."""
    if problems := new.problems():
        raise Refused(*problems)
    owner = replace(new.owner, roles=new.owner.roles | {Role.ADMINISTRATOR}).accept()
    zone = ZoneInfo(new.practice.time_zone)
    stamp = Stamp(place.clock(zone), owner, device_name(), new_id())

    def fill(session: Any) -> None:
        practices.add(session, new.practice, stamp)
        staff_members.add(session, owner, stamp)
        audit.write(session, stamp, audit.created("clinic.created", owner.id))

    sign_in = SignIn(owner.id, owner.sign_in, new.password)
    door = place.door(zone)
    clinic = door.create(sign_in, code, fill=fill, is_sample=new.practice.is_sample)
    return _workspace(clinic, place.clock)


def unlock(
    place: Place, sign_in: str, password: str, *, upgrade: bool = False, wait_seconds: float = 0.0
) -> Workspace:
    """Open the file and sign the person in, or raise WrongSecret, Unavailable or its kinds.

    Raises RolledBack where a newer file was seen elsewhere, unless the place says to accept it.

    With `upgrade` an older file is brought up to date, after a checked copy. `wait_seconds` is
    how long to wait where another program holds the file.
    """
    clinic = place.door().unlock(sign_in, password, upgrade=upgrade, wait_seconds=wait_seconds)
    workspace = _newest(_workspace(clinic, place.clock), place)
    is_upgraded = clinic.upgraded_from is not None
    with telling_what_was_done("The file was brought up to date.", is_done=is_upgraded):
        note_opening(workspace)
        note_move(workspace)
        note_restored(workspace)
    return workspace


def recover(
    place: Place, code: RecoveryCode, *, sign_in: str, password: str, upgrade: bool = False
) -> Workspace:
    """Give a staff member a new password by the printed recovery code, and sign them in.

    With `upgrade` an older file is brought up to date first: nobody else may be able to.
    """
    clinic = place.door().unlock_with_recovery_code(code, upgrade=upgrade)
    try:
        member = _give_password(clinic, sign_in, password)
    except BaseException:
        clinic.close()
        raise
    workspace = _newest(_workspace(replace(clinic, staff_id=member.id), place.clock), place)
    in_force = telling_what_was_done("The new password is in force.", is_done=True)
    try:
        with in_force, workspace.database.write() as session:
            note = audit.changed("password.recovered", member.id, ())
            audit.write(session, workspace.stamp(), note)
        note_opening(workspace)
        workspace.sitting.password_is_given = False
        note_restored(workspace)
    except BaseException:
        clinic.close()
        raise
    return workspace


def lock(workspace: Workspace) -> None:
    """Close the file. Nothing can be read until somebody unlocks it again."""
    if workspace.clinic is not None:
        note_ending(workspace)
        keep_anchor(workspace)
        workspace.clinic.close()


def device_name() -> str:
    """Give the name of this computer, as it stands on every row recorded here."""
    return platform.node() or "unnamed computer"


def _give_password(clinic: OpenClinic, sign_in: str, password: str) -> StaffMember:
    with clinic.database.read() as session:
        practice = practices.get(session)
        members = [member for member in staff_members.everyone(session) if member.active]
    wanted = sign_in.strip().casefold()
    member = next((m for m in members if wanted and m.sign_in.casefold() == wanted), None)
    if member is None:
        raise Refused(Problem("sign_in", f"Nobody on the staff list signs in as {sign_in}."))
    context = (practice.name, member.name, member.sign_in)
    passwords.require_good(password, context=context, common=load_common_passwords())
    clinic.keys.set_password(member.id, member.sign_in, password=password)
    return member


def _newest(workspace: Workspace, place: Place) -> Workspace:
    """Close the file again where a newer one was seen, unless that is accepted."""
    try:
        require_newest(workspace, accepted=place.accept_older, everywhere=place.looks_everywhere)
    except BaseException:
        if workspace.clinic is not None:
            workspace.clinic.close()
        raise
    return workspace


def _workspace(clinic: OpenClinic, clock: Clock) -> Workspace:
    try:
        load_codes()
        with clinic.database.read() as session:
            zone = ZoneInfo(practices.get(session).time_zone)
            staff = staff_members.get(session, clinic.staff_id or "")
            now, is_given = clock(zone), staff_members.password_is_given(session, staff.id)
            emergency = emergencies.open_of(session, staff.id, now)
        _refuse_inactive(staff)
        workspace = Workspace(
            database=clinic.database,
            staff=staff,
            now=lambda: clock(zone),
            instruments=load_instruments(),
            device=device_name(),
            clinic=replace(clinic, now=lambda: clock(zone)),
            sitting=Sitting(proved_at=now, password_is_given=is_given),
        )
        ticks_ms = workspace.stamp().ticks_ms
        workspace.sitting.begin_emergency(emergency, now, ticks_ms=ticks_ms)
        with suppress(Unavailable):
            _note_wrong_tries(workspace, clinic.wrong_tries)
    except BaseException:
        clinic.close()
        raise
    return workspace


def _note_wrong_tries(workspace: Workspace, count: int) -> None:
    """Note how many wrong passwords came before the right one: the file was closed to them."""
    if not count:
        return
    how_many = f"{count} wrong passwords" if count != 1 else "1 wrong password"
    codes = ["password.was_wrong", "password.paused"] if count > FREE_TRIES else []
    with workspace.database.write() as session:
        for code in codes or ["password.was_wrong"]:
            note = audit.Note(
                code, audit.Action.EXECUTE, workspace.staff.id, outcome=audit.MINOR_FAILURE,
                reason=f"{how_many} before this.",
            )  # fmt: skip
            audit.write(session, workspace.stamp(), note)


def _refuse_inactive(staff: StaffMember) -> None:
    if not staff.active:
        raise Unavailable(
            "This sign-in was switched off. Nothing was changed. Ask an administrator."
        )
