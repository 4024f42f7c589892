"""How a command's arguments are declared and read."""

from __future__ import annotations

import re
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from typing_extensions import override

from cocm_desktop.commands.clock import Clock, clock_of
from cocm_desktop.commands.passwords import Passwords
from cocm_desktop.domain.ids import is_id
from cocm_desktop.domain.letter import Language
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

MOST_DIGITS = 9
Choice = TypeVar("Choice", bound=Enum)


@dataclass(frozen=True, slots=True)
class Call:
    """One command as it was asked for: its arguments, its clock, and its source of passwords."""

    options: Namespace
    passwords: Passwords
    clock: Clock

    @classmethod
    def of(cls, options: Namespace) -> Call:
        return cls(options, Passwords(options.password_fd), clock_of(options.as_of))


InClinic = Callable[["Workspace", Namespace], None]
"""Work on a clinic that has been unlocked."""
Outside = Callable[[Call], None]
"""Work that needs no clinic, or opens one in its own way."""


class Parser(ArgumentParser):
    """Refuses in words instead of ending the program."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **kwargs})

    @override
    def error(self, message: str) -> NoReturn:
        words = message[:1].upper() + message[1:].rstrip(".")
        raise Refused(Problem("arguments", f"{words}. “{self.prog} --help” says what it takes."))


class Group:
    """The commands that share a first word, such as staff add and staff list."""

    def __init__(self, parser: ArgumentParser) -> None:
        self._actions = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(self, name: str, words: str) -> ArgumentParser:
        return self._actions.add_parser(
            name, help=words, description=words, parents=[common_options()]
        )


def common_options() -> Parser:
    """Declare the options that every command has, before its name or behind it."""
    options = Parser(add_help=False, argument_default=SUPPRESS)
    every = options.add_argument_group("options of every command")
    every.add_argument("--data", metavar="FOLDER", help="the clinic's folder (or COCM_DATA)")
    every.add_argument("--sign-in", metavar="NAME", help="who signs in (or COCM_SIGN_IN)")
    every.add_argument(
        "--password-fd",
        metavar="N",
        type=whole_number,
        help="read passwords from this file descriptor, one line each",
    )
    every.add_argument("--as-of", metavar="MOMENT", help="as if it were then; a day means its noon")
    every.add_argument(
        "--wait",
        metavar="SECONDS",
        type=whole_number,
        help="how long to wait while another program has the clinic open",
    )
    return options


COMMON_DEFAULTS = {"data": None, "sign_in": None, "password_fd": None, "as_of": None, "wait": 0}


def id_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--id", metavar="UUID", type=_id, help="the record's id: saved again, it is saved once"
    )


def patient_option(parser: ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--patient", metavar="MRN", required=required, help="MRN or id")


def json_option(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="write JSON instead of words")


def language_option(parser: ArgumentParser) -> None:
    """Declare the language of a paper for the patient."""
    parser.add_argument("--language", choices=slugs(Language), default=slug(Language.ENGLISH))


def patient_language_option(parser: ArgumentParser) -> None:
    """Declare the language of a paper; without it, it is the patient's."""
    words = "default: the language on file for the patient"
    parser.add_argument("--language", choices=slugs(Language), help=words)


def language_given(options: Namespace) -> Language | None:
    return member_of(Language, options.language) if options.language else None


def care_manager_option(parser: ArgumentParser) -> None:
    parser.add_argument("--care-manager", metavar="NAME", help="only this care manager's caseload")


def out_option(parser: ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--out", metavar="FILE", type=Path, required=required, help="the PDF")


def id_given(options: Namespace) -> dict[str, Any]:
    """Give the id as a draft takes it; nothing where the draft shall make its own."""
    return {"id": options.id} if options.id else {}


def whole_number(text: str) -> int:
    """Read a number without sign. Digits of other scripts are none."""
    if not re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", text):
        raise ValueError(text)
    return int(text)


whole_number.__name__ = "whole number"  # argparse says: invalid whole number value


def _id(text: str) -> str:
    if not is_id(text):
        raise ValueError(text)
    return text


_id.__name__ = "UUID in small letters"


def slug(member: Enum) -> str:
    """Write a member as it is typed: LEFT_MESSAGE is left-message."""
    return member.name.lower().replace("_", "-")


def slugs(members: Iterable[Enum]) -> list[str]:
    return [slug(member) for member in members]


def member_of(kind: type[Choice], text: str) -> Choice:
    return kind[text.upper().replace("-", "_")]
