"""Make .venv with everything CoCM Desktop needs, on a computer that has only some Python 3.

Started by make with whatever Python 3.7 or newer is at hand, so it uses nothing newer than that.
Says nothing when all is well, one line for a step that takes time, and one line for what is wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "set-up.json"
LOG = ROOT / "build" / "set-up.log"
LOCK = ROOT / "requirements-dev.lock"
OLDEST, NEWEST = (3, 11), (3, 14)
CANDIDATES = [sys.executable, "python3.13", "python3.12", "python3.11", "python3.14", "python3"]
# What would make pip install somewhere else, or Python look there.
MISLEADING = ["PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PYTHONHOME", "PYTHONPATH"]

FOR_BUNDLE = "--for-bundle"  # what lacks here would be missing in the bundle
DISPLAYS = {"DISPLAY": "xcb", "WAYLAND_DISPLAY": "wayland"}  # Qt's plugin for each
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}
QT_LIBRARIES = ["QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport"]


class SetUpFailed(Exception):
    """Something only a person can put right; the message says what, in one line."""


def main() -> int:
    """Set up what is missing; 0 when the environment is ready, 1 when a person must act."""
    try:
        set_up(plugins=wanted_plugins(sys.argv[1:]))
        if FOR_BUNDLE in sys.argv:
            provide_build_tools()
    except SetUpFailed as failure:
        print(f"CoCM Desktop cannot be set up: {failure}", file=sys.stderr)
        return 1
    return 0


def wanted_plugins(options: list[str]) -> set[str]:
    """Name Qt's plugins for this session: those for its displays and the one without any."""
    if "--no-window" in options:
        return set()
    if FOR_BUNDLE in options:
        return {"offscreen", "cups", *DISPLAYS.values()}
    return {"offscreen", *(name for key, name in DISPLAYS.items() if os.environ.get(key))}


def set_up(*, plugins: set[str]) -> None:
    """Do each step unless the stamp in .venv says that it has been done for this lock."""
    done = read_stamp()
    wanted = {"lock": digest(LOCK.read_bytes()), "project": project(), "place": str(VENV)}
    if {key: done.get(key) for key in wanted} != wanted or not VENV_PYTHON.exists():
        install(fresh=done.get("place") != str(VENV))
        done = dict(wanted)
        leave_stamp(done)
    if not plugins <= set(done.get("qt", [])):
        provide_system_libraries(sorted(plugins))
        done["qt"] = sorted(plugins | set(done.get("qt", [])))
        leave_stamp(done)


def read_stamp() -> dict[str, Any]:
    """Read what has been done, as far as an unharmed stamp tells."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def leave_stamp(done: dict[str, Any]) -> None:
    STAMP.write_text(json.dumps(done, indent=1), encoding="utf-8")


def project() -> str:
    """Tell one state of the project from another; the settings of the tools do not count."""
    return digest((ROOT / "pyproject.toml").read_bytes().split(b"[tool.")[0])


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# ---------------------------------------------------------------------------- Python and libraries


def install(*, fresh: bool) -> None:
    """Make the environment if there is none, and install the pinned libraries by their hashes."""
    if fresh or not runs(VENV_PYTHON):
        shutil.rmtree(VENV, ignore_errors=True)
        python = find_python() or install_python()
        tell(f"Setting up with Python {python_version(python)} (once, a minute or two) …")
        make_environment(python)
    else:
        tell("Bringing the libraries up to date …")
        python = str(VENV_PYTHON)
    pip = find_installer(python)
    logged([*pip, "--require-hashes", "-r", str(LOCK)], "the libraries could not be installed")
    own = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    logged([*pip, *own], "the program itself could not be installed")


def find_python() -> str | None:
    """Name the first Python on this computer that is neither too old nor too new."""
    for candidate in CANDIDATES:
        version = python_version(candidate)
        if version and OLDEST <= tuple(map(int, version.split(".")[:2])) <= NEWEST:
            return candidate
    return None


def python_version(python: str) -> str | None:
    found = answer([python, "-c", "import platform; print(platform.python_version())"])
    return found if found and re.match(r"^\d+\.\d+\.\d+", found) else None


def install_python() -> str:
    """Install a Python that is new enough, where the system offers one and the person may."""
    for minor in ("3.13", "3.12", "3.11"):
        if offered(f"python{minor}-venv") and may_install():
            install_packages([f"python{minor}", f"python{minor}-venv"])
            return f"python{minor}"
    message = (
        f"it needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]} and this computer has only"
        f" {python_version(sys.executable)}. Install a newer one (Debian, Ubuntu: apt-get install"
        " python3.11 python3.11-venv; macOS, Windows: python.org) and run make again."
    )
    raise SetUpFailed(message)


def make_environment(python: str) -> None:
    """Make .venv, with pip inside if this Python has what that takes."""
    if not can_import(python, "ensurepip") and not can_import(python, "pip"):
        package = "python{}.{}-venv".format(*str(python_version(python)).split("."))
        if shutil.which("uv") is None:
            if not may_install():
                message = (
                    f"Python lacks its venv part. Have it installed: apt-get install {package}"
                )
                raise SetUpFailed(message)
            tell(f"Installing the part of Python that makes environments: {package} …")
            install_packages([package])
    inside = [] if can_import(python, "ensurepip") else ["--without-pip"]
    logged([python, "-m", "venv", *inside, str(VENV)], "the environment .venv could not be made")


def find_installer(python: str) -> list[str]:
    """Choose the pip inside .venv; failing that the pip of this Python, or uv."""
    if can_import(str(VENV_PYTHON), "pip"):
        return [str(VENV_PYTHON), "-m", "pip", "install", "-q", "--no-input"]
    if can_import(python, "pip"):
        into = ["--python", str(VENV_PYTHON)]
        return [python, "-m", "pip", *into, "install", "-q", "--no-input"]
    return ["uv", "pip", "install", "-q", "--python", str(VENV_PYTHON)]


# -------------------------------------------------------------------------------- system libraries


def provide_system_libraries(plugins: list[str]) -> None:
    """See that Qt can be loaded; install what it lacks, or name it."""
    missing = missing_libraries(plugins) if sys.platform.startswith("linux") else []
    packages = sorted({DEBIAN_PACKAGES[name] for name in missing if name in DEBIAN_PACKAGES})
    if packages and may_install():
        tell(f"Installing the system libraries that Qt needs: {' '.join(packages)} …")
        install_packages(packages)
        missing = missing_libraries(plugins)
    if missing:
        raise SetUpFailed(name_missing(missing, packages))
    start = (
        "from PySide6.QtWidgets import QApplication; QApplication(['x', '-platform', 'offscreen'])"
    )
    logged([str(VENV_PYTHON), "-c", start], "Qt does not start here")


def provide_build_tools() -> None:
    """See that PyInstaller finds what it needs of the system; install it, or name it."""
    missing = missing_build_tools() if sys.platform.startswith("linux") else []
    if missing and may_install():
        tell(f"Installing what building needs: {' '.join(missing)} …")
        install_packages(missing)
        missing = missing_build_tools()
    if missing:
        message = f"building needs more. Have it installed: apt-get install {' '.join(missing)}"
        raise SetUpFailed(message)


def missing_build_tools() -> list[str]:
    """List the packages of the programs and of the shared Python that PyInstaller asks for."""
    find = "from PyInstaller.depend.bindepend import get_python_library_path as find; find()"
    needs = {
        "binutils": shutil.which("objdump") is not None,
        "libpython{}.{}".format(*str(python_version(str(VENV_PYTHON))).split(".")): (
            answer([str(VENV_PYTHON), "-c", find]) is not None
        ),
    }
    return [package for package, is_here in needs.items() if not is_here]


def name_missing(missing: list[str], packages: list[str]) -> str:
    """Say in one line which libraries are missing and how to have them installed."""
    line = f"Qt lacks system libraries: {', '.join(missing)}."
    if packages:
        line += f" Have them installed (Debian, Ubuntu): apt-get install {' '.join(packages)}"
    return line


def missing_libraries(plugins: list[str]) -> list[str]:
    """List the shared libraries that Qt's own files ask for and the system does not have."""
    where = answer([str(VENV_PYTHON), "-c", "import PySide6; print(PySide6.__path__[0])"])
    if where is None:
        message = f"PySide6 does not load. Details: {LOG.relative_to(ROOT)}"
        raise SetUpFailed(message)
    qt = Path(where)
    files = [path for name in QT_LIBRARIES for path in qt.glob(f"{name}.abi3*.so")]
    files += [path for name in plugins for path in qt.glob(f"Qt/plugins/p*/lib*{name}*.so")]
    return not_found(answer(["ldd", *map(str, files)]) or "")


