"""The way into a clinic, as the first windows see it.

The program gives them a door that loads the heavy libraries when it is used, so that a window is
painted before. Every method runs on the worker thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import StaffDraft

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.lock import LockCause


@dataclass(frozen=True, slots=True)
class FolderLook:
    """What a folder holds: a sentence about it, and what may be done there."""

    words: str
    holds_clinic: bool = False
    may_be_created_in: bool = False
    sign_ins: tuple[str, ...] = ()
    known_password: str = ""
    """The password of a sample clinic, which guards nothing."""
    is_misplaced: bool = False
    """The clinic lies where it would come to harm; it can be moved."""
    is_harmed: bool = False
    """A clinic was here and cannot be opened; a backup may take its place."""
    moved_to: Path | None = None
    """Where the clinic of this folder went, on this computer."""


@dataclass(frozen=True, slots=True)
class MovedTo:
    """Where a clinic is now, and where its old files are kept."""

    folder: Path
    old_files: Path


@dataclass(frozen=True, slots=True)
class FoundBackup:
    """A backup as it can be told without a password; `made_at` is in this computer's time."""

    path: Path
    made_at: datetime
    holds: str
    why: str = ""
    sign_ins: tuple[str, ...] = ()
    usual_sign_in: str = ""
    replaces: bool = False
    """It would take the place of a clinic, or of what is left of one."""


@dataclass(frozen=True, slots=True)
class GivenSecret:
    """What somebody typed to open a backup or a damaged file."""

    sign_in: str = ""
    password: str = field(default="", repr=False)
    code: RecoveryCode | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RestoredClinic:
    """Of when the clinic is now, and where what was there before is kept."""

    made_at: datetime
    kept: Path | None = None
    is_keys_only: bool = False


class Door(Protocol):
    """One for a folder; `at` gives another."""

    @property
    def folder(self) -> Path: ...

    @property
    def is_sample(self) -> bool: ...

    def at(self, folder: Path) -> Door: ...

    def look(self) -> FolderLook: ...

    def unlock(self, sign_in: str, password: str, *, upgrade: bool = False) -> Workspace: ...

    def unlock_older(self, sign_in: str, password: str, reason: str) -> Workspace: ...

    def recover(
        self, code: RecoveryCode, *, sign_in: str, password: str, upgrade: bool = False
    ) -> Workspace: ...

    def create(
        self, practice: Practice, owner: StaffDraft, *, password: str, code: RecoveryCode
    ) -> Workspace: ...

    def sheet(self, practice_name: str, code: RecoveryCode) -> bytes: ...

    def find_backups(self, folder: Path | None) -> tuple[FoundBackup, ...]: ...

    def look_at_backup(self, file: Path) -> FoundBackup: ...

    def restore(self, file: Path, secret: GivenSecret) -> RestoredClinic: ...

    def damage_words(self) -> str: ...

    def rescue(self, folder: Path, secret: GivenSecret) -> str: ...

    def move(self, to: Path) -> MovedTo: ...

    def open_sample(self) -> Workspace: ...

    def lock(self, workspace: Workspace, cause: LockCause) -> None: ...
