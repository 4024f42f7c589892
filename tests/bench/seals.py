"""Seals for audit entries that are written in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.storage.audit_chain import UNSEALED, seal
from cocm_desktop.storage.audit_verify import COLUMNS


def sealed(
    entries: Iterable[Mapping[str, Any]], workspace: Workspace, *, before: str
) -> Iterator[dict[str, Any]]:
    """Give entries without field changes with their seals, as the program would have."""
    key = workspace.database.audit_key
    for entry in entries:
        whole = {name: entry.get(name) for name in COLUMNS if name not in UNSEALED}
        mac = seal(key, before, entry=whole, changes=())
        yield whole | {"prev_mac": before, "mac": mac}
        before = mac