def not_found(listing: str) -> list[str]:
    """Read the names that the dynamic linker could not resolve."""
    return sorted(set(re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE)))


# ------------------------------------------------------------------------------- the packet manager


def may_install() -> bool:
    """Tell whether packages can be installed without asking anybody for a password."""
    return shutil.which("apt-get") is not None and as_administrator() is not None


def as_administrator() -> list[str] | None:
    """Give the words to put before a command that changes the system; None if there are none."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and answer(["sudo", "-n", "true"]) is not None:
        return ["sudo", "-n"]
    return None


def offered(package: str) -> bool:
    """Tell whether the system's package lists know a package."""
    return bool(shutil.which("apt-cache") and answer(["apt-cache", "show", package]))


def install_packages(packages: list[str]) -> None:
    """Install system packages; the lists are fetched first only where they prove too old."""
    apt = [*(as_administrator() or []), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    wanted = [*apt, "install", "--no-install-recommends", *packages]
    failed = f"these system packages could not be installed: {' '.join(packages)}"
    try:
        logged(wanted, failed)
    except SetUpFailed:
        logged([*apt, "update"], "the system's package lists could not be fetched")
        logged(wanted, failed)


# --------------------------------------------------------------------------------- other programs


def tell(line: str) -> None:
    print(line, flush=True)


def runs(python: Path) -> bool:
    return answer([str(python), "-c", "print(1)"]) == "1"


def can_import(python: str, module: str) -> bool:
    return answer([python, "-c", f"import {module}; print(1)"]) == "1"


def answer(command: list[str]) -> str | None:
    """Run a program and give what it printed; None if it is missing or failed."""
    try:
        run = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return run.stdout.decode("utf-8", "replace").strip()


def logged(command: list[str], failed: str) -> None:
    """Run a program with its words going to the log; say how it ended if it failed."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        log.write(("$ " + " ".join(command) + "\n").encode())
        log.flush()
        run = subprocess.run(
            command,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env=environment(),
            check=False,
        )
    if run.returncode:
        said = LOG.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        why = [line for line in said if re.match(r"(ERROR|E): ", line)] or said
        message = f"{failed} ({why[-1].strip()}). Details: {LOG.relative_to(ROOT)}"
        raise SetUpFailed(message)


def environment() -> dict[str, str]:
    """Give this session's variables, less those that would lead Python or pip elsewhere."""
    kept = {key: value for key, value in os.environ.items() if key not in MISLEADING}
    return {**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONNOUSERSITE": "1"}


if __name__ == "__main__":
    sys.exit(main())
