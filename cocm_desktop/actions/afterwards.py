"""Telling truthfully of what was done when only the note of it failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from cocm_desktop.errors import Unavailable


@dataclass(slots=True)
class Done:
    """Whether what cannot be taken back has happened."""

    is_done: bool = False


@contextmanager
def telling_what_was_done(words: str, *, is_done: bool = False) -> Iterator[Done]:
    """Say these words where the file refuses the note of something that is done already.

    Set `is_done` on what is yielded once it is so; before that an error stays as it is.
    """
    done = Done(is_done)
    try:
        yield done
    except Unavailable as error:
        if not done.is_done:
            raise
        happened = str(error).partition(". ")[0].rstrip(".")
        raise Unavailable(
            f"{words} {happened}, so the audit has no note of it. "
            "See to the disk, then check the clinic's file."
        ) from error


def telling_of_the_file() -> AbstractContextManager[Done]:
    """Say that a file stands in its folder, where only the note of it failed."""
    return telling_what_was_done("The file is written; do not use it, but write it anew later.")
