"""What entitles a practitioner to bill, read from the letters behind the name."""

from __future__ import annotations

import re

# Source: CMS MLN909432: physician, NP, PA, CNS, CNM; licences of states map to these.
_MEANING = {
    **dict.fromkeys(("MD", "MBBS", "MBCHB"), "MD"),
    "DO": "DO",
    **dict.fromkeys(
        (
            "NP",
            "APNP",
            "APRN",
            "ARNP",
            "FNP",
            "FNPC",
            "FNPBC",
            "PMHNP",
            "AGNP",
            "CRNP",
            "CNP",
            "DNP",
        ),
        "NP",
    ),
    **dict.fromkeys(("PA", "PAC", "RPAC"), "PA"),
    **dict.fromkeys(("CNS", "PMHCNS"), "CNS"),
    "CNM": "CNM",
}
_WORD = re.compile(r"[^,;/\s]+")


def billing_credential(credentials: str) -> str:
    """Give the credential that decides who may bill; the first word as it is where none does."""
    words = [word.replace(".", "").replace("-", "").upper() for word in _WORD.findall(credentials)]
    known = (_MEANING[word] for word in words if word in _MEANING)
    return next(known, words[0] if words else "")
