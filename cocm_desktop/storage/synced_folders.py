"""Folders that a program copies to other computers while they are in use: OneDrive and the like."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cocm_desktop.storage.disks import real

_NAMES_BEGIN: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "megasync": "MEGA",
    "proton drive": "Proton Drive",
}
_AT_THE_TOP: Final = {"my drive": "Google Drive"}
_AT_HOME: Final = {"box": "Box", "seafile": "Seafile", "my drive": "Google Drive"}
_IN_A_LIBRARY: Final = {"mobile documents": "iCloud", "cloudstorage": "a cloud service"}
# What the programs leave at the top of the folder that they copy.
_MARKS: Final = {
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".shortcut-targets-by-id": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".boxsyncroot": "Box",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".csync_journal.db": "ownCloud",
}
_JOURNAL: Final = re.compile(r"\._?sync_[0-9a-f]{6,}\.db")
_MOST_ENTRIES: Final = 5_000
_LARGEST_LIST: Final = 1_000_000
_ONEDRIVE: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def service_of(
    folder: Path, environment: Mapping[str, str] = os.environ, home: Path | None = None
) -> str:
    """Name the service that copies this folder; "" where none does.

    Both the path as written and where its links lead are looked at, in any case of letters.
    """
    at_home = home or _home(environment)
    for where in dict.fromkeys((folder.absolute(), real(folder))):
        if found := _by_name(where, at_home) or _by_mark(where, at_home):
            return found
        for root, service in _announced(environment, at_home):
            if _is_within(where, root):
                return service
    return ""


def _home(environment: Mapping[str, str]) -> Path:
    named = environment.get("USERPROFILE") if os.name == "nt" else environment.get("HOME")
    return Path(named or "/")


def _by_name(folder: Path, home: Path) -> str:
    for each in (folder, *folder.parents):
        name = each.name.casefold()
        for begins, service in _NAMES_BEGIN.items():
            if name.startswith(begins):
                return service
        known: Mapping[str, str] = {}
        if each.parent == home:
            known = _AT_HOME
        elif each.parent == Path(each.anchor):
            known = _AT_THE_TOP
        elif each.parent.name == "Library":
            known = _IN_A_LIBRARY
        if name in known:
            return known[name]
    return ""


def _by_mark(folder: Path, home: Path) -> str:
    for parent in (folder, *folder.parents):
        if parent == home or parent == Path(parent.anchor):
            # Both hold settings of these programs under the same names.
            break
        for mark, service in _MARKS.items():
            if _exists(parent / mark):
                return service
        if any(_JOURNAL.fullmatch(name) for name in _names(parent)):
            return "Nextcloud"
    return ""


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _names(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry, _ in zip(entries, range(_MOST_ENTRIES), strict=False):
                yield entry.name
    except OSError:
        return


def _is_within(folder: Path, root: Path) -> bool:
    mine, whole = ([part.casefold() for part in real(path).parts] for path in (folder, root))
    return len(whole) > 1 and mine[: len(whole)] == whole


def _announced(environment: Mapping[str, str], home: Path) -> Iterator[tuple[Path, str]]:
    """Give the folders that the programs themselves say they copy."""
    for name in _ONEDRIVE:
        if named := environment.get(name):
            yield Path(named), "OneDrive"
    yield from _of_dropbox(environment, home)
    yield from _of_nextcloud(environment, home)
    documents = home / "Library/Mobile Documents/com~apple~CloudDocs"
    for name in ("Desktop", "Documents"):
        if _exists(documents / name):
            yield home / name, "iCloud"
    if sys.platform == "win32":  # pragma: no cover  run by hand on Windows
        yield from _of_the_registry()


def _of_dropbox(environment: Mapping[str, str], home: Path) -> Iterator[tuple[Path, str]]:
    folders = [home / ".dropbox"]
    folders += [Path(environment[n]) / "Dropbox" for n in ("APPDATA", "LOCALAPPDATA")
                if environment.get(n)]  # fmt: skip
    for folder in folders:
        content = _json(folder / "info.json")
        for account in content.values():
            path = account.get("path") if isinstance(account, dict) else None
            if isinstance(path, str) and path:
                yield Path(path), "Dropbox"


def _of_nextcloud(environment: Mapping[str, str], home: Path) -> Iterator[tuple[Path, str]]:
    config = Path(environment.get("APPDATA") or environment.get("XDG_CONFIG_HOME")
                  or home / ".config")  # fmt: skip
    mac = home / "Library/Preferences"
    for name in ("Nextcloud/nextcloud.cfg", "ownCloud/owncloud.cfg"):
        for folder in (config, mac):
            for line in _text(folder / name).splitlines():
                key, _, path = line.partition("=")
                if key.endswith("localPath") and path.strip():
                    yield Path(path.strip()), name.partition("/")[0]


def _json(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(_text(file) or "{}")
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(_LARGEST_LIST).decode("utf-8", errors="replace")
    except OSError:
        return ""


if sys.platform == "win32":  # pragma: no cover  run by hand on Windows

    def _of_the_registry() -> Iterator[tuple[Path, str]]:
        import winreg  # noqa: PLC0415  only here

        accounts = r"Software\Microsoft\OneDrive\Accounts"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, accounts) as key:
                for number in range(winreg.QueryInfoKey(key)[0]):
                    with winreg.OpenKey(key, winreg.EnumKey(key, number)) as account:
                        yield Path(winreg.QueryValueEx(account, "UserFolder")[0]), "OneDrive"
        except OSError:
            return
