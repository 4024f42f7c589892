"""Identifiers, made when the object is made."""

from __future__ import annotations

import time
import uuid

import pytest

from cocm_desktop.domain import ids


@pytest.fixture(autouse=True)
def no_id_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins as a program does: it has made no id yet."""
    monkeypatch.setattr(ids, "_last_stamp", [0])


def test_an_id_is_a_uuid_of_version_7() -> None:
    made = [uuid.UUID(ids.new_id()) for _ in range(200)]

    assert {(each.version, each.variant) for each in made} == {(7, uuid.RFC_4122)}


def test_an_id_begins_with_the_millisecond_of_its_making(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_763_600_000_123_456_789)

    made = [uuid.UUID(ids.new_id()) for _ in range(200)]

    assert {each.int >> 80 for each in made} == {1_763_600_000_123}


def test_ids_are_never_made_twice() -> None:
    assert len({ids.new_id() for _ in range(10_000)}) == 10_000


def test_ids_of_later_milliseconds_sort_later(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(1_763_600_000_000, 1_763_600_000_100))
    monkeypatch.setattr(time, "time_ns", lambda: next(moments) * 1_000_000)

    made = [ids.new_id() for _ in range(100)]

    assert made == sorted(made)


def test_ids_of_one_moment_sort_as_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_763_600_000_999_999_999)

    made = [ids.new_id() for _ in range(10_000)]

    assert made == sorted(made)


def test_ids_follow_a_clock_that_was_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ids.new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000_000_000_000)

    assert uuid.UUID(ids.new_id()).int >> 80 == 1_000_000_000_000


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("0190163d-8694-739b-aea5-966c26f8ad91", True),
        ("0190163D-8694-739B-AEA5-966C26F8AD91", False),
        ("0190163d8694739baea5966c26f8ad91", False),
        ("{0190163d-8694-739b-aea5-966c26f8ad91}", False),
        ("0190163d", False),
        ("", False),
        ("maria", False),
    ],
)
def test_only_ids_as_the_program_writes_them_are_ids(text: str, *, valid: bool) -> None:
    assert ids.is_id(text) is valid


def test_what_is_made_is_an_id() -> None:
    assert ids.is_id(ids.new_id())
