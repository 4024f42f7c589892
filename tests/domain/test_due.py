"""All that is due for a patient, and what a change of settings would do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS, changed
from cocm_desktop.domain.due import closing_proposal, due_items, due_now, due_soon, effect_of
from cocm_desktop.domain.due_item import RULES
from cocm_desktop.domain.registry import RegistryRow
from tests.builders import TODAY, a_caseload, a_row, a_row_not_enrolled


def test_items_come_by_due_date_and_of_one_day_in_the_order_of_the_rules() -> None:
    items = due_items(a_row(question="?"))

    keys = [(item.due_on, RULES.index(item.rule)) for item in items]
    assert keys == sorted(keys)
    assert len(items) > 3


def test_what_is_due_now_is_part_of_what_is_due_soon() -> None:
    row = a_row(last_review_on=TODAY)

    now, soon, everything = due_now(row), due_soon(row), due_items(row)

    assert set(now) <= set(soon) <= set(everything)
    assert all(item.opened_on <= TODAY for item in now)
    far = [item for item in everything if item not in soon]
    assert all(item.due_on > TODAY + timedelta(days=7) for item in far)
    assert far


def test_the_day_a_week_ahead_is_still_soon() -> None:
    row = a_row(last_contact_on=TODAY - timedelta(days=7))

    assert "F1" in {item.rule.id for item in due_soon(row)}
    assert "F1" not in {item.rule.id for item in due_soon(row, days=6)}


def test_nothing_is_due_for_a_patient_who_is_not_enrolled() -> None:
    assert due_items(a_row_not_enrolled()) == ()


@given(st.permutations(a_caseload()))
def test_what_is_due_does_not_depend_on_the_order(rows: list[RegistryRow]) -> None:
    alone = {row.key: due_items(row) for row in a_caseload()}

    assert {row.key: due_items(row) for row in rows} == alone


def test_every_item_says_why() -> None:
    for row in a_caseload():
        for item in due_items(row):
            assert item.why.startswith(f"{item.rule.id}: {item.words}. ")
            assert "Source: " in item.why
            assert item.short


def test_every_rule_has_an_id_a_title_and_a_source() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.title and rule.cited for rule in RULES)


def test_a_change_of_settings_is_counted_before_it_is_made() -> None:
    rows = [a_row(last_contact_on=TODAY - timedelta(days=days)) for days in (19, 20, 25, 31)]

    effect = effect_of(rows, changed(DEFAULT_SETTINGS, "no_contact_days", 20))

    [count] = effect.counts
    assert (count.rule.id, count.before, count.after) == ("F5", 1, 3)
    # The one who was named before is named since another day.
    assert effect.patients_affected == 3


def test_the_same_settings_change_nothing() -> None:
    effect = effect_of(a_caseload(), DEFAULT_SETTINGS)

    assert (effect.counts, effect.patients_affected) == ((), 0)


def test_a_patient_may_be_affected_though_no_rule_counts_more() -> None:
    effect = effect_of([a_row()], changed(DEFAULT_SETTINGS, "active_interval_weeks", 3))

    assert (effect.counts, effect.patients_affected) == ((), 1)


def test_a_closing_is_proposed_from_the_ninetieth_day_and_never_made() -> None:
    reached_on = TODAY - timedelta(days=90)
    row = a_row(18, enrolled_on=TODAY - timedelta(days=120), last_contact_on=reached_on)
    day_before = replace(row, today=TODAY - timedelta(days=1))

    proposal = closing_proposal(row)

    assert proposal is not None
    assert proposal.proposed_on == TODAY
    assert row.is_open
    assert closing_proposal(day_before) is None
