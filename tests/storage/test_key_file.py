"""keys.json: read strictly, signed, and known to be damaged before a password is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocm_desktop.errors import Damaged, NewerFile
from cocm_desktop.storage.data_key import DataKey
from cocm_desktop.storage.key_cost import PRODUCTION
from cocm_desktop.storage.key_file import KeyFile, from_bytes, to_bytes
from cocm_desktop.storage.key_json import checksum
from cocm_desktop.storage.key_slot import (
    SignIn,
    open_with_code,
    open_with_password,
    password_slot,
    recovery_slot,
)
from tests.storage.clinics import CHEAP, CHEAP_COST, CODE, COLLEAGUE, OWNER, PASSWORD

VAULT = "01a20120-0000-7000-8000-00000000000a"
DATA_KEY = DataKey(bytes(range(32)))
OTHER_KEY = DataKey(bytes(32))
SLOTS = (
    password_slot(VAULT, DATA_KEY, sign_in=SignIn(OWNER, "Müller", PASSWORD), cost=CHEAP_COST),
    recovery_slot(VAULT, DATA_KEY, code=CODE),
)
AUDIT_KEY = bytes(range(32))
OLD_KEYS = KeyFile(VAULT, generation=1, database="clinic.db", slots=SLOTS).signed(DATA_KEY)
KEYS = OLD_KEYS.with_audit_key(AUDIT_KEY, data_key=DATA_KEY).signed(DATA_KEY)
RAW = to_bytes(KEYS)


def altered(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Change the content as somebody would who knows how the checksum is made."""
    content = json.loads(RAW)
    del content["checksum"]
    change(content)
    content["checksum"] = checksum(content)
    return json.dumps(content).encode()


def test_a_key_file_reads_back() -> None:
    assert from_bytes(RAW, CHEAP) == KEYS
    KEYS.require_signed_by(DATA_KEY)


def test_every_flipped_bit_is_noticed_without_a_password() -> None:
    unnoticed = []
    for at in range(len(RAW)):
        for bit in range(8):
            harmed = RAW[:at] + bytes([RAW[at] ^ 1 << bit]) + RAW[at + 1 :]
            with suppress(Damaged, NewerFile):
                unnoticed.append((harmed, from_bytes(harmed, CHEAP)))

    # A letter of an escape such as \u00fc reads the same when it is a capital.
    assert all(found == KEYS for _, found in unnoticed)
    assert all(harmed.lower() == RAW.lower() for harmed, _ in unnoticed)
    assert len(unnoticed) == 2


def test_every_truncation_is_noticed() -> None:
    for length in range(len(RAW) - 1):
        with pytest.raises(Damaged):
            from_bytes(RAW[:length], CHEAP)


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_called_damaged(content: bytes) -> None:
    with pytest.raises(Damaged):
        from_bytes(content, CHEAP)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=300)
@given(name=st.sampled_from(sorted(json.loads(RAW))), value=JSON)
def test_no_value_in_any_field_is_more_than_damage(name: str, value: object) -> None:
    def change(content: dict[str, Any]) -> None:
        content[name] = value

    try:
        found = from_bytes(altered(change), CHEAP)
        found.require_signed_by(DATA_KEY)
    except (Damaged, NewerFile):
        return
    assert found == KEYS


@settings(max_examples=300)
@given(
    slot=st.integers(0, 1), name=st.sampled_from(sorted(json.loads(RAW)["slots"][0])), value=JSON
)
def test_no_value_in_any_field_of_a_slot_is_more_than_damage(
    slot: int, name: str, *, value: object
) -> None:
    def change(content: dict[str, Any]) -> None:
        content["slots"][slot][name] = value

    try:
        found = from_bytes(altered(change), CHEAP)
        found.require_signed_by(DATA_KEY)
    except Damaged:
        return
    assert found == KEYS


@pytest.mark.parametrize(
    ("name", "value"),
    [("needs_share", 1), ("salt", "AA=="), ("salt", "!"), ("id", "x"), ("sign_in", None)],
)
def test_a_slot_with_a_value_of_another_kind_is_damage(name: str, value: object) -> None:
    def change(content: dict[str, Any]) -> None:
        content["slots"][0][name] = value

    with pytest.raises(Damaged):
        from_bytes(altered(change), CHEAP)


