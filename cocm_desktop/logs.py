"""A log without patient data: event names, numbers and ids; of an error its kind and place.

What other modules and libraries send to `logging` is written without its words.
"""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from typing_extensions import override

LARGEST = 512 * 1024
KEPT = 2
_EVENT = re.compile(r"[a-z]+(?:[._][a-z]+)*")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FACT_NAME = re.compile(r"[a-z_]{1,30}")
_OURS = "cocm"

Fact = int | float | str | None


def note(event: str, **facts: Fact) -> None:
    """Write an event: `note("clinic.unlocked", seconds=0.4, staff=staff.id)`.

    A fact is a number or an id. Any other text is left out: it might be about a patient.
    """
    written = " ".join(f"{name}={_safe(value)}" for name, value in facts.items() if name)
    logging.getLogger(_OURS).info("%s %s", event if _EVENT.fullmatch(event) else "event", written)


def _safe(value: Fact) -> str:
    if isinstance(value, str):
        known = _ID.fullmatch(value) or _EVENT.fullmatch(value)
        return value if known else "(text)"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def describe(error: BaseException) -> str:
    """Tell the kind of an error and where it came from, without its words or any value."""
    lines = []
    for each in _chain(error):
        lines.append(_kind(each))
        frames = traceback.extract_tb(each.__traceback__)
        lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join(lines)


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and each not in found:
        found.append(each)
        each = each.__cause__ or each.__context__
    return found


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _short(file: str) -> str:
    return "/".join(Path(file).parts[-2:])


class WordlessFormatter(logging.Formatter):
    """Writes our own notes as they are, and of anybody else's record its place only."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        moment = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        if record.name == _OURS:
            return f"{moment} {record.getMessage()}"
        place = f"{record.name} {record.module}:{record.lineno}"
        told = f"{moment} {record.levelname.lower()} {place}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{told}\n{describe(error)}" if error else told


def start(folder: Path) -> IO[str] | None:
    """Write to files in the folder from now on. Where that fails the program runs without.

    Gives the file for crashes, to be kept open as long as the program runs.
    """
    logger = logging.getLogger()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "program.log", maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8"
        )
        crashes = (folder / "crash.log").open("w", encoding="utf-8")
    except OSError:
        logger.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(WordlessFormatter())
    logger.addHandler(handler)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    logging.raiseExceptions = False
    faulthandler.enable(crashes)
    return crashes


def stop(crashes: IO[str]) -> None:
    """Close the file for crashes at the end of the program."""
    faulthandler.disable()
    crashes.close()


def catch_errors(show: Callable[[str], object]) -> None:
    """Log every error that nobody caught, and show its description to the person."""

    def hook(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        told = describe(error)
        logging.getLogger(_OURS).error("error\n%s", told)
        show(told)

    sys.excepthook = hook
    threading.excepthook = lambda args: logging.getLogger(_OURS).error(
        "error in a thread\n%s", describe(args.exc_value) if args.exc_value else ""
    )
