"""Recording contacts and time."""
