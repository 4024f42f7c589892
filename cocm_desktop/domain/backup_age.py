"""When a backup has become too old."""

from __future__ import annotations

from datetime import datetime, timedelta

# Source: 45 CFR 164.308(a)(7) asks for a plan that loses little; the practice's promise is one day,
# and half a day more before it is said aloud.
LATE_AFTER = timedelta(hours=36)


def is_late(made_at: datetime | None, now: datetime) -> bool:
    """Tell whether a backup is due by now: none was made, or the newest is old."""
    return made_at is None or now - made_at > LATE_AFTER
