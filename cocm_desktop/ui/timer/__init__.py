"""The timer in the window: its heartbeats, its bar, what it asks."""
