"""What a charge needs: payers, coverage, dated settings of billing."""

from __future__ import annotations

revision = "0003_charges"
down_revision = "0003_time"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