@pytest.mark.parametrize("raw", [b"[]", b"7", b'{"format": 7}'], ids=["list", "number", "format"])
def test_json_that_is_no_key_file_is_damage(raw: bytes) -> None:
    with pytest.raises(Damaged):
        from_bytes(raw, CHEAP)


def test_slots_that_are_no_list_are_damage() -> None:
    with pytest.raises(Damaged):
        from_bytes(altered(lambda content: content.update(slots={})), CHEAP)


def test_deep_nesting_is_damage() -> None:
    with pytest.raises(Damaged):
        from_bytes(b"[" * 100_000, CHEAP)


@pytest.mark.parametrize(
    "name", ["../clinic.db", "/etc/passwd", "clinic.db.part", "clinic-12.db", "C:clinic.db", ""]
)
def test_a_key_file_points_only_to_a_database_of_its_folder(name: str) -> None:
    with pytest.raises(Damaged):
        from_bytes(altered(lambda content: content.update(database=name)), CHEAP)
    if name:
        with pytest.raises(Damaged):
            from_bytes(altered(lambda content: content.update(superseded=name)), CHEAP)


def test_a_database_cannot_supersede_itself() -> None:
    with pytest.raises(Damaged):
        from_bytes(altered(lambda content: content.update(superseded="clinic.db")), CHEAP)


def test_a_field_that_is_missing_or_unknown_is_damage() -> None:
    with pytest.raises(Damaged):
        from_bytes(altered(lambda content: content.pop("slots")), CHEAP)
    with pytest.raises(Damaged):
        from_bytes(altered(lambda content: content.update(extra=1)), CHEAP)


def test_a_newer_version_is_left_for_the_newer_program() -> None:
    with pytest.raises(NewerFile):
        from_bytes(altered(lambda content: content.update(version=3, extra=1)), CHEAP)


def test_a_lowered_cost_is_refused_before_any_work() -> None:
    with pytest.raises(Damaged, match="would never write"):
        from_bytes(RAW, PRODUCTION)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(generation=2),
        lambda content: content["slots"].pop(),
        lambda content: content["slots"][0].update(sign_in="mallory"),
        lambda content: content["slots"][0].update(staff_id=COLLEAGUE),
        lambda content: content["slots"].reverse(),
    ],
    ids=["generation", "slot removed", "sign-in name", "person", "order"],
)
def test_what_the_checksum_allows_the_signature_finds(
    change: Callable[[dict[str, Any]], object],
) -> None:
    forged = from_bytes(altered(change), CHEAP)

    with pytest.raises(Damaged, match="something other than CoCM Desktop"):
        forged.require_signed_by(DATA_KEY)


def test_another_data_key_did_not_sign_it() -> None:
    with pytest.raises(Damaged):
        KEYS.require_signed_by(OTHER_KEY)


def test_people_are_found_by_name_and_by_id() -> None:
    assert KEYS.slot_of(" MÜLLER ") == SLOTS[0]
    assert KEYS.slot_of("Mu\u0308ller") == SLOTS[0]
    assert KEYS.slot_of("") is None
    assert KEYS.slot_of_staff(OWNER) == SLOTS[0]
    assert KEYS.slot_of_staff(COLLEAGUE) is None
    assert KEYS.recovery_slot() == SLOTS[1]
    assert replace(KEYS, slots=()).recovery_slot() is None


def test_a_slot_takes_the_place_of_the_same_persons() -> None:
    again = password_slot(VAULT, DATA_KEY, sign_in=SignIn(OWNER, "mm", PASSWORD), cost=CHEAP_COST)

    assert KEYS.with_slot(again).slots == (SLOTS[1], again)


def test_all_secrets_open_the_database_that_it_moved_to() -> None:
    moved = KEYS.moved_to("clinic-0002.db", old_key=DATA_KEY, new_key=OTHER_KEY)
    person, paper = moved.slots

    assert (moved.database, moved.superseded, moved.generation) == (
        "clinic-0002.db",
        "clinic.db",
        2,
    )
    assert open_with_password(person, VAULT, password=PASSWORD).data_key == OTHER_KEY
    assert open_with_code(paper, VAULT, code=CODE).data_key == OTHER_KEY
    assert moved.open_audit_key(OTHER_KEY) == AUDIT_KEY


def test_a_key_file_of_before_the_audit_chain_is_read_as_it_is() -> None:
    found = from_bytes(to_bytes(OLD_KEYS), CHEAP)

    found.require_signed_by(DATA_KEY)
    assert (found, found.version) == (OLD_KEYS, 1)
