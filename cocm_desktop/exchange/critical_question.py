"""Questions about dying or self-harm in the files of others: by which words they are known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

# Words by which a question is taken to be about dying or self-harm. A false alarm is taken out by
# a person in the preview; a question that was missed would stay missed.
CRITICAL_WORDS = re.compile(
    r"suicid|\bkill|\bdie\b|\bdying\b|\bdeath\b|better off dead|wish\w* .{0,30}dead"
    r"|(?:end|tak)(?:e|ing)? (?:my|your|his|her|their) (?:own )?life|worth living"
    r"|(?:hurt|harm|cut)\w* (?:my|your|him|her|one|them)\w*sel|self[- ]?(?:harm|injur)"
    # The Spanish of the PHQ-9 and the EPDS, and near it.
    r"|\bmuert[oae]|\bmorir|quitar\w* la vida|\blastim\w*(?:me|se)\b|hac\w+(?:me|se) daño",
    re.IGNORECASE,
)
# Words with which an answer says that it was not so, and with which it says that it was most so.
_NOT_SO = re.compile(
    r"(?:never|not at all|none|not? (?:never|not at all)|nunca|nada|jam[aá]s|para nada|ning[uú]n)\b"
    r"|no(?:$|[,.:;])|no days?\b",
    re.IGNORECASE,
)
_MOST_SO = re.compile(
    r"(?:yes|always|often|very often|daily|(?:(?:nearly|almost) )?every day|all the time"
    r"|most of the time|extremely|s[ií]|siempre|(?:casi )?todos los d[ií]as)\b",
    re.IGNORECASE,
)


def reversed_words(options: Sequence[Mapping[str, Any]]) -> str:
    """Give the words of the answer of fewest points, if it reads like the worst; "" if not."""
    ordered = sorted(options, key=lambda option: int(option["value"]))
    first: str = ordered[0]["words"]
    is_denied = any(_NOT_SO.match(option["words"]) for option in ordered[1:])
    is_worst = is_denied or _MOST_SO.match(first) is not None
    return first if is_worst and not _NOT_SO.match(first) else ""
