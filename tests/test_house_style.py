"""The habits of this code base that no linter knows: sizes, words, and how Qt is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.source_tree import PACKAGE, Module, of_program, of_tests, parse, tracked_files

pytestmark = pytest.mark.no_cover  # sources are read, nothing of them runs
LONGEST_FILE = 400
LONGEST_FUNCTION = 50

# Each stands for a word of resources/glossary.md.
BANNED_WORDS = {
    "beneficiary", "dashboard", "discharge", "encounter", "invoice", "navigator",
    "psychiatrist", "questionnaire", "survey", "tenant", "tracker", "user",
}  # fmt: skip
# What a thing is called when nobody knows what it is.
BANNED_ENDINGS = re.compile(
    r"(?<!care_)(controller|helpers?|manager|misc|service|utils?)$", re.IGNORECASE
)
BANNED_VERBS = ("delete", "handle", "manage", "process", "save", "submit", "update")
SHOWS_TEXT = {
    "QAction", "QCheckBox", "QGroupBox", "QLabel", "QPushButton", "QRadioButton", "addAction",
    "addMenu", "addTab", "setAccessibleName", "setPlaceholderText", "setStatusTip", "setText",
    "setToolTip", "setWindowTitle",
}  # fmt: skip
NEVER_CALLED = {
    "blockSignals": "hides that a screen saves on every change",
    "processEvents": "lets a click arrive in the middle of another",
    "resizeColumnsToContents": "asks every row for its size: seconds on a long caseload",
    "resizeRowsToContents": "as above",
    "loadUiType": "screens are code",
    "nextInFocusChain": "the bindings make a ring of it, and taking it down ends the program",
    "previousInFocusChain": "as above",
}
CATCHES_EVERYTHING = {f"{PACKAGE}.ui.work", f"{PACKAGE}.logs", f"{PACKAGE}.storage.device_share"}
Functions = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(module: Module) -> Iterator[str]:
    lines = module.text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{module.path}: {lines} lines"
    for node in module.nodes:
        if isinstance(node, Functions) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{module.path}: {node.name} has {length} lines"


def lacks_a_docstring(module: Module) -> Iterator[str]:
    if module.text.strip() and not ast.get_docstring(module.tree):
        yield f"{module.path}: does not say what lives here"


def banned_words(module: Module) -> Iterator[str]:
    for name in _names_given(module):
        snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        for word in BANNED_WORDS & set(snake.split("_")):
            yield f"{module.path}: {name} says {word!r}"


def empty_names(module: Module) -> Iterator[str]:
    classes = [node.name for node in module.nodes if isinstance(node, ast.ClassDef)]
    for name in (module.name.rpartition(".")[2], *classes):
        if BANNED_ENDINGS.search(name):
            yield f"{module.path}: {name} does not say what it is"


def _names_given(module: Module) -> Iterator[str]:
    yield module.name.rpartition(".")[2]
    for node in module.nodes:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def banned_verbs(module: Module) -> Iterator[str]:
    if module.place != "actions":
        return
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith(BANNED_VERBS):
            yield f"{module.path}: {node.name} (say record, void, close, issue…)"


def careless_qt(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "ResizeToContents":
            yield f"{module.path}:{node.lineno} ResizeToContents {NEVER_CALLED['loadUiType']}"
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        called = node.func.attr
        if called in NEVER_CALLED:
            yield f"{module.path}:{node.lineno} {called}: {NEVER_CALLED[called]}"
        if called in {"exec", "exec_"} and module.place != "app":
            yield f"{module.path}:{node.lineno} {called}: stops the program; use open()"


def undecorated_slots(module: Module) -> Iterator[str]:
    for cls in module.nodes:
        if not isinstance(cls, ast.ClassDef):
            continue
        methods = {node.name: node for node in cls.body if isinstance(node, ast.FunctionDef)}
        for name in _connected(cls) & methods.keys():
            decorators = map(ast.unparse, methods[name].decorator_list)
            # What overrides a slot of Qt's is one.
            if not any(text.startswith(("Slot", "override")) for text in decorators):
                yield f"{module.path}: {cls.name}.{name} is connected but is no @Slot"


def _connected(cls: ast.ClassDef) -> set[str]:
    return {
        target.attr
        for call in ast.walk(cls)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(".connect")
        for target in call.args
        if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self"
    }


def untranslatable_texts(module: Module) -> Iterator[str]:
    if module.place != "ui":
        return
    for call in module.nodes:
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in SHOWS_TEXT:
            for text in call.args:
                if isinstance(text, ast.Constant | ast.JoinedStr) and _has_words(text):
                    yield f"{module.path}:{call.lineno} {ast.unparse(text)} without tr()"


def _has_words(text: ast.expr) -> bool:
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    written = [part.value for part in parts if isinstance(part, ast.Constant)]
    return any(isinstance(part, str) and re.search(r"[a-z]{2}", part) for part in written)


def caught_everything(module: Module) -> Iterator[str]:
    if module.name in CATCHES_EVERYTHING:
        return
    for node in module.nodes:
        if isinstance(node, ast.ExceptHandler) and ast.unparse(node.body[-1]) != "raise":
            caught = ast.unparse(node.type) if node.type else "everything"
            if caught in {"everything", "Exception", "BaseException"}:
                yield f"{module.path}:{node.lineno} catches {caught}"


def classes_of_tests(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield f"{module.path}: class {node.name}: tests are functions"


Rule = Callable[[Module], Iterator[str]]
OF_THE_PROGRAM: list[Rule] = [
    too_long,
    lacks_a_docstring,
    banned_words,
    empty_names,
    banned_verbs,
    careless_qt,
    undecorated_slots,
    untranslatable_texts,
    caught_everything,
]
OF_THE_TESTS: list[Rule] = [too_long, careless_qt, caught_everything, classes_of_tests]


@pytest.mark.parametrize("rule", OF_THE_PROGRAM)
def test_the_program_keeps(rule: Rule) -> None:
    assert [breach for module in of_program() for breach in rule(module)] == []


@pytest.mark.parametrize("rule", OF_THE_TESTS)
def test_the_tests_keep(rule: Rule) -> None:
    assert [breach for module in of_tests() for breach in rule(module)] == []


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (too_long, "domain.a", "x = 1\n" * 401),
        (too_long, "domain.a", "def f():\n" + "    x = 1\n" * 50),
        (lacks_a_docstring, "domain.a", "x = 1"),
        (empty_names, "domain.a", "class PatientManager: ..."),
        (empty_names, "domain.a", "class BillingService: ..."),
        (banned_words, "domain.a", "def total(tenant): ..."),
        (banned_words, "domain.a", "user_name = 1"),
        (empty_names, "domain.utils", ""),
        (banned_verbs, "actions.contact", "def update_contact(): ..."),
        (careless_qt, "ui.a", "dialog.exec()"),
        (careless_qt, "ui.a", "app.processEvents()"),
        (careless_qt, "ui.a", "box.blockSignals(True)"),
        (careless_qt, "ui.a", "header.setMode(QHeaderView.ResizeMode.ResizeToContents)"),
        (
            undecorated_slots,
            "ui.a",
            "class A:\n def f(self): b.clicked.connect(self.g)\n def g(self): ...",
        ),
        (untranslatable_texts, "ui.a", "QLabel('Last contact')"),
        (untranslatable_texts, "ui.a", "label.setText(f'{n} patients')"),
        (caught_everything, "actions.a", "try: ...\nexcept Exception: ..."),
        (caught_everything, "actions.a", "try: ...\nexcept: ..."),
        (classes_of_tests, "domain.a", "class TestA: ..."),
    ],
)
def test_a_breach_is_found(rule: Rule, name: str, text: str) -> None:
    assert list(rule(parse(f"{PACKAGE}.{name}", text)))


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (empty_names, "domain.care_manager", ""),
        (empty_names, "domain.a", "class ServiceMonth: ..."),
        (careless_qt, "app", "application.exec()"),
        (
            undecorated_slots,
            "ui.a",
            "class A:\n def f(self): b.clicked.connect(self.g)\n @Slot()\n def g(self): ...",
        ),
        (untranslatable_texts, "ui.a", "QLabel(self.tr('Last contact'))"),
        (untranslatable_texts, "ui.a", "label.setText('–')"),
        (untranslatable_texts, "ui.a", "label.setText(f'{self.tr(\"All\")} · {count}')"),
        (caught_everything, "actions.a", "try: ...\nexcept OSError: ..."),
        (caught_everything, "storage.a", "try: ...\nexcept BaseException:\n  undo()\n  raise"),
    ],
)
def test_a_good_habit_passes(rule: Rule, name: str, text: str) -> None:
    assert list(rule(parse(f"{PACKAGE}.{name}", text))) == []


def test_no_screen_is_drawn_in_a_ui_file() -> None:
    assert [path for path in tracked_files() if path.suffix == ".ui"] == []
