"""The files around the program: what is pinned, what is tracked, what is told."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.source_tree import ROOT, tracked_files


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_pins_every_library_with_hashes_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    entries = re.findall(r"^[A-Za-z].*(?:\n    .*)*", text, re.MULTILINE)

    assert len(entries) > 20
    assert [entry for entry in entries if not re.match(r"\S+==\S+ ", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert re.findall(r"^\s*-", text.replace("    --hash", ""), re.MULTILINE) == []


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", []), ("requirements-dev.lock", ["dev"])]
)
def test_the_lock_holds_a_fitting_pin_for_every_library_asked_for(
    lock: str, groups: list[str]
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked_for = [*project["dependencies"]]
    asked_for += [line for group in groups for line in project["optional-dependencies"][group]]
    pinned = dict(re.findall(r"^(\S+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))

    unfit = [
        line
        for line in asked_for
        for wanted in [Requirement(line)]
        if wanted.name.lower() not in pinned
        or not wanted.specifier.contains(pinned[wanted.name.lower()])
    ]

    assert unfit == []


def test_no_file_names_a_package_host_or_a_folder_of_one_computer() -> None:
    hosts = [
        "py" + "pi.org",
        "files.python" + "hosted.org",
        "registry.npm" + "js",
        "deb." + "debian",
    ]
    folders = ["/wo" + "rk/", "/ro" + "ot/", "/tmp/ba" + "sh_jobs"]
    options = ["--extra-" + "index-url", "--in" + "dex-url"]

    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in tracked_files()
        if path.suffix not in {".svg", ".ttf", ".otf", ".png", ".ico", ".icns", ".sqlite"}
        for text in [path.read_bytes().decode("utf-8", "replace")]
        for word in [*hosts, *folders, *options]
        if word in text
    ]

    assert found == []


def test_the_changelog_tells_what_is_not_released_yet() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
