"""The registry: every patient in one table."""
