"""The program's own source, as text and as syntax trees, for the tests that guard its shape."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "cocm_desktop"
_MADE_BY_TOOLS = {".git", ".venv", "build", "__pycache__", ".hypothesis"}


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its dotted name, its text, its syntax tree, and that walked through once."""

    name: str
    path: str
    text: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]

    @property
    def place(self) -> str:
        """Name the layer (`ui`), or the lone module (`app`), that this file belongs to."""
        return self.name.split(".")[1] if "." in self.name else ""


def parse(name: str, text: str) -> Module:
    """Read source text as if it were the module of that name."""
    return _module(name, name.replace(".", "/") + ".py", text)


@cache
def of_program() -> tuple[Module, ...]:
    """Every module of the program."""
    return tuple(_modules(ROOT / PACKAGE))


@cache
def of_tests() -> tuple[Module, ...]:
    """Every module of the tests."""
    return tuple(_modules(ROOT / "tests"))


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file of the project, as Git knows them; every file that is here where Git is not."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode == 0:
        found = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _MADE_BY_TOOLS & set(path.parts)]
    return tuple(path for path in found if path.is_file())


def _modules(folder: Path) -> Iterator[Module]:
    for path in sorted(folder.rglob("*.py")):
        relative = path.relative_to(ROOT)
        name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
        text = path.read_text(encoding="utf-8")
        yield _module(name, relative.as_posix(), text)


def _module(name: str, path: str, text: str) -> Module:
    tree = ast.parse(text)
    return Module(name, path, text, tree, tuple(ast.walk(tree)))
