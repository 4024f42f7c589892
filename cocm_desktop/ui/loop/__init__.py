"""From the consultant's advice to what was done: letters, answers, and what still waits."""
