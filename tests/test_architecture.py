"""Which part of the program may import which, and which part owns which library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.source_tree import PACKAGE, ROOT, Module, of_program, parse

pytestmark = pytest.mark.no_cover  # sources are read, nothing of them runs here
COMMON = {"errors", "paths", "logs", "safe_file", "no_dumps"}
MAY_IMPORT = {
    "domain": set(),
    "storage": {"domain"},
    "printing": {"domain"},
    "exchange": {"domain"},
    "actions": {"storage", "printing", "exchange", "domain"},
    "ui": {"actions", "domain"},
    "commands": {"actions", "domain"},
    "app": {"ui", "commands", "actions", "storage", "printing", "exchange", "domain"},
    "errors": set(),
    "paths": set(),
    "safe_file": {"errors"},
    "logs": set(),
    "no_dumps": set(),
    "__main__": {"app"},
    "": set(),
}
OWNERS = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "pypdfium2": {"ui"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "sqlcipher3": {"storage"},
    "sqlite3": {"storage"},
    "cryptography": {"storage"},
    "keyring": {"storage"},
    "reportlab": {"printing"},
    "pypdf": {"printing"},
    "csv": {"exchange"},
    "python_calamine": {"exchange"},
    "openpyxl": {"exchange"},
    "rapidfuzz": {"exchange"},
    "pyx12": {"exchange"},
    "platformdirs": {"paths"},
    "typing_extensions": set(MAY_IMPORT),
}
# The domain decides; it does not read files, ask for the time or write to a log.
NOT_IN_DOMAIN = {
    "asyncio", "io", "locale", "logging", "os", "pathlib", "platform", "shutil", "socket",
    "subprocess", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
ASKS_THE_CLOCK = {f"{PACKAGE}.domain.ids": {"time"}}  # a UUIDv7 begins with the moment it was made


def imported(module: Module, *, only_for_types: bool = True) -> Iterator[str]:
    """Every module that this one imports, anywhere in it, by its full dotted name."""
    for node in module.nodes if only_for_types else _needed_to_run(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)
            if node.level:
                yield f"{PACKAGE}.relative_import"


def _needed_to_run(tree: ast.AST) -> Iterator[ast.AST]:
    waiting = [tree]
    for node in waiting:
        is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if not is_for_types:
            yield node
            waiting.extend(ast.iter_child_nodes(node))


def broken_rules(module: Module) -> Iterator[str]:
    """Every import of this module that its place does not allow."""
    for name in imported(module):
        top, _, rest = name.partition(".")
        if name == f"{PACKAGE}.__version__":
            continue
        if top == PACKAGE:
            place = rest.partition(".")[0]
            common = set() if module.place in COMMON else COMMON
            if place not in MAY_IMPORT[module.place] | common | {module.place}:
                yield f"{module.name} imports {name}"
        elif not _library_is_allowed(module, top):
            yield f"{module.name} imports {top}"


def _library_is_allowed(module: Module, library: str) -> bool:
    if module.place == "domain" and library in NOT_IN_DOMAIN:
        return library in ASKS_THE_CLOCK.get(module.name, set())
    if library in OWNERS:
        return module.place == "app" or module.place in OWNERS[library]
    return library in sys.stdlib_module_names


def test_every_module_imports_only_what_its_layer_may() -> None:
    broken = [rule for module in of_program() for rule in broken_rules(module)]

    assert broken == []


def test_every_module_has_a_place_in_the_architecture() -> None:
    strangers = {module.name for module in of_program() if module.place not in MAY_IMPORT}

    assert strangers == set()


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("domain.patient", "import sqlalchemy"),
        ("domain.patient", "import os"),
        ("domain.patient", "import time"),
        ("domain.patient", "import logging"),
        ("domain.patient", "from cocm_desktop.actions.patient import refer"),
        ("domain.patient", "from cocm_desktop.storage import tables"),
        ("storage.patient", "from cocm_desktop.printing.theme import text"),
        ("storage.patient", "from cocm_desktop.actions.patient import refer"),
        ("printing.packet", "from cocm_desktop.storage.patient import get"),
        ("printing.packet", "import pypdfium2"),
        ("exchange.patient_csv", "import sqlite3"),
        ("actions.patient", "import sqlalchemy.orm"),
        ("actions.patient", "from PySide6.QtCore import QObject"),
        ("actions.patient", "def refer():\n    import csv"),
        ("ui.registry.screen", "from cocm_desktop.storage.registry import rows"),
        ("ui.registry.screen", "import cocm_desktop.printing.packet"),
        ("ui.registry.screen", "from cocm_desktop.commands import registry"),
        ("ui.registry.screen", "import reportlab"),
        ("ui.registry.screen", "from cocm_desktop.app import main"),
        ("ui.registry.screen", "from . import model"),
        ("commands.registry", "from cocm_desktop.ui import formats"),
        ("commands.registry", "import PySide6"),
        ("commands.registry", "from cocm_desktop.storage import database"),
        ("paths", "from cocm_desktop.domain.ids import new_id"),
        ("errors", "from cocm_desktop import logs"),
        ("actions.patient", "import requests"),
    ],
)
def test_a_forbidden_import_is_found(name: str, line: str) -> None:
    module = parse(f"{PACKAGE}.{name}", line)

    assert list(broken_rules(module))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("ui.registry.screen", "from cocm_desktop.actions.registry import registry"),
        ("ui.registry.screen", "from cocm_desktop.errors import Refused"),
        ("ui.registry.screen", "from cocm_desktop.ui import formats"),
        ("commands.registry", "from cocm_desktop import actions"),
        ("storage.audit", "from cocm_desktop import __version__"),
        ("app", "from PySide6.QtWidgets import QApplication"),
        ("app", "from cocm_desktop.storage.database import Database"),
        ("domain.ids", "import time"),
        ("paths", "import platformdirs"),
    ],
)
def test_an_allowed_import_passes(name: str, line: str) -> None:
    module = parse(f"{PACKAGE}.{name}", line)

    assert list(broken_rules(module)) == []


def test_no_modules_import_each_other_in_a_ring() -> None:
    names = {module.name for module in of_program()}
    waiting = {
        module.name: {target for target in _targets(module, names) if target != module.name}
        for module in of_program()
    }

    while free := {name for name, targets in waiting.items() if not targets & waiting.keys()}:
        for name in free:
            del waiting[name]

    assert {name: sorted(targets & waiting.keys()) for name, targets in waiting.items()} == {}


def test_a_migration_imports_nothing_of_ours() -> None:
    broken = {
        f"{module.name} imports {name}"
        for module in of_program()
        if ".migrations.versions." in module.name
        for name in imported(module)
        if name.startswith(PACKAGE)
    }

    assert broken == set()


def _targets(module: Module, names: set[str]) -> Iterator[str]:
    for name in imported(module, only_for_types=False):
        yield name if name in names else name.rpartition(".")[0]


def test_everything_but_the_windows_runs_without_qt() -> None:
    names = [
        module.name
        for module in of_program()
        if module.place not in {"ui", "app"}
        and ".migrations." not in module.name
        and not module.name.endswith("__main__")
    ]
    refuse_qt = "import sys; sys.modules['PySide6'] = None\n"

    run = subprocess.run(
        [sys.executable, "-c", refuse_qt + "\n".join(f"import {name}" for name in names)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stderr == ""
    assert run.returncode == 0
