"""What a single cell of a patient list says: a birth, a name, a phone, a state."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from cocm_desktop.domain.dates import read_date
from cocm_desktop.domain.identifiers import US_PHONE_DIGITS, phone_digits, phone_words
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.text import fold, tidy

# What other systems write where there is nothing to write.
BLANKS = frozenset(
    {"null", "(null)", "<null>", "n/a", "#n/a", "na", "nan", "nil", "none", "unk", "unknown"}
    | {"undefined", "not recorded", "not on file", "-", "--", "---", "?", "??", "."}
)
# Words in place of a name that mark a record made to try a system out.
TRIAL_NAMES = frozenset(
    {"test", "testing", "testpatient", "test patient", "patient test", "ztest", "dummy", "asdf"}
    | {"do not use", "donotuse", "delete me", "deleteme", "xxx", "xxxx"}
)
SEX_WORDS = {
    **dict.fromkeys(("f", "female", "w", "woman", "femenino", "fem"), Sex.FEMALE),
    **dict.fromkeys(("m", "male", "man", "masculino", "masc"), Sex.MALE),
    **dict.fromkeys(
        ("o", "other", "x", "nb", "nonbinary", "non binary", "intersex", "a", "n"), Sex.OTHER
    ),
    **dict.fromkeys(
        ("", "u", "unk", "unknown", "undifferentiated", "not recorded", "null", "n/a"), Sex.UNKNOWN
    ),
    **dict.fromkeys(("declined", "decline to answer", "unspecified", "un"), Sex.UNKNOWN),
}
CREDENTIALS = frozenset(
    {"md", "do", "np", "pa", "pac", "fnp", "fnpc", "fnpbc", "anp", "agnp", "agpcnp", "aprn"}
    | {"arnp", "cnp", "crnp", "cnm", "cns", "dnp", "rn", "mbbs", "phd", "psyd", "pharmd", "lcsw"}
    | {"pmhnp", "whnp", "pnp", "mph", "ms", "msn", "faafp", "facp"}
)
# Source: USPS Publication 28, appendix B.
STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA",
    "colorado": "CO", "connecticut": "CT", "delaware": "DE", "district of columbia": "DC",
    "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID", "illinois": "IL",
    "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV",
    "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY",
    "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR",
    "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI", "south carolina": "SC",
    "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip
# Spreadsheets count days from here, so that March 1, 1900 is day 61.
# Source: ECMA-376 part 1, 18.17.4.1, the 1900 date system.
_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL = 61
_SERIAL = re.compile(r"(\d{2,5})(?:\.\d+)?", re.ASCII)
_NUMERIC = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})([-/.].*)", re.ASCII | re.DOTALL)
_MONTHS_A_YEAR = 12
_ZIP, _ZIP_PLUS_4 = 5, 9
_SEVEN_DIGITS = re.compile(r"\d{7}", re.ASCII)


def given(text: str) -> str:
    """Give a cell as it is kept: tidy, and empty where it holds a word for nothing."""
    kept = tidy(text)
    return "" if kept.casefold() in BLANKS else kept


def birth_date(text: str, *, today: date, day_first: bool = False) -> date | None:
    """Read a date of birth; None when it is none. A two-digit year is never in the future."""
    words = re.sub(r"\s*\(.*\)$", "", tidy(text))
    if not words[:1].isalnum() or fold(words) in {"t", "today"}:
        return None
    if _SEVEN_DIGITS.fullmatch(words):
        words = f"0{words}"  # the zero of a month before October, lost by a spreadsheet
    if day_first and (found := _NUMERIC.fullmatch(words)):
        words = f"{found[3]}{found[2]}{found[1]}{found[4]}"
    if re.match(r"t(oday)?\b", words, re.IGNORECASE):
        return None
    return read_date(words, today=today, past=True)


def spreadsheet_day(text: str, *, today: date) -> date | None:
    """Read the number that a spreadsheet keeps for a past day, such as 26028 for 4/5/1971."""
    found = _SERIAL.fullmatch(text.strip())
    if found is None or not _FIRST_SERIAL <= int(found[1]) <= (today - _DAY_ZERO).days:
        return None
    return _DAY_ZERO + timedelta(days=int(found[1]))


def puts_day_first(values: Iterable[str]) -> bool:
    """Tell whether a column writes 25/12/1971: some first parts, and no second, exceed 12."""
    firsts, seconds = [0], [0]
    for value in values:
        if found := _NUMERIC.fullmatch(value):
            firsts.append(int(found[1]))
            seconds.append(int(found[3]))
    return max(firsts) > _MONTHS_A_YEAR >= max(seconds)


def has_short_year(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}[-/. ][\da-zA-Z]{1,9}[-/. ]\d{2}|\d{6}", text.strip()))


def sex_of(text: str) -> Sex | None:
    """Give the sex a cell names; None where the word is not known."""
    return SEX_WORDS.get(fold(text), SEX_WORDS.get(text.strip().casefold()))


def split_name(text: str) -> tuple[str, str, str]:
    """Take Nguyen, Thi Huong or Maria T. Alvarez apart: family, given and middle name."""
    last, comma, rest = tidy(text).partition(",")
    if comma:
        parts = rest.replace(",", " ").split()
        return last.strip(), " ".join(parts[:1]), " ".join(parts[1:])
    parts = last.split()
    if len(parts) < 2:  # noqa: PLR2004  a family and a given name
        return last, "", ""
    return parts[-1], parts[0], " ".join(parts[1:-1])


def is_trial_name(*names: str) -> bool:
    """Tell whether any of the names marks a record made to try a system out."""
    folded = [fold(name) for name in names]
    return any(name in TRIAL_NAMES or name.startswith("zz") for name in folded)


def practitioner_words(text: str) -> str:
    """Write Smith, Alan MD as Alan Smith, MD; leave any other shape as it is."""
    kept = given(text)
    parts = [part.split() for part in kept.split(",")]
    credentials: list[str] = []
    while len(parts) > 1 and parts[-1] and _is_credential(parts[-1][-1]):
        credentials.insert(0, parts[-1].pop())
        if not parts[-1]:
            parts.pop()
    while len(parts) > 1 and len(parts[0]) > 1 and _is_credential(parts[0][-1]):
        credentials.append(parts[0].pop())
    if len(parts) == 2 and all(parts):  # noqa: PLR2004  family and given name
        name = " ".join([*parts[1], *parts[0]])
        return ", ".join([name, *credentials])
    return kept


def _is_credential(word: str) -> bool:
    return fold(word).replace(" ", "") in CREDENTIALS


def state_code(text: str) -> str:
    """Write a state of the US by its two letters; leave anything else as it is."""
    kept = given(text)
    return STATES.get(fold(kept), kept.upper() if len(kept) == 2 else kept)  # noqa: PLR2004


def zip_words(text: str) -> str:
    """Write a ZIP code with the zeros in front that a spreadsheet drops: 2149 becomes 02149."""
    kept = given(text)
    digits = re.sub(r"[-\s]", "", kept)
    if not re.fullmatch(r"\d{3,9}", digits, re.ASCII):
        return kept
    if len(digits) <= _ZIP:
        return digits.zfill(_ZIP)
    full = digits.zfill(_ZIP_PLUS_4)
    return f"{full[:_ZIP]}-{full[_ZIP:]}" if len(digits) >= _ZIP_PLUS_4 - 1 else kept


def phone_of(text: str) -> str:
    """Write a US number as 555-712-4709; empty for a number that stands for none."""
    words = phone_words(given(text))
    digits = phone_digits(words)
    return "" if len(digits) >= US_PHONE_DIGITS and len(set(digits)) == 1 else words
