"""Many commands in one go: one JSON object a line, each saved by itself and acknowledged."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands.console import tell
from cocm_desktop.commands.parser import COMMON_DEFAULTS
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

COMMAND = "command"
MAY_BE_REPEATED = (
    "measure", "contact", "time", "enroll", "start", "close", "flag", "void", "fee", "practice",
    "patient", "safety", "instrument", "meeting",
)  # fmt: skip

NOT_OF_A_LINE = frozenset({*COMMON_DEFAULTS, "help", "version"})


def declare_record_batch(parser: ArgumentParser) -> None:
    parser.description = (
        "Do a command for each line of the input. A line is a JSON object: its command, and the "
        'command\'s options: {"command": "measure", "patient": "100200", "instrument": "PHQ-9", '
        '"answers": [1, 2, null, 0, 0, 1, 1, 2, 0], "on": "2026-11-20", "id": "…"}. Each line is '
        "saved by itself. A refused line is told with its number, and the rest goes on; the exit "
        "code is then 2."
    )
    parser.set_defaults(work=do_all)


def do_all(workspace: Workspace, _options: Namespace) -> None:
    done, refused = 0, 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            _do(workspace, line)
            done += 1
        except Refused as refusal:
            refused += 1
            for problem in refusal.problems:
                tell(f"Line {number}: {' '.join(problem.message.split())}")
    if refused:
        words = f"{count_of(refused, 'line')} refused, {done} done."
        raise Refused(Problem("lines", words))


def _do(workspace: Workspace, line: str) -> None:
    from cocm_desktop.commands.main import options_of

    options = options_of(_arguments(line))
    options.work(workspace, options)


def _arguments(line: str) -> list[str]:
    """Write a line as the arguments that a person would type."""
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not isinstance(content.get(COMMAND), str):
        raise Refused(Problem("line", 'This is no JSON object with a "command".'))
    words = content.pop(COMMAND).split()
    if not words or words[0] not in MAY_BE_REPEATED or any(w.startswith("-") for w in words):
        allowed = ", ".join(MAY_BE_REPEATED)
        raise Refused(Problem(COMMAND, f"A line can be one of {allowed}."))
    named = {name.replace("-", "_") for name in content}
    if strange := sorted(named & NOT_OF_A_LINE):
        words_for_all = f"{strange[0]} is said once, for all lines: before record-batch."
        raise Refused(Problem(strange[0], words_for_all))
    return [*words, *(part for name, value in content.items() for part in _option(name, value))]


def _option(name: str, value: Any) -> list[str]:
    """Write one option: nothing for null and false, a list between commas."""
    option = f"--{name.replace('_', '-')}"
    if value is None or value is False:
        return []
    if value is True:
        return [option]
    if isinstance(value, list):
        parts = ("-" if part is None else str(part) for part in value)
        return [f"{option}={','.join(parts)}"]
    if isinstance(value, str | int):
        return [f"{option}={value}"]
    raise Refused(Problem(name, f"The option {name} takes text, a number or a list."))
