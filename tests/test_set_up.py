"""What make setup does on a computer where something is missing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.source_tree import ROOT


@pytest.fixture
def set_up(tmp_path: Path) -> ModuleType:
    """Load the script as make starts it, with its folders in an empty place."""
    spec = importlib.util.spec_from_file_location("set_up", ROOT / "installers" / "set_up.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.__dict__.update(
        VENV=tmp_path / ".venv",
        VENV_PYTHON=tmp_path / ".venv" / "bin" / "python",
        STAMP=tmp_path / ".venv" / "set-up.json",
        LOG=tmp_path / "set-up.log",
        ROOT=tmp_path,
    )
    return module


LINKER_SAYS = """\
    linux-vdso.so.1 (0x00007ffd)
    libEGL.so.1 => not found
    libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
    libEGL.so.1 => not found
    libxcb-cursor.so.0 => not found
"""


def test_the_libraries_that_the_linker_misses_are_each_named_once(set_up: ModuleType) -> None:
    assert set_up.not_found(LINKER_SAYS) == ["libEGL.so.1", "libxcb-cursor.so.0"]


def test_one_line_names_the_libraries_and_how_to_have_them_installed(set_up: ModuleType) -> None:
    line = set_up.name_missing(["libEGL.so.1"], ["libegl1"])

    assert "libEGL.so.1" in line
    assert line.endswith("apt-get install libegl1")
    assert "\n" not in line


def test_a_person_who_may_not_install_is_told_what_is_missing(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(set_up, "missing_libraries", lambda _plugins: ["libGL.so.1"])
    monkeypatch.setattr(set_up, "may_install", lambda: False)

    with pytest.raises(set_up.SetUpFailed, match="apt-get install libgl1"):
        set_up.provide_system_libraries(["offscreen"])


def test_what_is_missing_is_installed_where_the_person_may(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(
        set_up, "missing_libraries", lambda _plugins: [] if installed else ["libGL.so.1"]
    )
    monkeypatch.setattr(set_up, "may_install", lambda: True)
    monkeypatch.setattr(set_up, "install_packages", installed.extend)
    monkeypatch.setattr(set_up, "logged", lambda *_command: None)

    set_up.provide_system_libraries(["offscreen"])

    assert installed == ["libgl1"]


def test_a_person_who_may_not_install_is_told_what_building_lacks(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(set_up, "missing_build_tools", lambda: ["binutils"])
    monkeypatch.setattr(set_up, "may_install", lambda: False)

    with pytest.raises(set_up.SetUpFailed, match="apt-get install binutils"):
        set_up.provide_build_tools()


def test_a_python_that_is_too_old_or_too_new_is_passed_over(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = {"old": "3.10.13", "new": "3.15.0", "missing": None, "right": "3.12.1"}
    monkeypatch.setattr(set_up, "CANDIDATES", list(versions))
    monkeypatch.setattr(set_up, "python_version", versions.get)

    assert set_up.find_python() == "right"


def test_without_a_new_enough_python_one_line_says_which_to_get(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up, "offered", lambda _package: False)

    with pytest.raises(set_up.SetUpFailed, match=r"needs Python 3\.11 to 3\.14"):
        set_up.install_python()


@pytest.mark.parametrize("content", ["", "{", "[]", "null"])
def test_a_harmed_stamp_counts_as_none(set_up: ModuleType, content: str) -> None:
    set_up.STAMP.parent.mkdir()
    set_up.STAMP.write_text(content)

    assert set_up.read_stamp() == {}


def test_a_failed_step_is_told_with_the_reason_the_program_gave(set_up: ModuleType) -> None:
    failing = [sys.executable, "-c", "print('ERROR: no disk'); print('bye'); raise SystemExit(3)"]

    with pytest.raises(set_up.SetUpFailed, match=r"it failed \(ERROR: no disk\)\. Details: set-up"):
        set_up.logged(failing, "it failed")


def test_variables_that_lead_pip_elsewhere_are_not_passed_on(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")

    assert not {"PIP_TARGET", "PYTHONPATH"} & set_up.environment().keys()


@pytest.mark.parametrize(
    ("options", "plugins"),
    [
        ([], {"offscreen", "xcb"}),
        (["--no-window"], set()),
        (["--for-bundle"], {"offscreen", "cups", "xcb", "wayland"}),
    ],
)
def test_only_what_the_session_can_show_is_asked_for(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, options: list[str], plugins: set[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    assert set_up.wanted_plugins(options) == plugins
