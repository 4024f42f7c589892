"""The billing month: consents, visits, approvals, closing, what became of a bill."""

from __future__ import annotations

revision = "0003"
down_revision = "0003_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
