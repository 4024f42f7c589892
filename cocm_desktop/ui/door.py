"""The way into a clinic, as the first windows see it.

The program gives them a door that loads the heavy libraries when it is used, so that a window is
painted before. Every method runs on the worker thread.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    moved_to: Path | None = None
    """Where the clinic of this folder went, on this computer."""


@dataclass(frozen=True, slots=True)
class MovedTo:
    """Where a clinic is now, and where its old files are kept."""

    folder: Path
    old_files: Path


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

    def recover(self, code: RecoveryCode, *, sign_in: str, password: str) -> Workspace: ...

    def create(
        self, practice: Practice, owner: StaffDraft, *, password: str, code: RecoveryCode
    ) -> Workspace: ...

    def sheet(self, practice_name: str, code: RecoveryCode) -> bytes: ...

    def restore(self, file: Path) -> None: ...

    def move(self, to: Path) -> MovedTo: ...

    def open_sample(self) -> Workspace: ...

    def lock(self, workspace: Workspace, cause: LockCause) -> None: ...
