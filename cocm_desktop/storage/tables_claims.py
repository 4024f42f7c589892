"""Tables of files of claims and remittances."""

from __future__ import annotations
