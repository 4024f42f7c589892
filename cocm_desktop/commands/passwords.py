"""Where passwords come from: an open file, the environment, or the prompt. Never the arguments."""

from __future__ import annotations

import os
import warnings

from cocm_desktop.errors import Problem, Refused

PASSWORD = "COCM_PASSWORD"  # noqa: S105  the names of variables, not what stands in them
NEW_PASSWORD = "COCM_NEW_PASSWORD"  # noqa: S105
PAPER_PASSWORD = "COCM_PAPER_PASSWORD"  # noqa: S105
RECOVERY_CODE = "COCM_RECOVERY_CODE"
LONGEST_LINE = 4096
_STANDARD_INPUT, _FIRST_OF_OURS = 0, 3


class Passwords:
    """Gives each secret once it is needed; from a file descriptor, one line each in that order.

    The environment is meant for tests: other programs of the same person can read it.
    """

    def __init__(self, file_descriptor: int | None = None) -> None:
        self._file_descriptor = file_descriptor

    def password(self) -> str:
        """Give the password of who signs in."""
        return self._secret(PASSWORD, "Password: ")

    def new_password(self, words: str = "New password") -> str:
        """Give a password that is to be set; at the prompt it is typed twice."""
        return self._secret(NEW_PASSWORD, f"{words}: ", again=f"{words} again: ")

    def first_password(self) -> str:
        """Give the password with which a clinic is made, and which then opens it."""
        if NEW_PASSWORD not in os.environ and PASSWORD in os.environ:
            return self._secret(PASSWORD, "")
        return self.new_password("Password")

    def paper_password(self) -> str:
        """Give the password that shall open a printed file."""
        return self._secret(PAPER_PASSWORD, "Password of the PDF: ", again="The same again: ")

    def recovery_code(self) -> str:
        return self._secret(RECOVERY_CODE, "Recovery code: ")

    def _secret(self, variable: str, prompt: str, *, again: str = "") -> str:
        if self._file_descriptor is not None:
            return _line_of(self._file_descriptor)
        if variable in os.environ:
            return _text_of(variable)
        secret = _typed(prompt)
        if again and _typed(again) != secret:
            raise Refused(Problem("password", "The two are not the same. Nothing was changed."))
        return secret


def _line_of(file_descriptor: int) -> str:
    """Read to the end of one line and not a byte further: what follows is for somebody else."""
    if _STANDARD_INPUT < file_descriptor < _FIRST_OF_OURS or file_descriptor < 0:
        raise _unreadable(file_descriptor)
    line = bytearray()
    try:
        while (byte := os.read(file_descriptor, 1)) not in {b"", b"\n"}:
            line += byte
            if len(line) > LONGEST_LINE:
                raise _unreadable(file_descriptor)
        return line.rstrip(b"\r").decode()
    except (OSError, OverflowError, UnicodeDecodeError):
        raise _unreadable(file_descriptor) from None


def _text_of(variable: str) -> str:
    text = os.environ[variable]
    if not text.isprintable():
        words = f"{variable} holds characters that nobody can type. Nothing was done."
        raise Refused(Problem("password", words))
    return text


def _unreadable(file_descriptor: int) -> Refused:
    words = f"No password can be read from file descriptor {file_descriptor}. Nothing was changed."
    return Refused(Problem("password_fd", words))


def _typed(prompt: str) -> str:
    import getpass

    try:
        with warnings.catch_warnings():
            # Without a terminal it would read on with the letters in sight.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt)
    except (getpass.GetPassWarning, EOFError):
        words = (
            "There is no terminal to ask for the password: give --password-fd. Nothing was done."
        )
        raise Refused(Problem("password", words)) from None
