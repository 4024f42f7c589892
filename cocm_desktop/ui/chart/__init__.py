"""A patient's chart."""
