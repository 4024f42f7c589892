"""Two hundred made-up values that stand in for what is confidential, and the search for them."""

from __future__ import annotations

import builtins
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from pypdf import PdfReader

PATIENTS = 20
FIELDS = ("last_name", "first_name", "mrn", "address", "city", "email", "member_id", "note",
          "question", "task")  # fmt: skip
_FOUND = re.compile(rb"qz[a-j]{4}vex")


def canary(number: int) -> str:
    """Give a word that stands nowhere else: qzabcdvex."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04}")
    return f"Qz{letters}vex"


@dataclass(frozen=True, slots=True)
class Canaries:
    """The values of one patient, by field."""

    number: int

    def __getitem__(self, field: str) -> str:
        return canary(self.number * len(FIELDS) + FIELDS.index(field))


def everybody() -> list[Canaries]:
    return [Canaries(number) for number in range(PATIENTS)]


def day_of_work() -> Iterator[str]:
    """Give the lines of a batch: everybody is added, enrolled, measured, called."""
    for who in everybody():
        mrn = who["mrn"]
        yield _line(
            "patient add", {"born": "1971-04-05", "sex": "female", "mrn": mrn},
            last_name=who["last_name"], first_name=who["first_name"], address=who["address"],
            city=who["city"], state="NY", postal_code="12207",
            email=f"{who['email']}@example.org", payer="Aetna", member_id=who["member_id"],
        )  # fmt: skip
        yield _line(
            "enroll",
            {"patient": mrn, "consented": "2026-10-01", "enrolled": "2026-10-01"},
            diagnosis="F33.1",
        )
        yield _line(
            "measure",
            {"patient": mrn, "instrument": "PHQ-9"},
            answers=[2, 2, 1, 2, 1, 1, 0, 1, who.number % 2],
        )
        yield _line(
            "contact", {"patient": mrn, "kind": "phone", "minutes": 1},
            started=f"{8 + who.number // 20:02}:{who.number * 2:02}", note=who["note"],
        )  # fmt: skip
        yield _line("flag", {"patient": mrn}, question=who["question"])


def _line(command: str, options: Mapping[str, object], **more: object) -> str:
    named = {name.replace("_", "-"): value for name, value in more.items()}
    return json.dumps({"command": command, **options, **named}) + "\n"


def refused_commands(folder: Path) -> list[tuple[str, ...]]:
    """Give commands that fail in forty ways, each with something of a patient among its words."""
    who = Canaries(3)
    word, mrn = who["last_name"], who["mrn"]
    files = _hostile_files(folder, word)
    about = ("--patient", mrn)
    return [
        ("patient", "add", "--last-name", word, "--first-name", word, "--born", word),
        ("patient", "add", "--last-name", word, "--first-name", word, "--born", "01/01/2090"),
        ("patient", "add", "--last-name", word, "--first-name", "A", "--born", "t", "--mrn", mrn),
        ("patient", "add", "--last-name", word),
        ("patient", "show", "--patient", f"{word}x"),
        ("enroll", *about, "--consented", word),
        ("enroll", *about, "--consented", "t", "--diagnosis", word),
        ("enroll", *about, "--consented", "t", "--enrolled", "t", "--diagnosis", "F33.1"),
        ("measure", *about, "--instrument", word, "--answers=1"),
        ("measure", *about, "--instrument", "PHQ-9", f"--answers={word}"),
        ("measure", *about, "--instrument", "PHQ-9", "--answers=1,2"),
        ("measure", *about, "--instrument", "PHQ-9", "--answers=9,9,9,9,9,9,9,9,9"),
        ("contact", *about, "--kind", word),
        ("contact", *about, "--kind", "phone", "--minutes", word),
        ("contact", *about, "--kind", "phone", "--on", "2090-01-01", "--note", word),
        ("contact", *about, "--kind", "phone", "--started", word),
        ("time", "add", *about, "--minutes", word),
        ("flag", "--patient", word, "--question", word),
        ("close", *about, "--outcome", word),
        ("void", word, "--reason", word),
        ("task", "add", *about, "--title", word, "--due", word),
        ("diagnosis", "add", *about, "--code", word),
        ("medication", "add", *about, "--name", word),
        ("plan", "print", *about, "--kind", word),
        ("letter", "write", *about, "--template", word),
        ("packet", "--out", str(folder / "gone" / f"{word}.pdf")),
        ("superbill", "print", "--month", word),
        ("registry", "--filter", json.dumps({"conditions": [[word, "is", word]]})),
        ("view", "save", word, "--filter", word),
        ("merge", word, mrn),
        ("staff", "add", "--name", word, "--role", word),
        ("setting", "set", word, word),
        ("import", str(folder / f"{word}.csv")),
        *(("import", str(file)) for file in files),
        ("restore", str(files[0])),
        ("claims", "import-835", str(files[0])),
        ("rates", "import", str(files[1])),
        ("instrument", "add", str(files[1])),
        ("check", "--wait", word),
        (f"--{word}", "check"),
        (word,),
    ]


def _hostile_files(folder: Path, word: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("xl/workbook.xml", f"<workbook>{word}")
    contents = {
        "a.cocmbak": b"PK\x03\x04" + word.encode(),
        "b.json": f'{{"{word}": '.encode(),
        "c.xlsx": package.getvalue(),
        "d.csv": f'"{word},{word}\n{word}'.encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def kinds_of_error(word: str) -> Iterator[Exception]:
    """Give an error of each of forty kinds, each of which speaks of a patient."""
    kinds = [each for each in vars(builtins).values() if _is_simple(each)]
    for kind in kinds:
        if issubclass(kind, UnicodeError) and kind is not UnicodeError:
            text = word.encode() if kind is UnicodeDecodeError else word
            yield kind("utf-8", text, 0, 1, word)
        else:
            yield kind(word, f"{word} was born", word)


def _is_simple(each: object) -> TypeGuard[type[Exception]]:
    return (
        isinstance(each, type)
        and issubclass(each, Exception)
        and not issubclass(each, Warning | BaseExceptionGroup)
        and not issubclass(each, UnicodeTranslateError)
    )


def hits(content: bytes) -> set[bytes]:
    """Find canaries, also where each letter takes two bytes, and in any case of letters."""
    return set(_FOUND.findall(content.lower())) | set(
        _FOUND.findall(content.lower().replace(b"\0", b""))
    )


def hits_below(folder: Path, *, but: Sequence[Path] = ()) -> dict[str, set[bytes]]:
    """Search names and contents of every file below the folder but what was saved on purpose."""
    found: dict[str, set[bytes]] = {}
    for file in sorted(folder.rglob("*")):
        if any(file.is_relative_to(each) for each in but):
            continue
        content = str(file).encode() + (file.read_bytes() if file.is_file() else b"")
        if hit := hits(content):
            found[str(file.relative_to(folder))] = hit
    return found


def told_without_opening(pdf: Path) -> bytes:
    """Give what a file browser shows of a paper: its properties, in both forms they have."""
    reader = PdfReader(pdf)
    shown = "".join(map(str, (reader.metadata or {}).values()))
    packet = reader.xmp_metadata
    return shown.encode() + (packet.stream.get_data() if packet else b"")
