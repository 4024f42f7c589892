"""How packets name the patients, and what is said of one that the records have overtaken."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from cocm_desktop.actions.contact import flag_for_review
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.packet_options import Identity, PacketOptions
from cocm_desktop.ui.computer import ComputerSettings
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper
from cocm_desktop.ui.review.packet_options import PacketOptionsDialog, choose_options
from tests.printing.read_back import texts


def test_the_choice_is_kept_for_this_computer(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    page, made = PaperPage(desk, "Agenda"), []
    qtbot.addWidget(page)
    print_packet(workspace, PacketChoice())

    choose_options(desk, page, lambda: made.append(desk.computer.settings.packet_options))
    dialog = page.findChild(PacketOptionsDialog)
    assert isinstance(dialog, PacketOptionsDialog)
    told = dialog.lately.text()
    dialog.identity.choose(Identity.MRN)
    dialog.social.setChecked(True)
    dialog.go_on.click()

    assert made == [PacketOptions(Identity.MRN, leaves_out_social_history=True)]
    assert told == "Printed Nov 30, 2026 8:00 PM, 1 patient. Nothing has changed since."


def test_what_a_computer_cannot_know_is_not_taken_over() -> None:
    settings = ComputerSettings.of({"packet_identity": "NICKNAME", "packet_social_history": "no"})

    assert (settings.packet_identity, settings.packet_social_history) == ("NAME", True)


def test_an_overtaken_packet_says_so_on_every_page_in_sight(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    page = PaperPage(desk, "Agenda")
    qtbot.addWidget(page)
    made = print_packet(workspace, PacketChoice())
    page.show_paper(ShownPaper(made, "Review packet", "", "packet"))
    page.overtaken.look()
    assert page.stale.isHidden()

    desk.changed.emit(flag_for_review(workspace, maria, "Switch?"))
    desk.changed.emit(flag_for_review(workspace, maria, "Switch to sertraline?"))

    assert page.shown is not None
    assert all(text.count("SUPERSEDED") == 1 for text in texts(page.shown.paper.content))
    assert page.stale_words.text().startswith("Page 2 has changed since. Every page says so now")
    assert not page.stale.isHidden()
