"""A slot opens with its secret, in its place, and with nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.errors import Damaged, Unavailable, WrongSecret
from cocm_desktop.storage import key_cost
from cocm_desktop.storage.data_key import DataKey, Purpose, new_data_key
from cocm_desktop.storage.key_cost import PRODUCTION, Cost, stretch
from cocm_desktop.storage.key_slot import (
    SignIn,
    Slot,
    SlotKind,
    open_with_code,
    open_with_password,
    password_slot,
    recovery_slot,
    resealed,
)
from tests.storage.clinics import CHEAP_COST, CODE, OWNER, PASSWORD

VAULT = "01a20120-0000-7000-8000-00000000000a"
DATA_KEY = DataKey(bytes(range(32)))
SHARE = bytes(range(32, 64))


def slot_for(password: str = PASSWORD, share: bytes | None = None) -> Slot:
    sign_in = SignIn(OWNER, "owner", password, share)
    return password_slot(VAULT, DATA_KEY, sign_in=sign_in, cost=CHEAP_COST)


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_password_opens_its_slot(password: str) -> None:
    assert open_with_password(slot_for(password), VAULT, password=password).data_key == DATA_KEY


def test_another_password_does_not() -> None:
    with pytest.raises(WrongSecret):
        open_with_password(slot_for(), VAULT, password=PASSWORD + ".")


def test_the_same_characters_from_another_keyboard_open_it() -> None:
    slot = slot_for("Gr\u00fcnkohl mit Pinkel")

    assert (
        open_with_password(slot, VAULT, password="Gru\u0308nkohl mit Pinkel").data_key == DATA_KEY
    )


def test_a_recovery_code_opens_its_slot_and_another_does_not() -> None:
    slot = recovery_slot(VAULT, DATA_KEY, code=CODE)

    assert open_with_code(slot, VAULT, code=CODE).data_key == DATA_KEY
    with pytest.raises(WrongSecret, match="newest paper"):
        open_with_code(slot, VAULT, code=generate(bytes(18)))


def test_a_slot_with_a_share_needs_both_halves() -> None:
    slot = slot_for(share=SHARE)

    assert slot.needs_share
    assert open_with_password(slot, VAULT, password=PASSWORD, share=SHARE).data_key == DATA_KEY
    with pytest.raises(WrongSecret):
        open_with_password(slot, VAULT, password=PASSWORD, share=bytes(32))
    with pytest.raises(WrongSecret):
        open_with_password(slot, VAULT, password="another password", share=SHARE)
    with pytest.raises(WrongSecret):
        open_with_password(replace(slot, needs_share=False), VAULT, password=PASSWORD)


@pytest.mark.parametrize(
    "moved",
    [
        {"id": "01a20120-0000-7000-8000-00000000000b"},
        {"kind": SlotKind.RECOVERY},
        {"salt": bytes(16)},
        {"cost": Cost(16, 1, 1)},
    ],
)
def test_a_slot_opens_nowhere_else(moved: dict[str, object]) -> None:
    slot = replace(slot_for(), **moved)  # type: ignore[arg-type]

    with pytest.raises(WrongSecret):
        open_with_password(slot, VAULT, password=PASSWORD)
    with pytest.raises(WrongSecret):
        open_with_password(slot_for(), "another vault", password=PASSWORD)


def test_every_altered_byte_of_the_private_key_closes_the_slot() -> None:
    slot = slot_for()

    for at in range(len(slot.private_key)):
        altered = replace(slot, private_key=flipped(slot.private_key, at))
        with pytest.raises(WrongSecret):
            open_with_password(altered, VAULT, password=PASSWORD)


def test_every_altered_byte_of_the_data_key_is_damage_and_no_wrong_password() -> None:
    slot = slot_for()

    for at in range(len(slot.data_key)):
        altered = replace(slot, data_key=flipped(slot.data_key, at))
        with pytest.raises(Damaged):
            open_with_password(altered, VAULT, password=PASSWORD)


def test_a_new_data_key_needs_no_password() -> None:
    other = new_data_key()
    slot = resealed(slot_for(), VAULT, data_key=other)

    assert open_with_password(slot, VAULT, password=PASSWORD).data_key == other


def test_two_slots_of_one_password_have_nothing_in_common() -> None:
    first, second = slot_for(), slot_for()

    assert first.salt != second.salt
    assert first.public_key != second.public_key
    assert first.data_key[:32] != second.data_key[:32]


def test_secrets_are_not_shown_by_accident() -> None:
    shown = repr((slot_for(), SignIn(OWNER, "owner", PASSWORD, SHARE), DATA_KEY))

    assert PASSWORD not in shown
    assert repr(SHARE)[2:20] not in shown
    assert repr(DATA_KEY.secret)[2:20] not in shown


def test_each_purpose_has_its_own_key() -> None:
    keys = {DATA_KEY.derive(purpose) for purpose in Purpose}

    assert len(keys) == len(Purpose)
    assert DATA_KEY.secret not in keys


def test_derived_keys_are_the_same_in_every_release() -> None:
    assert DATA_KEY.derive(Purpose.DATABASE).hex() == (
        "2a1af208710496e76ab502508a569a04028ee6dca56f435f92082ae0079a160f"
    )


def test_a_data_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(bytes(31))


def test_programming_errors_are_not_wrong_passwords() -> None:
    with pytest.raises(ValueError, match="cost"):
        open_with_password(replace(slot_for(), cost=None), VAULT, password=PASSWORD)
    with pytest.raises(ValueError, match="device share"):
        open_with_password(slot_for(share=SHARE), VAULT, password=PASSWORD)


@pytest.mark.parametrize(
    "cost",
    [
        Cost(64 * 1024 - 1, 3, 4),
        Cost(256 * 1024, 1, 4),
        Cost(1024 * 1024 + 1, 3, 4),
        Cost(256 * 1024, 17, 4),
        Cost(256 * 1024, 3, 17),
        Cost(256 * 1024, 3, 0),
        Cost(2**30, 2**30, 2**20),
    ],
)
def test_a_lowered_or_an_absurd_cost_is_refused(cost: Cost) -> None:
    with pytest.raises(Damaged, match="would never write"):
        PRODUCTION.require(cost)


def test_the_production_cost_is_allowed_and_dear() -> None:
    PRODUCTION.require(PRODUCTION.cost)
    PRODUCTION.require(PRODUCTION.floor)

    assert PRODUCTION.cost.memory_kib >= 128 * 1024
    assert PRODUCTION.cost.passes >= 3


def test_too_little_memory_gets_words(monkeypatch: pytest.MonkeyPatch) -> None:
    class Exhausted:
        def __init__(self, **_cost: object) -> None: ...

        def derive(self, _password: bytes) -> bytes:
            raise MemoryError

    monkeypatch.setattr(key_cost, "Argon2id", Exhausted)

    with pytest.raises(Unavailable, match="too little free memory"):
        stretch(PASSWORD, bytes(16), CHEAP_COST)
