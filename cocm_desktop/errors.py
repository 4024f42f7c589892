"""The errors a person may see.

CocmError
├── Refused            the request breaks a rule of the program; the message says which
│   ├── ProofWanted    the password has to be typed once more
│   └── WrongPlace     the clinic's file would come to harm where it lies
├── WrongSecret        the sign-in name, password or recovery code does not fit
│   └── TooManyTries   and it is too early for the next try
└── Unavailable        something outside the program failed: disk, key store, printer
    ├── Damaged        the file is not what it should be; nothing was changed
    ├── NewerFile      a newer program made the file
    ├── OlderFile      an older program made the file; it can be brought up to date
    ├── RolledBack     the file is older than what was seen of it elsewhere
    └── InUse          another program holds the file

Any other exception is a bug. It reaches the excepthook and is logged without patient data.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a draft, and the field that can put it right."""

    field: str
    message: str


class CocmError(Exception):
    """Base of every error whose text is fit to show."""


class Refused(CocmError):
    """The request breaks a rule. Nothing was stored."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


class ProofWanted(Refused):
    """The password has to be typed once more: it was too long ago. Nothing was stored."""


class WrongPlace(Refused):
    """A clinic's file in use would come to harm in this folder. It was left as it is."""


class WrongSecret(CocmError):
    """The sign-in name, password or recovery code does not open the file."""

    wait_seconds = 0
    """How long to wait before the next try."""


class TooManyTries(WrongSecret):
    """Nothing was tried: after wrong passwords there is a pause."""

    def __init__(self, seconds: int) -> None:
        many = f"{seconds} seconds" if seconds != 1 else "1 second"
        super().__init__(
            f"After several wrong passwords there is a pause. Nothing was opened or changed. "
            f"Try again in {many}."
        )
        self.wait_seconds = seconds


class Unavailable(CocmError):
    """Something outside the program failed."""


class Damaged(Unavailable):
    """The file is cut short, altered or not ours. It is left as it is."""


class NewerFile(Unavailable):
    """A newer CoCM Desktop made the file. It is left as it is."""


class OlderFile(Unavailable):
    """An older CoCM Desktop made the file. It can be brought up to date, after a copy."""


class RolledBack(Unavailable):
    """Newer entries than the file's were seen elsewhere, or other ones. It is left as it is."""


class InUse(Unavailable):
    """Another program, or this one on another screen, holds the file."""
