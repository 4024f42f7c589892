"""The program has no way to a network: none in its source, and none is taken while it works."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.commands.conftest import (  # noqa: F401  its fixtures
    Cocm,
    cheap_passwords,
    clinic,
    cocm,
    kept_clinics,
    type_at,
)
from tests.source_tree import ROOT, of_program
from tests.test_architecture import imported

REACHES_OUT = {
    "socket", "ssl", "http", "urllib.request", "urllib3", "ftplib", "smtplib", "poplib", "imaplib",
    "telnetlib", "xmlrpc", "socketserver", "webbrowser", "requests", "httpx", "aiohttp", "asyncio",
    "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets",
}  # fmt: skip
OF_THIS_COMPUTER = {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}
OPENS_A_BROWSER = {"PySide6.QtGui.QDesktopServices"}
# Every command that ends in one line of work, and the paper that takes the most libraries.
COMMANDS = (
    ("check",),
    ("patient", "list"),
    ("registry", "--json"),
    ("measure", "--patient", "100200", "--instrument", "PHQ-9", "--answers=2,2,1,2,1,1,0,1,1"),
    ("contact", "--patient", "100200", "--kind", "phone", "--minutes", "25", "--note", "x"),
    ("due",),
    ("backup",),
    ("verify",),
)
WATCHED = """
import sys, socket
def told(event, arguments):
    if event == "socket.__new__" and arguments[1] not in (socket.AF_UNIX,):
        print("NETWORK", arguments[1:], file=sys.stderr)
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        print("NETWORK", event, file=sys.stderr)
sys.addaudithook(told)
from cocm_desktop.commands.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_no_module_can_reach_a_network() -> None:
    ways = [
        f"{module.name} imports {name}"
        for module in of_program()
        for name in imported(module)
        if any(name == way or name.startswith(f"{way}.") for way in REACHES_OUT)
        or name in OPENS_A_BROWSER
        or (name.startswith("PySide6.QtNetwork") and name not in OF_THIS_COMPUTER)
    ]

    assert ways == []


def test_the_search_finds_a_way_out() -> None:
    assert any("urllib.request.urlopen".startswith(f"{way}.") for way in REACHES_OUT)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refuse, and note, every socket but one of this computer."""
    opened: list[str] = []
    real = socket.socket.__init__

    def guarded(self: socket.socket, *arguments: Any, **named: Any) -> None:
        real(self, *arguments, **named)
        if self.family != socket.AF_UNIX:
            opened.append(str(self.family))

    def no_names(*_arguments: object, **_named: object) -> NoReturn:
        opened.append("a name was looked up")
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "__init__", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    monkeypatch.setattr(socket, "gethostbyname", no_names)
    return opened


def test_no_command_opens_a_socket(watched: list[str], cocm: Cocm) -> None:  # noqa: F811
    codes = {command: cocm(*command).code for command in COMMANDS}

    assert set(codes.values()) == {0}, codes
    assert watched == []


def test_the_program_itself_opens_none_from_its_start_to_its_end(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WATCHED, "hazards"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    assert "NETWORK" not in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_socket_would_be_noticed(watched: list[str]) -> None:
    socket.socket(socket.AF_INET).close()

    assert len(watched) == 1
