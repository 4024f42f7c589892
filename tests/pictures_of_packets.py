"""Pictures of packets: without names, overtaken by the records, and what can be chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.packet_options import Identity, PacketOptions
from cocm_desktop.printing.superseded import stamped
from cocm_desktop.ui.review.packet_options import PacketOptionsDialog
from tests.pictures_of_patients import Stage, opened

WORDS = "SUPERSEDED Nov 22, 2026 4:10 PM. Pages 3, 7 have changed since."
NO_NAMES = PacketOptions(Identity.INITIALS, leaves_out_social_history=True)


def options(stage: Stage) -> QDialog:
    print_packet(stage.workspace, PacketChoice())
    return opened(PacketOptionsDialog(stage.desk, stage.window))


def overtaken(workspace: Workspace) -> bytes:
    choice = PacketChoice(options=NO_NAMES)
    return stamped(print_packet(workspace, choice).content, WORDS)


SCREENS: dict[str, Callable[[Stage], QWidget]] = {}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {"packet-options": options}
PAPERS: dict[str, Callable[[Workspace], bytes]] = {"packet-initials": overtaken}
