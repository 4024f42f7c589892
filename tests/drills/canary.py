"""A day of work by the real program in a home folder of its own, and a search of all it left.

Windows and commands run as processes under strace: every socket and every file that they made is
counted, the memory image that a crash would leave is asked for, and what the operating system shows
of a process is read.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.canaries import (
    day_of_work,
    hits,
    hits_below,
    refused_commands,
    told_without_opening,
)
from tests.drills.clinic import PASSWORD, SIGN_IN, make_clinic
from tests.source_tree import ROOT

SYSTEM_FOLDERS = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
_NETWORK = re.compile(r"socket\((AF_INET6?|AF_PACKET|AF_NETLINK)")
_MADE = re.compile(r'(?:openat|creat|rename|renameat2?)\([^"]*"([^"]+)"[^)]*O_CREAT')
WAIT_SECONDS = 60


@dataclass(slots=True)
class Tally:
    processes: int = 0
    sockets: int = 0
    files_made: set[str] = field(default_factory=set)
    refused: int = 0
    searched: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return (
            f"200 confidential values, {self.processes} processes, {self.refused} refusals, "
            f"{self.searched} files searched, {self.sockets} network sockets, "
            f"{len(self.wrong)} leaks"
        )


@dataclass(frozen=True, slots=True)
class Home:
    path: Path

    @property
    def clinic(self) -> Path:
        return self.path / "clinic"

    @property
    def saved(self) -> Path:
        return self.path / "saved"

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COCM_")}
        folders = {
            "HOME": "", "XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache", "TMPDIR": "tmp",
            "XDG_DATA_HOME": ".local/share", "XDG_STATE_HOME": ".local/state",
        }  # fmt: skip
        for name in folders.values():
            (self.path / name).mkdir(parents=True, exist_ok=True)
        return {
            **kept,
            **{variable: str(self.path / name) for variable, name in folders.items()},
            "COCM_PASSWORD": PASSWORD,
            "COCM_SIGN_IN": SIGN_IN,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
        }


def drill(folder: Path, *, refusals: int = 12) -> Tally:
    """Work for a day, be refused, crash; then look everywhere. A refusal takes two seconds."""
    home, tally = Home(folder / "home"), Tally()
    home.saved.mkdir(parents=True)
    before = {each for place in SYSTEM_FOLDERS if place.exists() for each in place.iterdir()}
    make_clinic(home.clinic)
    done = _command(home, tally, "record-batch", given="".join(day_of_work()))
    if done.returncode or done.stdout.count("ACK") != 100:
        tally.wrong.append(f"the day of work was not done: {done.stderr[-300:]}")
    for name in ("packet", "downtime"):
        command = ("packet",) if name == "packet" else ("print", "downtime")
        _command(home, tally, *command, "--out", str(home.saved / f"{name}.pdf"))
        if hits(told_without_opening(home.saved / f"{name}.pdf")):
            tally.wrong.append(f"the properties of {name}.pdf name a patient")
    for each in refused_commands(home.saved / "from outside")[:refusals]:
        tally.refused += _command(home, tally, *each).returncode not in {0, 1}
    _windows(home, tally)
    _search(home, tally, before)
    return tally


def _traced(home: Home, command: list[str]) -> tuple[list[str], Path]:
    log = home.path.parent / f"trace-{len(list(home.path.parent.iterdir()))}"
    if shutil.which("strace") is None:
        return command, log
    calls = "trace=socket,openat,creat,rename,renameat,renameat2"
    return ["strace", "-f", "-qq", "-e", calls, "-o", str(log), *command], log


def _command(
    home: Home, tally: Tally, *words: str, given: str = ""
) -> subprocess.CompletedProcess[str]:
    plain = [sys.executable, str(ROOT / "main.py"), *words, "--data", str(home.clinic)]
    command, log = _traced(home, [*plain, "--as-of", "2026-11-20T20:00Z"])
    done = subprocess.run(
        command, env=home.environment(), cwd=home.path, input=given, capture_output=True,
        text=True, check=False, timeout=WAIT_SECONDS,
    )  # fmt: skip
    tally.processes += 1
    _count(tally, log)
    return done


def _count(tally: Tally, log: Path) -> None:
    if not log.exists():
        return
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if _NETWORK.search(line):
            tally.sockets += 1
            tally.wrong.append(f"a network socket: {line[:80]}")
        if found := _MADE.search(line):
            tally.files_made.add(found[1])


def _windows(home: Home, tally: Tally) -> None:
    """Start the program with its windows, let it be worked and locked, then crash it."""
    plain = [sys.executable, "-m", "tests.drills.canary_window", str(home.clinic), _patient_id()]
    command, log = _traced(home, plain)
    process = subprocess.Popen(
        command, env=home.environment(), cwd=home.path, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, preexec_fn=_allow_memory_images,  # noqa: PLW1509
    )  # fmt: skip
    tally.processes += 1
    titles, is_locked = [], False
    assert process.stdout
    for line in process.stdout:
        titles.append(line)
        if line.startswith("LOCKED"):
            is_locked = True
            break
    if not is_locked:
        process.kill()
        tally.wrong.append(f"the windows did not come to their end: {process.communicate()[1]}")
        return
    worker = _worker(process.pid)
    shown = b"".join((Path("/proc") / str(worker) / name).read_bytes() for name in
                     ("cmdline", "environ", "comm"))  # fmt: skip
    limits = (Path("/proc") / str(worker) / "limits").read_text(encoding="ascii")
    if not re.search(r"Max core file size +0 ", limits):
        tally.wrong.append("a crash would leave an image of the memory")
    os.kill(worker, signal.SIGSEGV)
    _, told = process.communicate(timeout=WAIT_SECONDS)
    for what, text in (("titles", "".join(titles).encode()), ("process", shown),
                       ("error output", told.encode())):  # fmt: skip
        if hit := hits(text):
            tally.wrong.append(f"{what}: {_some(hit)}")
    _count(tally, log)


def _patient_id() -> str:
    return "01a20120-0000-7000-8000-000000000001"


def _allow_memory_images() -> None:
    """Let the system write images of crashed programs, as some computers do."""
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _worker(pid: int) -> int:
    """Give the program itself where strace stands before it."""
    children = (Path("/proc") / str(pid) / "task" / str(pid) / "children").read_text().split()
    name = (Path("/proc") / str(pid) / "comm").read_text().strip()
    return int(children[0]) if name == "strace" and children else pid


def _search(home: Home, tally: Tally, before: set[Path]) -> None:
    tally.searched += sum(1 for each in home.path.rglob("*") if each.is_file())
    for file, hit in hits_below(home.path, but=[home.saved]).items():
        tally.wrong.append(f"{file}: {_some(hit)}")
    images = [each for each in home.path.rglob("core*") if each.is_file()]
    tally.wrong += [f"an image of the memory: {each.name}" for each in images]
    now = {each for place in SYSTEM_FOLDERS if place.exists() for each in place.iterdir()}
    for each in now - before - {home.path.parent}:
        found = hits_below(each) if each.is_dir() else {"": hits(each.read_bytes())}
        tally.wrong += [f"{each}/{name}" for name, hit in found.items() if hit]
    made = {Path(name) for name in tally.files_made}
    strange = [
        each
        for each in made
        if each.is_absolute() and not each.is_relative_to(home.path) and "pycache" not in str(each)
        and not str(each).startswith(("/dev/", "/proc/"))
    ]  # fmt: skip
    tally.wrong += [f"a file made outside the home: {each}" for each in strange]
    if hits(str(sorted(made)).encode()):
        named = [str(m) for m in made if hits(str(m).encode()) and not m.is_relative_to(home.saved)]
        tally.wrong += [f"a file named after a patient: {name}" for name in named]


def _some(hit: set[bytes]) -> str:
    return f"{len(hit)} values, such as {min(hit).decode()}"
