"""The audit on screen."""
