"""Instruments of a clinic's own: what may be added, and what a file is compared with."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.domain.instrument import PHQ9, Instrument, InstrumentId
from cocm_desktop.domain.instrument_catalogue import Catalogue, bare_name
from cocm_desktop.domain.instrument_definition import parse_instrument
from cocm_desktop.domain.instrument_pack import (
    InstrumentPack,
    PackKind,
    PackPreview,
    compared,
    newest_version,
    pack_problems,
)
from cocm_desktop.errors import Refused
from tests.domain.test_instrument_definition import small

SHIPPED = load_instruments()


def own(**changes: Any) -> Instrument:
    return parse_instrument(small(**changes))


def preview(**changes: Any) -> PackPreview:
    codes = changes.pop("codes", ())
    content = small(**changes)
    return PackPreview(
        instrument=parse_instrument(content),
        kind=PackKind.DEFINITION,
        file_name="own.json",
        sha256="0" * 64,
        content=json.dumps(content),
        codes=codes,
    )


def on_file(*previews: PackPreview) -> tuple[InstrumentPack, ...]:
    return tuple(each.as_pack() for each in previews)


def test_a_new_name_may_be_added() -> None:
    assert list(pack_problems(preview(), shipped=SHIPPED, packs=())) == []


@pytest.mark.parametrize("name", ["PHQ-9", "phq9", "P H Q 9", "WHO-5", "c ssrs"])
def test_the_name_of_a_shipped_instrument_is_taken(name: str) -> None:
    [problem] = pack_problems(preview(id=name), shipped=SHIPPED, packs=())

    assert problem.field == "instrument_id"
    assert "belongs to an instrument of the program" in problem.message


def test_a_newer_version_may_be_added_beside_the_older() -> None:
    packs = on_file(preview(), preview(version=2))

    assert list(pack_problems(preview(version=3), shipped=SHIPPED, packs=packs)) == []
    assert newest_version(packs, "OWN-4") == 2
    assert newest_version(packs, "OTHER") == 0


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_that_scores_may_refer_to_is_never_replaced(version: int) -> None:
    packs = on_file(preview(), preview(version=2))

    [problem] = pack_problems(preview(version=version), shipped=SHIPPED, packs=packs)

    assert problem.field == "version"
    assert "give the new definition version 3" in problem.message


def test_two_names_that_look_alike_are_not_both_taken() -> None:
    [problem] = pack_problems(preview(id="own 4"), shipped=SHIPPED, packs=on_file(preview()))

    assert "There is an instrument OWN-4." in problem.message


def test_a_preview_says_how_forms_will_be_scored() -> None:
    items = [{"critical_from": 1}, {"repeat": 3}]
    shown = preview(items=items, total={"items": "1-3", "factor": 2})

    assert shown.rule_words == (
        "Total: sum of items 1, 2, 3, times 2: 0 to 6",
        "Not scored: items 4",
        "Item 1 opens a safety task from 1 on",
    )


def test_a_preview_says_that_no_item_opens_a_safety_task() -> None:
    count = {"kind": "count", "items": "1-4", "counted_from": 1}

    assert preview(total=count).rule_words == (
        "Total: count at or above of items 1, 2, 3, 4: 0 to 4",
        "No item opens a safety task",
    )


def test_a_file_with_the_code_of_a_shipped_instrument_is_compared_with_it() -> None:
    other = compared(preview(codes=("75626-2",)), SHIPPED)
    like = compared(
        preview(items=[{"repeat": 10}], total={"items": "1-10"}, codes=("82667-7",)), SHIPPED
    )

    assert other.not_understood == (
        "The file carries the code of AUDIT-C: 3 items, 0 to 12. What was read: 4 items, 0 to 4.",
    )
    assert like.remarks == ("The program has this instrument: DAST-10, 10 items, 0 to 10.",)


def test_a_file_with_the_code_of_a_triage_has_no_items_to_compare() -> None:
    [words] = compared(preview(codes=("93373-9",)), SHIPPED).not_understood

    assert "C-SSRS: 0 items, 0 to 0" in words


def test_a_file_without_a_known_code_is_left_as_it_is() -> None:
    shown = preview(codes=("1-8",))

    assert compared(shown, SHIPPED) == shown


def test_the_newest_version_is_offered_and_every_version_is_there() -> None:
    catalogue = SHIPPED.with_packs([own(), own(version=2, title="Newer")], frozenset())

    assert catalogue[InstrumentId("OWN-4")].title == "Newer"
    assert catalogue.version("OWN-4", 1).title == "Our form"
    assert catalogue.version(PHQ9, 1) == SHIPPED[PHQ9]
    assert len(catalogue) == len(SHIPPED) + 1


def test_a_retired_instrument_is_not_offered_and_still_read() -> None:
    key = (InstrumentId("OWN-4"), 2)
    catalogue = SHIPPED.with_packs([own(), own(version=2)], frozenset({key}))

    assert InstrumentId("OWN-4") not in catalogue
    assert catalogue.version("OWN-4", 2).version == 2
    with pytest.raises(Refused, match="There is no instrument “OWN-4”"):
        catalogue.offered("OWN-4")


def test_a_version_after_the_retirement_is_offered_again() -> None:
    retired = frozenset({(InstrumentId("OWN-4"), 1)})

    assert InstrumentId("OWN-4") in SHIPPED.with_packs([own(), own(version=2)], retired)


def test_a_definition_that_is_not_on_file_is_refused() -> None:
    with pytest.raises(Refused, match="PHQ-9, version 7, is not on file"):
        SHIPPED.version("PHQ-9", 7)


@pytest.mark.parametrize("name", ["phq9", " PHQ 9 ", "PHQ-9", "Phq\u20109"])
def test_an_instrument_is_found_however_its_name_is_written(name: str) -> None:
    assert SHIPPED.named(name).id == "PHQ-9"


@pytest.mark.parametrize("name", ["", "PHQ", "PHQ-99"])
def test_an_unknown_name_is_refused_with_those_that_there_are(name: str) -> None:
    with pytest.raises(Refused, match="There are: ASRS-A, AUDIT"):
        SHIPPED.named(name)


def test_two_definitions_of_one_name_and_version_are_refused() -> None:
    with pytest.raises(Refused, match="Two definitions are called OWN-4, version 1"):
        Catalogue.of([own(), own(title="Another")])


def test_a_pack_can_never_shadow_a_shipped_definition() -> None:
    false = replace(own(), id=PHQ9)

    assert SHIPPED.with_packs([false], frozenset())[PHQ9] == SHIPPED[PHQ9]


def test_names_are_compared_without_case_blanks_and_hyphens() -> None:
    assert bare_name("PC-PTSD-5") == bare_name("pc ptsd 5") == "pcptsd5"
