"""What is done is told as done, also where only the note of it failed."""

from __future__ import annotations

import pytest

from cocm_desktop.actions.afterwards import telling_what_was_done
from cocm_desktop.errors import Unavailable

FULL = "The disk is full. Nothing was changed. Free some space, then try again."


def test_what_is_done_is_not_denied() -> None:
    with (
        pytest.raises(Unavailable) as raised,
        telling_what_was_done("The new key is in force.", is_done=True),
    ):
        raise Unavailable(FULL)

    assert str(raised.value) == (
        "The new key is in force. The disk is full, so the audit has no note of it. "
        "See to the disk, then check the clinic's file."
    )


def test_what_failed_before_it_was_done_keeps_its_words() -> None:
    with pytest.raises(Unavailable) as raised, telling_what_was_done("Done."):
        raise Unavailable(FULL)

    assert str(raised.value) == FULL
