"""What this computer remembers: appearance, last folder, window. Never anything of a patient."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSaveFile, Signal

from cocm_desktop.domain.lock import BY_ROLE, IDLE_MINUTES
from cocm_desktop.domain.packet_options import Identity, PacketOptions
from cocm_desktop.ui.sizes import TEXT_SIZES, USUAL_TEXT
from cocm_desktop.ui.theme import Scheme

LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class ComputerSettings:
    """Kept as JSON beside no data. Unknown keys are ignored, bad values replaced by these."""

    data_folder: str = ""
    """Where the clinic is, if not in the usual place."""
    last_folder: str = ""
    """What was open last: practice name and sign-in name belong to it."""
    practice_name: str = ""
    sign_in: str = ""
    scheme: str = Scheme.SYSTEM.name
    text_percent: int = USUAL_TEXT
    idle_minutes: int = BY_ROLE
    window: str = ""
    """The main window's size and place, as Qt writes it, in base64."""
    hidden_columns: str = ""
    """Keys of the registry's columns that are not shown, with commas between."""
    paper_folder: str = ""
    """Where a PDF was saved last."""
    printer: str = ""
    """The printer used last."""
    packet_identity: str = Identity.NAME.name
    """How the pages of a packet name the patients."""
    packet_social_history: bool = True
    """Whether they show the social history."""

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> ComputerSettings:
        """Take over what can be used."""
        usual = cls()
        known = {field.name for field in fields(cls)}
        values = {
            name: value
            for name, value in content.items()
            if name in known and _fits(name, value, getattr(usual, name))
        }
        return cls(**values)

    @property
    def appearance(self) -> Scheme:
        return Scheme[self.scheme]

    @property
    def packet_options(self) -> PacketOptions:
        return PacketOptions(
            Identity[self.packet_identity],
            leaves_out_social_history=not self.packet_social_history,
        )


def _fits(name: str, value: Any, usual: Any) -> bool:
    if type(value) is not type(usual):
        return False
    allowed = {
        "scheme": Scheme.__members__,
        "text_percent": TEXT_SIZES,
        "idle_minutes": (BY_ROLE, *IDLE_MINUTES),
        "packet_identity": Identity.__members__,
    }
    if name in allowed:
        return value in allowed[name]
    return not isinstance(value, str) or len(value) <= LONGEST_TEXT


class Computer(QObject):
    """The settings of this computer and the file they are kept in; without a file, in memory."""

    changed = Signal(object)
    """The new ComputerSettings."""

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self.settings = ComputerSettings.of(_content(file)) if file else ComputerSettings()

    def change(self, **values: Any) -> None:
        """Keep other values from now on. A settings file that cannot be written is no error."""
        settings = ComputerSettings.of({**asdict(self.settings), **values})
        if settings == self.settings:
            return
        self.settings = settings
        self._write()
        self.changed.emit(settings)

    def remember(self, folder: Path, *, sign_in: str) -> None:
        """Keep who came in last, and where."""
        if self.settings.last_folder != str(folder):
            self.change(practice_name="")
        self.change(last_folder=str(folder), sign_in=sign_in)

    def remembered(self, folder: Path) -> tuple[str, str]:
        """Give the practice's name and the sign-in name last used in a folder, or nothing."""
        if self.settings.last_folder != str(folder):
            return "", ""
        return self.settings.practice_name, self.settings.sign_in

    def _write(self) -> None:
        if self._file is None:
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
        file = QSaveFile(str(self._file))
        if file.open(QSaveFile.OpenModeFlag.WriteOnly):
            file.write(json.dumps(asdict(self.settings), indent=1).encode())
            file.commit()


def _content(file: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
