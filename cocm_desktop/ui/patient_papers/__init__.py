"""Papers that a patient takes home, and lists of the day."""
