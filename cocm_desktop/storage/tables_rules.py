"""Tables of the practice's own billing rules, rates and code releases."""

from __future__ import annotations
