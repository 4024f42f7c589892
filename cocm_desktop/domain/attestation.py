"""The dated attestation of encryption for the practice's file, and where data goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.record_paper import PaperTable, RecordPaper
from cocm_desktop.domain.wording import long_date, long_moment

ATTESTATION = "Attestation of encryption"
DATA_FLOW = "Where data goes"
_TWO = (0.3, 0.7)


@dataclass(frozen=True, slots=True)
class Attestation:
    """What the program found out about its own encryption. Rows are names with their words."""

    computer: str
    holds: bool
    algorithm: tuple[tuple[str, str], ...]
    proof: tuple[tuple[str, str], ...]
    ways_in: tuple[tuple[str, str], ...]
    last_locked_at: datetime | None
    as_of: datetime

    @property
    def words(self) -> str:
        if self.holds:
            return (
                f"On {long_date(self.as_of.date())} the file of this clinic was encrypted, and "
                "nothing in it could be read without a key. The program tested this on the file "
                "itself. No setting turns encryption off."
            )
        return (
            "The test of the file's encryption FAILED. Stop working on this computer, make a "
            "backup, and have the file looked at before it leaves this room."
        )


def attestation_paper(found: Attestation, practice: Practice, *, by: str) -> RecordPaper:
    """Put it on paper. Source of what it is for: 45 CFR 164.402, 164.312(a)(2)(iv)."""
    locked = long_moment(found.last_locked_at) if found.last_locked_at else "not noted yet"
    return RecordPaper(
        title=ATTESTATION,
        practice=practice,
        about=(
            ("Computer", found.computer),
            ("Tested", long_moment(found.as_of)),
            ("Last locked before", locked),
        ),
        words=(found.words, *_SAFE_HARBOR),
        tables=(
            PaperTable("The test", ("What was tried", "Result"), _TWO, found.proof),
            PaperTable("How the file is encrypted", ("", ""), _TWO, found.algorithm),
            PaperTable("Who can open it", ("Who", "By what"), _TWO, found.ways_in),
        ),
        as_of=found.as_of,
        prepared_by=by,
    )


# Source: HHS guidance on unsecured protected health information, 74 FR 19006; NIST SP 800-111.
_SAFE_HARBOR = (
    (
        "Encrypted records that are lost are not “unsecured” as long as the key is not lost with "
        "them. So this computer must be locked or off when it is lost, and neither a password "
        "nor the printed recovery code may lie beside it. The hour of the last lock stands above."
    ),
    (
        "AES-256 and HMAC-SHA-512 are algorithms that NIST approves; Argon2id, which makes "
        "guessing a password slow, is RFC 9106. The module has no FIPS 140 certificate: if a "
        "contract asks for one, ask your counsel."
    ),
)


def data_flow_paper(practice: Practice, *, as_of: datetime, by: str) -> RecordPaper:
    """Say on one page where patients' data lies, and by which ways it can leave."""
    return RecordPaper(
        title=DATA_FLOW,
        practice=practice,
        about=(("As of", long_moment(as_of)),),
        words=(
            (
                "CoCM Desktop opens no network connection: it sends nothing and asks nothing. "
                "What leaves, leaves because a person saves, prints or copies it."
            ),
        ),
        tables=(
            PaperTable("Where it lies", ("Place", "How it is protected"), _TWO, _PLACES),
            PaperTable("How it leaves", ("Way", "What stands in between"), _TWO, _WAYS),
            PaperTable("How it comes in", ("Way", "What stands in between"), _TWO, _INWARD),
        ),
        as_of=as_of,
        prepared_by=by,
    )


_PLACES = (
    ("The clinic's file", "On this computer only. AES-256; opened by a password or the code."),
    ("Backups", "Encrypted like the file, in its folder and in the second place you choose."),
    ("Key file", "Keys wrapped under passwords and the recovery code; no data of patients."),
    ("Settings of the computer", "Window sizes and minutes until the lock; no data of patients."),
    ("Logs", "What happened when, by number; no names, notes or scores."),
    (
        "Memory",
        "While unlocked; let go at the lock. Encrypt the disk: the system may write memory to it.",
    ),
)
_WAYS = (
    ("Printer", "The person who prints; noted in the audit. The spool is the system's own."),
    ("PDF that is saved", "The person who saves it; encrypted where a password is given. Audit."),
    ("CSV of a list", "Permission, the password once more, restrictions of patients. Audit."),
    ("Claims (837P, CSV)", "Permission of billing, restrictions of patients. Audit."),
    ("Copy of a record", "Permission, the password once more, Part 2 consent. Audit, accounting."),
    ("Letter as text", "Permission; the clipboard is cleared. Audit."),
    ("Backup", "Encrypted; nobody opens it without a password or the recovery code."),
    ("Paper", "Outside the program: lock it away, shred it."),
)
_INWARD = (
    ("Patient lists (CSV, Excel)", "Read in a process of its own, with limits; previewed first."),
    ("Remittances (835), answers", "Checked, previewed, then posted. The file is kept."),
    ("Rates, codes, instruments", "Public tables and definitions; checked, previewed."),
)
