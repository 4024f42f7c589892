"""The clinical rules in Settings: read by the team, changed by few, with the effect first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.settings import change_setting, read_settings
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.clinical_settings import SETTINGS, SettingDraft
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.outcome_sets import SETS
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.practice.outcomes_page import OutcomesPage
from cocm_desktop.ui.practice.rule_dialog import ChangeRuleDialog
from cocm_desktop.ui.practice.rules_page import RulesPage
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.widgets.fields import NoteField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, call, rows_stored
from tests.conftest import CARE_MANAGER
from tests.ui.hands import click

TODAY = date(2026, 11, 30)


@pytest.fixture
def rules(qtbot: QtBot, desk: Desk) -> RulesPage:
    page = RulesPage(desk)
    qtbot.addWidget(page)
    page.read_again()
    page.resize(1000, 600)
    page.show()
    return page


def choose(rules: RulesPage, name: str) -> None:
    rules.show_setting(name)
    assert rules.chosen is not None
    assert rules.chosen.setting.name == name


def opened(rules: RulesPage) -> ChangeRuleDialog:
    [dialog] = (each for each in rules.findChildren(ChangeRuleDialog) if each.isVisible())
    return dialog


def cell(rules: RulesPage, title: str) -> str:
    titles = [column.title for column in rules.model.columns]
    return str(rules.model.index(rules.table.currentIndex().row(), titles.index(title)).data())


def test_every_setting_stands_with_value_default_and_source(rules: RulesPage) -> None:
    assert [line.setting for line in rules.model.rows] == list(SETTINGS)

    choose(rules, "inactive_days")

    assert (cell(rules, "Value"), cell(rules, "Default")) == ("90 days", "90 days")
    assert "NYS OMH" in rules.about.text()
    assert rules.past.text() == "Never changed: as the program comes."
    assert not rules.reset.isEnabled()


def test_a_threshold_is_saved_only_after_its_effect_was_shown(
    rules: RulesPage, workspace: Workspace, maria: EpisodeId
) -> None:
    call(workspace, maria, date(2026, 11, 9))
    choose(rules, "no_contact_days")
    click(rules.change)
    dialog = opened(rules)
    dialog.type_value("20")
    assert dialog.save.text() == "Show the effect"

    click(dialog.save)
    seen = dialog.effect.words.text()
    stored_before = read_settings(workspace).history
    click(dialog.save)

    assert seen == ("30 days becomes 20 days. 1 patient would see something else due today.")
    assert dialog.effect.model.rows[0].rule.id == "F5"
    assert stored_before == ()
    assert read_settings(workspace).now.no_contact_days == 20
    assert (cell(rules, "Value"), cell(rules, "Valid from")) == ("20 days", "11/30/2026")
    assert cell(rules, "Changed by") == CARE_MANAGER.title
    assert rules.past.text() == (
        f"20 days from Nov 30, 2026, changed by {CARE_MANAGER.title} on Nov 30, 2026"
    )


def test_a_change_to_come_is_announced(rules: RulesPage, workspace: Workspace) -> None:
    change_setting(workspace, SettingDraft("stale_days", "45", TODAY + timedelta(days=1)))
    rules.read_again()

    choose(rules, "stale_days")

    assert rules.about.text().startswith("Now: 30 days; from Dec 1, 2026: 45 days\n")
    assert cell(rules, "Value") == "30 days"


def test_another_value_asks_for_its_effect_again(rules: RulesPage) -> None:
    choose(rules, "no_contact_days")
    click(rules.change)
    dialog = opened(rules)
    dialog.type_value("20")
    click(dialog.save)

    dialog.type_value("21")

    assert dialog.save.text() == "Show the effect"
    assert not dialog.effect.isVisibleTo(dialog)


@pytest.mark.parametrize(
    ("value", "words"), [("2", "type 7 to 120 days"), ("70", "must be more than"), ("x", "type 7")]
)
def test_a_value_that_does_not_fit_is_refused_and_not_stored(
    rules: RulesPage, workspace: Workspace, *, value: str, words: str
) -> None:
    before = rows_stored(workspace)
    choose(rules, "no_contact_days")
    click(rules.change)
    dialog = opened(rules)
    dialog.type_value(value)

    click(dialog.save)

    assert words in dialog.problems.text()
    assert rows_stored(workspace) == before


def test_a_day_before_today_is_refused(rules: RulesPage, workspace: Workspace) -> None:
    before = rows_stored(workspace)
    choose(rules, "no_contact_days")
    click(rules.change)
    dialog = opened(rules)
    dialog.type_value("20")

    dialog.valid_from.entry.setText("no day")
    click(dialog.save)
    unreadable = dialog.problems.text()
    dialog.valid_from.set_day(TODAY - timedelta(days=1))
    click(dialog.save)

    assert unreadable == "This is not a date. Type it like 11/22/2026."
    assert "holds from today on" in dialog.problems.text()
    assert rows_stored(workspace) == before


def test_the_default_comes_back_by_one_button(rules: RulesPage, workspace: Workspace) -> None:
    change_setting(workspace, SettingDraft("stale_days", "45", TODAY))
    rules.read_again()
    choose(rules, "stale_days")
    click(rules.reset)
    dialog = opened(rules)

    click(dialog.save)
    click(dialog.save)

    assert read_settings(workspace).now.stale_days == 30
    assert rules.past.text().count("\n") == 1
    assert not rules.reset.isEnabled()


def test_a_text_is_saved_at_once_and_a_long_one_has_room(
    rules: RulesPage, workspace: Workspace
) -> None:
    choose(rules, "practice_crisis_line")
    click(rules.change)
    short = opened(rules)
    short.type_value("845-555-0100")
    assert short.save.text() == "Save rule"
    click(short.save)

    choose(rules, "safety_protocol")
    click(rules.change)
    long = opened(rules)
    assert isinstance(long.value, NoteField)
    long.type_value("First\nSecond")
    click(long.save)

    now = read_settings(workspace).now
    assert (now.practice_crisis_line, now.safety_protocol) == ("845-555-0100", "First\nSecond")


def test_who_may_not_change_the_practice_reads_the_rules(
    qtbot: QtBot, workspace: Workspace
) -> None:
    page = RulesPage(Desk(as_role(workspace, Role.CARE_MANAGER), InlineWork()))
    qtbot.addWidget(page)
    page.read_again()
    page.show()

    page.table.doubleClicked.emit(page.table.currentIndex())

    assert len(page.model.rows) == len(SETTINGS)
    assert not page.change.isVisibleTo(page)
    assert not page.reset.isVisibleTo(page)
    assert page.findChildren(ChangeRuleDialog) == []


def test_a_link_to_a_rule_opens_it_in_the_settings(qtbot: QtBot, desk: Desk) -> None:
    window = MainWindow(desk, [place for place in PLACES if place.key == "settings"])
    qtbot.addWidget(window)
    window.show()

    desk.setting_wanted.emit("plateau_weeks")

    screen = window.screen_shown
    assert isinstance(screen, SettingsScreen)
    assert screen.tabs.currentWidget() is screen.rules
    assert screen.rules.chosen is not None
    assert screen.rules.chosen.setting.name == "plateau_weeks"


def test_the_front_desk_is_not_led_to_the_rules(qtbot: QtBot, workspace: Workspace) -> None:
    screen = SettingsScreen(Desk(as_role(workspace, Role.FRONT_DESK), InlineWork()))
    qtbot.addWidget(screen)

    screen.show_part("plateau_weeks")

    assert screen.tabs.currentWidget() is not screen.rules


def test_every_outcome_definition_is_listed_with_version_rule_and_source(qtbot: QtBot) -> None:
    page = OutcomesPage()
    qtbot.addWidget(page)

    words = "\n".join(label.text() for label in page.findChildren(Label))

    for each in SETS:
        assert each.title in words
        assert each.definition in words
        assert each.source in words
    assert page.table.model().rowCount() == 11
