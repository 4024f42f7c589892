"""A patient's history, and records of Part 2 programs."""
