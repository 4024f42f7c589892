from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import pytest
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cocm_desktop.ui.one_window import OneWindow, name_for


@pytest.fixture
def first(tmp_path: Path, qapp: QApplication) -> Iterator[OneWindow]:
    first = OneWindow(tmp_path)
    assert first.is_first()
    yield first
    first.close()


def test_a_second_start_calls_the_first_and_gives_way(
    qtbot: QtBot, first: OneWindow, tmp_path: Path
) -> None:
    with qtbot.waitSignal(first.called):
        assert not OneWindow(tmp_path).is_first()


def test_another_folder_has_a_window_of_its_own(first: OneWindow, tmp_path: Path) -> None:
    other = OneWindow(tmp_path / "other")

    assert other.is_first()
    other.close()


@pytest.mark.skipif(sys.platform == "win32", reason="its pipes go with their program")
def test_what_a_dead_program_left_does_not_keep_the_next_one_out(
    tmp_path: Path, qapp: QApplication
) -> None:
    socket = Path(gettempdir()) / name_for(tmp_path)
    socket.write_bytes(b"")

    window = OneWindow(tmp_path)

    assert window.is_first()
    window.close()
    QLocalServer.removeServer(name_for(tmp_path))


def test_the_name_of_the_meeting_place_tells_no_folder(tmp_path: Path) -> None:
    assert str(tmp_path.name) not in name_for(tmp_path)
