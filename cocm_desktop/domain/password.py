"""What makes a password good enough to guard a clinic's file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from cocm_desktop.domain.password_list import PasswordList
from cocm_desktop.errors import Problem, Refused

# Source: NIST SP 800-63B-4 (2025), 3.1.1.2: at least 15 characters where the password is the
# only factor, no rules about kinds of characters, common and contextual words refused.
SHORTEST = 15
SHORTEST_WITH_DEVICE_SHARE = 12
LONGEST = 256

NO_LIST = PasswordList()
_FIELD = "password"
_FEWEST_DIFFERENT = 5
_SHORTEST_CONTEXT_WORD = 4
_OURS = ("cocm", "cocmdesktop", "collaborativecare", "phq9", "gad7", "clinic")
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_RUN_LENGTH = 4
_COMMON = (
    "password", "passwort", "passw0rd", "letmein", "welcome", "iloveyou", "changeme", "qwerty",
    "administrator", "admin", "login", "master", "dragon", "monkey", "football", "baseball",
    "sunshine", "princess", "superman", "batman", "trustno1", "shadow", "michael", "jennifer",
    "jordan", "hunter", "summer", "winter", "spring", "autumn", "monday", "friday", "january",
    "december", "secret", "freedom", "whatever", "starwars", "computer", "internet", "hello",
    "health", "medical", "doctor", "nurse", "patient", "office", "hospital", "practice",
    "correcthorsebatterystaple", "thequickbrownfoxjumpsoverthelazydog", "mypassword", "default",
    "access", "system", "server", "guest", "test", "abc", "your", "the", "is", "my", "me", "new",
)  # fmt: skip
_KEPT_APART = re.compile(r"[\W_]+")


def normalized(password: str) -> str:
    """Bring together what different keyboards type for the same characters."""
    return unicodedata.normalize("NFKC", password)


def problems(
    password: str,
    *,
    context: Iterable[str] = (),
    device_share: bool = False,
    common: PasswordList = NO_LIST,
) -> Iterator[Problem]:
    """Name what is wrong with a new password.

    `context` holds words that an outsider would try: the practice's name, the sign-in name, the
    person's name; `common` what is tried first anywhere. With a device share the password alone
    opens nothing, and may be shorter.
    """
    text = normalized(password)
    shortest = SHORTEST_WITH_DEVICE_SHARE if device_share else SHORTEST
    if not text.strip():
        yield Problem(_FIELD, "Type a password.")
    elif len(text) < shortest:
        yield Problem(
            _FIELD,
            f"The password has {len(text)} characters. It needs at least {shortest}: "
            "four or five words that do not belong together are easy to keep.",
        )
    elif len(text) > LONGEST:
        yield Problem(_FIELD, f"A password has at most {LONGEST} characters.")
    else:
        yield from _easy_to_guess(text, context, common)


def require_good(
    password: str,
    *,
    context: Iterable[str] = (),
    device_share: bool = False,
    common: PasswordList = NO_LIST,
) -> None:
    """Raise what is wrong with a new password."""
    found = tuple(problems(password, context=context, device_share=device_share, common=common))
    if found:
        raise Refused(*found)


def _easy_to_guess(text: str, context: Iterable[str], common: PasswordList) -> Iterator[Problem]:
    plain = _KEPT_APART.sub("", text.casefold())
    if len(set(text.casefold())) < _FEWEST_DIFFERENT:
        yield Problem(_FIELD, "The password repeats a few characters. Choose another.")
        return
    for word in _context_words(context):
        if word in plain:
            yield Problem(
                _FIELD,
                f"The password contains “{word}”, which an outsider would try. Choose another.",
            )
            return
    if common.holds(text):
        yield Problem(
            _FIELD,
            "This password, or what it is made of, is among the hundred thousand that are tried "
            "first. Choose another.",
        )
    elif len(_without_the_common(plain)) < SHORTEST_WITH_DEVICE_SHARE // 2:
        yield Problem(
            _FIELD,
            "The password is made of common words or runs of keys, which are tried first. "
            "Choose another.",
        )


def _context_words(context: Iterable[str]) -> Iterator[str]:
    for name in (*_OURS, *context):
        whole = normalized(name).casefold()
        for word in (_KEPT_APART.sub("", whole), *_KEPT_APART.split(whole)):
            if len(word) >= _SHORTEST_CONTEXT_WORD:
                yield word


def _without_the_common(plain: str) -> str:
    """Return what is left of a password without common words, runs of keys and digits."""
    for word in sorted(_COMMON, key=len, reverse=True):
        plain = plain.replace(word, "")
    for run in _RUNS:
        for line in (run, run[::-1]):
            for length in range(len(line), _RUN_LENGTH - 1, -1):
                for start in range(len(line) - length + 1):
                    plain = plain.replace(line[start : start + length], "")
    return re.sub(r"\d|(.)(?=\1)", "", plain)
