"""Saved views: what they keep, what another release does not know, what a person is used to."""

from __future__ import annotations

import json

from cocm_desktop.domain.arrangement import Arrangement
from cocm_desktop.domain.filter_text import read_filter
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.registry import Chip
from cocm_desktop.domain.registry_columns import BY_KEY, COLUMNS, USUAL
from cocm_desktop.domain.row_order import (
    USUAL_ORDER,
    SortKey,
    by_column,
    first_by,
    in_order,
    order_words,
)
from cocm_desktop.domain.saved_view import (
    USUAL_COLUMNS,
    SavedView,
    ShownColumn,
    ViewContent,
    ViewDraft,
    ViewHabits,
    habits,
    read_columns,
    view_content,
)
from tests.builders import a_caseload, a_row, a_row_not_enrolled

ME, OTHER = StaffId("me"), StaffId("other")
CONTENT = ViewContent(
    chip=Chip.NOT_AT_TARGET,
    whose="mine",
    filter=read_filter("phq9>=10"),
    order=(SortKey(BY_KEY["change"], descending=True), SortKey(BY_KEY["due"])),
    columns=(ShownColumn("patient", 200), ShownColumn("why")),
)


def test_a_view_comes_back_as_it_was_kept() -> None:
    read, notes = view_content(CONTENT.to_json())

    assert read == CONTENT
    assert notes == ()


def test_a_view_of_another_release_is_shown_without_what_is_not_known() -> None:
    content = json.loads(CONTENT.to_json())
    content["chip"] = "MOONSTRUCK"
    content["columns"] = [["moon", 40], ["why", 99_999], ["age", "wide"], 7]
    content["order"] = [["tide", True], ["due", False], []]

    read, notes = view_content(json.dumps(content))

    assert read.chip is Chip.OPEN
    assert read.columns == (ShownColumn("patient"), ShownColumn("why"), ShownColumn("age"))
    assert read.order == USUAL_ORDER
    assert any("“moon”" in note for note in notes)
    assert any("“tide”" in note for note in notes)
    assert len(notes) == 3


def test_what_is_no_view_is_the_usual_table() -> None:
    for text in ("", "[]", "{", '{"columns": 3, "order": 3, "whose": 3, "chip": "OPEN"}'):
        read, _notes = view_content(text)

        assert (read.columns, read.order, read.whose) == (USUAL_COLUMNS, USUAL_ORDER, "everyone")
    assert read_columns([]) == ((), ())


def test_mine_is_whoever_looks() -> None:
    theirs = ViewContent(whose=OTHER)

    assert CONTENT.arrangement(me=ME).of == ME
    assert CONTENT.arrangement(me=OTHER).of == OTHER
    assert theirs.arrangement(me=ME).of == OTHER
    assert ViewContent().arrangement(me=ME).of is None
    assert ViewContent.of(Arrangement(of=ME), USUAL_COLUMNS, me=ME).whose == "mine"
    assert ViewContent.of(Arrangement(of=OTHER), USUAL_COLUMNS, me=ME).whose == OTHER


def test_a_view_needs_a_name_of_its_own() -> None:
    view = ViewDraft(" Slipping  away ", CONTENT).accept([], staff_id=ME)

    assert view.name == "Slipping away"
    for name in ("", "x" * 41, "slipping away"):
        assert list(ViewDraft(name, CONTENT).problems([view]))
    assert not list(ViewDraft("Slipping away", CONTENT, id=view.id).problems([view]))
    assert view.is_open_to(ME)
    assert not view.is_open_to(OTHER)


def test_columns_are_remembered_by_view() -> None:
    view = SavedView(ViewDraft("x", CONTENT).id, ME, "x", CONTENT)
    wide = (ShownColumn("patient", 300), ShownColumn("age"))

    kept = habits(
        ViewHabits(first=view.id)
        .with_columns(view.id, wide)
        .with_pin(view.id, is_pinned=True)
        .to_json()
    )

    assert kept.columns_of(view) == wide
    assert kept.columns_of(None) == USUAL_COLUMNS
    assert (kept.first, kept.pinned) == (view.id, (view.id,))
    assert kept.with_columns(view.id, None).columns_of(view) == CONTENT.columns
    assert kept.without(view.id) == ViewHabits()
    assert habits("{") == ViewHabits()
    assert habits('{"first": 3, "pinned": 3, "columns": 3}') == ViewHabits()


def test_rows_sort_by_several_columns_with_the_next_for_equals() -> None:
    rows = [a_row(14, last_name=name, open_tasks=n) for name, n in (("C", 1), ("A", 2), ("B", 2))]
    rows.append(a_row_not_enrolled(last_name="D"))

    ordered = in_order(
        rows,
        (SortKey(BY_KEY["tasks"], descending=True), SortKey(BY_KEY["patient"], descending=True)),
    )

    assert [row.last_name for row in ordered] == ["B", "A", "C", "D"]


def test_a_column_asked_for_again_turns_its_order_round() -> None:
    change, due = BY_KEY["change"], BY_KEY["due"]

    once = by_column(USUAL_ORDER, change, add=False)
    added = by_column(once, due, add=True)
    turned = by_column(added, change, add=True)
    alone = by_column(added, due, add=False)

    assert once == (first_by(change),)
    assert order_words(added) == "worst change first, then next due first"
    assert order_words(turned) == "best change first, then next due first"
    assert alone == (first_by(due),)
    assert by_column(alone, due, add=False) == (SortKey(due, descending=True),)
    assert order_words(()) == "by name"


def test_every_column_is_exported_as_a_bare_value() -> None:
    row, blank = a_row(18, 14, 12, safety_answer=2), a_row_not_enrolled()

    out = {column.key: column.export(row) for column in COLUMNS}
    nothing = {column.key: column.export(blank) for column in COLUMNS}

    assert out["now"] == "12"
    assert out["change"] == "-6"
    assert out["trend"] == "18 14 12"
    assert out["born"] == row.born_on.isoformat()
    assert "no response" not in out["why"]
    assert "PHQ-9" in out["why"]
    assert nothing["now"] == nothing["minutes"] == nothing["review"] == nothing["target"] == ""
    assert set(USUAL) <= set(BY_KEY)


def test_every_cell_and_tip_of_every_column_can_be_said() -> None:
    for row in (*a_caseload(), a_row_not_enrolled()):
        for column in COLUMNS:
            assert column.read_aloud(row).startswith(column.title)
            assert isinstance(column.tip(row), str)
