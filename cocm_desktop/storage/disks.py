"""What kind of disk a folder is on, asked of the operating system."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mountinfo")
DEVICES: Final = Path("/sys")
_REMOTE: Final = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "glusterfs", "lustre",
    "gpfs", "beegfs", "ocfs2", "gfs2", "davfs", "davfs2", "9p", "drvfs", "vboxsf", "vmhgfs",
    "virtiofs", "prl_fs",
}  # fmt: skip
_USB: Final = re.compile(r"/usb\d+/")
_SD_CARD: Final = "SD"
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE, _WINDOWS_CD = 2, 4, 5
_MAC_LOCAL: Final = 0x1000


class Disk(Enum):
    """As far as it matters for a file that is written all day."""

    OWN = auto()
    REMOTE = auto()
    REMOVABLE = auto()


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of Linux's table of file systems."""

    at: str
    kind: str
    source: str
    device: str

    def holds(self, folder: str) -> bool:
        return self.at in {"/", folder} or folder.startswith(f"{self.at}/")


def disk_of(folder: Path) -> tuple[Disk, str]:
    """Give the kind of disk and what its system calls it. Where nothing is known it is its own."""
    where = real(folder)
    try:
        if sys.platform == "win32":  # pragma: no cover  run by hand on Windows
            return _on_windows(where)
        if sys.platform == "darwin":  # pragma: no cover  run by hand on a Mac
            return _on_a_mac(where)
        return on_linux(where)
    except (OSError, ValueError, AttributeError):
        return Disk.OWN, ""


def real(folder: Path) -> Path:
    """Follow links as far as there is something; a ring of links stays as it is."""
    try:
        return folder.absolute().resolve()
    except (OSError, RuntimeError):
        return folder.absolute()


def is_unc(name: str) -> bool:
    r"""Tell \\server\share in each of its spellings; \\?\C:\ is a disk of this computer."""
    plain = name.replace("/", "\\")
    if plain[:4] in {"\\\\?\\", "\\\\.\\"}:
        return plain[4:8].casefold() == "unc\\"
    return plain.startswith("\\\\")


def on_linux(folder: Path, mounts: Path = MOUNTS, devices: Path = DEVICES) -> tuple[Disk, str]:
    """Judge by the table of file systems and by what the kernel knows of the disk."""
    table = _mounts(mounts.read_text(encoding="utf-8", errors="surrogateescape"))
    holding = [mount for mount in table if mount.holds(str(folder))]
    if not holding:
        return Disk.OWN, ""
    # The longest path holds the folder; of several on one path the last hides the others.
    mount = max(enumerate(holding), key=lambda each: (len(each[1].at), each[0]))[1]
    if mount.at == "/":  # of a container too, where it is the only disk there is
        return Disk.OWN, mount.kind
    if mount.kind in _REMOTE or mount.kind.startswith("fuse."):
        return Disk.REMOTE, mount.kind.removeprefix("fuse.")
    root = next((each for each in reversed(table) if each.at == "/"), None)
    own = _disks(root, devices) if root else set()
    if any(_can_be_unplugged(disk) for disk in _disks(mount, devices) - own):
        return Disk.REMOVABLE, "USB or memory card"
    return Disk.OWN, mount.kind


def _mounts(table: str) -> list[Mount]:
    found = []
    for line in table.splitlines():
        before, _, behind = line.partition(" - ")
        left, right = before.split(" "), behind.split(" ")
        if len(left) > 4 and len(right) > 1:  # noqa: PLR2004  columns, as proc(5) counts them
            found.append(Mount(_plain(left[4]), right[0], _plain(right[1]), left[2]))
    return found


def _plain(name: str) -> str:
    r"""Read \040 as the blank that it stands for."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), name)


def _disks(mount: Mount, devices: Path) -> set[Path]:
    """Give the whole disks beneath a file system, through encryption and volume managers."""
    begin = devices / "dev/block" / mount.device
    if not begin.exists() and mount.source.startswith("/dev/"):
        begin = devices / "class/block" / Path(mount.source).resolve().name
    waiting, found = [begin], set()
    for each in waiting:
        if not each.exists():
            continue
        device = each.resolve()
        beneath = list((device / "slaves").glob("*"))
        if beneath:
            waiting += beneath
        else:
            found.add(device.parent if (device / "partition").exists() else device)
    return found


def _can_be_unplugged(disk: Path) -> bool:
    if _USB.search(f"{disk}/") or _first_line(disk / "removable") == "1":
        return True
    return _first_line(disk / "device/type") == _SD_CARD and disk.name.startswith("mmcblk")


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


if sys.platform == "win32":  # pragma: no cover  run by hand on Windows

    def _on_windows(folder: Path) -> tuple[Disk, str]:
        import ctypes  # noqa: PLC0415  only here

        if is_unc(str(folder)):
            return Disk.REMOTE, "network share"
        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        if kind == _WINDOWS_REMOTE:
            return Disk.REMOTE, "network drive"
        if kind in {_WINDOWS_REMOVABLE, _WINDOWS_CD}:
            return Disk.REMOVABLE, "USB or memory card"
        return Disk.OWN, ""


if sys.platform == "darwin":  # pragma: no cover  run by hand on a Mac

    def _on_a_mac(folder: Path) -> tuple[Disk, str]:
        import ctypes  # noqa: PLC0415  only here

        class Statfs(ctypes.Structure):
            _fields_ = (
                ("sizes", ctypes.c_uint32 * 2),
                ("blocks", ctypes.c_uint64 * 5),
                ("fsid", ctypes.c_int32 * 2),
                ("owner", ctypes.c_uint32),
                ("type", ctypes.c_uint32),
                ("flags", ctypes.c_uint32),
                ("subtype", ctypes.c_uint32),
                ("kind", ctypes.c_char * 16),
                ("at", ctypes.c_char * 1024),
                ("source", ctypes.c_char * 1024),
                ("spare", ctypes.c_uint32 * 8),
            )

        libc = ctypes.CDLL(None, use_errno=True)
        ask = getattr(libc, "statfs$INODE64", None) or libc.statfs
        there = next(each for each in (folder, *folder.parents) if each.exists())
        found = Statfs()
        if ask(os.fsencode(there), ctypes.byref(found)):
            raise OSError(ctypes.get_errno(), "statfs")
        if not found.flags & _MAC_LOCAL:
            return Disk.REMOTE, found.kind.decode()
        if found.at.startswith(b"/Volumes/"):
            return Disk.REMOVABLE, "external disk"
        return Disk.OWN, found.kind.decode()
