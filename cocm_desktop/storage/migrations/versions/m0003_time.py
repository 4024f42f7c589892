"""Time: the timer and its stretches, meetings, signatures."""

from __future__ import annotations

revision = "0003_time"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
