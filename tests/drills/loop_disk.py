"""A small disk of our own, made of a file, whose power can be cut.

Needs root, loop devices and ext4; `why_not()` says in words what is missing. Cutting it is the
shutdown of the file system without a last flush: what was not flushed is gone, as in a power cut.
Only the process that mounts them sees the disks, so they are gone when it is, however it ends.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

CLONE_NEWNS = 0x00020000
EXT4_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2
MEGABYTE = 1024 * 1024


@cache
def why_not() -> str:
    """Say what this computer lacks for a disk of our own; nothing if it can be."""
    if why := why_not_mounted():
        return why
    try:
        with LoopDisk(8):
            return ""
    except (OSError, subprocess.CalledProcessError) as error:
        return f"this machine mounts no disk of ours ({type(error).__name__})"


def why_not_mounted() -> str:
    """Say what is missing as far as that can be seen at once."""
    if sys.platform != "linux":
        return "it needs Linux, where a file can be mounted as a disk"
    if os.geteuid() != 0:
        return "it needs root, to mount a file as a disk: sudo make drills ARGS=power"
    for tool in ("mkfs.ext4", "mount", "umount", "losetup"):
        if not shutil.which(tool):
            return f"it needs {tool}"
    if not Path("/dev/loop-control").exists():
        return "it needs loop devices, which this machine does not have"
    return ""


class LoopDisk:
    """Mounted while it is entered; unmounted and removed at the end, whatever happens."""

    def __init__(self, megabytes: int = 96) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="cocm-drill-disk-"))
        self._image = self._home / "image"
        self.path = self._home / "disk"
        self._megabytes = megabytes
        self._mounted = False

    def __enter__(self) -> Self:
        try:
            self.path.mkdir()
            with self._image.open("wb") as stream:
                stream.truncate(self._megabytes * MEGABYTE)
            _run("mkfs.ext4", "-q", "-F", "-m", "0", str(self._image))
            self._mount()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._remove()

    def cut(self) -> None:
        """Take the power away: nothing more reaches the disk. Then end who wrote, and `again()`."""
        import fcntl  # noqa: PLC0415  Windows has no such module

        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(handle)

    def again(self) -> None:
        """Give the power back."""
        _run("umount", str(self.path))
        self._mounted = False
        self._mount()

    def _mount(self) -> None:
        _see_mounts_alone()
        device = _run("losetup", "--find", "--show", str(self._image)).strip()
        try:
            _run("mount", device, str(self.path))
            self._mounted = True
        finally:
            _run("losetup", "--detach", device)  # at once, or when nothing is mounted from it

    def _remove(self) -> None:
        if self._mounted:
            with suppress(subprocess.CalledProcessError):
                _run("umount", "-l", str(self.path))
        shutil.rmtree(self._home, ignore_errors=True)


class SmallDisk:
    """A disk in memory of a size to choose, which can grow later."""

    def __init__(self, kilobytes: int) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="cocm-drill-small-"))
        self._kilobytes = kilobytes

    def __enter__(self) -> Self:
        try:
            _see_mounts_alone()
            _run("mount", "-t", "tmpfs", "-o", f"size={self._kilobytes}k", "cocm", str(self.path))
        except BaseException:
            shutil.rmtree(self.path, ignore_errors=True)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(subprocess.CalledProcessError):
            _run("umount", "-l", str(self.path))
        shutil.rmtree(self.path, ignore_errors=True)

    def resize(self, kilobytes: int) -> None:
        _run("mount", "-o", f"remount,size={kilobytes}k", str(self.path))

    def free_kilobytes(self) -> int:
        return shutil.disk_usage(self.path).free // 1024


@cache
def _see_mounts_alone() -> None:
    """Give this process, and whoever it starts, a table of mounts of their own."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS):
        raise OSError(ctypes.get_errno(), "no table of mounts of its own")
    _run("mount", "--make-rprivate", "/")


def _run(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
