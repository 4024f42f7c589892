"""Which permissions an action asks for, read from its source and that of what it calls."""

from __future__ import annotations

import ast
from functools import cache
from typing import NamedTuple

from tests.source_tree import of_program

ACTIONS = "cocm_desktop.actions."


class _Action(NamedTuple):
    takes_workspace: bool
    asks: frozenset[str]
    calls: frozenset[str]


def needs_of(name: str) -> frozenset[str]:
    """Give every permission that an action, named as module.function, asks for on its way."""
    return _needs(name, frozenset())


@cache
def taken_from_outside() -> frozenset[str]:
    """Give the actions on an open clinic that windows, commands or the program itself import."""
    found = {
        f"{node.module.removeprefix(ACTIONS)}.{alias.name}"
        for module in of_program()
        if module.place in {"ui", "commands", "app"}
        for node in module.nodes
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(ACTIONS)
        for alias in node.names
    }
    homes = {_home(name) for name in found}
    return frozenset(name for name in homes if name in _all() and _all()[name].takes_workspace)


def _home(name: str) -> str:
    """Give where an action lives that one module hands on from another."""
    while name not in _all() and name in _handed_on():
        name = _handed_on()[name]
    return name


@cache
def _handed_on() -> dict[str, str]:
    return {
        f"{module.name.removeprefix(ACTIONS)}.{here}": there
        for module in of_program()
        if module.name.startswith(ACTIONS)
        for here, there in _imported(module.nodes).items()
    }


def _needs(name: str, seen: frozenset[str]) -> frozenset[str]:
    name = _home(name)
    if name not in _all() or name in seen:
        return frozenset()
    action = _all()[name]
    deeper = (_needs(called, seen | {name}) for called in action.calls)
    return action.asks.union(*deeper)


@cache
def _all() -> dict[str, _Action]:
    return {
        f"{module.name.removeprefix(ACTIONS)}.{node.name}": _read(
            node, module.name.removeprefix(ACTIONS), _imported(module.nodes)
        )
        for module in of_program()
        if module.name.startswith(ACTIONS)
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
    }


def _imported(nodes: tuple[ast.AST, ...]) -> dict[str, str]:
    return {
        alias.asname or alias.name: f"{node.module.removeprefix(ACTIONS)}.{alias.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(ACTIONS)
        for alias in node.names
    }


def _read(function: ast.FunctionDef, module: str, imported: dict[str, str]) -> _Action:
    asks, calls = set(), set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr == "require" and node.args:
            asks.add(ast.unparse(node.args[0]).removeprefix("Permission."))
        elif isinstance(node.func, ast.Name):
            calls.add(imported.get(node.func.id, f"{module}.{node.func.id}"))
    first = function.args.args[0].annotation if function.args.args else None
    takes = first is not None and ast.unparse(first) == "Workspace"
    return _Action(takes, frozenset(asks), frozenset(calls))
