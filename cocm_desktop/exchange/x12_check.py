"""Whether a file keeps the structure of its X12 standard, as pyx12's maps describe it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

from cocm_desktop.errors import Problem, Refused

_MOST_NAMED = 5


def require_structure(text: str) -> None:
    """Raise Refused, naming the segments, where the file is not as its standard wants it."""
    if broken := structure_problems(text):
        words = "The file does not keep the standard, so it was not made: "
        raise Refused(Problem("file", words + "; ".join(broken[:_MOST_NAMED]) + "."))


def structure_problems(text: str) -> tuple[str, ...]:
    """Name what is wrong with a file's structure: segments and elements, never what they say."""
    # Loads slowly, and only who makes or reads claim files needs it.
    from pyx12.errors import EngineError, X12Error  # noqa: PLC0415
    from pyx12.params import ParamsBase  # noqa: PLC0415
    from pyx12.x12n_document import x12n_document  # noqa: PLC0415

    found = io.StringIO()
    _silence()
    try:
        is_valid = x12n_document(ParamsBase(), io.StringIO(text), None, None, fd_json=found)
    except (EngineError, X12Error):
        return ("its kind is not known",)
    if is_valid:
        return ()
    named = tuple(dict.fromkeys(_problems(json.loads(found.getvalue() or "{}"))))
    return named or ("it is no X12 file",)


def _problems(found: Any) -> Iterator[str]:
    """Walk the tree of interchanges, groups, transactions, segments and elements."""
    if not isinstance(found, dict):
        return
    place = found.get("seg_id") or found.get("trn_set_id") or "envelope"
    for error in found.get("errors", ()):
        yield f"{place} {found.get('name') or ''} (error {error.get('err_cde')})".replace("  ", " ")
    for element in found.get("elements", ()):
        number = element.get("ele_pos") or element.get("pos") or ""
        if element.get("errors"):
            yield f"{place}{number} {element.get('name') or ''}".strip()
    for name in ("interchanges", "groups", "transactions", "segments"):
        for part in found.get(name, ()):
            yield from _problems(part)


def _silence() -> None:
    """Keep pyx12 from logging what it finds: the values in it are patients'."""
    logging.getLogger("pyx12").setLevel(logging.CRITICAL + 1)
