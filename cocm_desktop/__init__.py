"""CoCM Desktop: a registry, review packets and superbills for collaborative care."""

from __future__ import annotations

__version__ = "0.1.0"
